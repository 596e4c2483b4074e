#!/usr/bin/env python3
"""forms/*, refused/* --(plain and rewritten; two compilers, two levels, two standards)--> whether rewriting kept the meaning.

Each form file is compiled as it is and rewritten, with no other warning; the two programs print the same, and form by form
they reach each function of the library equally often, and so often went the rewritten one through its wrapper. A form that may
differ says so: `exempt: FORM SYMBOL CALLS reason`, with fewer than none where a wrapper leads elsewhere. A file below refused/ is compiled alone and says which error it meets:
`refused: TEXT`.
"""
import argparse
import concurrent.futures
import itertools
import pathlib
import re
import shutil
import subprocess
import sys

LEVELS = ["-O0", "-O2"]
STANDARDS = [("c++17", "c11"), ("c++20", "c17")]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("work", "tool", "runtime-include", "gcc", "gxx"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--clang", default="")
    parser.add_argument("--clangxx", default="")
    parser.add_argument("--only", default="", help="only the matrix cells whose name has this in it, or 'refused'")
    parser.add_argument("--forms", default="", help="only the form files whose name has this in it")
    return parser.parse_args()


class Failed(Exception):
    pass


def run(command, **more):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, errors="replace", **more)


def must(command, what, **more):
    done = run(command, **more)
    if done.returncode != 0:
        raise Failed(f"{what}\n{(done.stdout + done.stderr).strip()[-3000:]}")
    return done


def warnings(text):
    """File, line and flag of each warning, once: the declaration of a wrapper stands in the line of the seam's own."""
    return set(re.findall(r"^(?:\S*/)?([^/:\s]+):(\d+):(?:\d+:)? warning: .*?(\[-W[^\]]*\])?$", text, re.MULTILINE))


def exemptions(sources):
    """(form, symbol) -> calls that need not go through the wrapper, as the files declare them."""
    found = {}
    for source in sources:
        for form, symbol, calls in re.findall(r"exempt: (\w+) (\w+) (-?\d+) \w", source.read_text()):
            found[form, symbol] = int(calls)
    return found


def read_counts(path):
    counts = {}
    for line in path.read_text().splitlines():
        form, who, symbol, calls = line.split()
        counts[form, who, symbol] = int(calls)
    return counts


class Cell:
    """One compiler, level and pair of standards."""

    def __init__(self, matrix, compiler, level, standards):
        self.matrix = matrix
        self.c, self.cxx = compiler[1:]
        self.name = f"{compiler[0]}{level}-{standards[0]}"
        self.level = level
        self.standards = standards
        self.work = matrix.work / self.name
        self.work.mkdir()

    def command(self, source):
        is_c = source.suffix == ".c"
        return [self.c if is_c else self.cxx, "-std=" + self.standards[1 if is_c else 0].replace("c", "gnu", 1), self.level, "-g",
                "-Wall", "-Wextra", "-pthread", "-I" + str(self.matrix.folder / "vendor"), "-c", source]

    def objects(self, source):
        """The object of the file as it is and the rewritten one."""
        name = source.name.replace(".", "_")
        plain, rewritten = self.work / f"{name}.plain.o", self.work / f"{name}.o"
        original = must([*self.command(source), "-o", plain], f"{source.name} does not compile")
        done = must([*self.matrix.tool, "--compile", "--", *self.command(source), "-o", rewritten],
                    f"{source.name} does not compile rewritten")
        before, after = warnings(original.stderr), warnings(done.stderr)
        if before != after:
            raise Failed(f"{source.name} has other warnings: {sorted(after ^ before)}\n{done.stderr[:1500]}")
        return plain, rewritten

    def link(self, pairs):
        shared = [self.matrix.harness, self.matrix.library, "-pthread", "-ldl", f"-Wl,-rpath,{self.matrix.work}"]
        plain, rewritten = self.work / "plain", self.work / "rewritten"
        must([self.cxx, *(pair[0] for pair in pairs), *shared, "-o", plain], "the original does not link")
        must([*self.matrix.tool, "--link", "--", self.cxx, *(pair[1] for pair in pairs), self.matrix.pass_through, *shared,
              "-o", rewritten], "the rewritten program does not link")
        return plain, rewritten

    def compare(self, plain, rewritten):
        outputs, counts = [], []
        for program in (plain, rewritten):
            file = program.with_suffix(".counts")
            outputs.append(must([program, file], f"{program.name} comes down", timeout=60).stdout.splitlines())
            counts.append(read_counts(file))
        wrong = [f"{before!r} became {after!r}"
                 for before, after in itertools.zip_longest(*outputs) if before != after]
        before, after = counts
        for form, who, symbol in sorted(set(before) | set(after)):
            calls = after.get((form, "library", symbol), 0)
            if who == "library" and before.get((form, who, symbol), 0) != calls:
                wrong.append(f"{form} reaches {symbol} {calls} times, originally {before.get((form, who, symbol), 0)} times")
            if re.search(r"D[12]Ev$", symbol):
                continue  # destructors are no seams, but there is one for each object that was made
            exempt = self.matrix.exempt.get((form, symbol), 0)
            through = after.get((form, "wrappers", symbol), 0)
            if through + exempt != calls:
                wrong.append(f"{form}: {calls} calls of {symbol}, {through} through the wrapper, {exempt} exempt")
        if wrong:
            raise Failed("\n".join(dict.fromkeys(wrong)))
        return sum(number for (_, who, _), number in after.items() if who == "wrappers")


