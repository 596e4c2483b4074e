#!/usr/bin/env bash
# lines_in_c.sh PROGRAM MOCKS ASSERTIONS: the lines in C that the messages of PROGRAM tell to paste, one file for each kind.
set -euo pipefail
printed=$("$1" 2>&1 || true)
grep -E '^ *tripwire_(returns|passes_through)\(.*\);$' <<<"$printed" | grep -v new_session >"$2"
grep -E '^ *tripwire_assert_call\(.*\);$' <<<"$printed" >"$3"
