#!/usr/bin/env python3
"""docs/semantics.md and the tests --(check_semantics)--> the promises that no test proves.

usage: check_semantics.py ROOT

A test names the promises that it proves in a comment line of its own in front of it: `// 35`, `// 20, 36: why`, `# 36`.
Prints `file:line: error: ...` for a promise without a test, a number that no promise has, and a page whose numbers have
gaps. A promise that is marked as not yet made may have tests already.
"""

import pathlib
import re
import sys

TESTS = ["test", "plugins", "integration"]
SUFFIXES = {".c", ".cpp", ".sh", ".test"}
NUMBERS = re.compile(r"\s*(?://|#)\s*(\d+(?:, \d+)*)(?:[:;].*)?")


def promises_of(page):
    """number: (line, whether it is promised)."""
    promises = {}
    for line, text in enumerate(page.read_text().splitlines(), 1):
        found = re.match(r"(\d+)\. ", text)
        if found:
            promises[int(found[1])] = (line, not text.endswith("*Not yet.*"))
    return promises


def tested(root):
    """(file, line, number) of each number above a test."""
    for room in TESTS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix not in SUFFIXES or not path.is_file():
                continue
            for line, text in enumerate(path.read_text(errors="replace").splitlines(), 1):
                found = NUMBERS.fullmatch(text)
                for number in found[1].split(", ") if found else []:
                    yield path, line, int(number)


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    page = root / "docs/semantics.md"
    promises = promises_of(page)
    wrong = []
    for number, (line, _) in promises.items():
        if number > 1 and number - 1 not in promises:
            wrong.append((page, line, f"promise {number} does not follow promise {number - 1}"))
    proved = set()
    for path, line, number in tested(root):
        proved.add(number)
        if number not in promises:
            wrong.append((path, line, f"there is no promise {number} in docs/semantics.md"))
    for number, (line, made) in promises.items():
        if made and number not in proved:
            wrong.append((page, line, f"no test proves promise {number}; put '// {number}' above one, or mark it *Not yet.*"))
    for path, line, message in wrong:
        print(f"{path.relative_to(root)}:{line}: error: {message}")
    return 1 if wrong or not promises else 0


sys.exit(main())
