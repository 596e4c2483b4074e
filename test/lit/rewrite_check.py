# One split-file case --> proof that rewriting it gives the expected text, compiles like the original, and runs.
#
# The parts of a case:
#   tripwire.yaml       the configuration
#   in.cpp or in.c      the unit that is rewritten
#   expected            in.cpp after rewriting: its lines without line markers; blanks and empty lines do not count
#   expected.FILE       the same for another file of the case (a header)
#   edits               what --dump-edits says
#   output              what the program prints; without it, what the original prints
#   *.h, *.hpp          headers; one that includes <tripwire/...> may mock
#   other *.c, *.cpp    the real code behind the seams: compiled as it is, and linked
#
# With each compiler: the edits and the texts are compared; the edited text compiles, with the warnings of the original and no other; when
# in.cpp has a main, the program is built with --compile and --link (the object is the same from the cache as without), the same lines have
# code in it, it runs, and its output is compared.
#
# With --same-as TOOL, which is for a sanitized tool: what is compared with the original is left out where the edited text is the one that TOOL
# gives, whose own cases compare it.
#
# By hand, --update writes into the case what the first compiler gave; read it before you keep it.

import argparse
import difflib
import pathlib
import re
import shlex
import subprocess
import sys

# Rewriting adds none of these warnings, and hides none.
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion"]
GXX_WARNINGS = ["-Wold-style-cast", "-Wuseless-cast"]
# Templates' wrappers are defined where the seams are. The build step has Clang warn of the real source, so nobody sees the one left out.
CLANG_WARNINGS = ["-Weverything", "-Wno-undefined-func-template"]


class Failed(Exception):
    pass


def run(command, folder, why):
    """Runs a command that must succeed; its output, standard error included."""
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f"{why}: exit status {done.returncode}\n  {shlex.join(command)}\n{done.stdout}{done.stderr}")
    return done


def compare(expected, actual, what):
    """Word by word; how much blank space there is between two words, and in which line of a macro's call one stands, is the
    preprocessor's business."""
    if bare(" ".join(expected)) == bare(" ".join(actual)):
        return
    lines = difflib.unified_diff(expected, actual, f"{what}: expected", f"{what}: actual", lineterm="")
    raise Failed("\n".join(lines))


def bare(line):
    return re.sub(r"(?<=\W) | (?=\W)", "", line)


def squeezed(lines):
    lines = [re.sub(r"\s+", " ", line).strip() for line in lines]
    return [line for line in lines if line]


def read_lines(path):
    return path.read_text().splitlines()


RECORD = '__asm__(".pushsection .tripwire'


def texts_by_file(edited, folder):
    """The lines of preprocessed text, by the file of the case that they stand in."""
    texts = {}
    current = None
    # The record that the tool adds at the end is no text of the user's.
    for line in edited.split(RECORD)[0].splitlines():
        marker = re.match(r'#(?:line)? (\d+) "([^"]*)"', line)
        if marker:
            path = folder / marker.group(2)
            current = path.name if path.resolve().parent == folder.resolve() else None
        elif current is not None and line.strip() and not line.startswith("#pragma"):
            # Clang is told by an attribute what GCC is told by a flag; it is not what the cases are about.
            line = line.replace("__attribute__((__nomerge__)) ", "").replace(" __attribute__((__nomerge__));", ";")
            texts.setdefault(current, []).append(re.sub(r"(\S)\s+", r"\1 ", line.rstrip()))
    return texts


def update(case, texts, source):
    """Writes the texts into the parts of the case that expect them."""
    out = []
    skipping = False
    for line in pathlib.Path(case).read_text().splitlines():
        part = re.match(r"(#|//)--- (\S+)$", line)
        if part:
            skipping = part.group(2).startswith("expected")
            out.append(line)
            if skipping:
                out += texts.get(part.group(2)[len("expected.") :] or source, [])
        elif not skipping:
            out.append(line)
    pathlib.Path(case).write_text("\n".join(out) + "\n")


def warnings(text):
    """What a compiler warned about: file, line and flag, without the words, which name wrappers. Once for each line, since a wrapper's
    declaration stands in the line of the seam's and says the same."""
    found = re.findall(r"^([^:\n]+):(\d+):(?:\d+:)? warning: .*?(\[-W[^\]]*\])?$", text, re.MULTILINE)
    return {(file.rsplit("/", 1)[-1], line, flag) for file, line, flag in found}


