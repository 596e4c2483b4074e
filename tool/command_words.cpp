// words of a command line --(command_words)--> arguments with their roles
#include "tool/command_words.hpp"

#include "tool/llvm_compat.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/StringSaver.h"

#include <array>

namespace tripwire::tool {
namespace {

namespace path = llvm::sys::path;

/// How an option takes its value.
enum class Form {
  separate,       ///< the next word
  joined_or_next, ///< the rest of the word, or the next word when nothing is left
  equals_or_next, ///< behind "=", or the next word
};

struct KnownOption {
  llvm::StringRef name;
  Form form;
  Role role;
};

/// Options with a value, so that the value is not taken for an input file. GCC's and Clang's drivers agree on these.
constexpr std::array known_options = {
    KnownOption{"-o", Form::joined_or_next, Role::output},
    KnownOption{"-x", Form::joined_or_next, Role::language},
    KnownOption{"-MF", Form::joined_or_next, Role::dependencies},
    KnownOption{"-MT", Form::joined_or_next, Role::dependencies},
    KnownOption{"-MQ", Form::joined_or_next, Role::dependencies},
    KnownOption{"-MJ", Form::joined_or_next, Role::dependencies},
    KnownOption{"-D", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-U", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-isysroot", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-isystem", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-iquote", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-idirafter", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-iprefix", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-iwithprefixbefore", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-iwithprefix", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-iwithsysroot", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-imultilib", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-imultiarch", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-iframework", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-cxx-isystem", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-stdlib++-isystem", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-include-pch", Form::separate, Role::precompiled},
    KnownOption{"-include", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-imacros", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-ivfsoverlay", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-I", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-F", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-A", Form::joined_or_next, Role::preprocessor},
    KnownOption{"-Xpreprocessor", Form::separate, Role::preprocessor},
    KnownOption{"-Xassembler", Form::separate, Role::code},
    KnownOption{"-Xlinker", Form::separate, Role::linker},
    KnownOption{"-Xclang", Form::separate, Role::code},
    KnownOption{"-Xanalyzer", Form::separate, Role::code},
    KnownOption{"-mllvm", Form::separate, Role::code},
    KnownOption{"--param", Form::equals_or_next, Role::code},
    KnownOption{"--sysroot", Form::equals_or_next, Role::code},
    KnownOption{"--target", Form::equals_or_next, Role::code},
    KnownOption{"-target", Form::separate, Role::code},
    KnownOption{"-arch", Form::separate, Role::code},
    KnownOption{"-aux-info", Form::separate, Role::code},
    KnownOption{"-dumpbase-ext", Form::separate, Role::code},
    KnownOption{"-dumpbase", Form::separate, Role::code},
    KnownOption{"-dumpdir", Form::separate, Role::code},
    KnownOption{"-wrapper", Form::separate, Role::code},
    KnownOption{"-working-directory", Form::equals_or_next, Role::code},
    KnownOption{"-B", Form::joined_or_next, Role::code},
    KnownOption{"-L", Form::joined_or_next, Role::linker},
    KnownOption{"-l", Form::joined_or_next, Role::linker},
    KnownOption{"-T", Form::joined_or_next, Role::linker},
    KnownOption{"-u", Form::joined_or_next, Role::linker},
    KnownOption{"-z", Form::joined_or_next, Role::linker},
    KnownOption{"-e", Form::joined_or_next, Role::linker},
    KnownOption{"-rpath", Form::separate, Role::linker},
};

/// Words that begin like an option of the table with a joined value and are none.
bool is_whole_word(llvm::StringRef word) {
  return StringSwitch<bool>(word)
      .Cases({"-export-dynamic", "-emit-llvm", "-emit-ast", "-emit-pch", "-undef", "-ansi", "-all-warnings"}, true)
      .Cases({"-target-help", "-trigraphs", "-traditional", "-traditional-cpp", "-time"}, true)
      .Default(false);
}

const KnownOption *option_of(llvm::StringRef word) {
  if (is_whole_word(word))
    return nullptr;
  const KnownOption *best = nullptr;
  for (const KnownOption &option : known_options) {
    const bool fits = option.form == Form::joined_or_next ? word.starts_with(option.name)
                      : option.form == Form::separate
                          ? word == option.name
                          : word == option.name || word.starts_with((option.name + "=").str());
    if (fits && (best == nullptr || option.name.size() > best->name.size()))
      best = &option;
  }
  // "-include-directory" and the like are other options.
  if (best != nullptr && best->form == Form::joined_or_next && best->name.size() > 2 &&
      word.size() > best->name.size() && word[best->name.size()] == '-')
    return nullptr;
  return best;
}

/// Options without a separate value, by how they begin.
Role role_of_flag(llvm::StringRef word) {
  if (word == "-c")
    return Role::compile_only;
  if (word == "-MD" || word == "-MMD" || word == "-MP" || word == "-MG" || word == "-MV" || word.starts_with("-Wp,-M"))
    return Role::dependencies;
  if (word.starts_with("-std=") || word.starts_with("--std=") || word == "-ansi")
    return Role::standard;
  if (word.starts_with("-nostdinc") || word == "-undef" || word == "-P" || word == "-C" || word == "-CC" ||
      word == "-H" || word.starts_with("-Wp,") || word == "-trigraphs" || word.starts_with("-fmacro-prefix-map=") ||
      word.starts_with("--include") || word.starts_with("--define") || word.starts_with("--undefine") ||
      (word.starts_with("-d") && word.size() == 3 && llvm::StringRef("DINU").contains(word[2])))
    return Role::preprocessor;
  if (word.starts_with("-Wl,") || word == "-shared" || word == "-static" || word.starts_with("-static-") ||
      word == "-pie" || word == "-no-pie" || word == "-rdynamic" || word == "-s" || word.starts_with("-fuse-ld=") ||
      word == "-r" || word == "-nostartfiles" || word == "-nodefaultlibs" || word == "-nostdlib" ||
      word == "-export-dynamic")
    return Role::linker;
  if (word.starts_with("-Wa,"))
    return Role::code;
  if (word.starts_with("-W") || word == "-w" || word.starts_with("-pedantic"))
    return Role::warning;
  return Role::code;
}

std::vector<std::string> expand(llvm::ArrayRef<std::string> words, unsigned depth) {
  std::vector<std::string> result;
  for (const std::string &word : words) {
    const bool names_file = word.size() > 1 && word.front() == '@' && depth < 16;
    auto buffer = names_file ? llvm::MemoryBuffer::getFile(llvm::StringRef(word).drop_front())
                             : llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>>(std::errc::no_such_file_or_directory);
    if (!buffer) {
      result.push_back(word);
      continue;
    }
    llvm::BumpPtrAllocator memory;
    llvm::StringSaver saver(memory);
    llvm::SmallVector<const char *, 64> tokens;
    llvm::cl::TokenizeGNUCommandLine((*buffer)->getBuffer(), saver, tokens);
    const std::vector<std::string> inner(tokens.begin(), tokens.end());
    llvm::append_range(result, expand(inner, depth + 1));
  }
  return result;
}

bool is_known_launcher(llvm::StringRef word) {
  return StringSwitch<bool>(path::filename(word))
      .Cases({"ccache", "sccache", "distcc", "icecc", "buildcache", "gomacc"}, true)
      .Cases({"cmake", "env", "time", "nice", "colorgcc", "tripwire-rewrite"}, true)
      .Default(false);
}

/// CMake's and others' way to hand Clang's front end an option with a value: -Xclang -include-pch -Xclang FILE.
bool is_front_end_pair(const std::vector<std::string> &words, std::size_t i, llvm::StringRef option) {
  return i + 3 < words.size() && words[i] == "-Xclang" && words[i + 1] == option && words[i + 2] == "-Xclang";
}

} // namespace

bool looks_like_compiler(llvm::StringRef word) {
  static const llvm::Regex name(
      "^([A-Za-z0-9_.]+-)*(gcc|g\\+\\+|cc|c\\+\\+|clang|clang\\+\\+|c89|c99|icx|icpx)(-[0-9.]+)?$");
  return name.match(path::filename(word));
}

std::vector<std::string> expand_response_files(llvm::ArrayRef<std::string> words) { return expand(words, 0); }

std::optional<std::size_t> count_launcher_words(llvm::ArrayRef<std::string> argv) {
  if (argv.empty())
    return std::nullopt;
  if (!is_known_launcher(argv.front()))
    return 0;
  for (std::size_t i = 1; i < argv.size(); ++i)
    if (looks_like_compiler(argv[i]) && argv[i - 1] != "-u")
      return i;
  for (std::size_t i = 1; i < argv.size();
       ++i) // a compiler of an unusual name: the first word that is no option, assignment or launcher
    if (!llvm::StringRef(argv[i]).starts_with("-") && !llvm::StringRef(argv[i]).contains('=') &&
        !is_known_launcher(argv[i]) && argv[i - 1] != "-E")
      return i;
  return std::nullopt;
}

Argument read_argument(const std::vector<std::string> &words, std::size_t &i) {
  for (const llvm::StringRef option : {"-include-pch", "-include", "-imacros"}) {
    if (!is_front_end_pair(words, i, option))
      continue;
    Argument argument{
        option == "-include-pch" ? Role::precompiled : Role::preprocessor, {}, option.str(), words[i + 3]};
    argument.words.assign(words.begin() + static_cast<std::ptrdiff_t>(i),
                          words.begin() + static_cast<std::ptrdiff_t>(i) + 4);
    i += 4;
    return argument;
  }
  const std::string &word = words[i++];
  const KnownOption *option = option_of(word);
  if (option == nullptr)
    return {role_of_flag(word), {word}, word, {}};
  Argument argument{option->role, {word}, option->name.str(), {}};
  llvm::StringRef joined = llvm::StringRef(word).drop_front(option->name.size());
  if (option->form == Form::equals_or_next)
    joined.consume_front("=");
  if (!joined.empty())
    argument.value = joined.str();
  else if (i < words.size()) {
    argument.value = words[i];
    argument.words.push_back(words[i++]);
  }
  return argument;
}

} // namespace tripwire::tool
