# Builds the calls of all frameworks, optimised, in `build`, and compares them; with `tool`, also how long a test file compiles. `quick` only
# shows that each of them runs.
include(${source}/test/sub_build.cmake)
set(programs bench_tripwire)
string(REPLACE "," ";" peers "${peers}")
list(TRANSFORM peers PREPEND bench_ OUTPUT_VARIABLE others)
set(more --quick)
set(options -DTRIPWIRE_TOOL=OFF)
if(NOT quick)
  list(APPEND programs tripwire-rewrite)
  set(more --source ${source} --tool ${build}/bin/tripwire-rewrite --cxx ${cxx_compiler} --libraries
    ${build}/runtime/libtripwire_runtime.a ${build}/runtime/src/config/libtripwire_config.a yaml-cpp dw pthread)
  set(options)
endif()
sub_build(TYPE RelWithDebInfo TARGETS ${programs} ${others} OPTIONS ${options})
execute_process(
  COMMAND ${python} -B ${source}/test/bench/peers/compare.py --work ${build}/peers --programs ${build}/bin --peers ${peers} ${more}
  COMMAND_ERROR_IS_FATAL ANY)
