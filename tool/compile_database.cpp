// BUILD/compile_commands.json --(compile_database)--> the compile commands of a build tree
#include "tool/compile_database.hpp"

#include "tool/command_words.hpp"
#include "tool/diagnostics.hpp"
#include "tool/process.hpp"
#include "tool/token_log.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

namespace tripwire::tool {
namespace {

namespace path = llvm::sys::path;
namespace fs = llvm::sys::fs;

constexpr const char *how_to_make_one =
    "CMake writes it with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, other build systems through a tool such as bear";

llvm::Error broken(const std::string &file, const llvm::Twine &why) {
  Diagnostic diagnostic{Severity::error, {file, 0, 0}, ("not a compilation database: " + why).str(), {}};
  diagnostic.notes.push_back({Severity::note, {}, how_to_make_one, {}});
  return llvm::make_error<Failure>(std::vector<Diagnostic>{std::move(diagnostic)}, ExitStatus::usage);
}

std::vector<std::string> words_of(llvm::StringRef command) {
  llvm::BumpPtrAllocator memory;
  llvm::StringSaver saver(memory);
  llvm::SmallVector<const char *, 64> words;
  llvm::cl::TokenizeGNUCommandLine(command, saver, words);
  return {words.begin(), words.end()};
}

/// A build step of ours stands in front of the command where the compiler itself is configured so, as in a Makefile.
std::vector<std::string> without_own_step(std::vector<std::string> words) {
  const auto own = llvm::find_if(
      words, [](const std::string &word) { return path::filename(word) == "tripwire-rewrite" || word == "--"; });
  const auto end = std::find(own, words.end(), "--");
  if (own == words.end() || *own == "--" || end == words.end())
    return words;
  return {end + 1, words.end()};
}

std::optional<DatabaseEntry> entry_of(const llvm::json::Value &value) {
  const llvm::json::Object *object = value.getAsObject();
  if (object == nullptr)
    return std::nullopt;
  const std::optional<llvm::StringRef> directory = object->getString("directory");
  const std::optional<llvm::StringRef> file = object->getString("file");
  if (!directory || !file)
    return std::nullopt;
  DatabaseEntry entry;
  llvm::SmallString<256> here(*directory);
  if (fs::make_absolute(here))
    return std::nullopt;
  path::remove_dots(here, /*remove_dot_dot=*/true);
  entry.directory = here.str().str();
  entry.file = absolute_from(entry.directory, *file);
  if (const llvm::json::Array *words = object->getArray("arguments")) {
    for (const llvm::json::Value &word : *words)
      entry.command.push_back(word.getAsString().value_or("").str());
  } else if (const std::optional<llvm::StringRef> command = object->getString("command")) {
    entry.command = words_of(*command);
  }
  entry.command = without_own_step(std::move(entry.command));
  return entry.command.empty() ? std::nullopt : std::optional(std::move(entry));
}

/// Everything about a command but what it writes.
std::string key_of(const DatabaseEntry &entry) {
  std::string key = entry.directory;
  key += '\0';
  key += entry.file;
  for (std::size_t i = 0; i < entry.command.size();) {
    if (entry.command[i].size() < 2 || entry.command[i].front() != '-') {
      (key += '\0') += entry.command[i++];
      continue;
    }
    const Argument argument = read_argument(entry.command, i);
    if (argument.role != Role::output && argument.role != Role::dependencies)
      for (const std::string &word : argument.words)
        (key += '\0') += word;
  }
  return key;
}

std::string nearest_source(llvm::StringRef source, const std::vector<DatabaseEntry> &entries) {
  const llvm::StringRef name = path::filename(source);
  unsigned best_distance = 4;
  std::string best;
  for (const DatabaseEntry &entry : entries) {
    const llvm::StringRef candidate = path::filename(entry.file);
    const unsigned distance = name.edit_distance(candidate, true, best_distance);
    if (distance < best_distance) {
      best_distance = distance;
      best = entry.file;
    }
  }
  return best;
}

} // namespace

std::string absolute_from(llvm::StringRef directory, llvm::StringRef file) {
  llvm::SmallString<256> result(path::is_absolute(file) ? llvm::StringRef() : directory);
  path::append(result, file);
  path::remove_dots(result, /*remove_dot_dot=*/true);
  return result.str().str();
}

std::string spelled_in(llvm::StringRef folder, llvm::StringRef file) {
  llvm::StringRef rest = file;
  return rest.consume_front(folder) && rest.consume_front("/") ? rest.str() : file.str();
}

llvm::Expected<std::vector<DatabaseEntry>> read_compile_database(llvm::StringRef build) {
  llvm::SmallString<256> file(build);
  if (fs::is_directory(build))
    path::append(file, "compile_commands.json");
  const std::string name = file.str().str();
  if (!fs::exists(name))
    return misuse("there is no '" + name + "'", how_to_make_one);
  llvm::Expected<std::string> text = read_whole(name);
  if (!text)
    return text.takeError();
  llvm::Expected<llvm::json::Value> json = llvm::json::parse(*text);
  if (!json)
    return broken(name, llvm::toString(json.takeError()));
  const llvm::json::Array *array = json->getAsArray();
  if (array == nullptr)
    return broken(name, "it is no list");
  std::vector<DatabaseEntry> entries;
  llvm::StringSet<> known;
  for (const llvm::json::Value &value : *array) {
    std::optional<DatabaseEntry> entry = entry_of(value);
    if (!entry)
      return broken(name, "an entry has no 'directory', 'file' and 'command' or 'arguments'");
    if (known.insert(key_of(*entry)).second)
      entries.push_back(std::move(*entry));
  }
  if (entries.empty())
    return broken(name, "it is empty");
  return entries;
}

llvm::Expected<std::vector<DatabaseEntry>> entries_for(std::vector<DatabaseEntry> entries,
                                                       llvm::ArrayRef<std::string> sources) {
  if (sources.empty())
    return entries;
  llvm::StringMap<std::string> missing; // by normal path, as written
  for (const std::string &source : sources)
    missing[normal_path(source)] = source;
  const llvm::StringMap<std::string> wanted = missing;
  std::vector<DatabaseEntry> chosen;
  for (const DatabaseEntry &entry : entries) {
    const std::string normal = normal_path(entry.file);
    if (!wanted.contains(normal))
      continue;
    missing.erase(normal);
    chosen.push_back(entry);
  }
  if (missing.empty())
    return chosen;
  const std::string &source = missing.begin()->second;
  const std::string nearest = nearest_source(source, entries);
  return misuse("no command of the build tree compiles '" + source + "'",
                nearest.empty() ? "name a source of the build tree" : "did you mean '" + nearest + "'?");
}

} // namespace tripwire::tool
