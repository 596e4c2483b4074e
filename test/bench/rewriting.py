#!/usr/bin/env python3
"""Real units --> what rewriting them costs, as ratios to their plain compile, beside the budgets of design.md, section 7.

Each unit is compiled plainly, with seams that it refers to, and with a seam that it does not refer to, in turn; several
rounds, medians. Costs are processor time (user and system) of all processes, so the machine may be busy. Nothing fails here:
the numbers are for people.

The columns, all as multiples of the plain compile of the same unit:
  rewritten    a build step of a unit with references, as a whole
  E            of that: preprocessing by the user's compiler
  check        of that: the check of the syntax that shows warnings (Clang only)
  compile      of that: compiling the edited text
  tool         of that: everything else; the tool itself, which is mostly the parse
  parse        tool, less what the tool spends on the same unit without references
  cold         the tool's share when it also keeps what it decided
  cached       a build step that takes its edits from the cache, less the compile
  unreferred   a build step of the unit without references, less the compile
  syntax       clang -fsyntax-only of the unit, which is the least that a parse by Clang can cost
  memory       the largest process of the build step; of a small unit it is the tool, most of it program text that all steps share
  object       bytes of code and data in the rewritten object (not of debug information), as a multiple of the plain object's
"""
import argparse
import math
import os
import pathlib
import shutil
import statistics
import subprocess

BUDGETS = {"C": (1.0, 1.6), "light C++": (0.5, 1.2), "heavy C++": (0.25, 1.2)}

