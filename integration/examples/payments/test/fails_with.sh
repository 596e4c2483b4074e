#!/usr/bin/env bash
# fails_with.sh EXPECTED PROGRAM: the program must fail and print exactly what the file EXPECTED says, save for
# durations and the folder that the sources stand in. TRIPWIRE_UPDATE=1 writes the file instead.
set -uo pipefail
expected=$1
program=$2
here=$(cd "$(dirname "$0")/.." && pwd)

printed=$("$program" --gtest_color=no 2>&1)
status=$?
printed=$(sed -e 's/([0-9]* ms\( total\)\{0,1\})/(0 ms\1)/' -e "s|$here/||g" <<<"$printed")

if [ "$status" -ne 1 ]; then
  printf '%s\n' "$printed"
  echo "exit status $status; a test program with a broken guarantee must fail with 1" >&2
  exit 1
fi
if [ -n "${TRIPWIRE_UPDATE:-}" ]; then
  printf '%s\n' "$printed" >"$expected"
fi
diff -u "$expected" - <<<"$printed"
