#!/usr/bin/env python3
"""The libraries of plugins --(check_symbols)--> functions and objects that two of them define.

usage: check_symbols.py NM LIBRARY...

A program may link any plugins together: the linker then takes one definition for both, or refuses. Prints
`LIBRARY: error: ...` for each, and fails if there is one.
"""

import pathlib
import subprocess
import sys


def defined_in(nm, library):
    """What the library defines for others, but for what each of several may define."""
    listed = subprocess.run([nm, "--defined-only", "--extern-only", "--format=posix", library], check=True,
                            capture_output=True, text=True).stdout
    lines = [line.split() for line in listed.splitlines()]
    return {line[0] for line in lines if len(line) > 2 and line[1] in "TDBR"}


def main():
    nm, libraries = sys.argv[1], sys.argv[2:]
    first = {}
    wrong = 0
    for library in libraries:
        for symbol in sorted(defined_in(nm, library)):
            if symbol in first:
                wrong += 1
                print(f"{pathlib.Path(library).name}: error: '{symbol}' is defined in "
                      f"{pathlib.Path(first[symbol]).name}, too; a program may link both")
            first.setdefault(symbol, library)
    return 1 if wrong else 0


sys.exit(main())
