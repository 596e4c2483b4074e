#!/usr/bin/env python3
"""The libraries of plugins --(check_symbols)--> functions and objects that are defined elsewhere, too.

usage: check_symbols.py NM [--system SHARED_LIBRARY]... LIBRARY...

A program may link any plugins together: where two define one name the linker takes one definition for both, or refuses.
A name of the system's library would be taken from everybody in the program, seen by nobody: calls are seen by being
rewritten, and in no other way. Prints `LIBRARY: error: ...` for each, and fails if there is one.
"""

import argparse
import pathlib
import subprocess
import sys


def defined_in(nm, library, *options):
    """What the library defines for others, but for what each of several may define."""
    listed = subprocess.run([nm, "--defined-only", "--extern-only", "--format=posix", *options, library], check=True,
                            capture_output=True, text=True).stdout
    lines = [line.split() for line in listed.splitlines()]
    return {(line[0].split("@")[0], line[1]) for line in lines if len(line) > 2}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("nm")
    parser.add_argument("--system", action="append", default=[])
    parser.add_argument("libraries", nargs="+")
    given = parser.parse_args()
    of_system = {name: library for library in given.system for name, _ in defined_in(given.nm, library, "--dynamic")}
    first = {}
    wrong = 0
    for library in given.libraries:
        for symbol, kind in sorted(defined_in(given.nm, library)):
            if symbol in of_system:
                wrong += 1
                print(f"{pathlib.Path(library).name}: error: '{symbol}' is defined in "
                      f"{pathlib.Path(of_system[symbol]).name}, too; a plugin takes no name from the system")
            if kind not in "TDBR":
                continue
            if symbol in first:
                wrong += 1
                print(f"{pathlib.Path(library).name}: error: '{symbol}' is defined in "
                      f"{pathlib.Path(first[symbol]).name}, too; a program may link both")
            first.setdefault(symbol, library)
    return 1 if wrong else 0


sys.exit(main())
