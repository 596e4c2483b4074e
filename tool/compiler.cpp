// the user's compiler --(compiler)--> what it is, found by asking it
#include "tool/compiler.hpp"
#include "tool/diagnostics.hpp"
#include "tool/json.hpp"
#include "tool/process.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/xxhash.h"

#include <cstdlib>
#include <map>
#include <optional>

namespace tripwire::tool {
namespace {

namespace path = llvm::sys::path;
namespace fs = llvm::sys::fs;

/// The words that choose which target the compiler works for; its answers depend on them.
std::vector<std::string> target_words(const CompileCommand &command) {
  std::vector<std::string> words;
  for (const Argument &argument : command.arguments) {
    const llvm::StringRef word = argument.words.front();
    if (word == "-m32" || word == "-m64" || word == "-mx32" || word == "-m16" || word.starts_with("--target") ||
        word == "-target" || word.starts_with("-B") || word.starts_with("--gcc-toolchain") ||
        word.starts_with("--gcc-install-dir") || word.starts_with("-specs="))
      llvm::append_range(words, argument.words);
  }
  return words;
}

/// What names the compiler's answers: changes when the compiler or the target does.
std::string cache_key(const std::string &compiler, const fs::file_status &status, llvm::ArrayRef<std::string> target) {
  return compiler + '\n' + std::to_string(status.getSize()) + '\n' +
         std::to_string(status.getLastModificationTime().time_since_epoch().count()) + '\n' + llvm::join(target, "\n");
}

std::string cache_file(llvm::StringRef folder, llvm::StringRef key) {
  llvm::SmallString<128> file(folder);
  path::append(file, "compilers", llvm::utohexstr(llvm::xxh3_64bits(key), /*LowerCase=*/true) + ".json");
  return file.str().str();
}

std::optional<Compiler> read_answers(llvm::StringRef file, llvm::StringRef key) {
  llvm::Expected<std::string> text = read_whole(file);
  if (!text) {
    llvm::consumeError(text.takeError());
    return std::nullopt;
  }
  llvm::Expected<llvm::json::Value> json = llvm::json::parse(*text);
  if (!json) {
    llvm::consumeError(json.takeError());
    return std::nullopt;
  }
  const llvm::json::Object *answers = json->getAsObject();
  if (answers == nullptr || answers->getString("key") != key)
    return std::nullopt;
  Compiler compiler;
  compiler.kind = answers->getString("kind") == llvm::StringRef("clang") ? CompilerKind::clang : CompilerKind::gcc;
  compiler.path = text_at(*answers, "path");
  compiler.major = static_cast<unsigned>(answers->getInteger("major").value_or(0));
  compiler.minor = static_cast<unsigned>(answers->getInteger("minor").value_or(0));
  compiler.target = text_at(*answers, "target");
  compiler.gcc_install_dir = text_at(*answers, "gcc_install_dir");
  return compiler;
}

/// A cache that cannot be written is no cache: nothing depends on it.
void write_answers(llvm::StringRef file, llvm::StringRef key, const Compiler &compiler) {
  if (fs::create_directories(path::parent_path(file)))
    return;
  llvm::json::Object answers{{"key", key},
                             {"kind", compiler.kind == CompilerKind::clang ? "clang" : "gcc"},
                             {"path", compiler.path},
                             {"major", compiler.major},
                             {"minor", compiler.minor},
                             {"target", compiler.target},
                             {"gcc_install_dir", compiler.gcc_install_dir}};
  llvm::consumeError(write_whole(file, llvm::formatv("{0:2}\n", llvm::json::Value(std::move(answers))).str()));
}

llvm::Expected<std::string> ask(const std::string &compiler, llvm::ArrayRef<std::string> target,
                                llvm::ArrayRef<std::string> question) {
  std::vector<std::string> argv = {compiler};
  llvm::append_range(argv, target);
  llvm::append_range(argv, question);
  llvm::Expected<ProcessResult> result = run(argv, {Stream::capture, Stream::capture});
  if (!result)
    return result.takeError();
  if (!result->succeeded())
    return refuse({},
                  "cannot find out what compiler '" + compiler + "' is: it fails when asked '" +
                      llvm::join(question, " ") + "'",
                  "GCC and Clang are understood; name one of them behind '--'");
  return std::move(result->standard_output);
}

/// The number behind "#define NAME " in \p macros.
std::optional<unsigned> macro_value(llvm::StringRef macros, llvm::StringRef name) {
  const std::size_t at = macros.find(("#define " + name + " ").str());
  if (at == llvm::StringRef::npos)
    return std::nullopt;
  unsigned value = 0;
  macros = macros.drop_front(at + name.size() + 9);
  if (macros.consumeInteger(10, value))
    return std::nullopt;
  return value;
}

/// The folder of GCC's own files: GCC says "install: FOLDER", Clang finds crtbegin.o in the GCC that it uses.
llvm::Expected<std::string> ask_install_dir(const Compiler &compiler, llvm::ArrayRef<std::string> target) {
  if (compiler.kind == CompilerKind::gcc) {
    llvm::Expected<std::string> folders = ask(compiler.path, target, {"-print-search-dirs"});
    if (!folders)
      return folders.takeError();
    llvm::StringRef first = llvm::StringRef(*folders).split('\n').first;
    return first.consume_front("install: ") ? first.rtrim("/").str() : std::string();
  }
  llvm::Expected<std::string> file = ask(compiler.path, target, {"-print-file-name=crtbegin.o"});
  if (!file)
    return file.takeError();
  const llvm::StringRef found = llvm::StringRef(*file).trim();
  return path::is_absolute(found) ? path::parent_path(found).str() : std::string();
}

llvm::Expected<Compiler> ask_all(const std::string &program, llvm::ArrayRef<std::string> target) {
  Compiler compiler;
  compiler.path = program;
  llvm::Expected<std::string> macros = ask(program, target, {"-dM", "-E", "-x", "c", "/dev/null"});
  if (!macros)
    return macros.takeError();
  const std::optional<unsigned> clang = macro_value(*macros, "__clang_major__");
  const std::optional<unsigned> gcc = macro_value(*macros, "__GNUC__");
  if (!clang && !gcc)
    return refuse({}, "compiler '" + program + "' is neither GCC nor Clang", "name one of them behind '--'");
  compiler.kind = clang ? CompilerKind::clang : CompilerKind::gcc;
  compiler.major = clang.value_or(gcc.value_or(0));
  compiler.minor = macro_value(*macros, clang ? "__clang_minor__" : "__GNUC_MINOR__").value_or(0);
  llvm::Expected<std::string> machine = ask(program, target, {"-dumpmachine"});
  if (!machine)
    return machine.takeError();
  compiler.target = llvm::StringRef(*machine).trim().str();
  llvm::Expected<std::string> install_dir = ask_install_dir(compiler, target);
  if (!install_dir)
    return install_dir.takeError();
  compiler.gcc_install_dir = std::move(*install_dir);
  return compiler;
}

} // namespace

llvm::Expected<Compiler> ask_compiler(const CompileCommand &command, llvm::StringRef cache_folder) {
  static std::map<std::string, Compiler> known;
  std::string program = command.compiler;
  if (!llvm::StringRef(program).contains('/'))
    if (llvm::ErrorOr<std::string> found = llvm::sys::findProgramByName(program))
      program = *found;
  llvm::SmallString<256> absolute(program);
  fs::file_status status;
  if (fs::make_absolute(absolute) || fs::status(absolute, status))
    return misuse("compiler '" + command.compiler + "' cannot be found", "check PATH and the command behind '--'");
  program = absolute.str().str();

  const std::vector<std::string> target = target_words(command);
  const std::string key = cache_key(program, status, target);
  if (const auto found = known.find(key); found != known.end())
    return found->second;

  // A link to ccache and the like says nothing about the compiler behind it, so its answers could go stale.
  llvm::SmallString<256> real;
  const bool stable = !fs::real_path(program, real) && !path::filename(real).contains("cc-wrapper") &&
                      path::filename(real) != "ccache" && path::filename(real) != "sccache" &&
                      path::filename(real) != "distcc";
  const std::string file = cache_folder.empty() || !stable ? std::string() : cache_file(cache_folder, key);
  if (!file.empty())
    if (std::optional<Compiler> answers = read_answers(file, key))
      return known[key] = std::move(*answers);
  llvm::Expected<Compiler> compiler = ask_all(program, target);
  if (!compiler)
    return compiler.takeError();
  if (!file.empty())
    write_answers(file, key, *compiler);
  known[key] = *compiler;
  return compiler;
}

std::string default_cache_folder() {
  const auto variable = [](const char *name) {
    const char *value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
  };
  if (std::string folder = variable("TRIPWIRE_CACHE_DIR"); !folder.empty())
    return folder;
  if (std::string folder = variable("XDG_CACHE_HOME"); !folder.empty())
    return folder + "/tripwire";
  if (std::string folder = variable("HOME"); !folder.empty())
    return folder + "/.cache/tripwire";
  return {};
}

} // namespace tripwire::tool
