. "$SOURCE/test/package/consumer.sh"
folder=$(consumer clock)
sed -i -e 's/^tripwire_rewrite(clock_test/tripwire_rewrite_directory(/' "$folder/CMakeLists.txt"
configure "$folder" "$SCRATCH/build" Ninja
build "$SCRATCH/build"
run_tests "$SCRATCH/build"
! grep -q -- '-tripwire-' "$SCRATCH/build/build.ninja" || die "a directory that is rewritten needs no twins"
"$SCRATCH/build/clock_now" || die "a rewritten program outside a test must behave as before"
