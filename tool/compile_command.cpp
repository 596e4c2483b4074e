// argv of a build step --(compile_command)--> one compile with each word's role known, or the reason why it is none
#include "tool/compile_command.hpp"
#include "tool/diagnostics.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/StringSaver.h"

#include <array>
#include <cstddef>

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
  return llvm::StringSwitch<bool>(word)
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

std::vector<std::string> expand_response_files(llvm::ArrayRef<std::string> words, unsigned depth = 0) {
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
    llvm::append_range(result, expand_response_files(inner, depth + 1));
  }
  return result;
}

bool is_known_launcher(llvm::StringRef word) {
  return llvm::StringSwitch<bool>(path::filename(word))
      .Cases({"ccache", "sccache", "distcc", "icecc", "buildcache", "gomacc"}, true)
      .Cases({"cmake", "env", "time", "nice", "colorgcc", "tripwire-rewrite"}, true)
      .Default(false);
}

bool looks_like_compiler(llvm::StringRef word) {
  static const llvm::Regex name(
      "^([A-Za-z0-9_.]+-)*(gcc|g\\+\\+|cc|c\\+\\+|clang|clang\\+\\+|c89|c99|icx|icpx)(-[0-9.]+)?$");
  return name.match(path::filename(word));
}

/// How many words stand in front of the compiler; nothing when there is no compiler.
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

/// What an input file is.
enum class Input { c, cxx, preprocessed_c, preprocessed_cxx, header, assembler, other_source, linker };

Input input_by_language(llvm::StringRef language) {
  return llvm::StringSwitch<Input>(language)
      .Case("c", Input::c)
      .Cases({"c++", "c++-module"}, Input::cxx)
      .Case("cpp-output", Input::preprocessed_c)
      .Case("c++-cpp-output", Input::preprocessed_cxx)
      .Cases({"c-header", "c++-header", "c++-system-header", "c++-user-header"}, Input::header)
      .Cases({"assembler", "assembler-with-cpp"}, Input::assembler)
      .Default(Input::other_source);
}

Input input_by_extension(llvm::StringRef file, bool cxx_driver) {
  const llvm::StringRef extension = path::extension(file);
  return llvm::StringSwitch<Input>(extension)
      .Case(".c", cxx_driver ? Input::cxx : Input::c)
      .Cases({".cc", ".cp", ".cxx", ".cpp", ".CPP", ".c++", ".C", ".cppm", ".ccm", ".cxxm", ".c++m"}, Input::cxx)
      .Case(".i", cxx_driver ? Input::preprocessed_cxx : Input::preprocessed_c)
      .Case(".ii", Input::preprocessed_cxx)
      .Cases({".h", ".hh", ".H", ".hp", ".hxx", ".hpp", ".HPP", ".h++", ".tcc"}, Input::header)
      .Cases({".s", ".S", ".sx", ".asm"}, Input::assembler)
      .Cases({".m", ".mm", ".M", ".mi", ".mii", ".cu", ".hip", ".cl", ".d", ".go"}, Input::other_source)
      .Cases({".f", ".F", ".f90", ".F90", ".f95", ".F95", ".for", ".adb", ".ads"}, Input::other_source)
      .Default(Input::linker);
}

bool is_c_or_cxx(Input input) {
  return input == Input::c || input == Input::cxx || input == Input::preprocessed_c || input == Input::preprocessed_cxx;
}

bool is_cxx_driver(llvm::StringRef compiler, llvm::ArrayRef<std::string> words) {
  for (const std::string &word : words) {
    llvm::StringRef mode = word;
    if (mode.consume_front("--driver-mode="))
      return mode == "g++";
  }
  const llvm::StringRef name = path::filename(compiler);
  return name.contains("++") || name.contains("icpx");
}

/// Flags that make the command something else than a compile to an object.
std::optional<PassThroughReason> reason_in(llvm::StringRef word) {
  using Reason = PassThroughReason;
  if (word.starts_with("-fdeps-format=") || word.starts_with("-fdep-format=") || word == "-format=p1689")
    return Reason::module_scan;
  if (word == "-E" || word == "-M" || word == "-MM" || word == "-dM" || word == "--preprocess")
    return Reason::preprocess_only;
  if (word == "-S" || word == "--assemble")
    return Reason::assembly_only;
  if (word == "-fsyntax-only" || word == "--analyze" || word == "--syntax-only")
    return Reason::syntax_only;
  if (word == "--precompile" || word == "-emit-pch" || word == "-emit-ast")
    return Reason::precompiled_header;
  if (word == "-###" || word == "--version" || word == "--help" || word.starts_with("--help=") ||
      word == "--target-help" || word == "-cc1" || word.starts_with("-print-") || word.starts_with("--print-") ||
      word == "-dumpversion" || word == "-dumpmachine" || word == "-dumpfullversion" || word == "-dumpspecs")
    return Reason::asks_about_compiler;
  return std::nullopt;
}

