// CompileCommand --(preprocess)--> the text that the user's own compiler would compile, and its depfile
#include "tool/preprocess.hpp"
#include "tool/scan.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"

namespace tripwire::tool {
namespace {

/// Words of role \c code that make more outputs than the text, or make the compiler chatty: they belong to the compile
/// proper.
bool belongs_to_the_compile(llvm::StringRef word) {
  return word.starts_with("-save-temps") || word.starts_with("--save-temps") || word == "-v" || word == "-time" ||
         word.starts_with("-fdump-") || word.starts_with("-ftime-report") || word.starts_with("-aux-info") ||
         word.starts_with("-fplugin") || word.starts_with("-fstack-usage") || word.starts_with("-fcallgraph-info") ||
         word == "-emit-llvm";
}

/// Words that would change the shape of the text: no line markers, comments kept, macros only.
bool shapes_the_text(llvm::StringRef word) {
  return word == "-P" || word == "-C" || word == "-CC" || (word.starts_with("-d") && word.size() == 3 && word != "-dD");
}

/// The front end's -include is read as text even when a precompiled form lies beside it; the driver's is replaced by
/// that.
void add_include_for_clang(std::vector<std::string> &argv, const std::string &file) {
  llvm::append_range(argv, llvm::ArrayRef<std::string>{"-Xclang", "-include", "-Xclang", file});
}

std::string text_of_precompiled(llvm::StringRef file) {
  return file.consume_back(".pch") || file.consume_back(".gch") ? file.str() : std::string();
}

bool has_precompiled_form(llvm::StringRef file) {
  return llvm::sys::fs::exists(file + ".pch") || llvm::sys::fs::exists(file + ".gch");
}

void add_argument(const CompileCommand &command, const Argument &argument, bool clang, std::vector<std::string> &argv) {
  const llvm::StringRef word = argument.words.front();
  switch (argument.role) {
  case Role::output:
  case Role::compile_only:
  case Role::dependencies:
  case Role::linker:
    return;
  case Role::precompiled: {
    const std::string text = text_of_precompiled(argument.value);
    const bool included_already = llvm::any_of(
        command.arguments, [&](const Argument &other) { return other.option == "-include" && other.value == text; });
    if (!text.empty() && !included_already)
      add_include_for_clang(argv, text);
    return;
  }
  case Role::preprocessor:
    if (shapes_the_text(word))
      return;
    if (argument.option == "-include" && clang && has_precompiled_form(argument.value)) {
      add_include_for_clang(argv, argument.value);
      return;
    }
    break;
  case Role::source:
  case Role::language:
  case Role::standard:
  case Role::warning:
  case Role::code:
    if (belongs_to_the_compile(word))
      return;
    break;
  }
  llvm::append_range(argv, argument.words);
}

/// Clang's -E does not count line ends within raw strings: a marker behind each makes the lines that follow right
/// again.
void put_lines_right(std::string &text) {
  if (!llvm::StringRef(text).contains("R\""))
    return;
  const Scan scanned = scan(text, {});
  std::string repaired;
  std::size_t copied = 0;
  for (const Drift &drift : scanned.drifts) {
    repaired.append(text, copied, drift.offset - copied);
    copied = drift.offset;
    repaired += line_marker(drift.line, scanned.files[drift.file], drift.system);
  }
  repaired.append(text, copied, std::string::npos);
  text = std::move(repaired);
}

/// The end of the first rule in \p depfile: the first line end that is not continued.
std::size_t end_of_first_rule(llvm::StringRef depfile) {
  std::size_t at = depfile.find('\n');
  while (at != llvm::StringRef::npos && at > 0 && depfile[at - 1] == '\\')
    at = depfile.find('\n', at + 1);
  return at == llvm::StringRef::npos ? depfile.size() : at;
}

/// The words of the first rule, make's escapes left in.
llvm::StringSet<> words_of(llvm::StringRef rule) {
  llvm::StringSet<> words;
  std::string word;
  for (std::size_t i = 0; i < rule.size(); ++i) {
    const char character = rule[i];
    if (character == '\\' && i + 1 < rule.size() && rule[i + 1] != '\n') {
      word += character;
      word += rule[++i];
    } else if (character == ' ' || character == '\n' || character == '\t' || character == '\\') {
      words.insert(word);
      word.clear();
    } else {
      word += character;
    }
  }
  words.insert(word);
  return words;
}

} // namespace

std::vector<std::string> preprocess_command(const CompileCommand &command, const Compiler &compiler,
                                            llvm::StringRef output) {
  const bool clang = compiler.kind == CompilerKind::clang;
  std::vector<std::string> argv = {command.compiler};
  for (const Argument &argument : command.arguments)
    add_argument(command, argument, clang, argv);
  llvm::append_range(argv, llvm::ArrayRef<std::string>{"-E", "-o", output.str()});
  if (!command.depfile.wanted)
    return argv;
  // Handed to the preprocessor past GCC's driver: the driver adds no target, and neither do we. Clang's driver reads it
  // like its own.
  const auto is_past_the_driver = [](const Argument &argument) {
    return llvm::StringRef(argument.words.front()).starts_with("-Wp,-M");
  };
  if (!clang && llvm::any_of(command.arguments, is_past_the_driver)) {
    for (const Argument &argument : command.arguments)
      if (argument.role == Role::dependencies)
        llvm::append_range(argv, argument.words);
    return argv;
  }
  argv.push_back(command.depfile.user_headers_only ? "-MMD" : "-MD");
  llvm::append_range(argv, llvm::ArrayRef<std::string>{"-MF", depfile_path(command)});
  llvm::append_range(argv, depfile_targets(command));
  for (const Argument &argument : command.arguments)
    if (argument.role == Role::dependencies && (argument.words.front() == "-MP" || argument.words.front() == "-MV"))
      argv.push_back(argument.words.front());
  return argv;
}

llvm::Expected<std::variant<PreprocessedText, CompilerFailed>> preprocess(const CompileCommand &command,
                                                                          const Compiler &compiler) {
  const ScratchFile scratch(
      scratch_name(command.output, command.language == Language::cxx ? ".tripwire-e.ii" : ".tripwire-e.i"));
  std::vector<std::string> argv = preprocess_command(command, compiler, scratch.path());
  if (shows_colours_on_standard_error())
    argv.insert(argv.begin() + 1,
                "-fdiagnostics-color=always"); // it writes to a pipe; the user's own choice comes later and wins
  llvm::Expected<ProcessResult> result = run(argv, {Stream::inherit, Stream::capture});
  if (!result)
    return result.takeError();
  if (!result->succeeded())
    return CompilerFailed{std::move(*result)};
  llvm::Expected<std::string> text = read_whole(scratch.path());
  if (!text)
    return text.takeError();
  if (compiler.kind == CompilerKind::clang)
    put_lines_right(*text);
  return PreprocessedText{std::move(*text), std::move(result->standard_error)};
}

std::string escape_for_make(llvm::StringRef path) {
  std::string result;
  for (std::size_t i = 0; i < path.size(); ++i) {
    switch (path[i]) {
    case ' ':
    case '\t':
      // Backslashes in front of white space count double in make.
      for (std::size_t j = i; j > 0 && path[j - 1] == '\\'; --j)
        result += '\\';
      result += '\\';
      break;
    case '$':
      result += '$';
      break;
    case '#':
      result += '\\';
      break;
    default:
      break;
    }
    result += path[i];
  }
  return result;
}

/// \p path relative to the folder that we run in, when it lies below. Ninja knows a file that it makes itself (a tool
/// that is part of the build) by that spelling only; under another one the file is compared before it is made.
static std::string from_here(llvm::StringRef path) {
  llvm::SmallString<256> here;
  if (llvm::sys::fs::current_path(here))
    return path.str();
  here += '/';
  return (path.starts_with(here) ? path.drop_front(here.size()) : path).str();
}

llvm::Error add_dependencies(const CompileCommand &command, llvm::ArrayRef<std::string> files) {
  const std::string path = depfile_path(command);
  if (path.empty() || !is_plain_output(path))
    return llvm::Error::success();
  llvm::Expected<std::string> text = read_whole(path);
  if (!text)
    return text.takeError();
  const std::size_t end = end_of_first_rule(*text);
  llvm::StringSet<> known = words_of(llvm::StringRef(*text).take_front(end));
  std::string added;
  std::string phony;
  for (const std::string &file : files) {
    const std::string escaped = escape_for_make(from_here(file));
    if (!known.insert(escaped).second)
      continue;
    added += " \\\n " + escaped;
    phony += escaped + ":\n";
  }
  if (added.empty())
    return llvm::Error::success();
  text->insert(end, added);
  if (!llvm::StringRef(*text).ends_with("\n"))
    *text += '\n';
  if (command.depfile.phony)
    *text += phony;
  return write_whole(path, *text);
}

} // namespace tripwire::tool
