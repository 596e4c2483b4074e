. "$SOURCE/test/package/consumer.sh"
# The library's directory alone sees the package. One that a second find_package finds is found; one that none finds is an
# error that says what to do.
folder=$(consumer clock)
mkdir "$folder/library" "$folder/package"
mv "$folder"/clock.cpp "$folder"/clock.hpp "$folder/library/"
cat >"$folder/library/CMakeLists.txt" <<'END'
list(APPEND CMAKE_PREFIX_PATH ${CMAKE_SOURCE_DIR}/package)
find_package(calendar REQUIRED)
add_library(clock STATIC clock.cpp)
target_include_directories(clock PUBLIC .)
target_link_libraries(clock PRIVATE calendar::days)
END
sed -i -e 's/^add_library(clock .*/add_subdirectory(library)/' "$folder/CMakeLists.txt"

echo 'if(NOT TARGET calendar::days)
  add_library(calendar::days INTERFACE IMPORTED)
endif()' >"$folder/package/calendar-config.cmake"
configure "$folder" "$SCRATCH/found" Ninja
build "$SCRATCH/found" clock_test

echo 'if(IN_LIBRARY)
  add_library(calendar::days INTERFACE IMPORTED)
endif()' >"$folder/package/calendar-config.cmake"
sed -i -e '1s/^/set(IN_LIBRARY ON)\n/' "$folder/library/CMakeLists.txt"
if (configure "$folder" "$SCRATCH/lost" Ninja) >"$SCRATCH/lost.log" 2>&1; then
  die "a twin that cannot be linked was made"
fi
tr -s ' \n' ' ' <"$SCRATCH/lost.log" | grep -qF "say find_package(calendar GLOBAL) there" || { cat "$SCRATCH/lost.log"; die "the remedy is not said"; }
