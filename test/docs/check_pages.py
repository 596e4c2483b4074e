#!/usr/bin/env python3
"""Pages --(check_pages)--> snippets that differ from their file, missing examples, and links that lead nowhere.

usage: check_pages.py ROOT

A fenced block behind `<!-- snippet: FILE -->` must stand in FILE, line for line, with its lines in one piece. A relative
link must lead to a file. A README beside a folder `example` shows a snippet of it. ROOT/README.md links the page of each
plugin. Prints `file:line: error: ...` for each that does not, and fails if there is one.
"""

import pathlib
import re
import sys


def pages_of(root):
    skipped = {"build", ".git", "out"}
    for path in sorted(root.rglob("*.md")):
        if not skipped.intersection(path.relative_to(root).parts[:-1]):
            yield path


def snippets(text):
    for found in re.finditer(r"<!-- snippet: (\S+) -->\n```\w*\n(.*?)```", text, flags=re.S):
        yield text.count("\n", 0, found.start()) + 1, found[1], found[2]


def wrong_on(root, page):
    text = page.read_text()
    for line, name, snippet in snippets(text):
        source = root / name
        if not source.is_file():
            yield line, f"there is no file '{name}'"
        elif ("\n" + snippet) not in ("\n" + source.read_text()):
            yield line, f"this snippet does not stand in '{name}'; copy it from there"
    example = page.parent / "example"
    if page.name == "README.md" and example.is_dir():
        shown = [root / name for _, name, _ in snippets(text)]
        if not any(example in source.parents for source in shown):
            yield 1, "nothing of the example is shown here; add a snippet of it"
    if page.parent == root and page.name == "README.md":
        for plugin in sorted(root.glob("plugins/*/README.md")):
            link = plugin.relative_to(root).as_posix()
            if f"]({link})" not in text:
                yield 1, f"the plugin's page '{link}' is linked from nowhere here"
    marks = len(re.findall(r"<!-- snippet:", text))
    if marks != len(list(snippets(text))):
        yield 1, "a snippet's mark is not followed by a fenced block"
    for found in re.finditer(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)", text):
        if not (page.parent / found[1]).exists():
            yield text.count("\n", 0, found.start()) + 1, f"the link '{found[1]}' leads nowhere"


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    wrong = [(page, line, message) for page in pages_of(root) for line, message in wrong_on(root, page)]
    for page, line, message in wrong:
        print(f"{page.relative_to(root)}:{line}: error: {message}")
    return 1 if wrong else 0


sys.exit(main())
