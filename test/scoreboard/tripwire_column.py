# The kinds --(tripwire: --compile, --link)--> verdicts

import re
import shlex

from programs import BROKEN, INTERCEPTED, REFUSED, by_value, each, main_text, object_name, run, verdicts

# The mocks are in the main file, which is the test; it is compiled as it is, since every unit is rewritten by itself here.
BEFORE = """
#include <tripwire/tripwire.hpp>
{includes}
{mocks}
static void mock(const char *name) {{
{choices}
}}

static int answered(int (*run)(), bool silence, const char *name) {{
  try {{
    tripwire::Verifier verifier(name);
    mock(name);
    tripwire::Sandbox sandbox;
    return silence ? silent(run) : run();
  }} catch (const std::exception &error) {{
    std::fprintf(stderr, "%s: %s\\n", name, error.what());
    return -2;
  }}
}}
"""


class Configuration:
    """One tripwire.yaml for all kinds that it can hold: objects of different ones do not link."""

    def __init__(self, build, kinds, note):
        self.file = build.options.work / f"tripwire.{build.stem}.yaml"
        self.refused = set()
        self.tool = [build.options.tool, "--config", str(self.file), "--runtime-include", build.options.runtime_include]
        probe = kinds[0].folder / "probe.cpp"
        probe.write_text("int board_probe;\n")
        while True:
            lines = self.write([kind for kind in kinds if kind.name not in self.refused])
            command = build.compile_command("probe.cpp", str(probe.with_suffix(".o")), kinds[0], [])
            output = run([*self.tool, "--compile", "--", *command], kinds[0].folder)
            wrong = re.findall(r"^(.*yaml:(\d+):\d+: error: .*)$", output.text, re.MULTILINE)
            wrong = [(message, lines[int(line)]) for message, line in wrong if int(line) in lines]
            if not wrong:
                break
            for message, kind in wrong:
                note(kind, message)
                self.refused.add(kind.name)
        if output.status != 0:
            raise SystemExit(f"the board's configuration is refused:\n{output.text}")

    def write(self, kinds):
        """Writes the file; gives the kind of each line."""
        lines = ["version: 1", "plugins: []", "seams:"]
        owner = {}
        for kind in kinds:
            lines.append(f"  - {kind.facts['seam']}")
            owner[len(lines)] = kind
        self.file.write_text("\n".join(lines) + "\n")
        return owner


def test_text(kinds):
    includes = "\n".join(f'#include "{kind.folder}/seam.h"' for kind in kinds)
    mocks = "\n".join(
        f"static void mock_{kind.name}() {{ tripwire::{kind.facts['mock']}.{kind.facts.get('answer', 'returns(99)')}.always(); }}"
        for kind in kinds
        if "early" not in kind.facts
    )
    choices = "\n".join(
        f'  if (std::strcmp(name, "{kind.name}") == 0)\n    return mock_{kind.name}();'
        for kind in kinds
        if "early" not in kind.facts
    )
    before = BEFORE.format(includes=includes, mocks=mocks, choices=choices)
    text = main_text(kinds, before=before)
    return text.replace("row.silence ? silent(row.run) : row.run()", "answered(row.run, row.silence, row.name)")


def judge(kind, value, said):
    """A call before the first test cannot meet a mock: it passes through its slot, and is listed."""
    listed = re.search(r"called before the first test, and let through: (.*)", said)
    if "early" in kind.facts and listed and kind.facts["early"] in listed.group(1).split(", "):
        return INTERCEPTED
    return by_value(kind, value, said)


def tripwire(build, kinds, reals, note):
    configuration = Configuration(build, kinds, note)
    result = {name: REFUSED for name in configuration.refused}
    left = [kind for kind in kinds if kind.name not in result]

    def rewrite(kind):
        target = object_name(kind, "rewritten", build.compiler, build.level)
        command = build.compile_command(kind.unit, target, kind, [])
        return target, run([*configuration.tool, "--compile", "--", *command], kind.folder)

    rewritten = dict(zip([kind.name for kind in left], each(rewrite, left, build.options.jobs)))
    good = []
    for kind in left:
        target, output = rewritten[kind.name]
        if output.status != 0:
            # A refusal is a message of the tool's; anything else that went wrong is no answer.
            note(kind, output.text)
            result[kind.name] = REFUSED if output.status == 1 and ": error: " in output.text else BROKEN
        else:
            good.append(kind)

    libraries = shlex.split(build.options.runtime_link)

    def link(some, program):
        source = program + ".main.cpp"
        with open(source, "w", encoding="utf-8") as out:
            out.write(test_text(some))
        main = program + ".main.o"
        include = "-I" + build.options.runtime_include
        output = run([build.compiler, "-std=c++17", "-O0", "-w", include, "-c", source, "-o", main], build.options.work)
        if output.status != 0:
            return output
        command = [build.compiler, *build.flags, main]
        for kind in some:
            command += [rewritten[kind.name][0], *([reals[kind.name]] if kind.has_real else [])]
        command += ["-o", program, *libraries]
        return run([*configuration.tool, "--link", "--", *command], build.options.work)

    return {**result, **verdicts(good, link, build.path("tripwire"), build.options.work, note, BROKEN, judge)}
