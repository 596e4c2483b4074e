. "$SOURCE/test/package/consumer.sh"
for generator in Ninja "Unix Makefiles"; do
  rm -rf "$SCRATCH/with space"
  folder=$(consumer clock)
  configure "$folder" "$SCRATCH/$generator" "$generator"
  build "$SCRATCH/$generator"
  sleep 1
  echo "  - function: getpid" >>"$folder/tripwire.yaml"
  build "$SCRATCH/$generator"
  work_done | grep -q 'Building.*clock-tripwire' || { cat "$SCRATCH/build.log"; die "the twin was not rebuilt"; }
  work_done | grep -q 'Linking.*clock_test' || die "the test was not linked again"
  work_done | grep -E 'Building.*(clock|clock_now)\.dir' && die "production was rebuilt"
  run_tests "$SCRATCH/$generator"
done
