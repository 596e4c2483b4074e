// argv of a build step --(compile_command)--> one compile with each word's role known, or the reason why it is none
#include "tool/compile_command.hpp"
#include "tool/command_words.hpp"
#include "tool/diagnostics.hpp"
#include "tool/llvm_compat.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

#include <cstddef>

namespace tripwire::tool {
namespace {

namespace path = llvm::sys::path;

/// What an input file is.
enum class Input { c, cxx, preprocessed_c, preprocessed_cxx, header, assembler, other_source, linker };

Input input_by_language(llvm::StringRef language) {
  return StringSwitch<Input>(language)
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
  return StringSwitch<Input>(extension)
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

SeveralSources several(CompileCommand command, std::vector<Argument> arguments, std::vector<std::string> sources,
                       bool links) {
  SeveralSources result{std::move(command.original),
                        std::move(sources),
                        std::move(command.launcher),
                        std::move(command.compiler),
                        std::move(arguments),
                        {},
                        links,
                        false};
  Depfile depfile;
  for (const Argument &argument : result.arguments) {
    if (argument.role == Role::output)
      result.output = argument.value;
    else if (argument.role == Role::dependencies)
      note_dependencies(depfile, argument);
  }
  result.wants_depfile = depfile.wanted;
  return result;
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
    return several(std::move(command), std::move(reading.arguments), std::move(sources), links);

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
