#!/usr/bin/env bash
# prints.sh EXPECTED PROGRAM [ARGUMENTS...]: the program prints exactly what the file EXPECTED says, save for durations,
# the framework's version and seed, the numbers of processes, and the folders of the sources and of the program; its last line is the exit
# status, 1 for every failure. TRIPWIRE_UPDATE=1 writes the file instead.
set -uo pipefail
expected=$1
shift
shared=$(cd "$(dirname "$0")" && pwd)
tests=$(cd "$(dirname "$expected")/.." && pwd)
folder='s|\(\.\./\)*[^ ]*integration/[a-z0-9_/]*test/||g' # a compiler cache makes paths relative

printed=$(GTEST_COLOR=no BOOST_TEST_COLOR_OUTPUT=no "$@" 2>&1; echo "exit status $?")
printed=$(sed -e 's/([0-9]* ms\( total\)\{0,1\})/(0 ms\1)/' -e 's/Catch2\{0,1\} v[0-9.]* host/Catch2 host/' \
  -e 's/^exit status \([1-9]\|42\|201\)$/exit status 1/' -e '/^Randomness seeded to/d' -e 's/\(C_A_T_C_H_T_E_S_T\|CATCH2_INTERNAL_TEST\)_[0-9]*/TEST_CASE/' \
  -e 's/time="[0-9.]*"/time="0"/' -e 's/in child process [0-9]*/in child process 0/' -e 's/version is "[0-9.]*"/version is "0"/' -e "s|$tests/||g" -e "s|$shared/||g" -e "s|$(dirname "$1")/||g" -e "$folder" <<<"$printed")
if [ -n "${TRIPWIRE_UPDATE:-}" ]; then
  printf '%s\n' "$printed" >"$expected"
fi
diff -u "$expected" - <<<"$printed"
