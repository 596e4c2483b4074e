. "$SOURCE/test/package/consumer.sh"
# A verifier is there: without one the unused mock would pass.
folder=$(consumer frameworks)
configure "$folder" "$SCRATCH/build" Ninja
build "$SCRATCH/build"
run_tests "$SCRATCH/build"

for test in catch2 doctest boost_test boost_test_included; do
  sed -i 's/  long day = 0;/  clock.returns(0);\n&/' "$folder/${test}_test.cpp"
done
for test in cmocka check; do
  sed -i 's/  long day = 0;/  tripwire_returns(clock, 0);\n&/' "$folder/${test}_test.c"
done
build "$SCRATCH/build"
for test in catch2 doctest boost_test boost_test_included cmocka check; do
  printed=$("$SCRATCH/build/${test}_test" 2>&1) && die "an unused mock passes in ${test}_test"
  [[ $printed == *UnusedMocksError* ]] || { echo "$printed"; die "${test}_test fails for another reason"; }
done
