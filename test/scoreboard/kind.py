# kinds/NAME.cpp --(kind)--> what the board knows about one kind of call, and its files in a folder.
#
# A kind begins with `// word: value` lines, and goes on in parts that begin with `//--- NAME`:
#   kind     in words
#   seam     the entry of tripwire.yaml
#   mock     the mock, below `tripwire::`
#   answer   what the mock answers, when it is not `returns(99)`
#   wrap     the symbols that --wrap is told
#   aspect   AspectC++'s pointcut
#   flags    more flags for the unit
#   early    the seam is called before any test can mock it: tripwire lets it through and lists it by this name
#   observe  `silence`: intercepted when nothing was printed; otherwise when run_NAME() gives `mocked`
#   unit.*   the code under test: it defines run_NAME()
#   real.cpp the real code behind the seam; compiled as it is
#   seam.h   what both include
#   wrap.cpp, aspect.ah   in place of the text that is made from `wrap` and `aspect`

import pathlib
import re

MOCKED = 99


class Kind:
    def __init__(self, path, work):
        self.name = path.stem
        self.folder = work / self.name
        self.facts = {}
        self.parts = {}
        part = None
        for line in path.read_text().splitlines():
            opens = re.match(r"//--- (\S+)$", line)
            fact = re.match(r"// (\w+): ?(.*)$", line)
            if opens:
                part = self.parts.setdefault(opens.group(1), [])
            elif part is not None:
                part.append(line)
            elif fact:
                self.facts[fact.group(1)] = fact.group(2)
        self.title = self.facts["kind"]
        self.wraps = self.facts.get("wrap", "").split()
        self.flags = self.facts.get("flags", "").split()
        self.is_c = "unit.c" in self.parts
        self.unit = "unit.c" if self.is_c else "unit.cpp"
        self.silence = self.facts.get("observe") == "silence"
        self.has_real = "real.cpp" in self.parts

    def write(self):
        """Puts the parts into the kind's folder, with those that are made from its facts."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, lines in self.parts.items():
            guard = "#pragma once\n" if name == "seam.h" else ""
            (self.folder / name).write_text(guard + "\n".join(lines) + "\n")
        if "wrap.cpp" not in self.parts:
            (self.folder / "wrap.cpp").write_text(self.wrap_text())
        if "aspect.ah" not in self.parts:
            (self.folder / "aspect.ah").write_text(self.aspect_text())

    def wrap_text(self):
        text = ""
        for number, symbol in enumerate(self.wraps):
            function = f"board_wrapped_{self.name}_{number}"
            text += f'extern "C" int {function}() asm("__wrap_{symbol}");\n'
            text += f'extern "C" __attribute__((used)) int {function}() {{ return {MOCKED}; }}\n'
        return text

    def aspect_text(self):
        include = '#include "seam.h"\n' if "seam.h" in self.parts else ""
        advice = f"advice {self.facts['aspect']} : around() {{ *tjp->result() = {MOCKED}; }}"
        return f"{include}aspect Mock_{self.name} {{\n  {advice}\n}};\n"

    def declaration(self):
        linkage = 'extern "C" ' if self.is_c else ""
        return f"{linkage}int run_{self.name}();\n"


def read_kinds(folder, work):
    """Every kind of the folder, by name, with its files written."""
    kinds = [Kind(path, work) for path in sorted(pathlib.Path(folder).glob("*.cpp"))]
    for kind in kinds:
        kind.write()
    return kinds