def lines_of(object_file, folder):
    """The lines of the case's files that have code, by the debug information."""
    done = run(["readelf", "-W", "--debug-dump=decodedline", object_file], folder, "read the debug information")
    names = {path.name for path in folder.iterdir()}
    found = re.findall(r"^(?:\./)?(\S+) +(\d+) +0", done.stdout, re.MULTILINE)
    return {(name.rsplit("/", 1)[-1], int(line)) for name, line in found if name.rsplit("/", 1)[-1] in names}


class Case:
    def __init__(self, options, flags):
        self.options = options
        self.flags = flags
        self.folder = pathlib.Path(options.work)
        inputs = [path for path in self.folder.iterdir() if path.stem == "in" and path.suffix in (".c", ".cpp")]
        if len(inputs) != 1:
            raise Failed("a case has one part in.c or in.cpp")
        self.source = inputs[0]
        self.is_c = self.source.suffix == ".c"
        self.others = sorted(
            path for path in self.folder.iterdir() if path.suffix in (".c", ".cpp") and path != self.source
        )
        if any("#include <tripwire/" in path.read_text() for path in self.folder.iterdir() if path.is_file()):
            self.flags = [*flags, "-isystem", options.runtime_include]
        self.has_main = re.search(r"\bmain\s*\(", self.source.read_text()) is not None

    def compilers(self):
        names = ("gcc", "clang") if self.is_c else ("gxx", "clangxx")
        if self.options.only:
            names = [name for name in names if name.startswith(self.options.only)]
        found = [(name, getattr(self.options, name)) for name in names if getattr(self.options, name)]
        if not found:
            raise Failed("there is no compiler for this case")
        return found

    def standard(self):
        if any(flag.startswith("-std=") for flag in self.flags):
            return []
        return ["-std=c11" if self.is_c else "-std=c++17"]

    def tool(self, *words):
        return [self.options.tool, "--config", "tripwire.yaml", "--runtime-include", self.options.runtime_include, *words]

    def is_as_by_other_tool(self, base, edited):
        if not self.options.same_as:
            return False
        other = "other." + edited
        command = [self.options.same_as, *self.tool(self.source.name, "-o", other, "--", *base)[1:]]
        run(command, self.folder, "rewrite by the other tool")
        mine, others = (self.folder / edited).read_text(), (self.folder / other).read_text()
        return mine.split(RECORD)[0] == others.split(RECORD)[0]

    def check(self, name, compiler):
        base = [compiler, *self.standard(), *self.flags]
        edited = f"{name}.ii" if not self.is_c else f"{name}.i"
        done = run(
            self.tool(self.source.name, "-o", edited, "--ledger", f"{name}.json", "--dump-edits", "--", *base),
            self.folder,
            f"{name}: rewrite",
        )
        edits = self.folder / "edits"
        if edits.exists():
            compare(squeezed(read_lines(edits)), squeezed(done.stdout.splitlines()), f"{name}: edits")
        texts = texts_by_file((self.folder / edited).read_text(), self.folder)
        if self.options.update:
            update(self.options.case, texts, self.source.name)
            sys.exit(0)
        for expected in sorted(self.folder.glob("expected*")):
            file = expected.name[len("expected.") :] or self.source.name
            compare(squeezed(read_lines(expected)), squeezed(texts.get(file, [])), f"{name}: {file}")
        self.is_known = self.is_as_by_other_tool(base, edited)
        if not self.is_known:
            self.compile(name, base, edited)
        if self.has_main and not self.options.no_run:
            self.build_and_run(name, compiler)

    def compile(self, name, base, edited):
        more = {"gcc": [], "gxx": GXX_WARNINGS, "clang": CLANG_WARNINGS, "clangxx": CLANG_WARNINGS}
        strict = [*base, *WARNINGS, *more[name]]
        language = "cpp-output" if self.is_c else "c++-cpp-output"
        original = run([*strict, "-c", self.source.name, "-o", f"{name}.original.o"], self.folder, f"{name}: compile")
        rewritten = run(
            [*strict, "-x", language, "-c", edited, "-o", f"{name}.edited.o"], self.folder, f"{name}: compile edited text"
        )
        if warnings(original.stderr) != warnings(rewritten.stderr):
            raise Failed(f"{name}: other warnings than the original's\n{original.stderr}---\n{rewritten.stderr}")

    def compare_lines(self, name, base):
        """The same lines have code. A seam that is itself inline is compiled where the seams are defined, and a drop-in in place of its
        type, so of those lines may be lost or gained."""
        original = f"{name}.debug.o"
        run([*base, "-c", self.source.name, "-o", original], self.folder, f"{name}: compile the original")
        before, after = lines_of(original, self.folder), lines_of(f"{name}.in.o", self.folder)
        inline = self.options.inline_seam

        def others(lines):
            return sorted((file, line) for file, line in lines if file not in inline and f"{file}:{line}" not in inline)

        lost, gained = others(before - after), others(after - before)
        if lost or gained:
            raise Failed(f"{name}: other lines have code: lost {lost}, gained {gained}")

    def compile_in_all_ways(self, name, base):
        """Without the cache, with an empty one and with a full one: the same object and ledger, byte for byte."""
        results = []
        said = ""
        ways = [["--no-cache"], ["--cache", "cache"], ["--cache", "cache", "--verbose"]]
        for words in ways[1:] if self.is_known else ways:
            # GCC gives the sections of intermediate code random names.
            step = [*base, "-frandom-seed=1", "-c", self.source.name, "-o", f"{name}.in.o"]
            command = self.tool(*words, "--compile", "--", *step)
            said = run(command, self.folder, f"{name}: --compile").stderr
            outputs = (self.folder / f"{name}.in.o", self.folder / f"{name}.in.o.tripwire.json")
            results.append([path.read_bytes() if path.exists() else None for path in outputs])
        if "decided before: taken from the cache" not in said and results[0][1] is not None:
            raise Failed(f"{name}: the second compile was not served from the cache\n{said}")
        if any(result != results[0] for result in results):
            raise Failed(f"{name}: with the cache the object or its ledger is another one")

    def build_and_run(self, name, compiler):
        c = self.options.gcc if name in ("gcc", "gxx") else self.options.clang
        cxx = self.options.gxx if name in ("gcc", "gxx") else self.options.clangxx
        objects = []
        for other in self.others:
            built = f"{name}.{other.stem}.o"
            other_is_c = other.suffix == ".c"
            language = ["-std=c11"] if other_is_c else ["-std=c++17"]
            run(
                [c if other_is_c else cxx, *language, "-c", other.name, "-o", built],
                self.folder,
                f"{name}: compile {other.name}",
            )
            objects.append(built)
        include = ["-I" + self.options.runtime_include]
        base = [compiler, *self.standard(), *self.flags, "-g", *include]
        self.compile_in_all_ways(name, base)
        if "-flto" not in self.flags and not self.is_known:
            self.compare_lines(name, base)
        libraries = shlex.split(self.options.runtime_link)
        run(
            self.tool("--link", "--", cxx, *self.flags, f"{name}.in.o", *objects, "-o", f"{name}.rewritten", *libraries),
            self.folder,
            f"{name}: --link",
        )
        rewritten = run([f"./{name}.rewritten"], self.folder, f"{name}: run").stdout
        output = self.folder / "output"
        if output.exists():
            expected = output.read_text()
        elif self.is_known:
            return
        else:
            run(
                [*base, self.source.name, *objects, "-o", f"{name}.original", "-pthread"],
                self.folder,
                f"{name}: build the original",
            )
            expected = run([f"./{name}.original"], self.folder, f"{name}: run the original").stdout
        compare(expected.splitlines(), rewritten.splitlines(), f"{name}: output")


def main():
    parser = argparse.ArgumentParser(description="checks one rewriting case")
    parser.add_argument("case")
    for required in ("--work", "--tool", "--split-file", "--runtime-include", "--runtime-link"):
        parser.add_argument(required, required=True)
    for compiler in ("--gcc", "--gxx", "--clang", "--clangxx"):
        parser.add_argument(compiler)
    parser.add_argument("--only", choices=["g", "clang"], help="one of the two compilers")
    parser.add_argument("--no-run", action="store_true", help="build no program although there is a main")
    parser.add_argument("--inline-seam", action="append", default=[], help="FILE:LINE of a seam that is itself inline, or a FILE of them or of drop-ins")
    parser.add_argument("--same-as", help="another build of the tool, whose cases are checked by themselves")
    parser.add_argument("--update", action="store_true", help="write what comes out into the case")
    options, flags = parser.parse_known_args()
    run(["rm", "-rf", options.work], None, "clean")
    run([options.split_file, options.case, options.work], None, "split-file")
    try:
        case = Case(options, flags)
        for name, compiler in case.compilers():
            case.check(name, compiler)
    except Failed as failure:
        print(failure)
        sys.exit(1)


main()
