# Builds `targets` with `sanitizers` in `build`, and passes the tests with these `labels`.
include(${source}/test/sub_build.cmake)
# Debug information is for the stacks of reports only; the less, the sooner they are built.
sub_build(TYPE Debug TARGETS ${targets}
  OPTIONS -DTRIPWIRE_SANITIZE=${sanitizers} -DCMAKE_CXX_FLAGS_DEBUG=-g1 ${options})
execute_process(COMMAND ${ctest} --test-dir ${build} -L ${labels} -j 2 --output-on-failure --no-tests=error
  COMMAND_ERROR_IS_FATAL ANY)
