# What the proofs share: a consumer, configured and built outside its source folder. Sourced with SOURCE, PREFIX, PROGRAM
# and SCRATCH in the environment.
set -euo pipefail

consumers=$SOURCE/test/package/consumers
rm -rf "$SCRATCH"
mkdir -p "$SCRATCH"
# One compile of the runtime serves all consumers that build it.
export CCACHE_BASEDIR=$SCRATCH CCACHE_NOHASHDIR=1

die() {
  echo "error: $*" >&2
  exit 1
}

# consumer NAME: a copy of the consumer, in a folder whose name has a space; prints the folder.
consumer() {
  mkdir -p "$SCRATCH/with space"
  cp -r "$consumers/$1" "$SCRATCH/with space/$1"
  echo "$SCRATCH/with space/$1"
}

# configure FOLDER BUILD GENERATOR [OPTIONS...]
configure() {
  local folder=$1 build=$2 generator=$3
  shift 3
  cmake -S "$folder" -B "$build" -G "$generator" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_PREFIX_PATH="$PREFIX" "$@" >"$SCRATCH/configure.log" 2>&1 ||
    { cat "$SCRATCH/configure.log"; die "'$folder' does not configure"; }
}

# build BUILD [TARGET]: what was done is in $SCRATCH/build.log.
build() {
  cmake --build "$1" --parallel 2 ${2:+--target "$2"} -- $(verbosity "$1") >"$SCRATCH/build.log" 2>&1 || { cat "$SCRATCH/build.log"; die "'$1' does not build"; }
}

verbosity() {
  if [ -f "$1/build.ninja" ]; then echo; else echo VERBOSE=; fi
}

run_tests() {
  ctest --test-dir "$1" --output-on-failure --no-tests=error
}

# The lines of the last build that compiled, linked or archived something.
work_done() {
  grep -E 'Building|Linking' "$SCRATCH/build.log" || true
}
