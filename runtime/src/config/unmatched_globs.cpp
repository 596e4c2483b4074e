// the globs of `instrument:` --(walk)--> those that no file answers to.
#include "nearest.hpp"
#include "path_glob.hpp"

#include <tripwire/config/configuration.hpp>

#include <cstddef>
#include <filesystem>
#include <system_error>

namespace tripwire::config {

namespace {

namespace fs = std::filesystem;

/// Beyond this many entries a walk says nothing: better no word than a slow or a wrong one.
constexpr std::size_t most_entries = 200000;

bool is_left_out(const fs::path &folder) {
  std::string name = folder.filename().string();
  std::error_code absent;
  return name == ".git" || name == ".hg" || name == ".svn" || fs::exists(folder / "CMakeCache.txt", absent);
}

enum class Answer { yes, no, unknown };

/// Whether a file below \p start, which is \p prefix as seen from the configuration's folder, answers to \p glob.
Answer find_match(const fs::path &start, const std::string &prefix, const std::string &glob) {
  std::error_code failed;
  fs::recursive_directory_iterator at(start, fs::directory_options::skip_permission_denied, failed), end;
  std::size_t seen = 0;
  while (!failed && at != end) {
    if (++seen > most_entries)
      return Answer::unknown;
    std::error_code unreadable;
    bool is_folder = at->is_directory(unreadable) && !at->is_symlink(unreadable);
    if (is_folder && is_left_out(at->path()))
      at.disable_recursion_pending();
    else if (!is_folder && path_matches(glob, prefix + at->path().lexically_relative(start).generic_string()))
      return Answer::yes;
    at.increment(failed);
  }
  return failed ? Answer::unknown : Answer::no;
}

/// The first part of the path that is not there, and what is there instead, as a suggestion.
std::string instead_of(const fs::path &folder, const std::vector<std::string> &literal) {
  fs::path at = folder;
  std::error_code absent;
  for (const std::string &part : literal) {
    if (fs::exists(at / part, absent)) {
      at /= part;
      continue;
    }
    std::vector<std::string> names;
    for (fs::directory_iterator it(at, absent), end; !absent && it != end; it.increment(absent))
      names.push_back(it->path().filename().string());
    return did_you_mean(part, names);
  }
  return {};
}

/// What to say about a glob that nothing answers to; absent when something does, or nobody knows.
std::optional<std::string> what_is_missing(const Configuration &configuration, const Text &glob) {
  std::vector<std::string> all = parts(glob.value);
  std::vector<std::string> literal;
  for (const std::string &part : all) {
    if (has_wildcard(part))
      break;
    literal.push_back(part);
  }
  const fs::path top = is_absolute(glob.value) ? fs::path("/") : fs::path(configuration.folder);
  fs::path start = top;
  std::string prefix = is_absolute(glob.value) ? "/" : "";
  for (const std::string &part : literal) {
    start /= part;
    prefix += part + '/';
  }
  std::error_code absent;
  Answer answer = Answer::no;
  if (literal.size() == all.size() && fs::is_regular_file(start, absent))
    answer = Answer::yes;
  else if (fs::is_directory(start, absent))
    answer = find_match(start, prefix, glob.value);
  if (answer != Answer::no)
    return std::nullopt;
  return "no file matches '" + glob.value + '\'' + instead_of(top, literal);
}

} // namespace

std::vector<Diagnostic> unmatched_globs(const Configuration &configuration) {
  std::vector<Diagnostic> diagnostics;
  for (const Text &glob : configuration.include)
    if (std::optional<std::string> message = what_is_missing(configuration, glob); message)
      diagnostics.push_back({Severity::error, glob.place, *message, {}});
  for (const Text &glob : configuration.by_symbol)
    if (std::optional<std::string> message = what_is_missing(configuration, glob))
      diagnostics.push_back({Severity::error, glob.place, *message, {}});
  for (const Text &glob : configuration.exclude)
    if (std::optional<std::string> message = what_is_missing(configuration, glob))
      diagnostics.push_back({Severity::warning, glob.place, *message + ": it excludes nothing", {}});
  return diagnostics;
}

} // namespace tripwire::config