/// The first of \p reasons in the order in which they decide.
std::optional<PassThroughReason> strongest(llvm::ArrayRef<PassThroughReason> reasons) {
  for (const PassThroughReason candidate :
       {PassThroughReason::asks_about_compiler, PassThroughReason::module_scan, PassThroughReason::preprocess_only,
        PassThroughReason::syntax_only, PassThroughReason::assembly_only, PassThroughReason::precompiled_header})
    if (llvm::is_contained(reasons, candidate))
      return candidate;
  return std::nullopt;
}

std::string default_output(const CompileCommand &command) {
  if (command.links)
    return "a.out";
  return (path::stem(command.source) + ".o").str();
}

/// What flags say about the language and the object. The last word of a kind counts, as in the compilers.
void note_flag(CompileCommand &command, llvm::StringRef word) {
  if (word == "-fexceptions" || word == "-fno-exceptions")
    command.exceptions = word == "-fexceptions";
  else if (word == "-frtti" || word == "-fno-rtti")
    command.rtti = word == "-frtti";
  else if (word == "-fno-lto")
    command.lto = false;
  else if (word == "-flto" || word.starts_with("-flto=") || word == "-emit-llvm")
    command.lto = true;
  else if (word == "--coverage" || word == "-coverage" || word == "-ftest-coverage" || word == "-fcoverage-mapping")
    command.coverage = true;
  else if (word == "-g0")
    command.debug_info = false;
  else if (word == "-g" || word == "-g1" || word == "-g2" || word == "-g3" || word.starts_with("-ggdb") ||
           word == "-gline-tables-only" || word == "-gmlt" ||
           (word.starts_with("-gdwarf") && !word.ends_with("32") && !word.ends_with("64")))
    command.debug_info = true;
}

void note_dependencies(Depfile &depfile, const Argument &argument) {
  if (argument.option == "-MF") {
    depfile.file = argument.value;
    return;
  }
  llvm::StringRef word = argument.words.front();
  if (word == "-MP")
    depfile.phony = true;
  const bool by_preprocessor = word.consume_front("-Wp,");
  const auto [name, rest] = word.split(',');
  if (name != "-MD" && name != "-MMD")
    return;
  depfile.wanted = true;
  depfile.user_headers_only = name == "-MMD";
  if (by_preprocessor && !rest.empty())
    depfile.file = rest.split(',').first.str();
}

/// CMake's and others' way to hand Clang's front end an option with a value: -Xclang -include-pch -Xclang FILE.
bool is_front_end_pair(const std::vector<std::string> &words, std::size_t i, llvm::StringRef option) {
  return i + 3 < words.size() && words[i] == "-Xclang" && words[i + 1] == option && words[i + 2] == "-Xclang";
}

/// The argument that begins at words[i]; i is moved behind it.
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

/// What is gathered while the words are read.
struct Reading {
  std::vector<Argument> arguments;
  std::vector<std::pair<std::string, Input>> inputs;
  std::vector<PassThroughReason> reasons;
  bool standard_input = false;
};

Reading read_words(const std::vector<std::string> &words, bool cxx_driver) {
  Reading reading;
  std::string language;
  for (std::size_t i = 0; i < words.size();) {
    const std::string &word = words[i];
    if (word.empty() || word == "-" || word.front() != '-') {
      ++i;
      reading.standard_input |= word == "-";
      const Input input =
          language.empty() || language == "none" ? input_by_extension(word, cxx_driver) : input_by_language(language);
      reading.inputs.emplace_back(word, input);
      reading.arguments.push_back({input == Input::linker ? Role::linker : Role::source, {word}, {}, word});
      continue;
    }
    if (std::optional<PassThroughReason> reason = reason_in(word))
      reading.reasons.push_back(*reason);
    Argument argument = read_argument(words, i);
    if (argument.role == Role::language)
      language = argument.value;
    if (argument.option == "-Xclang" && argument.value == "-emit-pch")
      reading.reasons.push_back(PassThroughReason::precompiled_header);
    reading.arguments.push_back(std::move(argument));
  }
  return reading;
}

/// Why the inputs are no single C or C++ source; nothing when they could be one.
std::optional<PassThroughReason> reason_in(const std::vector<std::pair<std::string, Input>> &inputs) {
  for (const auto &[file, input] : inputs)
    if (is_c_or_cxx(input))
      return std::nullopt;
  for (const auto &[file, input] : inputs) {
    if (input == Input::header)
      return PassThroughReason::precompiled_header;
    if (input == Input::other_source)
      return PassThroughReason::other_language;
  }
  for (const auto &[file, input] : inputs)
    if (input == Input::assembler)
      return PassThroughReason::assembler_source;
  return PassThroughReason::no_source;
}

