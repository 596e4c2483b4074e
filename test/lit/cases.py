# What every folder of cases has in common: how a case runs, and the words it may use.
#
#   %tripwire-rewrite      the tool
#   %gcc %gxx %clang %clangxx   the users' compilers
#   %runtime-include %runtime-link   what a program by hand needs for the runtime; %runtime-folder is the first without its -I
#   %split-file %filecheck the latter lets no warning and no error pass that the case does not name
#   %llvm                  the folder of LLVM's own programs; feature llvm-cov: Clang's coverage works
#   feature reads-bitcode  the tool's LLVM is not older than that of the users' Clang
#   %python                what lit itself runs with, without packages
#   %exits N COMMAND       the command's exit status is N
#   %rewrite-check %s      before, after, compile, link, run: see rewrite_check.py

import glob
import os
import re
import subprocess
import sys

import lit.formats


def maps_coverage(compiler, llvm):
    """Whether Clang's coverage works here: its runtime and the tools that read it are packages of their own."""
    asked = subprocess.run([compiler, "-print-resource-dir"], stdout=subprocess.PIPE, text=True, check=False)
    runtimes = glob.glob(os.path.join(asked.stdout.strip(), "lib", "**", "libclang_rt.profile*.a"), recursive=True)
    return bool(runtimes) and all(os.path.exists(os.path.join(llvm, tool)) for tool in ("llvm-cov", "llvm-profdata"))


def clang_of(program):
    """The major version of the Clang that a program is, or was built with."""
    said = subprocess.run([program, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return int(re.search(r"(?i)clang (?:version )?(\d+)", said)[1])


def use(config, name):
    config.name = "tripwire " + name
    config.test_format = lit.formats.ShTest(execute_external=False)
    config.suffixes = [".test", ".c", ".cpp"]
    config.excludes = ["Inputs"]
    # Messages are compared as text, and the user's own configuration stays out.
    config.environment["LC_ALL"] = "C"
    config.environment.pop("TRIPWIRE_CONFIG", None)

    folder = config.tripwire_lit
    python = sys.executable + " -I -S" # nothing of the user's, and none of it takes time
    compilers = {name: path for name, path in config.tripwire_compilers.items() if not path.endswith("NOTFOUND")}
    for compiler in compilers:
        config.available_features.add(compiler)

    llvm = os.path.dirname(config.tripwire_filecheck)
    if "clangxx" in compilers and maps_coverage(compilers["clangxx"], llvm):
        config.available_features.add("llvm-cov")

    if "clangxx" in compilers and clang_of(config.tripwire_rewrite) >= clang_of(compilers["clangxx"]):
        config.available_features.add("reads-bitcode")

    check = [python, os.path.join(folder, "rewrite_check.py"), "--work", "%t"]
    check += ["--tool", config.tripwire_rewrite, "--split-file", config.tripwire_split_file]
    check += ["--runtime-include", config.tripwire_runtime_include]
    check += ["--runtime-link='%s'" % config.tripwire_runtime_link]
    if config.tripwire_same_as:
        check += ["--same-as", config.tripwire_same_as]
    for name, path in compilers.items():
        check += ["--" + name, path]

    # Longer words first: lit replaces text, not words.
    config.substitutions += [
        ("%rewrite-check", " ".join(check)),
        ("%tripwire-rewrite", config.tripwire_rewrite),
        ("%runtime-folder", config.tripwire_runtime_include),
        ("%runtime-include", "-I" + config.tripwire_runtime_include),
        ("%runtime-link", config.tripwire_runtime_link),
        ("%llvm", llvm),
        ("%split-file", config.tripwire_split_file),
        ("%filecheck", config.tripwire_filecheck + " '-implicit-check-not={{warning|error}}:'"),
        ("%python", python),
        ("%exits", python + " " + os.path.join(folder, "exits.py")),
    ]
    for name in ("clangxx", "clang", "gcc", "gxx"):
        config.substitutions.append(("%" + name, config.tripwire_compilers[name]))