EXAMPLES = ["simple", "http-post", "getinmemory", "httpput", "debug", "multi-app", "ephiperfifo", "smooth-gtk-thread",
            "cookie_interface", "postit2", "sepheaders", "url2file"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("source", "work", "tool", "timed-compiler", "examples", "cc", "cxx", "clang"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-body", action="store_true", help="leave out the whole body of C++ code")
    return parser.parse_args()


class Unit:
    def __init__(self, kind, source, flags):
        self.kind = kind
        self.source = pathlib.Path(source)
        self.flags = flags


class Cost:
    """What one command cost: processor time in seconds, by kind of process, and the largest process in kilobytes."""

    def __init__(self, total, log, memory):
        self.total = total
        self.memory = memory
        self.by_kind = {"preprocess": 0.0, "check": 0.0, "compile": 0.0}
        for line in log.splitlines():
            kind, seconds, _ = line.split()
            self.by_kind[kind] += float(seconds)
        self.tool = total - sum(self.by_kind.values())


class Bench:
    def __init__(self, given):
        self.given = given
        self.work = pathlib.Path(given.work)
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        self.root = pathlib.Path(given.source)
        self.log = self.work / "log"
        self.compilers = {}
        for language, compiler, name in (("c", given.cc, "gcc"), ("cxx", given.cxx, "g++")):
            place = self.work / "bin" / name
            place.parent.mkdir(exist_ok=True)
            place.symlink_to(given.timed_compiler)
            self.compilers[language] = (str(place), shutil.which(compiler))

    def config(self, name, seams, include):
        path = self.work / f"{name}.yaml"
        globs = ", ".join(f'"{os.path.relpath(each, self.work)}/**"' for each in include)
        path.write_text(f"version: 1\n{seams}\ninstrument: {{include: [{globs}]}}\n")
        return path

    def step(self, config):
        return [self.given.tool, "--config", str(config), "--plugins-folder", str(self.root / "plugins"),
                "--runtime-include", str(self.root / "runtime" / "include"), "--compile", "--"]

    def command(self, unit, output, more=()):
        language = "c" if unit.kind == "C" else "cxx"
        return [*more, self.compilers[language][0], *unit.flags, "-O0", "-g", "-w", "-c", str(unit.source), "-o",
                str(self.work / output)]

    def cost(self, unit, command, environment=None):
        self.log.write_text("")
        language = "c" if unit.kind == "C" else "cxx"
        words = {**os.environ, "TRIPWIRE_BENCH_COMPILER": self.compilers[language][1], "TRIPWIRE_BENCH_LOG": str(self.log),
                 "TRIPWIRE_CACHE_DIR": str(self.work / "cache"), "TRIPWIRE_CACHE": "off", **(environment or {})}
        child = subprocess.Popen(command, env=words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = child.stderr.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            raise SystemExit(f"{' '.join(command)}:\n{said.decode()}")
        return Cost(used.ru_utime + used.ru_stime, self.log.read_text(), used.ru_maxrss)

    def compiles(self, unit):
        language = "c" if unit.kind == "C" else "cxx"
        command = self.command(unit, "try.o")
        command[0] = self.compilers[language][1]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def syntax(self, unit):
        """What Clang's own look at the unit costs, or none where there is no Clang or it does not read the unit."""
        if not self.given.clang:
            return math.nan
        driver = ["--driver-mode=gcc" if unit.kind == "C" else "--driver-mode=g++"]
        try:
            return self.cost(unit, [self.given.clang, *driver, *unit.flags, "-w", "-fsyntax-only", str(unit.source)]).total
        except SystemExit:
            return math.nan

    def object_bytes(self, output):
        """Code and data of an object, as `size` counts them."""
        said = subprocess.run(["size", str(self.work / output)], capture_output=True, text=True, check=True).stdout
        return int(said.splitlines()[1].split()[3])

    def with_cache(self, unit, step):
        """A build step that finds nothing in the cache, and the next one, which does."""
        shutil.rmtree(self.work / "cache" / "edits", ignore_errors=True)
        return [self.cost(unit, step, {"TRIPWIRE_CACHE": "on"}) for _ in range(2)]

    def ratios(self, unit, referring, strange):
        """One round: plain, rewritten, rewritten with the cache, without references."""
        plain = self.cost(unit, self.command(unit, "plain.o"))
        rewritten = self.cost(unit, self.step(referring) + self.command(unit, "rewritten.o"))
        if not (self.work / "rewritten.o.tripwire.json").exists():
            raise SystemExit(f"{unit.source}: refers to no seam")
        (self.work / "rewritten.o.tripwire.json").unlink()
        cold, cached = self.with_cache(unit, self.step(referring) + self.command(unit, "rewritten.o"))
        if len(list((self.work / "cache" / "edits").rglob("*.edits"))) != 1:
            raise SystemExit(f"{unit.source}: the second step was not served from the cache")
        unreferred = self.cost(unit, self.step(strange) + self.command(unit, "unreferred.o"))
        if (self.work / "unreferred.o.tripwire.json").exists():
            raise SystemExit(f"{unit.source}: refers to a seam that it should not know")
        times = {"seconds": plain.total, "rewritten": rewritten.total, "E": rewritten.by_kind["preprocess"],
                 "check": rewritten.by_kind["check"], "compile": rewritten.by_kind["compile"], "tool": rewritten.tool,
                 "parse": rewritten.tool - unreferred.tool, "cold": cold.tool,
                 "cached": cached.total - cached.by_kind["compile"] - cached.by_kind["check"],
                 "unreferred": unreferred.total - unreferred.by_kind["compile"]}
        found = {name: seconds / plain.total for name, seconds in times.items()}
        found["seconds"] = plain.total
        found["syntax"] = self.syntax(unit) / plain.total
        found["memory"] = rewritten.memory / plain.memory
        found["object"] = self.object_bytes("rewritten.o") / self.object_bytes("plain.o")
        return found

    def medians(self, unit, referring, strange):
        rounds = [self.ratios(unit, referring, strange) for _ in range(self.given.rounds)]
        return {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}

    def units(self):
        examples = pathlib.Path(self.given.examples)
        for name in EXAMPLES:
            unit = Unit("C", examples / f"{name}.c", [])
            if unit.source.exists() and self.compiles(unit):
                yield unit
        payments = self.root / "integration" / "examples" / "payments" / "src"
        flags = ["-std=c++17"]
        yield Unit("light C++", payments / "https.cpp", flags)
        yield Unit("heavy C++", payments / "payments.cpp", flags)
        yield Unit("heavy C++", self.root / "runtime" / "src" / "message.cpp",
                   [*flags, "-I" + str(self.root / "runtime" / "include"), "-I" + str(self.root / "runtime" / "src")])

    def show_units(self):
        places = [self.given.examples, self.root / "integration", self.root / "runtime"]
        referring = self.config("referring", "plugins: [http]\nseams: [{function: \"payments::post\"}, "
                                             "{function: \"tripwire::runtime::demangle\"}]", places)
        strange = self.config("strange", "plugins: []\nseams: [{function: a_seam_of_nobody}]", places)
        names = ["rewritten", "E", "check", "compile", "tool", "parse", "cold", "cached", "unreferred", "syntax", "memory", "object"]
        print(f"{'unit':28} {'kind':10} {'plain s':>8} " + " ".join(f"{name:>10}" for name in names), flush=True)
        by_kind = {}
        for unit in self.units():
            found = self.medians(unit, referring, strange)
            by_kind.setdefault(unit.kind, []).append(found)
            self.show(unit.source.name, unit.kind, found, names)
        for kind, all_found in by_kind.items():
            plain = sum(each["seconds"] for each in all_found)
            whole = {name: sum(each[name] * each["seconds"] for each in all_found) / plain for name in names}
            self.show("all", kind, {"seconds": plain, **whole}, names)
            parse, build = BUDGETS[kind]
            print(f"{'budget':28} {kind:10} {'':8} {build:10.2f} {'':43} {parse:10.2f} {'':10} {0.15:10.2f} {0.15:10.2f} {'':10} {1:10.2f}")

    def show(self, name, kind, found, names):
        print(f"{name:28} {kind:10} {found['seconds']:8.3f} " + " ".join(f"{found[name]:10.2f}" for name in names), flush=True)

    # A whole body of code, clean; once more with the edits kept, and with a warm ccache

    def show_body(self):
        flags = ["-std=c++17", "-I" + str(self.root / "runtime" / "include"), "-I" + str(self.root / "runtime" / "src")]
        units = [Unit("heavy C++", path, flags) for path in sorted((self.root / "runtime" / "src").glob("*.cpp"))]
        units = [unit for unit in units if self.compiles(unit)]
        config = self.config("body", "plugins: []\nseams: [{function: \"tripwire::runtime::demangle\"}]", [self.root / "runtime"])
        ccache = shutil.which("ccache")
        environment = {"CCACHE_DIR": str(self.work / "ccache"), "CCACHE_NOHASHDIR": "1"}
        sums = {"plain": 0.0, "rewritten": 0.0, "rewritten, edits kept": 0.0, "plain, warm ccache": 0.0,
                "rewritten, warm ccache": 0.0}
        referring = 0
        for unit in units:
            sums["plain"] += self.cost(unit, self.command(unit, "plain.o")).total
            sums["rewritten"] += self.cost(unit, self.step(config) + self.command(unit, "body.o")).total
            ledger = self.work / "body.o.tripwire.json"
            referring += ledger.exists()
            ledger.unlink(missing_ok=True)
            sums["rewritten, edits kept"] += self.with_cache(unit, self.step(config) + self.command(unit, "body.o"))[1].total
            if not ccache:
                continue
            for name, step in (("plain, warm ccache", []), ("rewritten, warm ccache", self.step(config))):
                self.cost(unit, step + self.command(unit, "cached.o", [ccache]), environment)
                sums[name] += self.cost(unit, step + self.command(unit, "cached.o", [ccache]), environment).total
        print(f"\nthe runtime's {len(units)} units, of which {referring} refer to the seam: clean build")
        for name, seconds in sums.items():
            if seconds:
                print(f"  {name:24} {seconds:8.2f} s {seconds / sums['plain']:6.2f} x")
        print("  budgets: rewritten 1.20 x, rewritten with a warm ccache 1.10 x")


def main():
    given = arguments()
    bench = Bench(given)
    bench.show_units()
    if not given.no_body:
        bench.show_body()


main()