class Matrix:
    def __init__(self, given):
        self.given = given
        self.folder = pathlib.Path(__file__).resolve().parent
        self.work = pathlib.Path(given.work).resolve()
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        self.tool = [given.tool, "--config", self.folder / "tripwire.yaml", "--runtime-include", given.runtime_include]
        self.forms = sorted(path for path in (self.folder / "forms").iterdir()
                            if path.suffix in (".c", ".cpp") and given.forms in path.name)
        self.exempt = exemptions((self.folder / "forms").iterdir())
        self.failures = []

    def build_once(self):
        """What no cell changes: the library, the harness, what stands in for the runtime."""
        include = ["-I" + str(self.folder), "-I" + str(self.folder / "vendor"), "-I" + self.given.runtime_include]
        base = [self.given.gxx, "-std=c++17", "-g", "-fPIC", *include]
        parts = {name: self.work / f"{name}.o" for name in ("library", "counter", "harness", "pass_through")}
        for name, place in parts.items():
            # The compiler's own count: a call of each function of the library, as it is entered.
            count = ["-finstrument-functions", "-finstrument-functions-exclude-file-list=/usr/,/vendor/"] if name == "library" else []
            must([*base, *count, "-c", self.folder / f"{name}.cpp", "-o", place], f"{name}.cpp does not compile")
        self.library = self.work / "libacme.so"
        must([self.given.gxx, "-shared", parts["library"], parts["counter"], "-ldl", "-o", self.library],
             "the library does not link")
        self.harness, self.pass_through = parts["harness"], parts["pass_through"]

    def cells(self):
        compilers = [("gcc", self.given.gcc, self.given.gxx)]
        if self.given.clang and self.given.clangxx:
            compilers.append(("clang", self.given.clang, self.given.clangxx))
        return [cell for cell in (Cell(self, *each) for each in itertools.product(compilers, LEVELS, STANDARDS))
                if self.given.only in cell.name]

    def attempt(self, name, work, *words):
        try:
            return work(*words)
        except (Failed, subprocess.TimeoutExpired) as failure:
            self.failures.append(f"{name}: {failure}")
            return None

    def check_cell(self, cell, pairs):
        programs = self.attempt(cell.name, cell.link, pairs)
        calls = programs and self.attempt(cell.name, cell.compare, *programs)
        if calls:
            print(f"{cell.name}: {calls} calls through the wrappers", flush=True)
        return calls

    def check_refused(self, source):
        is_c = source.suffix == ".c"
        text = source.read_text()
        wanted = re.findall(r"refused: (.*?)(?: \*/)?$", text, re.MULTILINE)
        standard = re.search(r"standard: (\S+)", text)
        default = "gnu17" if is_c else "gnu++20"
        compile_it = [self.given.gcc if is_c else self.given.gxx, "-std=" + (standard.group(1) if standard else default), "-w",
                      "-g", "-I" + str(self.folder / "vendor"), "-c", source]
        place = self.work / (source.name + ".o")
        must([*compile_it, "-o", place], f"{source.name} does not compile")
        place.unlink()
        done = run([*self.tool, "--compile", "--", *compile_it, "-o", place])
        said = done.stdout + done.stderr
        if done.returncode == 0 and "at link" in text:
            done = run([*self.tool, "--link", "--", self.given.gxx, place, self.library, "-o", place.with_suffix(".program")])
            said = done.stdout + done.stderr
        missing = [words for words in wanted if words not in said]
        if done.returncode != 1 or not wanted or missing:
            raise Failed(f"not refused as it says: status {done.returncode}, missing {missing}\n{said[-2000:]}")

    def check(self):
        self.build_once()
        cells = self.cells()
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            compiled = [(cell, pool.submit(self.attempt, f"{cell.name}: {form.name}", cell.objects, form))
                        for cell in cells for form in self.forms]
            refused = [pool.submit(self.attempt, f"refused/{source.name}", self.check_refused, source)
                       for source in sorted((self.folder / "refused").iterdir())] if self.given.only in ("", "refused") else []
            checked = []
            for cell in cells:
                pairs = [done.result() for owner, done in compiled if owner is cell]
                checked.append(pool.submit(self.check_cell, cell, [pair for pair in pairs if pair]))
            for each in refused + checked:
                each.result()
        for failure in self.failures:
            print(failure, file=sys.stderr)
        print(f"{len(self.failures)} failed" if self.failures else "the meaning stays")
        return 1 if self.failures else 0


if __name__ == "__main__":
    sys.exit(Matrix(arguments()).check())
