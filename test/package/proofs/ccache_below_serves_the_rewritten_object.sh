. "$SOURCE/test/package/consumer.sh"
ccache=$(command -v ccache) || die "this proof needs ccache"
export CCACHE_DIR=$SCRATCH/cache
folder=$(consumer clock)
for round in first second; do
  rm -rf "$SCRATCH/build"
  configure "$folder" "$SCRATCH/build" Ninja -DCMAKE_CXX_COMPILER_LAUNCHER="$ccache"
  "$ccache" --zero-stats >/dev/null
  build "$SCRATCH/build" clock_test
  build "$SCRATCH/build"
  run_tests "$SCRATCH/build"
  "$SCRATCH/build/clock_now" || die "the production program was served a rewritten object"
done
"$ccache" --show-stats --verbose
"$ccache" --print-stats | grep -qE '^cache_miss[[:space:]]+0$' || die "the second build was not served from the cache"
