#!/usr/bin/env bash
# What messages tell people to paste compiles, and its literals are exact: hints_compile.sh PRINTER WORK COMPILER FLAGS...
set -eu
# 62
printer=$1 work=$2
shift 2
mkdir -p "$work"
"$printer" >"$work/pasted.cpp"
"$@" -std=c++17 -Wall -Wextra -Werror -fsyntax-only "$work/pasted.cpp"
"$printer" literals >"$work/literals.cpp"
"$@" -std=c++17 -o "$work/literals" "$work/literals.cpp"
"$work/literals"
