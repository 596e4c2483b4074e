#!/usr/bin/env python3
"""The tree --(check_rooms)--> the lines that stand in the wrong room.

usage: check_rooms.py ROOT

Each room has a list of what it may not include, and the rooms that know no plugin may not name one: not its folder,
not a seam of its manifest. Comments may, as examples. Where the library is libc, whose functions everybody calls and
whose plugins have names like `env`, only what means the plugin counts. Prints `file:line: error: ...` for each, and fails if there is one.
"""

import pathlib
import re
import sys

FRAMEWORKS = r"gtest/|gmock/|catch2/|doctest|boost/test|cmocka|check\.h"
COMPILER = r"clang/|clang-c/|llvm/|llvm-c/"
TOOL = r"tool/"
ADAPTERS = ["googletest", "catch2", "doctest", "boost_test", "cmocka", "check"]

# room: (which files, what their #include lines may not name, why)
RULES = [
    ("tool", r".*", FRAMEWORKS, "the tool knows no test framework"),
    ("tool", r".*", r"tripwire/(?!config/)", "of the runtime, the tool includes the configuration only"),
    ("runtime/include", r".*", f"{COMPILER}|{FRAMEWORKS}|{TOOL}", "a header for tests knows no Clang and no test framework"),
    ("runtime/include", r".*", r"fmt/|yaml-cpp/|iostream|regex>", "every test file pays for what these headers include"),
    ("runtime/src", r".*", f"{COMPILER}|{FRAMEWORKS}|{TOOL}", "the runtime knows no Clang and no test framework"),
    ("plugins", r"[^/]+/(include|src)/.*", f"{COMPILER}|{FRAMEWORKS}|{TOOL}|runtime/", "a plugin uses the runtime's headers only"),
    *((f"integration/{adapter}", r"[^/]+", r"tripwire/(?!adapter\.hpp)", "an adapter hands violations over; it decides nothing")
      for adapter in ADAPTERS),
    ("integration/examples", r".*", r"tripwire/(?!tripwire\.hpp|plugins/[^/]+\.hpp)", "an example uses the public surface only"),
]
# These know no plugin.
NAMELESS = ["tool", "runtime", "integration/cmake", *(f"integration/{adapter}" for adapter in ADAPTERS)]

SOURCES = {".h", ".hpp", ".c", ".cpp", ".cmake", ".in", ".txt", ".yaml"}


def files_of(root, room):
    folder = root / room
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in SOURCES)


def without_comments(path, text):
    """The text with its comments blanked, line for line."""
    if path.suffix in {".h", ".hpp", ".c", ".cpp"}:
        pattern = r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/'
        blank = lambda found: found[0] if found[0].startswith('"') else re.sub(r"[^\n]", " ", found[0])
        return re.sub(pattern, blank, text, flags=re.S)
    return re.sub(r"(^|\s)#[^\n]*", r"\1", text)


def plugins_of(root):
    """Each plugin, and a pattern of what would name it: its folder and each seam of its manifest."""
    plugins = {}
    for manifest in sorted((root / "plugins").glob("*/seams.yaml")):
        plugin, text = manifest.parent.name, manifest.read_text()
        if re.search(r"package:\s*libc6-dev\b", text):
            named = rf"tripwire(?:::|_|/plugins/)({plugin})|plugins(?:::|/)({plugin})|({plugin})_plugin|plugin\b.*\"({plugin})\""
            plugins[plugin] = re.compile(rf"(?<![\w.])(?:{named})(?!\w)")
            continue
        seams = re.findall(r"function:\s*[\"']?([A-Za-z_]\w*)[\"']?\s*$", text, flags=re.M)
        plugins[plugin] = re.compile(r"(?<![\w.])(" + "|".join(map(re.escape, [plugin, *seams])) + r")(?![\w]|://)")
    return plugins


def included_by(root):
    for room, which, forbidden, reason in RULES:
        for path in files_of(root, room):
            if not re.fullmatch(which, path.relative_to(root / room).as_posix()):
                continue
            for number, line in enumerate(path.read_text().splitlines(), 1):
                include = re.match(r'\s*#\s*include\s*[<"](.*[>"])', line)
                if include and re.match(forbidden, include[1]):
                    yield path, number, f"{room} includes '{include[1][:-1]}'; {reason}"


def built_on(root, plugin):
    """The plugins that this one builds on: it links them, and its own CMake file says so."""
    made = re.search(r"tripwire_add_plugin\((.*?)\)", (root / "plugins" / plugin / "CMakeLists.txt").read_text(), flags=re.S)
    return set(re.findall(r"tripwire::(\w+)", made[1])) if made else set()


def other_plugins_included(root, plugins):
    owners = {header.name: plugin for plugin in plugins for header in root.glob(f"plugins/{plugin}/include/tripwire/plugins/*.hpp")}
    for plugin in plugins:
        known = {plugin, *built_on(root, plugin)}
        for path in files_of(root, f"plugins/{plugin}"):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                include = re.match(r'\s*#\s*include\s*[<"]tripwire/plugins/(\w+\.hpp)', line)
                owner = include and owners.get(include[1])
                if owner and owner not in known:
                    yield path, number, f"plugin {plugin} includes plugin {owner}, which its CMakeLists.txt does not link"


def plugins_named(root, plugins):
    for room in NAMELESS:
        for path in files_of(root, room):
            if "test" in path.relative_to(root).parts:
                continue
            for number, line in enumerate(without_comments(path, path.read_text()).splitlines(), 1):
                for plugin, pattern in plugins.items():
                    if found := pattern.search(line):
                        name = next(filter(None, found.groups()))
                        yield path, number, f"{room} names '{name}' of plugin {plugin}; a plugin is everything about its library, and nobody else is"


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    plugins = plugins_of(root)
    wrong = [*included_by(root), *other_plugins_included(root, plugins), *plugins_named(root, plugins)]
    for path, number, message in wrong:
        print(f"{path.relative_to(root)}:{number}: error: {message}")
    return 1 if wrong else 0


sys.exit(main())
