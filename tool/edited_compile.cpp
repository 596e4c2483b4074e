// CompileCommand + edited text --(edited_compile)--> the command that compiles it with the user's own compiler
#include "tool/edited_compile.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <set>

namespace tripwire::tool {
namespace {

/// The words of the command that still count once the text is preprocessed; the source is left out, linker words go
/// when the result is an object.
std::vector<std::string> words_for_text(const CompileCommand &command) {
  std::vector<std::string> words;
  for (const Argument &argument : command.arguments) {
    switch (argument.role) {
    case Role::source:
    case Role::output:
    case Role::compile_only:
    case Role::dependencies:
    case Role::preprocessor:
    case Role::precompiled:
    case Role::language:
    case Role::linker:
      break;
    case Role::standard:
    case Role::warning:
    case Role::code:
      llvm::append_range(words, argument.words);
      break;
    }
  }
  return words;
}

} // namespace

std::vector<std::string> builtins_lowered_into(llvm::StringRef seam) {
  using Names = std::vector<std::string>;
  // What GCC 12 to 15 and Clang 14 to 22 make of calls with arguments that are known at compile time.
  Names others = llvm::StringSwitch<Names>(seam)
                     .Case("puts", {"printf", "printf_unlocked", "vprintf"})
                     .Case("putchar", {"printf", "printf_unlocked", "vprintf"})
                     .Case("fwrite", {"fprintf", "fputs", "vfprintf"})
                     .Case("fputc", {"fprintf", "fputs", "vfprintf", "fwrite"})
                     .Case("putc", {"fprintf", "fputs"})
                     .Case("fputs", {"fprintf", "vfprintf"})
                     .Case("fwrite_unlocked", {"fprintf_unlocked", "fputs_unlocked"})
                     .Case("fputc_unlocked", {"fprintf_unlocked", "fputs_unlocked"})
                     .Case("fputs_unlocked", {"fprintf_unlocked"})
                     .Case("strcpy", {"sprintf", "snprintf", "strcat", "stpcpy"})
                     .Case("stpcpy", {"strcpy", "strcat", "sprintf"})
                     .Case("strlen", {"sprintf", "snprintf", "strcat", "stpcpy", "strcspn", "strspn"})
                     .Case("memcpy", {"strcpy", "strncpy", "stpcpy", "stpncpy", "sprintf", "snprintf", "strcat",
                                      "strncat", "memmove", "mempcpy", "bcopy", "strdup", "strndup"})
                     .Case("mempcpy", {"stpcpy", "memcpy"})
                     .Case("memmove", {"bcopy", "memcpy"})
                     .Case("memset", {"bzero", "calloc", "strncpy"})
                     .Case("strchr", {"strstr", "strrchr", "strpbrk", "index"})
                     .Case("strrchr", {"rindex"})
                     .Case("memchr", {"strchr", "strnlen"})
                     .Case("strcat", {"strncat"})
                     .Case("strncpy", {"stpncpy"})
                     .Case("strcmp", {"strstr", "strncmp"})
                     .Case("strncmp", {"strstr", "strcmp"})
                     .Case("memcmp", {"strcmp", "strncmp", "bcmp", "strstr"})
                     .Case("bcmp", {"memcmp"})
                     .Case("calloc", {"malloc", "memset"})
                     .Case("malloc", {"calloc", "strdup"})
                     .Case("abort", {"__builtin_trap"})
                     .Case("exp2", {"pow", "ldexp"})
                     .Case("exp10", {"pow"})
                     .Case("sqrt", {"pow"})
                     .Case("cbrt", {"pow"})
                     .Case("sincos", {"sin", "cos"})
                     .Case("cexpi", {"sin", "cos", "sincos"})
                     .Case("ldexp", {"exp2", "pow"})
                     .Default({});
  Names result = {seam.str()};
  for (std::string &other : others)
    if (!llvm::StringRef(other).starts_with("__builtin"))
      result.push_back(std::move(other));
  return result;
}

std::vector<std::string> compile_edited(const CompileCommand &command, const Compiler &compiler, llvm::StringRef edited,
                                        llvm::ArrayRef<std::string> seams) {
  const bool gcc = compiler.kind == CompilerKind::gcc;
  const bool cxx = command.language == Language::cxx;
  std::vector<std::string> argv = command.launcher;
  argv.push_back(command.compiler);
  llvm::append_range(argv, words_for_text(command));
  argv.push_back("-fno-optimize-sibling-calls"); // a tail call would hide the call site
  std::set<std::string> builtins;
  for (const std::string &seam : seams)
    for (std::string &builtin : builtins_lowered_into(seam))
      builtins.insert(std::move(builtin));
  for (const std::string &builtin : builtins)
    argv.push_back("-fno-builtin-" + builtin);
  if (gcc) {
    // Two call sites that are merged into one would get one place.
    llvm::append_range(argv, llvm::ArrayRef<std::string>{"-fno-ipa-icf", "-fno-crossjumping", "-fno-tree-tail-merge"});
    if (command.lto)
      argv.push_back("-ffat-lto-objects"); // the proof reads machine code
    // Comments are gone from the text, and with them those that say "falls through".
    argv.push_back("-Wno-implicit-fallthrough");
    argv.push_back("-fpreprocessed");
  } else {
    argv.push_back("-w"); // see report_warnings
  }
  llvm::append_range(
      argv, llvm::ArrayRef<std::string>{"-x", gcc ? (cxx ? "c++" : "c") : (cxx ? "c++-cpp-output" : "cpp-output"), "-c",
                                        edited.str(), "-o", command.output});
  return argv;
}

std::vector<std::string> report_warnings(const CompileCommand &command) {
  std::vector<std::string> argv = {command.compiler};
  llvm::append_range(argv, command.words_without({Role::output, Role::compile_only, Role::dependencies, Role::linker}));
  argv.push_back("-fsyntax-only");
  return argv;
}

} // namespace tripwire::tool
