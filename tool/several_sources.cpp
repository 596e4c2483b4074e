// a command for several sources --(several_sources)--> a compile for each of them, and the link that is left
#include "tool/several_sources.hpp"

#include "tool/process.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

namespace tripwire::tool {
namespace {

namespace path = llvm::sys::path;

bool names_depfile(const Argument &argument) { return argument.option == "-MF"; }
bool names_target(const Argument &argument) { return argument.option == "-MT" || argument.option == "-MQ"; }

/// The words that have the compiler write the depfile of \p source as the whole command would; none where its words
/// do so themselves, or want none.
std::vector<std::string> depfile_words(const SeveralSources &command, const std::string &source) {
  if (!command.wants_depfile)
    return {};
  const std::string stem = path::stem(source).str();
  llvm::SmallString<128> file(command.output.empty() ? "a-" + stem : command.output);
  path::replace_extension(file, "d");
  std::vector<std::string> words;
  if (llvm::none_of(command.arguments, names_depfile))
    words = {"-MF", file.str().str()};
  if (llvm::none_of(command.arguments, names_target))
    llvm::append_range(words, std::vector<std::string>{"-MQ", command.output.empty() ? stem + ".o" : command.output});
  return words;
}

/// \p program and the number of the source among the command's: two sources may have one name.
std::string object_of(const std::string &program, const std::string &source, std::size_t number) {
  return scratch_name(program + "-" + std::to_string(number) + "-" + path::stem(source).str(), ".tripwire.o");
}

} // namespace

std::vector<SourceCompile> compiles_of(const SeveralSources &command) {
  std::vector<SourceCompile> compiles;
  const std::string program = command.output.empty() ? "a.out" : command.output;
  const Argument *language = nullptr; // the -x in force
  for (const Argument &source : command.arguments) {
    if (source.role == Role::language)
      language = &source;
    if (source.role != Role::source)
      continue;
    SourceCompile compile;
    compile.source = source.value;
    compile.words = command.launcher;
    compile.words.push_back(command.compiler);
    for (const Argument &argument : command.arguments) {
      const bool is_other = (argument.role == Role::source && &argument != &source) ||
                            (argument.role == Role::language && &argument != language) || argument.role == Role::linker;
      if (!is_other && !(command.links && argument.role == Role::output))
        llvm::append_range(compile.words, argument.words);
    }
    if (command.links) {
      compile.object = object_of(program, compile.source, compiles.size());
      compile.ledger = program + "-" + path::stem(compile.source).str() + ".tripwire.json";
      llvm::append_range(compile.words, std::vector<std::string>{"-c", "-o", compile.object});
      llvm::append_range(compile.words, depfile_words(command, compile.source));
      if (llvm::StringRef(path::filename(command.compiler)).contains("clang"))
        compile.words.push_back("-Qunused-arguments"); // what only the link reads
    }
    compiles.push_back(std::move(compile));
  }
  return compiles;
}

std::vector<std::string> link_of(const SeveralSources &command, const std::vector<SourceCompile> &compiles) {
  if (!command.links)
    return {};
  std::vector<std::string> words = command.launcher;
  words.push_back(command.compiler);
  std::size_t next = 0;
  for (const Argument &argument : command.arguments) {
    if (argument.role == Role::source)
      llvm::append_range(words, std::vector<std::string>{"-x", "none", compiles[next++].object});
    else if (argument.role != Role::dependencies && argument.role != Role::preprocessor &&
             argument.role != Role::precompiled && argument.role != Role::language)
      llvm::append_range(words, argument.words);
  }
  return words;
}

} // namespace tripwire::tool
