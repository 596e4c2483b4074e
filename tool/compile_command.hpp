// argv of a build step --(compile_command)--> one compile with each word's role known, or the reason why it is none
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tripwire::tool {

enum class Language { c, cxx };

/// What a word (or pair of words) of the command line is for. Later steps keep or drop arguments by role.
enum class Role {
  source,       ///< an input file
  output,       ///< -o
  compile_only, ///< -c
  dependencies, ///< -MD -MMD -MF -MT -MQ -MP -MG
  preprocessor, ///< -D -U -I -isystem -iquote -idirafter -include -imacros -nostdinc --sysroot ...: spent when the text
                ///< is preprocessed
  precompiled,  ///< -include-pch and its -Xclang form: a precompiled header, never usable for text of ours
  language,     ///< -x
  standard,     ///< -std= -ansi
  warning,      ///< -W... -w -pedantic
  code,         ///< -f -m -O -g and everything else that shapes the object
  linker,       ///< -l -L -Wl, objects and archives: ignored when compiling
};

/// One argument as the compiler takes it: a word, or an option and its separate value.
struct Argument {
  Role role = Role::code;
  std::vector<std::string> words;
  /// The option's own name ("-D", "-MF", "-std="), empty for input files.
  std::string option;
  /// The option's value, joined or separate; for an input file its path.
  std::string value;
};

/// What the command asks of dependency output. Empty file or targets: as the compiler would choose (see \c
/// depfile_path, \c depfile_targets).
struct Depfile {
  bool wanted = false;
  bool user_headers_only = false; ///< -MMD
  bool phony = false;             ///< -MP
  std::string file;
};

/// A command that compiles exactly one C or C++ source.
struct CompileCommand {
  /// The command as it was given, the compiler's launchers included, response files not expanded.
  std::vector<std::string> original;
  /// What stands in front of the compiler ("ccache", "cmake -E env X=1").
  std::vector<std::string> launcher;
  /// The compiler as written.
  std::string compiler;
  /// Everything behind the compiler, response files expanded, in order.
  std::vector<Argument> arguments;

  std::string source; ///< as written
  Language language = Language::cxx;
  bool preprocessed = false; ///< the source is preprocessed text already (.i, .ii, -x cpp-output)
  std::string standard;      ///< "c++17", "gnu11"; empty when the compiler's default is in force
  std::string output;        ///< as written, or what the compiler would choose
  bool links = false;        ///< no -c: the same command also links a program
  Depfile depfile;
  bool exceptions = true;
  bool rtti = true;
  bool debug_info = false;
  bool lto = false;
  bool coverage = false;

  /// The words behind the compiler whose role is none of \p dropped.
  [[nodiscard]] std::vector<std::string> words_without(llvm::ArrayRef<Role> dropped) const;
};

/// Why a command is run as it is. Closed: each is shown under --verbose and tested.
enum class PassThroughReason {
  no_source,           ///< links, prints a version, ...
  preprocess_only,     ///< -E, -M, -MM
  assembly_only,       ///< -S
  syntax_only,         ///< -fsyntax-only
  assembler_source,    ///< .s, .S
  other_language,      ///< Fortran, Objective-C, CUDA ...
  precompiled_header,  ///< a header is compiled to a .gch or .pch
  module_scan,         ///< P1689 dependency scan
  standard_input,      ///< the source is "-"
  asks_about_compiler, ///< -###, --version, -print-..., -dump...
};

/// "it only preprocesses" and the like: the words for one reason.
llvm::StringRef describe(PassThroughReason reason);

struct PassThrough {
  PassThroughReason reason = PassThroughReason::no_source;
  std::vector<std::string> original;
};

/// Several sources in one command, of which one at least is C or C++.
struct SeveralSources {
  std::vector<std::string> original;
  std::vector<std::string> sources; ///< those in C and C++
  /// As in a \c CompileCommand.
  std::vector<std::string> launcher;
  std::string compiler;
  std::vector<Argument> arguments;
  std::string output; ///< as written; empty when the compiler chooses
  bool links = false;
  bool wants_depfile = false;
};

using Command = std::variant<PassThrough, SeveralSources, CompileCommand>;

/// Reads \p argv, the words behind "--". Relative paths are relative to the current directory. A response file that
/// cannot be read stays a plain word, as in the compilers. An error when there is no compiler in \p argv.
llvm::Expected<Command> read_command(llvm::ArrayRef<std::string> argv);

/// The depfile that the compiler writes for \p command: -MF, else made from the output's name as GCC and Clang do.
/// Empty when none is wanted.
std::string depfile_path(const CompileCommand &command);

/// The options -MT/-MQ of \p command in order, or -MQ and the output where the user gave none, so that a run with
/// another output names the same targets.
std::vector<std::string> depfile_targets(const CompileCommand &command);

} // namespace tripwire::tool
