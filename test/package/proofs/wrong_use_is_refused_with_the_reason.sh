. "$SOURCE/test/package/consumer.sh"
# refuses MESSAGE CODE: a project with CODE must not configure, and must say MESSAGE.
refuses() {
  rm -rf "$SCRATCH/wrong"
  mkdir "$SCRATCH/wrong"
  echo 'version: 1' >"$SCRATCH/wrong/tripwire.yaml"
  echo 'int main() {}' >"$SCRATCH/wrong/main.cpp"
  printf '%s\n' 'cmake_minimum_required(VERSION 3.25)' 'project(wrong LANGUAGES C CXX)' 'find_package(tripwire REQUIRED)' \
    'add_executable(main main.cpp)' "$2" >"$SCRATCH/wrong/CMakeLists.txt"
  if cmake -S "$SCRATCH/wrong" -B "$SCRATCH/wrong/build" -G "${3:-Ninja}" -DCMAKE_PREFIX_PATH="$PREFIX" >"$SCRATCH/wrong.log" 2>&1; then
    die "accepted: $2"
  fi
  tr -s ' \n' ' ' <"$SCRATCH/wrong.log" | grep -qF "$1" || { cat "$SCRATCH/wrong.log"; die "not said: $1"; }
}
refuses "there is no target 'nobody'; call it behind add_executable" 'tripwire_rewrite(nobody CONFIG tripwire.yaml)'
refuses "CONFIG <file> is missing; name the tripwire.yaml of this project" 'tripwire_rewrite(main)'
refuses "CONFIG is relative to the calling directory" 'tripwire_rewrite(main CONFIG nowhere.yaml)'
refuses "unknown argument 'EVERYTHING'; the only one is CONFIG <file>" 'tripwire_rewrite(main EVERYTHING CONFIG tripwire.yaml)'
refuses "a program has one configuration" 'file(COPY_FILE tripwire.yaml other.yaml)
tripwire_rewrite(main CONFIG tripwire.yaml)
tripwire_rewrite(main CONFIG other.yaml)'
refuses "has no compiler launchers; use Ninja or Unix Makefiles" 'set(CMAKE_GENERATOR "Xcode")
tripwire_rewrite(main CONFIG tripwire.yaml)'
