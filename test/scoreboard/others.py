# The kinds --(the linker's --wrap | AspectC++)--> verdicts

import os

from programs import LEVELS, REFUSED, each, main_text, object_name, run, verdicts


class Build:
    """One column: a compiler at a level, and the objects that every tool of the column shares."""

    def __init__(self, options, compiler, c_compiler, level):
        self.options = options
        self.compiler = compiler
        self.c_compiler = c_compiler
        self.level = level
        self.flags = LEVELS[level]
        self.name = f"{os.path.basename(compiler)} {level}"
        self.stem = os.path.basename(compiler) + level.replace(" ", "")

    def path(self, name):
        return str(self.options.work / f"{name}.{self.stem}")

    def compile_command(self, source, target, kind, more):
        is_c = source.endswith(".c")
        compiler = [self.c_compiler, "-std=c11"] if is_c else [self.compiler, "-std=c++17"]
        return [*compiler, *self.flags, *kind.flags, *more, "-w", "-c", source, "-o", target]

    def compile(self, kind, source, what, more=()):
        """The kind's object; the board stops when the plain compiler refuses, since then the board is wrong."""
        target = object_name(kind, what, self.compiler, self.level)
        output = run(self.compile_command(source, target, kind, more), kind.folder)
        if output.status != 0:
            raise SystemExit(f"{kind.name}: {source} does not compile:\n{output.text}")
        return target

    def reals(self, kinds):
        return {kind.name: self.compile(kind, "real.cpp", "real") for kind in kinds if kind.has_real}

    def main_object(self, kinds, program, text):
        source = program + ".main.cpp"
        with open(source, "w", encoding="utf-8") as out:
            out.write(text)
        target = program + ".main.o"
        command = [self.compiler, "-std=c++17", "-O0", "-w", "-c", source, "-o", target]
        return run(command, self.options.work), target


def wrap(build, kinds, reals, note):
    """The linker's --wrap: the mocks are `__wrap_SYMBOL`."""

    # GCC loses a `__wrap_` function that is itself subject to link-time optimisation, so the mocks are not.
    def objects(kind):
        return build.compile(kind, kind.unit, "unit"), build.compile(kind, "wrap.cpp", "wrap", ["-fno-lto"])

    compiled = dict(zip([kind.name for kind in kinds], each(objects, kinds, build.options.jobs)))

    def link(some, program):
        output, main = build.main_object(some, program, main_text(some))
        if output.status != 0:
            return output
        command = [build.compiler, *build.flags, main]
        for kind in some:
            command += [*compiled[kind.name], *([reals[kind.name]] if kind.has_real else [])]
            command += [f"-Wl,--wrap={symbol}" for symbol in kind.wraps]
        return run([*command, "-o", program], build.options.work)

    return verdicts(kinds, link, build.path("wrap"), build.options.work, note)


def aspectcpp(build, kinds, reals, note):
    """AspectC++: an `around` advice for the calls of each unit."""
    config = build.options.work / f"puma.{os.path.basename(build.compiler)}.config"
    weaver = [build.options.agxx, "--c_compiler", build.compiler, "--config", str(config)]

    def weave(kind):
        target = object_name(kind, "woven", build.compiler, build.level)
        flags = ["-std=c++17", *build.flags, *kind.flags, "-w", "-c", kind.unit, "-o", target]
        return target, run([*weaver, "-a", "aspect.ah", *flags], kind.folder)

    if not config.exists():
        run([*weaver[:3], "--gen_config", "--config", str(config)], build.options.work)
    woven = dict(zip([kind.name for kind in kinds], each(weave, kinds, build.options.jobs)))
    result = {}
    good = []
    for kind in kinds:
        target, output = woven[kind.name]
        if output.status != 0:
            note(kind, output.text)
            result[kind.name] = REFUSED
        else:
            good.append(kind)

    def link(some, program):
        output, main = build.main_object(some, program, main_text(some))
        if output.status != 0:
            return output
        command = [build.compiler, *build.flags, main]
        for kind in some:
            command += [woven[kind.name][0], *([reals[kind.name]] if kind.has_real else [])]
        return run([*command, "-o", program], build.options.work)

    return {**result, **verdicts(good, link, build.path("aspectcpp"), build.options.work, note)}
