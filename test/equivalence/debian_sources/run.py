#!/usr/bin/env python3
"""a body of source code that Debian ships --> built plain and rewritten, with two compilers; all print the same.

Rewritten are the sources and the library's own headers. The seams are what they use of libc:
files, processes, time, environment, sockets, threads. Nobody watches them, so every call goes through. Each object that
names a seam when compiled plain must name a wrapper when compiled rewritten, and no seam.
"""
import argparse
import collections
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys

SEAMS = """
accept bind close connect epoll_create1 epoll_ctl epoll_wait eventfd fclose fcntl fdopen fflush fgetc fgets fileno fopen
fprintf fputs fread freeaddrinfo freopen fseek fstat64 ftell fwrite getaddrinfo getcwd getenv getpeername getsockname
getsockopt gettimeofday ioctl isatty listen localtime_r gmtime_r lseek mkdir mkstemp open perror pipe poll printf
pthread_cond_broadcast pthread_cond_destroy pthread_cond_init pthread_cond_signal pthread_cond_wait pthread_create
pthread_getspecific pthread_join pthread_key_create pthread_key_delete pthread_setspecific putenv read recv recvfrom
recvmsg remove rename rmdir select send sendmsg sendto setenv setsockopt shutdown sigaction snprintf socket socketpair
stat strftime time timerfd_create timerfd_settime unlink unsetenv vprintf vsnprintf waitpid write
""".split()

# What cannot be rewritten in a body, and is refused there by name.
NOT_SEAMS = {"json_files": {"snprintf"},  # variadic, with an argument of a template parameter's type
             "spdlog_sinks": {"snprintf"}}  # called by libfmt's headers, which are the system's here
# What compilers make of printf and fprintf of constant text: the rewritten object has the wrapper of those instead.
LOWERED = {"fputc", "fputs", "fwrite", "putchar", "puts"}

HERE = pathlib.Path(__file__).parent
Body = collections.namedtuple("Body", "sources headers flags libraries arguments")
PROGRAM = {name: HERE / "programs" / f"{name}.cpp"
           for name in ("asio_echo", "json_files", "spdlog_sinks", "websocketpp_handshake")}


def body_of(name, folder, work):
    """What is compiled, and what of it is rewritten."""
    if name == "googletest":
        root = folder / "googletest" / "googletest"
        tests = [root / "test" / each for each in (
            "googletest-filepath-test.cc", "googletest-options-test.cc", "googletest-message-test.cc")]
        return Body([root / "src" / "gtest-all.cc", root / "src" / "gtest_main.cc"] + tests, [f"{root}/**"],
                    [f"-I{root}/include", f"-I{root}"], [], ["--gtest_color=no", "--gtest_print_time=0"])
    # Copied, since what the compiler takes for the system's own is not rewritten.
    for each in {"asio_echo": ["asio.hpp", "asio"], "json_files": ["nlohmann"], "spdlog_sinks": ["spdlog"],
                 "websocketpp_handshake": ["websocketpp"]}[name]:
        copy = shutil.copytree if (folder / each).is_dir() else shutil.copy
        copy(folder / each, work / "headers" / each)
    return Body([PROGRAM[name]], [str(work / "headers" / "**"), str(HERE / "programs" / "**")],
                [f"-I{work / 'headers'}"], ["-lfmt"], [])


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--body", required=True)
    for name in ("sources", "work", "tool", "runtime-include", "cxx"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--other-cxx", default="")
    parser.add_argument("--libraries", nargs="+", required=True)
    return parser.parse_args()


def run(command, **more):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, errors="replace", **more)


def must(command, what):
    done = run(command)
    if done.returncode != 0:
        sys.exit(f"{what}\n{done.stderr[:6000]}")
    return done


def undefined(file):
    return {line.split()[-1] for line in run(["nm", "-u", file]).stdout.splitlines()}


class Comparison:
    def __init__(self, given):
        self.given = given
        self.work = pathlib.Path(given.work)
        shutil.rmtree(self.work, ignore_errors=True)
        (self.work / "headers").mkdir(parents=True)
        self.body = body_of(given.body, pathlib.Path(given.sources), self.work)
        globs = ", ".join(f'"{os.path.relpath(each, self.work)}"' for each in self.body.headers)
        self.seams = set(SEAMS) - NOT_SEAMS.get(given.body, set())
        seams = "".join(f"  - function: {name}\n" for name in sorted(self.seams))
        self.config = self.work / "tripwire.yaml"
        self.config.write_text(f"version: 1\nplugins: []\ninstrument: {{include: [{globs}]}}\nseams:\n{seams}")

    def launched(self, step):
        return [self.given.tool, "--config", self.config, "--runtime-include", self.given.runtime_include, step, "--"]

    def compile(self, compiler, source, launcher, folder):
        place = folder / f"{source.stem}.o"
        must(launcher + [compiler, "-std=c++17", "-O0", "-w"] + self.body.flags + ["-c", source, "-o", place],
             f"{compiler}: {source.name} does not compile in {folder.name}")
        return place

    def built(self, compiler, how):
        folder = self.work / f"{pathlib.Path(compiler).name}.{how}"
        folder.mkdir()
        launch = self.launched if how == "rewritten" else lambda step: []
        objects = [self.compile(compiler, source, launch("--compile"), folder) for source in self.body.sources]
        program = folder / self.given.body
        ours = self.given.libraries + ["-ldw", "-lfmt", "-lyaml-cpp"] if how == "rewritten" else []
        must(launch("--link") + [compiler] + objects + ours + self.body.libraries + ["-lpthread", "-o", program],
             f"{compiler}: it does not link {how}")
        return program, objects

    def output(self, program):
        done = run([program] + self.body.arguments, cwd=program.parent, timeout=120, stdin=subprocess.DEVNULL)
        return f"status {done.returncode}\n{done.stdout}\n{done.stderr}".replace(str(program.parent), "FOLDER")

    def compare(self, compiler):
        """How many references to seams the objects have, of how many seams."""
        plain, plain_objects = self.built(compiler, "plain")
        rewritten, objects = self.built(compiler, "rewritten")
        used = set()
        for before, after in zip(plain_objects, objects):
            wanted = (undefined(before) & self.seams) - LOWERED
            wrapped = {re.sub(r"^tripwire_(?:seam|may_throw)_(\w+?)(?:_v\w*)?$", r"\1", name)
                       for name in undefined(after) if name.startswith("tripwire_")}
            if wanted - wrapped or undefined(after) & self.seams:
                sys.exit(f"{compiler}: {after.name}: past the wrappers: {sorted(wanted - wrapped)}")
            used |= wrapped
        expected, got = self.output(plain), self.output(rewritten)
        if expected != got:
            sys.exit(f"{compiler}: rewritten, it does something else\n" + "\n".join(
                difflib.unified_diff(expected.splitlines(), got.splitlines(), "plain", "rewritten", lineterm="")))
        if not used:
            sys.exit(f"{compiler}: nothing was rewritten")
        return used


def main():
    given = arguments()
    comparison = Comparison(given)
    for compiler in filter(None, (given.cxx, given.other_cxx)):
        used = comparison.compare(compiler)
        print(f"{given.body}, {compiler}: the same, with {len(used)} seams: {' '.join(sorted(used))}")


if __name__ == "__main__":
    main()
