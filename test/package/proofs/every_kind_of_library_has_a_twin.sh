. "$SOURCE/test/package/consumer.sh"
folder=$(consumer kinds)
for generator in Ninja "Unix Makefiles"; do
  configure "$folder" "$folder/build $generator" "$generator"
  build "$folder/build $generator"
  run_tests "$folder/build $generator"
done
