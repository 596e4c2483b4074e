# Runs `program` shortly from `corpus`: always the same run. What it finds stays in `work`, the corpus as it is.
file(REMOVE_RECURSE ${work})
file(COPY ${corpus}/ DESTINATION ${work})
execute_process(COMMAND ${program} -seed=1 -runs=20000 -max_len=256 -timeout=10 -rss_limit_mb=2048 -artifact_prefix=${work}/ ${work}
  RESULT_VARIABLE status ERROR_VARIABLE said OUTPUT_VARIABLE said)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${said}")
endif()
