// CompileCommand + edited text --(edited_compile)--> the command that compiles it with the user's own compiler
#include "tool/edited_compile.hpp"
#include "tool/lowering.hpp"

#include "llvm/ADT/STLExtras.h"

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

/// Flags without which the compiler would make calls of its own to \p seams, or hide the call site of one.
void keep_calls(llvm::ArrayRef<std::string> seams, std::vector<std::string> &argv) {
  argv.push_back("-fno-optimize-sibling-calls");
  std::set<std::string> builtins;
  for (const std::string &seam : seams) {
    builtins.insert(seam);
    for (std::string &other : made_into(seam))
      builtins.insert(std::move(other));
  }
  for (const std::string &builtin : builtins)
    argv.push_back("-fno-builtin-" + builtin);
}

/// The words of a Clang command for an object, with the text of headers in the place of their precompiled forms: those
/// hold no edits.
std::vector<std::string> words_reading_text(const CompileCommand &command) {
  std::vector<std::string> words;
  const auto is_included = [&](llvm::StringRef file) {
    return llvm::any_of(command.arguments, [&](const Argument &argument) {
      return argument.option == "-include" && argument.value == file;
    });
  };
  const auto include = [&](llvm::StringRef file) {
    llvm::append_range(words, llvm::ArrayRef<std::string>{"-Xclang", "-include", "-Xclang", file.str()});
  };
  for (const Argument &argument : command.arguments) {
    llvm::StringRef file = argument.value;
    switch (argument.role) {
    case Role::output:
    case Role::compile_only:
    case Role::dependencies:
    case Role::linker:
      break;
    case Role::precompiled:
      if ((file.consume_back(".pch") || file.consume_back(".gch")) && !is_included(file))
        include(file);
      break;
    case Role::preprocessor:
    case Role::source:
    case Role::language:
    case Role::standard:
    case Role::warning:
    case Role::code:
      if (argument.option == "-include")
        include(file); // the front end's own takes no precompiled form that lies beside
      else
        llvm::append_range(words, argument.words);
      break;
    }
  }
  return words;
}

} // namespace

std::vector<std::string> compile_edited(const CompileCommand &command, const Compiler &compiler, llvm::StringRef edited,
                                        llvm::ArrayRef<std::string> seams) {
  const bool gcc = compiler.kind == CompilerKind::gcc;
  const bool cxx = command.language == Language::cxx;
  std::vector<std::string> argv = command.launcher;
  argv.push_back(command.compiler);
  llvm::append_range(argv, words_for_text(command));
  keep_calls(seams, argv);
  if (gcc) {
    // Two call sites that are merged into one would get one place.
    llvm::append_range(argv, llvm::ArrayRef<std::string>{"-fno-ipa-icf", "-fno-crossjumping", "-fno-tree-tail-merge"});
    if (command.lto)
      argv.push_back("-ffat-lto-objects"); // the proof reads machine code
    argv.push_back("-fpreprocessed");
  } else {
    argv.push_back("-w"); // see report_warnings
  }
  llvm::append_range(
      argv, llvm::ArrayRef<std::string>{"-x", gcc ? (cxx ? "c++" : "c") : (cxx ? "c++-cpp-output" : "cpp-output"), "-c",
                                        edited.str(), "-o", command.output});
  return argv;
}

std::vector<std::string> compile_keeping_calls(const CompileCommand &command, const Compiler &compiler,
                                               llvm::StringRef text, llvm::ArrayRef<std::string> seams) {
  std::vector<std::string> argv = compile_edited(command, compiler, text, seams);
  llvm::erase_if(argv, [](llvm::StringRef word) {
    for (const char *writes : {"-save-temps", "-fdump-", "-gsplit-dwarf", "-fstack-usage", "-fcallgraph-info",
                               "-ftime-trace", "-ftest-coverage", "--coverage"})
      if (word.starts_with(writes))
        return true;
    return false;
  });
  llvm::append_range(argv, llvm::ArrayRef<std::string>{"-fno-inline", "-fno-lto", "-g", "-w"});
  if (compiler.kind == CompilerKind::gcc)
    llvm::append_range(argv, llvm::ArrayRef<std::string>{"-fno-ipa-cp", "-fno-ipa-sra", "-fno-partial-inlining"});
  return argv;
}

std::vector<std::string> compile_overlaid(const CompileCommand &command, llvm::StringRef overlay,
                                          llvm::ArrayRef<std::string> seams) {
  std::vector<std::string> argv = {command.compiler};
  llvm::append_range(argv, words_reading_text(command));
  keep_calls(seams, argv);
  llvm::append_range(argv,
                     llvm::ArrayRef<std::string>{"-w", "-ivfsoverlay", overlay.str(), "-c", "-o", command.output});
  return argv;
}

std::vector<std::string> report_warnings(const CompileCommand &command, const Compiler &compiler) {
  std::vector<std::string> argv = {command.compiler};
  llvm::append_range(argv, command.words_without({Role::output, Role::compile_only, Role::dependencies, Role::linker}));
  argv.push_back("-fsyntax-only");
  if (compiler.kind == CompilerKind::clang)
    argv.push_back("-Qunused-arguments"); // flags for the code to be made have no use here
  return argv;
}

std::vector<std::string> report_all_warnings(const CompileCommand &command, llvm::StringRef assembly) {
  std::vector<std::string> argv = {command.compiler};
  llvm::append_range(argv, command.words_without({Role::output, Role::compile_only, Role::dependencies, Role::linker}));
  llvm::append_range(
      argv, llvm::ArrayRef<std::string>{"-fno-profile-arcs", "-fno-test-coverage", "-S", "-o", assembly.str()});
  return argv;
}

} // namespace tripwire::tool