void note_arguments(CompileCommand &command) {
  command.exceptions = command.language == Language::cxx;
  for (const Argument &argument : command.arguments) {
    const llvm::StringRef word = argument.words.front();
    if (argument.role == Role::output)
      command.output = argument.value;
    else if (argument.role == Role::compile_only)
      command.links = false;
    else if (argument.role == Role::dependencies)
      note_dependencies(command.depfile, argument);
    else if (argument.role == Role::standard)
      command.standard =
          word == "-ansi" ? (command.language == Language::cxx ? "c++98" : "c90") : word.split('=').second.str();
    else if (argument.role == Role::code)
      note_flag(command, word);
  }
}

} // namespace

llvm::StringRef describe(PassThroughReason reason) {
  switch (reason) {
  case PassThroughReason::no_source:
    return "it compiles no source";
  case PassThroughReason::preprocess_only:
    return "it only preprocesses";
  case PassThroughReason::assembly_only:
    return "it only writes assembly";
  case PassThroughReason::syntax_only:
    return "it writes no object";
  case PassThroughReason::assembler_source:
    return "its source is assembly";
  case PassThroughReason::other_language:
    return "its source is neither C nor C++";
  case PassThroughReason::precompiled_header:
    return "it precompiles a header";
  case PassThroughReason::module_scan:
    return "it scans for modules";
  case PassThroughReason::standard_input:
    return "its source is standard input";
  case PassThroughReason::asks_about_compiler:
    return "it asks about the compiler";
  }
  return "";
}

std::vector<std::string> CompileCommand::words_without(llvm::ArrayRef<Role> dropped) const {
  std::vector<std::string> words;
  for (const Argument &argument : arguments)
    if (!llvm::is_contained(dropped, argument.role))
      llvm::append_range(words, argument.words);
  return words;
}

llvm::Expected<Command> read_command(llvm::ArrayRef<std::string> argv) {
  const std::optional<std::size_t> launcher_words = count_launcher_words(argv);
  if (!launcher_words)
    return misuse("no compiler in the command behind '--'",
                  "write the whole compile command behind '--', as in '-- g++ -c a.cpp -o a.o'");
  CompileCommand command;
  command.original = argv.vec();
  command.launcher = argv.take_front(*launcher_words).vec();
  command.compiler = argv[*launcher_words];
  const std::vector<std::string> words = expand_response_files(argv.drop_front(*launcher_words + 1));
  const bool cxx_driver = is_cxx_driver(command.compiler, words);
  Reading reading = read_words(words, cxx_driver);

  if (llvm::StringRef(path::filename(command.compiler)).contains("scan-deps"))
    return PassThrough{PassThroughReason::module_scan, command.original};
  if (std::optional<PassThroughReason> reason = strongest(reading.reasons))
    return PassThrough{*reason, command.original};
  if (reading.standard_input)
    return PassThrough{PassThroughReason::standard_input, command.original};
  if (std::optional<PassThroughReason> reason = reason_in(reading.inputs))
    return PassThrough{*reason, command.original};

  std::vector<std::string> sources;
  std::size_t objects = 0; // how many objects the command makes
  Input kind = Input::cxx;
  for (const auto &[file, input] : reading.inputs) {
    objects += input == Input::linker ? 0 : 1;
    if (!is_c_or_cxx(input))
      continue;
    sources.push_back(file);
    kind = input;
  }
  const bool links =
      llvm::none_of(reading.arguments, [](const Argument &argument) { return argument.role == Role::compile_only; });
  if (sources.size() > 1 || (objects > 1 && !links))
    return SeveralSources{command.original, sources};

  command.arguments = std::move(reading.arguments);
  command.source = sources.front();
  command.language = kind == Input::c || kind == Input::preprocessed_c ? Language::c : Language::cxx;
  command.preprocessed = kind == Input::preprocessed_c || kind == Input::preprocessed_cxx;
  command.links = links;
  note_arguments(command);
  if (command.output.empty())
    command.output = default_output(command);
  return command;
}

std::string depfile_path(const CompileCommand &command) {
  if (!command.depfile.wanted)
    return {};
  if (!command.depfile.file.empty())
    return command.depfile.file;
  const bool names_output =
      llvm::any_of(command.arguments, [](const Argument &argument) { return argument.role == Role::output; });
  if (!names_output)
    return (path::stem(command.source) + ".d").str();
  llvm::SmallString<128> result(command.output);
  path::replace_extension(result, "d");
  return result.str().str();
}

std::vector<std::string> depfile_targets(const CompileCommand &command) {
  std::vector<std::string> words;
  for (const Argument &argument : command.arguments)
    if (argument.option == "-MT" || argument.option == "-MQ")
      llvm::append_range(words, argument.words);
  if (words.empty())
    words = {"-MQ", command.output};
  return words;
}

} // namespace tripwire::tool
