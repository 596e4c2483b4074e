. "$SOURCE/test/package/consumer.sh"
unset TRIPWIRE_CACHE TRIPWIRE_CACHE_DIR
folder=$(consumer clock)
objects() { (cd "$SCRATCH/build" && find . -name '*.o' -path '*tripwire*' -exec sha256sum {} + | sort); }
entries() { find "$SCRATCH/build/.tripwire-cache" -name '*.edits' "$@" | sort; }

configure "$folder" "$SCRATCH/build" Ninja
build "$SCRATCH/build"
first=$(objects)
kept=$(entries)
[ -n "$kept" ] || die "nothing is kept in the build folder"
touch "$SCRATCH/before"
cmake --build "$SCRATCH/build" --target clean
build "$SCRATCH/build"
[ "$(objects)" = "$first" ] || die "the objects are other ones"
[ "$(entries -newer "$SCRATCH/before")" = "$kept" ] || die "not every unit was served from the cache"
run_tests "$SCRATCH/build"

rm -rf "$SCRATCH/build"
configure "$folder" "$SCRATCH/build" Ninja -DTRIPWIRE_CACHE=OFF
build "$SCRATCH/build"
[ ! -e "$SCRATCH/build/.tripwire-cache" ] || die "something is kept although the cache is off"
[ "$(objects)" = "$first" ] || die "without the cache the objects are other ones"
