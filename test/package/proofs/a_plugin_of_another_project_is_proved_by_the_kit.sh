. "$SOURCE/test/package/consumer.sh"
folder=$(consumer parcels)
configure "$folder" "$SCRATCH/build" Ninja
build "$SCRATCH/build"
run_tests "$SCRATCH/build"

# It can fail: here by a secret that is recorded, there by a line to paste that does not compile.
sed -i 's/\.secret("content")/.field("content", std::string(*visit.argument_as<const char *>(1)), tripwire::plugin::Need::optional)/' "$folder/parcels.cpp"
build "$SCRATCH/build"
printed=$("$SCRATCH/build/parcels_conformance" 2>&1) && die "a secret that is recorded passes"
[[ $printed == *"does not promise that a secret is printed nowhere, by the use 'plain'"* ]] || { echo "$printed"; die "it fails for another reason"; }

sed -i 's/"mock_parcel("/"mock_parcels("/' "$folder/parcels.cpp"
cmake --build "$SCRATCH/build" >"$SCRATCH/build.log" 2>&1 && die "a line that does not compile passes"
grep -q "mock_parcels" "$SCRATCH/build.log" || { cat "$SCRATCH/build.log"; die "it does not build for another reason"; }
