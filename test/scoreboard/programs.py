# objects --(programs)--> programs that hold as many kinds as will link --> what each kind did

import concurrent.futures
import os
import pathlib
import subprocess
import threading

from kind import MOCKED

INTERCEPTED, MISSED, REFUSED, BROKEN = "intercepted", "missed", "refused", "broken"

LEVELS = {"-O0": ["-O0"], "-O2": ["-O2"], "-O2 -flto": ["-O2", "-flto"]}

MAIN = """#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <unistd.h>
{declarations}
struct Row {{
  const char *name;
  int (*run)();
  bool silence;
}};
static const Row rows[] = {{
{rows}
}};

/// Whether nothing reached the standard output: then the mocked value, else that of the real call.
static int silent(int (*run)()) {{
  char name[] = "/tmp/tripwire-board-XXXXXX";
  int file = mkstemp(name);
  unlink(name);
  fflush(stdout);
  int saved = dup(1);
  dup2(file, 1);
  run();
  fflush(stdout);
  bool nothing = lseek(file, 0, SEEK_END) == 0;
  dup2(saved, 1);
  return nothing ? {mocked} : 1;
}}
{before}
int main(int count, char **words) {{
  std::ofstream out(words[1], std::ios::app);
  for (const Row &row : rows) {{
    if (count > 2 && std::strcmp(words[2], row.name) != 0)
      continue;
    {around}
    int value = row.silence ? silent(row.run) : row.run();
    out << row.name << ' ' << value << std::endl;
  }}
  out.close();
  _exit(0); // what runs at the end is not on the board
}}
"""


class Output:
    """What a command said, and whether it succeeded."""

    def __init__(self, status, text):
        self.status = status
        self.text = text


def run(command, folder, timeout=300):
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout,
            check=False,
            errors="replace",
            text=True,
        )
    except subprocess.TimeoutExpired:
        return Output(124, "timed out")
    except OSError as error:
        return Output(127, str(error))
    return Output(done.returncode, done.stdout)


def each(work, items, jobs):
    """The results of work(item), in the order of the items."""
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(work, items))


class Failures:
    """Why a cell is not `intercepted`: the first words of a tool about each."""

    def __init__(self):
        self.lock = threading.Lock()
        self.reasons = {}

    def note(self, tool, kind, cell, text):
        lines = [line for line in text.splitlines() if "error" in line or "undefined" in line] or text.splitlines()
        with self.lock:
            self.reasons.setdefault((tool, kind.name), []).append((cell, lines[0] if lines else "no reason given"))


def main_text(kinds, before="", around=""):
    rows = [f'    {{"{kind.name}", run_{kind.name}, {"true" if kind.silence else "false"}}},' for kind in kinds]
    return MAIN.format(
        declarations="".join(kind.declaration() for kind in kinds),
        rows="\n".join(rows),
        mocked=MOCKED,
        before=before,
        around=around,
    )


def values(program, folder, kinds):
    """What each kind's run gave, and what the program said; a kind that brought it down is run once more alone, and may stay without
    a value."""
    found = {}
    said = []

    def collect(words, among):
        out = pathlib.Path(f"{program}.values")
        out.unlink(missing_ok=True)
        said.append(run([program, str(out), *words], folder, timeout=60).text)
        for line in out.read_text().splitlines() if out.exists() else []:
            name, value = line.split()
            if name in among:
                found[name] = int(value)

    names = {kind.name for kind in kinds}
    collect([], names)
    for name in names - set(found):
        collect([name], {name})
    return found, "\n".join(said)


def by_value(kind, value, _said):
    return INTERCEPTED if value == MOCKED else MISSED


def verdicts(kinds, link, program, folder, note, unlinked=REFUSED, judge=by_value):
    """Links and runs all kinds in one program, or in as few programs as do link. A kind that does not link is `unlinked`."""
    if not kinds:
        return {}
    output = link(kinds, program)
    if output.status != 0:
        if len(kinds) == 1:
            note(kinds[0], output.text)
            return {kinds[0].name: unlinked}
        half = len(kinds) // 2
        left = verdicts(kinds[:half], link, program + "l", folder, note, unlinked, judge)
        right = verdicts(kinds[half:], link, program + "r", folder, note, unlinked, judge)
        return {**left, **right}
    got, said = values(program, folder, kinds)
    result = {}
    for kind in kinds:
        if kind.name not in got:
            note(kind, "the program came down")
            result[kind.name] = BROKEN
        else:
            result[kind.name] = judge(kind, got[kind.name], said)
            if result[kind.name] == MISSED:
                reasons = [line for line in said.splitlines() if line.startswith(kind.name + ":")]
                note(kind, "\n".join(reasons or ["the real function answered"]))
    return result


def object_name(kind, what, compiler, level):
    return str(kind.folder / f"{what}.{os.path.basename(compiler)}{level.replace(' ', '')}.o")
