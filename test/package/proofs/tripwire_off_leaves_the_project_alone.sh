. "$SOURCE/test/package/consumer.sh"
folder=$(consumer clock)
configure "$folder" "$SCRATCH/build" Ninja -DTRIPWIRE=OFF
! grep -q tripwire-rewrite "$SCRATCH/build/build.ninja" || die "the tool is called with TRIPWIRE=OFF"
