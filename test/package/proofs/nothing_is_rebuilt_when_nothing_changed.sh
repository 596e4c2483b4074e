. "$SOURCE/test/package/consumer.sh"
folder=$(consumer kinds)
configure "$folder" "$folder/build" Ninja
build "$folder/build"
build "$folder/build"
grep -q 'no work to do' "$SCRATCH/build.log" || { cat "$SCRATCH/build.log"; die "ninja did something"; }

folder=$(consumer clock)
configure "$folder" "$SCRATCH/make" "Unix Makefiles"
build "$SCRATCH/make"
build "$SCRATCH/make"
[ -z "$(work_done)" ] || { cat "$SCRATCH/build.log"; die "make did something"; }
