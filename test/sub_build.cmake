# The source once more, with other options --(sub_build)--> targets in a build of its own, which is kept for the next run.
#   sub_build(TYPE type TARGETS target... [OPTIONS -Dname=value...])
# For scripts that are told `source`, `build`, `generator`, `c_compiler` and `cxx_compiler`, as `sub_build_words` tells them.
function(sub_build)
  cmake_parse_arguments(PARSE_ARGV 0 asked "" TYPE "TARGETS;OPTIONS")
  cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -S ${source} -B ${build} -G ${generator} -DCMAKE_BUILD_TYPE=${asked_TYPE}
      -DCMAKE_C_COMPILER=${c_compiler} -DCMAKE_CXX_COMPILER=${cxx_compiler} -DTRIPWIRE_EXAMPLES=OFF ${asked_OPTIONS}
    COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${CMAKE_COMMAND} --build ${build} --parallel ${cores} --target ${asked_TARGETS}
    COMMAND_ERROR_IS_FATAL ANY)
endfunction()

if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(sub_build_words -Dsource=${PROJECT_SOURCE_DIR} -Dgenerator=${CMAKE_GENERATOR}
    -Dc_compiler=${CMAKE_C_COMPILER} -Dcxx_compiler=${CMAKE_CXX_COMPILER})
endif()
