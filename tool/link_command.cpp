#include "tool/link_command.hpp"

#include "tool/diagnostics.hpp"
#include "tool/llvm_compat.hpp"

#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

#include <set>

namespace tripwire::tool {
namespace {

bool is_launcher(llvm::StringRef word) {
  return StringSwitch<bool>(llvm::sys::path::filename(word))
      .Cases({"ccache", "sccache", "distcc", "icecc", "time", "nice"}, true)
      .Default(false);
}

llvm::Expected<std::vector<std::string>> expanded(llvm::ArrayRef<std::string> argv) {
  llvm::BumpPtrAllocator memory;
  llvm::StringSaver saver(memory);
  llvm::SmallVector<const char *, 64> words;
  for (const std::string &word : argv)
    words.push_back(word.c_str());
  llvm::cl::ExpansionContext context(memory, llvm::cl::TokenizeGNUCommandLine);
  if (llvm::Error error = context.expandResponseFiles(words))
    return misuse("cannot read a response file: " + llvm::toString(std::move(error)));
  return std::vector<std::string>(words.begin(), words.end());
}

bool takes_a_value(llvm::StringRef word) {
  static const llvm::StringSet<> options = {"-o",       "-L",       "-l",  "-T",      "-u",  "-z",    "-e",
                                            "-x",       "-Xlinker", "-h",  "-soname", "-I",  "-D",    "-U",
                                            "-isystem", "-include", "-MF", "-MT",     "-MQ", "-arch", "-target",
                                            "--param",  "-Xclang",  "-B",  "-wrapper"};
  return options.contains(word);
}

std::string find_library(llvm::StringRef name, const std::vector<std::string> &folders) {
  for (const std::string &folder : folders)
    for (const std::string &file : {"lib" + name.str() + ".so", "lib" + name.str() + ".a"}) {
      llvm::SmallString<256> path(folder);
      llvm::sys::path::append(path, file);
      if (llvm::sys::fs::exists(path))
        return path.str().str();
    }
  return {};
}

bool is_input(llvm::StringRef word) {
  const llvm::StringRef extension = llvm::sys::path::extension(word);
  return extension == ".o" || extension == ".a" || extension == ".obj" || extension == ".lo" || word.contains(".so") ||
         extension == ".bc";
}

} // namespace

llvm::Expected<LinkCommand> read_link_command(llvm::ArrayRef<std::string> argv) {
  if (argv.empty())
    return misuse("no command behind '--'", "put the compiler and its arguments there");
  llvm::Expected<std::vector<std::string>> words = expanded(argv);
  if (!words)
    return words.takeError();
  LinkCommand command;
  command.words = std::move(*words);
  while (command.compiler + 1 < command.words.size() && is_launcher(command.words[command.compiler]))
    ++command.compiler;
  command.cxx_driver = llvm::sys::path::filename(command.words[command.compiler]).contains("++");
  command.output = "a.out";
  command.makes_program = true;
  command.first_input = command.words.size();

  std::set<llvm::sys::fs::UniqueID> named;
  std::vector<std::string> folders;
  for (std::size_t i = command.compiler + 1; i + 1 <= command.words.size(); ++i)
    if (llvm::StringRef word = command.words[i]; word.consume_front("-L"))
      folders.push_back(word.empty() && i + 1 < command.words.size() ? command.words[i + 1] : word.str());

  for (std::size_t i = command.compiler + 1; i < command.words.size(); ++i) {
    const llvm::StringRef word = command.words[i];
    const bool has_value = i + 1 < command.words.size();
    if (word == "-c" || word == "-S" || word == "-E" || word == "-M" || word == "-MM" || word == "-shared" ||
        word == "-r" || word == "--shared" || word == "-###" || word == "--version" || word == "-fsyntax-only")
      command.makes_program = false;
    if (word == "-o" && has_value)
      command.output = command.words[i + 1];
    else if (word.starts_with("-o") && word.size() > 2)
      command.output = word.substr(2).str();
    std::string library;
    if (word.starts_with("-l"))
      library =
          find_library(word == "-l" && has_value ? llvm::StringRef(command.words[i + 1]) : word.substr(2), folders);
    else if (!word.starts_with("-") && is_input(word) && llvm::sys::fs::exists(word))
      library = word.str();
    if (!library.empty()) {
      llvm::sys::fs::UniqueID file;
      if (llvm::sys::fs::getUniqueID(library, file) || named.insert(file).second)
        command.files.push_back(library);
      command.first_input = std::min(command.first_input, i);
    }
    if (takes_a_value(word))
      ++i;
  }
  if (command.files.empty())
    command.makes_program = false;
  return command;
}

} // namespace tripwire::tool
