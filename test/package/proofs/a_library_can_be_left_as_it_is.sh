. "$SOURCE/test/package/consumer.sh"
folder=$(consumer clock)
echo 'set_target_properties(clock PROPERTIES TRIPWIRE_REWRITE OFF)' >>"$folder/CMakeLists.txt"
configure "$folder" "$SCRATCH/build" Ninja
! grep -q 'clock-tripwire' "$SCRATCH/build/build.ninja" || die "the library has a twin"
