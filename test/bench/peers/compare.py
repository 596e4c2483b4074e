#!/usr/bin/env python3
"""The same calls in tripwire, GoogleMock and Trompeloeil --> what each of them costs beside the others, in one run.

Nothing fails here: the numbers are for people. The ways to call stand in bench.hpp; memory is what tripwire keeps of an interaction,
which the others do not record; a test file's compile time is that of fifty mocked functions, each with one expectation.
"""
import argparse
import os
import pathlib
import shlex
import shutil
import statistics
import subprocess

FUNCTIONS = 50
ROUNDS = 3
COUNTS = (1, 10, 100, 1000, 10000, 100000)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", required=True, help="a folder of its own")
    parser.add_argument("--programs", required=True, help="the folder of the programs bench_NAME")
    parser.add_argument("--peers", nargs="*", default=[], help="the peers that were built")
    parser.add_argument("--source", help="the project, for compile times")
    parser.add_argument("--tool", help="tripwire-rewrite, for compile times")
    parser.add_argument("--libraries", nargs="*", default=[], help="the runtime, for the link of that test: files, and names of the system's libraries")
    parser.add_argument("--cxx", default="g++")
    parser.add_argument("--quick", action="store_true", help="each way once, with few calls: only shows that all of them run")
    return parser.parse_args()


class Calls:
    def __init__(self, given):
        self.given = given
        self.frameworks = ["tripwire", *given.peers]

    def ask(self, framework, way, calls):
        program = pathlib.Path(self.given.programs) / f"bench_{framework}"
        said = subprocess.run([program, way, str(calls)], capture_output=True, text=True, check=True).stdout.split()[-1]
        return None if said == "none" else float(said)

    def row(self, what, way, calls, unit="ns"):
        calls = 64 if self.given.quick else calls
        found = {each: self.ask(each, way, calls) for each in self.frameworks}
        show(what, found, unit)
        return found

    def show(self):
        print_head(self.frameworks)
        self.row("a call, nothing mocked", "plain", 2000000)
        self.row("watched, and let through", "delegated", 200000)
        self.row("mocked", "mocked", 200000)
        self.row("mocked, two threads", "threads", 200000)
        self.among("mocked, among {}", "mocks={}", COUNTS)
        self.among("mocked, any of {}", "random={}", (1, 1000, 100000))
        self.row("memory of an interaction", "memory", 1000000, "bytes")

    def among(self, what, way, counts):
        counts = counts[:2] if self.given.quick else counts
        found = {count: self.row(what.format(count), way.format(count), 200000) for count in counts}
        for count in (each for each in counts if each >= 1000):
            show(f"  {count} beside {counts[0]}", {each: found[count][each] / found[counts[0]][each] for each in self.frameworks}, "x")


def print_head(frameworks):
    print(f"{'':32}" + "".join(f"{each:>24}" for each in frameworks), flush=True)


def show(what, found, unit):
    """A row: each framework's figure, and what multiple of tripwire's it is."""
    own = found["tripwire"]
    words = []
    for value in found.values():
        if value is None:
            words.append("-")
        elif value is own or unit == "x":
            words.append(f"{value:.1f} {unit}")
        else:
            words.append(f"{value:.1f} {unit} {value / own:6.1f} x")
    print(f"{what:32}" + "".join(f"{word:>24}" for word in words), flush=True)


# The compile time of a test file

def header():
    return "".join(f"int f{i}(int, const void *, unsigned long);\n" for i in range(FUNCTIONS))


def interface():
    functions = "".join(f"  virtual int f{i}(int, const void *, unsigned long) = 0;\n" for i in range(FUNCTIONS))
    return f"struct Interface {{\n  virtual ~Interface() = default;\n{functions}}};\n"


def tripwire_test():
    mocks = "".join(f"  tripwire::mock<&f{i}>().when({i}, tripwire::anything, 3).returns({i});\n" for i in range(FUNCTIONS))
    return ('#include "fifty.h"\n#include <gtest/gtest.h>\n#include <tripwire/tripwire.hpp>\n'
            f"TEST(Fifty, Mocks) {{\n{mocks}  const tripwire::Sandbox sandbox;\n  EXPECT_EQ(f7(7, nullptr, 3), 7);\n}}\n")


