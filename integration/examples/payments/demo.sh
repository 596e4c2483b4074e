#!/usr/bin/env bash
# demo.sh BIN: the passing test first, then each broken guarantee with its message
set -uo pipefail
bin=$1
here=$(cd "$(dirname "$0")" && pwd)

bold=$'\e[1m' plain=$'\e[0m'
if [ ! -t 1 ] || [ -n "${NO_COLOR:-}" ]; then
  bold='' plain=''
fi
title() {
  printf '\n%s%s%s\n%s\n' "$bold" "$1" "$plain" "$(printf '%*s' "${#1}" '' | tr ' ' '-')"
}

title 'The example passes: each call is mocked, and each is asserted.'
"$bin/payments_test" --gtest_print_time=0 || exit 1

for source in "$here"/test/broken/*.cpp; do
  name=$(basename "$source" .cpp)
  title "$(sed -n '1s|^// ||p' "$source")"
  echo "test/broken/$name.cpp"
  echo
  if "$bin/payments_$name" --gtest_brief=1 --gtest_print_time=0; then
    echo "demo: payments_$name must fail, and passed" >&2
    exit 1
  fi
done

title 'Each broken guarantee was caught.'
