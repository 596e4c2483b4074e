. "$SOURCE/test/package/consumer.sh"
folder=$(consumer parcels)
configure "$folder" "$SCRATCH/build" Ninja
build "$SCRATCH/build"
run_tests "$SCRATCH/build"

# What the page says of the manifest is compared.
echo 'failure' >>"$folder/parcels/README.md"
"$PREFIX/bin/tripwire-rewrite" --reference "$folder/parcels/seams.yaml" --page "$folder/parcels/README.md" || die "text behind the reference is compared"
sed -i 's/"0"/"-1"/' "$folder/parcels/seams.yaml"
"$PREFIX/bin/tripwire-rewrite" --reference "$folder/parcels/seams.yaml" --page "$folder/parcels/README.md" 2>/dev/null && die "an old reference passes"

# It can fail: here by a secret that is recorded, there by a line to paste that does not compile.
plugin=$folder/parcels/src/plugin.cpp
sed -i 's/\.secret("content")/.field("content", std::string(*visit.argument_as<const char *>(1)), plugin::Need::optional)/' "$plugin"
build "$SCRATCH/build"
printed=$("$SCRATCH/build/parcels_conformance" --manifest "$folder/parcels/seams.yaml" 2>&1) && die "a secret that is recorded passes"
[[ $printed == *"does not promise that a secret is printed nowhere, by the use 'plain'"* ]] || { echo "$printed"; die "it fails for another reason"; }

sed -i 's/parcels\.mock_parcel(/parcels.mock_parcels(/' "$plugin"
cmake --build "$SCRATCH/build" >"$SCRATCH/build.log" 2>&1 && die "a line that does not compile passes"
grep -q "mock_parcels" "$SCRATCH/build.log" || { cat "$SCRATCH/build.log"; die "it does not build for another reason"; }
