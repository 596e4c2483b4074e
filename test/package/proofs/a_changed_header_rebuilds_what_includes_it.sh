. "$SOURCE/test/package/consumer.sh"
folder=$(consumer clock)
for generator in Ninja "Unix Makefiles"; do
  configure "$folder" "$SCRATCH/$generator" "$generator"
  build "$SCRATCH/$generator"
  sleep 1
  touch "$folder/clock.hpp"
  build "$SCRATCH/$generator"
  for unit in clock.dir/clock.cpp clock-tripwire-[0-9a-f]*.dir/clock.cpp clock_test.dir/clock_test.cpp; do
    work_done | grep -q "Building.*$unit" || { cat "$SCRATCH/build.log"; die "$unit was not rebuilt"; }
  done
done
