# Runs `command`, which has to fail and to say `words`.
execute_process(COMMAND ${command} RESULT_VARIABLE status ERROR_VARIABLE said OUTPUT_VARIABLE said)
if(status EQUAL 0)
  message(FATAL_ERROR "it compiles, and must not")
endif()
string(REPLACE "\\;" ";" words "${words}") # as file(STRINGS) hands a semicolon on
string(FIND "${said}" "${words}" at)
if(at EQUAL -1)
  message(FATAL_ERROR "it does not compile, but for another reason than \"${words}\":\n${said}")
endif()
