#!/usr/bin/env bash
# each_fails.sh PROGRAM: the tests of PROGRAM pass, and each copy of one without a part of its assertions fails.
# 63
set -uo pipefail
printed=$("$1" --gtest_brief=0 --gtest_color=no 2>&1)
whole=$(grep -c '^\[       OK \] [^ ]*' <<<"$(grep -v _without_ <<<"$printed")")
fails=$(grep -E '^\[  FAILED  \] [^ ]*_without_[0-9_]* \(' <<<"$printed" | wc -l)
wrong=$(grep -E '^\[       OK \] [^ ]*_without_|^\[  FAILED  \] [^ ]* \(' <<<"$printed" | grep -vE 'FAILED.*_without_')
if [ -n "$wrong" ] || [ "$whole" -eq 0 ] || [ "$fails" -eq 0 ]; then
  printf 'error: of %s, %s whole tests passed and %s without a part of their assertions failed; otherwise than they should:\n%s\n' \
    "$1" "$whole" "$fails" "$wrong" >&2
  exit 1
fi
echo "$whole tests pass, $fails without a part of their assertions fail"
