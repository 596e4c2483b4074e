# Builds the optimised tool in `build`, and prints what rewriting costs.
include(${source}/test/sub_build.cmake)
sub_build(TYPE RelWithDebInfo TARGETS tripwire-rewrite bench_timed_compiler)
execute_process(
  COMMAND ${python} -B ${source}/test/bench/rewriting.py --source ${source} --work ${build}/bench
    --tool ${build}/bin/tripwire-rewrite --timed-compiler ${build}/bin/bench_timed_compiler
    --examples /usr/share/doc/libcurl4/examples --cc ${c_compiler} --cxx ${cxx_compiler} "--clang=${clang}"
  COMMAND_ERROR_IS_FATAL ANY)
