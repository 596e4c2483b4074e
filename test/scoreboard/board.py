# kinds of call x tools x compilers x levels --(build, run)--> a table that says intercepted, missed or refused
#
# Fails when tripwire misses a call: refusing one is honest, missing one is not.

import argparse
import os
import pathlib
import shutil
import sys
import time

import others
import tripwire_column
from kind import read_kinds
from programs import BROKEN, INTERCEPTED, LEVELS, MISSED, REFUSED, Failures, each


def parse():
    parser = argparse.ArgumentParser(description="which kinds of call does which tool intercept")
    here = pathlib.Path(__file__).resolve().parent
    parser.add_argument("--kinds", default=here / "kinds", type=pathlib.Path)
    parser.add_argument("--only", help="these kinds, parted by commas")
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("--gcc", default=shutil.which("gcc"))
    parser.add_argument("--gxx", default=shutil.which("g++"))
    parser.add_argument("--clang", default=shutil.which("clang-22"))
    parser.add_argument("--clangxx", default=shutil.which("clang++-22"))
    parser.add_argument("--agxx", default=shutil.which("ag++"))
    parser.add_argument("--tool", help="tripwire-rewrite; without it, tripwire has no column")
    parser.add_argument("--runtime-include")
    parser.add_argument("--runtime-link", default="")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--reasons", action="store_true", help="say why each cell that is not intercepted is so")
    return parser.parse_args()


def columns(options):
    """The tools that are there, in the order of the table."""
    tools = []
    if options.tool:
        tools.append(("tripwire", tripwire_column.tripwire))
    tools.append(("--wrap", others.wrap))
    if options.agxx:
        tools.append(("AspectC++", others.aspectcpp))
    return tools


def print_table(kinds, tools, compiler, board):
    print(f"\n{compiler}")
    cells = [(tool, level) for tool, _ in tools for level in LEVELS]
    title = max(len(kind.title) for kind in kinds)
    width = max([len(BROKEN), len(INTERCEPTED)] + [len(level) for level in LEVELS])
    block = (width + 2) * len(LEVELS)
    print(" " * title + "".join(f"  {tool:<{block - 2}}" for tool, _ in tools).rstrip())
    print(" " * title + "".join(f"  {level:<{width}}" for _, level in cells).rstrip())
    for kind in kinds:
        row = "".join(f"  {board[tool, compiler, level][kind.name]:<{width}}" for tool, level in cells)
        print(f"{kind.title:<{title}}{row}".rstrip())
    for word in (INTERCEPTED, MISSED, REFUSED, BROKEN):
        counts = [list(board[tool, compiler, level].values()).count(word) for tool, level in cells]
        if any(counts):
            print(f"{word + ':':>{title}}" + "".join(f"  {count:<{width}}" for count in counts).rstrip())


def main():
    options = parse()
    started = time.monotonic()
    options.work = options.work.resolve()
    shutil.rmtree(options.work, ignore_errors=True)
    options.work.mkdir(parents=True)
    kinds = read_kinds(options.kinds, options.work)
    if options.only:
        kinds = [kind for kind in kinds if kind.name in options.only.split(",")]
    tools = columns(options)
    failures = Failures()
    compilers = [(cxx, c) for cxx, c in ((options.gxx, options.gcc), (options.clangxx, options.clang)) if cxx and c]
    board = {}
    for cxx, c in compilers:
        for level in LEVELS:
            build = others.Build(options, cxx, c, level)
            reals = {}
            for found in each(lambda kind: build.reals([kind]), kinds, options.jobs):
                reals.update(found)
            for tool, column in tools:
                note = lambda kind, text, tool=tool: failures.note(tool, kind, build.name, text)
                board[tool, os.path.basename(cxx), level] = column(build, kinds, reals, note)
    for cxx, _ in compilers:
        print_table(kinds, tools, os.path.basename(cxx), board)
    early = [kind.title for kind in kinds if "early" in kind.facts]
    if options.tool and early:
        print(f"\ntripwire lets these pass and lists them, since no test has begun: {', '.join(early)}")
    for word, absent in (("AspectC++ is not installed", not options.agxx), ("tripwire was not given", not options.tool)):
        if absent:
            print(word)
    if options.reasons:
        for (tool, kind), reasons in sorted(failures.reasons.items()):
            for cell, reason in reasons:
                print(f"{tool}, {kind}, {cell}: {reason}")
    print(f"\n{time.monotonic() - started:.0f} seconds")
    bad = [
        f"{kind} ({compiler} {level}): {word}"
        for (tool, compiler, level), row in board.items()
        for kind, word in row.items()
        if tool == "tripwire" and word in (MISSED, BROKEN)
    ]
    for line in bad:
        print(f"tripwire lets a call get past: {line}", file=sys.stderr)
    sys.exit(1 if bad else 0)


main()
