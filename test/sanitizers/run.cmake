# Builds the runtime and its unit tests with `sanitizers` in `build`, and passes them.
execute_process(COMMAND ${CMAKE_COMMAND} -S ${source} -B ${build} -G ${generator} -DCMAKE_BUILD_TYPE=Debug
  -DTRIPWIRE_SANITIZE=${sanitizers} -DTRIPWIRE_TOOL=OFF -DTRIPWIRE_EXAMPLES=OFF COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} --build ${build} --target runtime_tests COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${ctest} --test-dir ${build} -L "^unit\\.runtime$" -j 2 --output-on-failure --no-tests=error
  COMMAND_ERROR_IS_FATAL ANY)
