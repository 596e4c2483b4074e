#!/usr/bin/env bash
# prints.sh EXPECTED PROGRAM [ARGUMENTS...]: the program prints exactly what the file EXPECTED says, save for durations
# and the folder of the sources; its last line is the exit status. TRIPWIRE_UPDATE=1 writes the file instead.
set -uo pipefail
expected=$1
shift
here=$(cd "$(dirname "$0")" && pwd)

printed=$("$@" --gtest_color=no 2>&1; echo "exit status $?")
printed=$(sed -e 's/([0-9]* ms\( total\)\{0,1\})/(0 ms\1)/' -e "s|$here/||g" -e "s|$(dirname "$1")/||g" <<<"$printed")
if [ -n "${TRIPWIRE_UPDATE:-}" ]; then
  printf '%s\n' "$printed" >"$expected"
fi
diff -u "$expected" - <<<"$printed"