def googlemock_test():
    methods = "".join(f"  MOCK_METHOD(int, f{i}, (int, const void *, unsigned long), (override));\n" for i in range(FUNCTIONS))
    mocks = "".join(f"  EXPECT_CALL(mock, f{i}({i}, testing::_, 3)).WillOnce(testing::Return({i}));\n" for i in range(FUNCTIONS))
    return (f'#include <gmock/gmock.h>\n#include <gtest/gtest.h>\n#include "fifty_interface.h"\nstruct Mock : Interface {{\n{methods}}};\n'
            f"TEST(Fifty, Mocks) {{\n  Mock mock;\n{mocks}  EXPECT_EQ(mock.f7(7, nullptr, 3), 7);\n}}\n")


def trompeloeil_test():
    methods = "".join(f"  MAKE_MOCK3(f{i}, int(int, const void *, unsigned long), override);\n" for i in range(FUNCTIONS))
    mocks = "".join(f"  REQUIRE_CALL(mock, f{i}({i}, trompeloeil::_, 3ul)).RETURN({i});\n" for i in range(FUNCTIONS))
    return (f'#include <gtest/gtest.h>\n#include <trompeloeil.hpp>\n#include "fifty_interface.h"\nstruct Mock : Interface {{\n{methods}}};\n'
            f"TEST(Fifty, Mocks) {{\n  Mock mock;\n{mocks}  EXPECT_EQ(mock.f7(7, nullptr, 3), 7);\n}}\n")


class Compiles:
    """Processor time of all processes of a step: user and system."""

    def __init__(self, given):
        self.given = given
        self.work = pathlib.Path(given.work)
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        for name, text in (("fifty.h", header()), ("fifty_interface.h", interface()), ("tripwire.cpp", tripwire_test()),
                           ("googlemock.cpp", googlemock_test()), ("trompeloeil.cpp", trompeloeil_test()),
                           ("main.cpp", "int main() {}\n"), ("fifty.cpp", self.real())):
            (self.work / name).write_text(text)
        seams = ", ".join(f'{{function: "f{i}"}}' for i in range(FUNCTIONS))
        (self.work / "tripwire.yaml").write_text(f'version: 1\nplugins: []\nseams: [{seams}]\ninstrument: {{include: ["*"]}}\n')

    def real(self):
        bodies = "".join(f"int f{i}(int, const void *, unsigned long) {{ return {i}; }}\n" for i in range(FUNCTIONS))
        return '#include "fifty.h"\n' + bodies

    def seconds(self, words):
        child = subprocess.Popen(words, cwd=self.work, env={**os.environ, "TRIPWIRE_CACHE": "off"}, stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT)
        said = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            raise SystemExit(f"{shlex.join(map(str, words))}:\n{said.decode()}")
        return used.ru_utime + used.ru_stime

    def median(self, words):
        return statistics.median(self.seconds(words) for _ in range(ROUNDS))

    def tool(self, *words):
        return [self.given.tool, "--config", "tripwire.yaml", "--plugins-folder", f"{self.given.source}/plugins", "--runtime-include",
                f"{self.given.source}/runtime/include", *words]

    def command(self, name):
        return [self.given.cxx, "-std=c++17", f"-I{self.given.source}/runtime/include", "-c", f"{name}.cpp", "-o", f"{name}.o"]

    def definitions(self):
        """What the link adds: the wrappers of the fifty, compiled once for the program, and the proof."""
        for name in ("main", "fifty"):
            self.seconds(self.command(name))
        libraries = [each if "/" in each else f"-l{each}" for each in self.given.libraries]
        link = [self.given.cxx, "tripwire.o", "fifty.o", "-o", "fifty", "-lgtest_main", "-lgtest", *libraries]
        rewritten = self.median(self.tool("--link", "--", *link))
        plain = self.median([self.given.cxx, "main.o", "fifty.o", "-o", "plain", "-lgtest", *libraries])
        return rewritten - plain

    def show(self):
        found = {"tripwire": self.median(self.tool("--compile", "--", *self.command("tripwire")))}
        for peer in self.given.peers:
            found[peer] = self.median(self.command(peer))
        show(f"compiling {FUNCTIONS} mocks, once each", found, "s")
        print(f"{'  of it without rewriting':32}" + f"{self.median(self.command('tripwire')):>22.1f} s", flush=True)
        print(f"{'  once for the program, at link':32}" + f"{self.definitions():>22.1f} s")


def main():
    given = arguments()
    Calls(given).show()
    if given.tool:
        Compiles(given).show()


main()
