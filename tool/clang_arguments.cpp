// CompileCommand + Compiler --(clang_arguments)--> a command line with which our own Clang parses the real source
#include "tool/clang_arguments.hpp"

#include "tool/build_facts.hpp"
#include "tool/clang_compat.hpp"

#include "clang/Basic/Version.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"

#include <array>
#include <cstdlib>

#include <dlfcn.h>

namespace tripwire::tool {
namespace {

namespace path = llvm::sys::path;
namespace fs = llvm::sys::fs;

/// Whether Clang's driver knows all of \p words, so that they cannot make it fail.
bool clang_knows(llvm::ArrayRef<std::string> words) {
  std::vector<const char *> pointers;
  for (const std::string &word : words)
    pointers.push_back(word.c_str());
  unsigned missing_index = 0;
  unsigned missing_count = 0;
  const llvm::opt::InputArgList parsed =
      option_table().ParseArgs(pointers, missing_index, missing_count, llvm::opt::Visibility(options::ClangOption));
  return missing_count == 0 && !parsed.hasArg(options::OPT_UNKNOWN);
}

/// Flags of role \c code that change what the source means: which code is compiled, which types there are.
bool matters_to_the_parse(llvm::StringRef word) {
  static constexpr std::array exact = {
      llvm::StringLiteral("-fexceptions"),
      llvm::StringLiteral("-frtti"),
      llvm::StringLiteral("-fsigned-char"),
      llvm::StringLiteral("-funsigned-char"),
      llvm::StringLiteral("-fshort-enums"),
      llvm::StringLiteral("-fshort-wchar"),
      llvm::StringLiteral("-fchar8_t"),
      llvm::StringLiteral("-fopenmp"),
      llvm::StringLiteral("-fpermissive"),
      llvm::StringLiteral("-fms-extensions"),
      llvm::StringLiteral("-ffreestanding"),
      llvm::StringLiteral("-fgnu89-inline"),
      llvm::StringLiteral("-fcoroutines"),
      llvm::StringLiteral("-fconcepts"),
      llvm::StringLiteral("-ffast-math"),
      llvm::StringLiteral("-fsized-deallocation"),
      llvm::StringLiteral("-faligned-new"),
      llvm::StringLiteral("-fwrapv"),
      llvm::StringLiteral("-fblocks"),
      llvm::StringLiteral("-fdeclspec"),
      llvm::StringLiteral("-fPIC"),
      llvm::StringLiteral("-fpic"),
      llvm::StringLiteral("-fPIE"),
      llvm::StringLiteral("-fpie"),
      llvm::StringLiteral("-fdollars-in-identifiers"),
      llvm::StringLiteral("-frelaxed-template-template-args"),
      llvm::StringLiteral("-fdelayed-template-parsing"),
      llvm::StringLiteral("-ffinite-math-only"),
  };
  static constexpr std::array prefixes = {
      llvm::StringLiteral("-m"),
      llvm::StringLiteral("-O"),
      llvm::StringLiteral("-pthread"),
      llvm::StringLiteral("--sysroot"),
      llvm::StringLiteral("-stdlib="),
      llvm::StringLiteral("-ftemplate-depth"),
      llvm::StringLiteral("-fconstexpr-"),
      llvm::StringLiteral("-fopenmp"),
      llvm::StringLiteral("-fsanitize="),
      llvm::StringLiteral("-fno-sanitize="),
      llvm::StringLiteral("-faligned-new="),
      llvm::StringLiteral("-fms-compatibility"),
      llvm::StringLiteral("-fgnuc-version="),
      llvm::StringLiteral("-fclang-abi-compat="),
      llvm::StringLiteral("-fexec-charset="),
      llvm::StringLiteral("-finput-charset="),
      llvm::StringLiteral("-fexperimental-library"),
      llvm::StringLiteral("--gcc-toolchain"),
      llvm::StringLiteral("-isysroot"),
  };
  const std::string positive = word.starts_with("-fno-") ? ("-f" + word.drop_front(5)).str() : word.str();
  return llvm::is_contained(exact, positive) ||
         llvm::any_of(prefixes, [&](llvm::StringRef prefix) { return word.starts_with(prefix); });
}

/// The standard that is in force when the command names none.
std::string default_standard(const Compiler &compiler, Language language) {
  const bool gcc = compiler.kind == CompilerKind::gcc;
  if (language == Language::cxx) {
    if (gcc ? compiler.major >= 16 : false)
      return "gnu++20";
    return compiler.major >= (gcc ? 11U : 16U) ? "gnu++17" : "gnu++14";
  }
  if (gcc ? compiler.major >= 15 : false)
    return "gnu23";
  return compiler.major >= (gcc ? 8U : 11U) ? "gnu17" : "gnu11";
}

/// The GCC that our Clang pretends to be. Above the caps glibc's headers use keywords that Clang does not have
/// (_Float32 as a C keyword from 7, as a C++ keyword from 13; before Clang 22 the malloc attribute's arguments from
/// 11), and the parse would collapse.
std::string gnuc_version(const Compiler &compiler, Language language) {
  const std::pair<unsigned, unsigned> cxx_cap = CLANG_VERSION_MAJOR < 22 ? std::pair(10U, 5U) : std::pair(12U, 2U);
  const std::pair<unsigned, unsigned> cap = language == Language::c ? std::pair(6U, 5U) : cxx_cap;
  const std::pair<unsigned, unsigned> version = std::min(cap, std::pair(compiler.major, compiler.minor));
  return "-fgnuc-version=" + std::to_string(version.first) + "." + std::to_string(version.second);
}

/// A precompiled header is of no use to us: the text it was made from is. Empty when only the precompiled form is
/// there.
std::string text_of_precompiled(llvm::StringRef file) {
  for (const llvm::StringRef suffix : {".pch", ".gch"})
    if (llvm::StringRef text = file; text.consume_back(suffix) && fs::exists(text))
      return text.str();
  return {};
}

/// Clang's driver takes a precompiled form that lies beside the header; its front end, asked directly, takes the text.
void add_include(const std::string &file, ClangArguments &result) {
  if (fs::exists(file + ".pch") || fs::exists(file + ".gch"))
    llvm::append_range(result.command_line, llvm::ArrayRef<std::string>{"-Xclang", "-include", "-Xclang", file});
  else
    llvm::append_range(result.command_line, llvm::ArrayRef<std::string>{"-include", file});
}

void add_precompiled(const CompileCommand &command, const Argument &argument, ClangArguments &result) {
  const std::string text = text_of_precompiled(argument.value);
  const bool included_already = llvm::any_of(
      command.arguments, [&](const Argument &other) { return other.option == "-include" && other.value == text; });
  if (text.empty())
    llvm::append_range(result.dropped, argument.words);
  else if (!included_already)
    add_include(text, result);
}

void add_argument(const CompileCommand &command, const Argument &argument, ClangArguments &result) {
  switch (argument.role) {
  case Role::source:
  case Role::output:
  case Role::compile_only:
  case Role::dependencies:
  case Role::language:
  case Role::standard:
  case Role::warning:
  case Role::linker:
    return;
  case Role::precompiled:
    add_precompiled(command, argument, result);
    return;
  case Role::preprocessor:
  case Role::code:
    break;
  }
  static const llvm::Regex about_output("^-([HPC]|CC|d[DINU])$"); // shape the text of -E, say nothing about the source
  if (argument.role == Role::preprocessor && about_output.match(argument.words.front()))
    return;
  const bool is_target = argument.option == "--target" || argument.option == "-target";
  if (is_target)
    return;
  if (argument.option == "-include") {
    add_include(argument.value, result);
    return;
  }
  const bool wanted = argument.role == Role::preprocessor || matters_to_the_parse(argument.words.front());
  if (wanted && clang_knows(argument.words))
    llvm::append_range(result.command_line, argument.words);
  else if (argument.role == Role::preprocessor || !llvm::StringRef(argument.words.front()).starts_with("-g"))
    llvm::append_range(result.dropped, argument.words);
}

bool holds_headers(llvm::StringRef resource_dir) { return fs::exists(resource_dir + "/include/stddef.h"); }

} // namespace

ClangArguments clang_arguments(const CompileCommand &command, const Compiler &compiler, llvm::StringRef resource_dir) {
  ClangArguments result;
  const bool cxx = command.language == Language::cxx;
  result.command_line = {cxx ? "clang++" : "clang", "-fsyntax-only", "-w", "-fno-caret-diagnostics",
                         "--target=" + compiler.target};
  if (!resource_dir.empty())
    llvm::append_range(result.command_line, llvm::ArrayRef<std::string>{"-resource-dir", resource_dir.str()});
  if (!compiler.gcc_install_dir.empty())
    result.command_line.push_back("--gcc-install-dir=" + compiler.gcc_install_dir);
  if (compiler.kind == CompilerKind::gcc)
    result.command_line.push_back(gnuc_version(compiler, command.language));
  const std::string standard =
      command.standard.empty() ? default_standard(compiler, command.language) : command.standard;
  result.command_line.push_back("-std=" + standard);
  for (const Argument &argument : command.arguments)
    add_argument(command, argument, result);
  llvm::append_range(result.command_line, llvm::ArrayRef<std::string>{"-x", cxx ? "c++" : "c", command.source});
  return result;
}

std::string find_resource_dir() {
  if (const char *given = std::getenv("TRIPWIRE_RESOURCE_DIR"); given != nullptr && holds_headers(given))
    return given;
  const std::string version = std::to_string(CLANG_VERSION_MAJOR);
  std::vector<std::string> candidates;
  static int here = 0;
  const std::string program = fs::getMainExecutable("tripwire-rewrite", &here);
  for (const char *installed : {build_facts.installed_resources, "lib/clang"})
    candidates.push_back((path::parent_path(program) + "/../" + installed + "/" + version).str());
  std::string (*const clang_itself)() = &clang::getClangFullVersion;
  Dl_info library{};
  if (dladdr(reinterpret_cast<const void *>(clang_itself), &library) != 0 && library.dli_fname != nullptr) {
    llvm::SmallString<256> real;
    if (!fs::real_path(library.dli_fname, real)) {
      const std::string folder = path::parent_path(real).str();
      candidates.push_back(folder + "/clang/" + version);
      candidates.push_back(folder + "/../llvm-" + version + "/lib/clang/" +
                           version); // Debian keeps the library outside LLVM's own folder
      candidates.push_back(folder + "/llvm-" + version + "/lib/clang/" + version);
    }
  }
  candidates.push_back((llvm::Twine(build_facts.resources) + "/" + version).str());
  for (const std::string &candidate : candidates) {
    llvm::SmallString<256> real;
    if (holds_headers(candidate) && !fs::real_path(candidate, real))
      return real.str().str();
  }
  return {};
}

} // namespace tripwire::tool
