. "$SOURCE/test/package/consumer.sh"
folder=$(consumer clock)
for how in add_subdirectory fetch_content; do
  configure "$folder" "$SCRATCH/$how" Ninja -DHOW=$how -DTRIPWIRE_SOURCE="$SOURCE" -DTRIPWIRE_TOOL=OFF -DTRIPWIRE_PROGRAM="$PROGRAM" \
    -DCMAKE_CXX_COMPILER_LAUNCHER="$(command -v ccache || true)"
  build "$SCRATCH/$how" clock_test
  run_tests "$SCRATCH/$how"
done
