. "$SOURCE/test/package/consumer.sh"
folder=$(consumer kinds)
for generator in Ninja "Unix Makefiles"; do
  configure "$folder" "$SCRATCH/$generator" "$generator"
  build "$SCRATCH/$generator"
  run_tests "$SCRATCH/$generator"
done
