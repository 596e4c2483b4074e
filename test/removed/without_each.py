#!/usr/bin/env python3
"""a test file --(without_each)--> the same tests, and each of them once more without each part of its assertions.

usage: without_each.py TEST.cpp OUTPUT.cpp

A part is a statement that asserts, or one link of its chain (`.body(...)`). The copy of `TEST(Suite, Name)` without the
part in line 12 is `TEST(Suite, Name_without_12)`, where there are several in that line `..._12_2` and so on.
"""

import pathlib
import re
import sys

TEST = re.compile(r"^TEST(?:_F)?\((\w+), (\w+)\) \{\n.*?^\}\n", re.MULTILINE | re.DOTALL)
STATEMENT = re.compile(r"^ +[^\s/}][^;{}]*?\bassert_\w+\(", re.MULTILINE)


def skip_string(text, at):
    """Behind the literal that begins at text[at], or at + 1."""
    raw = re.match(r'R"([^(]*)\(', text[at - 1:]) if at and text[at - 1] == "R" else None
    if raw:
        return text.index(")" + raw[1] + '"', at) + len(raw[1]) + 2
    at += 1
    while text[at] != '"':
        at += 2 if text[at] == "\\" else 1
    return at + 1


def end_of(text, at, ends):
    """Behind the first of `ends` that stands in no parentheses, from `at` on."""
    depth = 0
    while True:
        letter = text[at]
        if letter == '"':
            at = skip_string(text, at)
            continue
        if depth == 0 and letter in ends:
            return at + 1
        depth += (letter in "([{") - (letter in ")]}")
        at += 1
        if depth == 0 and letter in ")" and ")" in ends:
            return at


def parts_of(body):
    """(begin, end, text in its place) of each part of each assertion in `body`."""
    end = 0
    while statement := STATEMENT.search(body, end):
        begin = statement.start()
        end = end_of(body, begin, ";")
        yield begin, end, ";"
        at = statement.end() - 1
        at = end_of(body, at, ")")
        while link := re.match(r"\s*\.\w+", body[at:end]):
            behind = end_of(body, at + link.end(), ")")
            yield at, behind, ""
            at = behind


def main():
    source = pathlib.Path(sys.argv[1]).resolve()
    text = source.read_text()
    copies = []
    for test in TEST.finditer(text):
        body = test[0]
        names = set()
        for begin, end, instead in parts_of(body):
            first = begin + len(body[begin:end]) - len(body[begin:end].lstrip())
            line = text.count("\n", 0, test.start() + first) + 1
            name, number = f"{test[2]}_without_{line}", 1
            while name in names:
                number += 1
                name = f"{test[2]}_without_{line}_{number}"
            names.add(name)
            copy = body[:begin] + instead + body[end:]
            copies.append(copy.replace(f"{test[1]}, {test[2]})", f"{test[1]}, {name})", 1))
    if not copies:
        sys.exit(f"{source}: error: no assertion was found in it")
    inner = text.rfind("\n} // namespace")
    where = inner if inner != -1 else len(text)
    pathlib.Path(sys.argv[2]).write_text(text[:where] + "\n" + "\n".join(copies) + text[where:])


main()
