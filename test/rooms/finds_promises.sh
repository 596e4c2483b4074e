#!/usr/bin/env bash
# check_semantics.py finds what it is there for: a check that cannot fail proves nothing.
set -euo pipefail
check=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch"/{docs,test,plugins,integration}

# prints EXPECTED PAGE TEST: what the check says of a page and a test
prints() {
  printf '%b' "$2" >"$scratch/docs/semantics.md"
  printf '%b' "$3" >"$scratch/test/a_test.cpp"
  printed=$(python3 "$check" "$scratch" || echo "status $?")
  if [[ $printed != "$1" ]]; then
    echo "error: expected '$1', got '$printed'" >&2
    exit 1
  fi
}
prints '' '1. One.\n2. Two. *Not yet.*\n' '// 1\nTEST(A, B) {}\n'
prints '' '1. One.\n2. Two.\n' '// 2, 1: why\nTEST(A, B) {}\n'
prints $'docs/semantics.md:2: error: no test proves promise 2; put \'// 2\' above one, or mark it *Not yet.*\nstatus 1' \
  '1. One.\n2. Two.\n' '// 1\nTEST(A, B) {}\n'
prints $'test/a_test.cpp:1: error: there is no promise 3 in docs/semantics.md\nstatus 1' '1. One.\n' '// 3, 1\n'
prints $'docs/semantics.md:2: error: promise 3 does not follow promise 2\nstatus 1' '1. One.\n3. Two. *Not yet.*\n' '// 1\n'
prints 'status 1' '' '// no number\n'
