. "$SOURCE/test/package/consumer.sh"
folder=$(consumer clock)
for tests in OFF ON; do
  rm -rf "$SCRATCH/build"
  configure "$folder" "$SCRATCH/build" Ninja -DCLOCK_TESTS=$tests
  build "$SCRATCH/build"
  (cd "$SCRATCH/build" && sha256sum CMakeFiles/clock.dir/*.o CMakeFiles/clock_now.dir/*.o libclock.a clock_now) >"$SCRATCH/$tests"
done
diff "$SCRATCH/OFF" "$SCRATCH/ON" || die "production objects differ"
