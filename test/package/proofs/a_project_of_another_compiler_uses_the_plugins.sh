# The package is GCC's; the two compilers name types differently, by which handlers and values are known.
. "$SOURCE/test/package/consumer.sh"
folder=$(consumer examples)
examples="$SOURCE/plugins/http/example;$SOURCE/plugins/sqlite/example"
configure "$folder" "$SCRATCH/build" Ninja -DCMAKE_C_COMPILER="$CLANG" -DCMAKE_CXX_COMPILER="$CLANGXX" -DEXAMPLES="$examples"
build "$SCRATCH/build"
run_tests "$SCRATCH/build"
