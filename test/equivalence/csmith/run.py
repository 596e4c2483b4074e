#!/usr/bin/env python3
"""seeds --> random C programs, all their functions as seams, that end in the same checksum rewritten as plain.

csmith makes every function static and every type in the program's only file. Each program is split: the types and the
functions' declarations become a header, the functions get external linkage, and what the linker sees is told apart by
the seed. Thirty programs or so are then linked at once, plain and rewritten, and run one after the other.

Two things are compared: what each program prints, and in the object how many relocations name a function of the
program: plain at -O0 as many as name a wrapper when rewritten; rewritten none.
"""
import argparse
import collections
import concurrent.futures
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

# Programs that say much in little: the many small ones find more than the few large ones.
SHAPE = ["--no-argc", "--max-funcs", "8", "--max-block-depth", "3", "--max-block-size", "3", "--max-expr-complexity", "6"]
LEVELS = ("-O0", "-O2")
IN_ONE_LINK = 30
SECONDS_PLAIN, SECONDS_REWRITTEN = 1, 40

Built = collections.namedtuple("Built", "seed plain rewritten")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("csmith", "csmith-include", "driver", "work", "tool", "runtime-include", "cc"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--other-cc", default="")
    parser.add_argument("--seeds", required=True, help="FIRST-LAST, or one")
    parser.add_argument("--libraries", nargs="+", required=True)
    return parser.parse_args()


def run(command, **more):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", **more)


def section(text, begin, end):
    return text.split(f"/* --- {begin} --- */", 1)[1].split(f"/* --- {end} --- */", 1)[0]


def split(text, seed):
    """The program as a header and a source."""
    # C++ takes no qualifier of a bit-field without a name, and the seams' definitions are C++.
    text = re.sub(r"^(\s+)(?:const |volatile )+(\w+ *: *\d+;)", r"\1\2", text, flags=re.MULTILINE)
    types = section(text, "Struct/Union Declarations", "GLOBAL VARIABLES")
    forward = section(text, "FORWARD DECLARATIONS", "FUNCTIONS")
    source = text.replace(types, "\n").replace(forward, "\n")
    source = source.replace('#include "csmith.h"', f'#include "random_{seed}.h"\n#include "csmith.h"', 1)
    without_static = re.compile(r"^static\s+(?=[^;={]*\bfunc_\d+\()", re.MULTILINE)
    own = re.compile(r"\b(func_\d+|[SU]\d+|main)\b")
    header = f"#pragma once\n#include <stdint.h>\n{types}{forward}"
    return [own.sub(rf"\1_of_{seed}", without_static.sub("", part)) for part in (header, source)]


class Programs:
    def __init__(self, given):
        self.given = given
        self.work = pathlib.Path(given.work)
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        self.config = self.work / "tripwire.yaml"
        self.config.write_text('version: 1\nplugins: []\nseams:\n  - function: "func_*"\n')
        self.compilers = [each for each in (given.cc, given.other_cc) if each]
        self.failures = []

    def launched(self, step):
        return [self.given.tool, "--config", str(self.config), "--runtime-include", self.given.runtime_include, step,
                "--"]

    def how(self, seed):
        """Compiler and level of optimisation of a program: with the seeds each takes its turn."""
        ways = [(compiler, level) for level in LEVELS for compiler in self.compilers]
        return ways[seed % len(ways)]

    def fail(self, seed, why):
        """`seed`: one, or FIRST-LAST."""
        again = [sys.executable, __file__] + sys.argv[1:]
        again[again.index("--seeds") + 1] = str(seed)
        self.failures.append(f"seed {seed}: {why}\n  again: {shlex.join(again)}")

    def compile_one(self, seed):
        made = run([self.given.csmith, "--seed", str(seed)] + SHAPE)
        if made.returncode != 0:
            self.fail(seed, "csmith makes no program: " + made.stderr)
            return None
        header, source = split(made.stdout, seed)
        (self.work / f"random_{seed}.h").write_text(header)
        file = self.work / f"random_{seed}.c"
        file.write_text(source)
        compiler, level = self.how(seed)
        built = Built(seed, self.work / f"random_{seed}.plain.o", self.work / f"random_{seed}.o")
        words = [compiler, "-w", level, "-fPIE", "-isystem", self.given.csmith_include, "-c", str(file), "-o"]
        plain = run(words + [str(built.plain)])
        if plain.returncode != 0:
            self.fail(seed, "the program itself does not compile\n" + plain.stderr)
            return None
        rewritten = run(self.launched("--compile") + words + [str(built.rewritten)])
        if rewritten.returncode != 0:
            self.fail(seed, "rewritten, it does not compile\n" + rewritten.stderr[:4000])
            return None
        return built if self.all_references_go_to_wrappers(built, level) else None

    def all_references_go_to_wrappers(self, built, level):
        plain, rewritten = (run(["objdump", "-r", str(each)]).stdout for each in (built.plain, built.rewritten))
        own = re.compile(r"R_X86_64_\w+\s+func_\d+_of_")
        wrapped = re.compile(r"R_X86_64_\w+\s+tripwire_\w*func_\d+_of_")
        past = len(own.findall(rewritten))
        if past:
            self.fail(built.seed, f"{past} references to functions go past the wrappers")
        elif level == "-O0" and len(own.findall(plain)) != len(wrapped.findall(rewritten)):
            self.fail(built.seed, f"{len(own.findall(plain))} references became {len(wrapped.findall(rewritten))}")
        elif not wrapped.search(rewritten):
            self.fail(built.seed, "nothing was rewritten")
        else:
            return True
        return False

    def run_batch(self, number, batch):
        """What each program of a batch printed, plain and rewritten."""
        table = self.work / f"table_{number}.c"
        table.write_text("struct RandomProgram { unsigned long seed; int (*run)(void); };\n" +
                         "".join(f"int main_of_{each.seed}(void);\n" for each in batch) +
                         "extern const struct RandomProgram random_programs[];\n"
                         "const struct RandomProgram random_programs[] = {\n" +
                         "".join(f"  {{{each.seed}, main_of_{each.seed}}},\n" for each in batch) + "  {0, 0}};\n")
        seen = []
        for name, seconds in (("plain", SECONDS_PLAIN), ("rewritten", SECONDS_REWRITTEN)):
            program = self.work / f"{name}_{number}"
            link = [self.given.cc, self.given.driver, str(table)] + [str(getattr(each, name)) for each in batch]
            objects = []
            for source in link[1:3]:
                objects.append(str(self.work / f"{pathlib.Path(source).stem}_{number}.{name}.o"))
                subprocess.run([self.given.cc, "-c", source, "-o", objects[-1]], check=True)
            link[1:3] = objects
            if name == "rewritten":
                link = self.launched("--link") + link + self.given.libraries + [
                    "-lstdc++", "-ldw", "-lfmt", "-lyaml-cpp", "-lpthread"]
            done = run(link + ["-lm", "-o", str(program)])
            if done.returncode != 0:
                seeds = f"{batch[0].seed}-{batch[-1].seed}"
                self.fail(seeds, f"{name}, these do not link\n{done.stderr[:4000]}")
                return 0, 0
            ended = [seed for seed, what in seen[0].items() if "checksum" in what] if seen else []
            printed = run([str(program), str(seconds)] + ended).stdout
            seen.append(dict(re.findall(r"^seed (\d+): (.*(?:\n(?!seed ).*)*)", printed, re.MULTILINE)))
        same = endless = 0
        for each in batch:
            plain, rewritten = (of.get(str(each.seed), "did not run").strip() for of in seen)
            if "checksum" not in plain:
                endless += 1
            elif plain != rewritten:
                self.fail(each.seed, f"it ends otherwise\n  plain:     {plain}\n  rewritten: {rewritten}")
            else:
                same += 1
        return same, endless


def main():
    given = arguments()
    first, _, last = given.seeds.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    programs = Programs(given)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        built = list(filter(None, pool.map(programs.compile_one, seeds)))
        batches = [built[i:i + IN_ONE_LINK] for i in range(0, len(built), IN_ONE_LINK)]
        counts = list(pool.map(programs.run_batch, range(len(batches)), batches))
    same, endless = (sum(column) for column in zip(*counts)) if counts else (0, 0)
    for failure in programs.failures:
        print("FAILED " + failure)
    print(f"random programs: {same} of {len(seeds)} end in the same checksum, {endless} do not end by themselves, "
          f"failed {len(programs.failures)}")
    return 1 if programs.failures or same < len(seeds) // 2 else 0


if __name__ == "__main__":
    sys.exit(main())
