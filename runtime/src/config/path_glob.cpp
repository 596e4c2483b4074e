// a path glob --(path_glob)--> its parts; and whether a path answers to it.
#include "path_glob.hpp"
#include "name_pattern.hpp"

#include <tripwire/config/configuration.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <system_error>

namespace tripwire::config {

namespace {

namespace fs = std::filesystem;

/// `..` is a place outside: only its own word names it.
bool part_matches(const std::string &glob, const std::string &part) {
  if (part == "..")
    return glob == "..";
  return wildcard_matches(glob, part);
}

bool parts_match(const std::vector<std::string> &globs, const std::vector<std::string> &path) {
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  bool names_folder = !globs.empty() && !has_wildcard(globs.back());
  std::size_t glob = 0, part = 0, star = none, taken = 0;
  while (part < path.size()) {
    if (glob == globs.size() && names_folder)
      return true;
    if (glob < globs.size() && globs[glob] == "**") {
      star = glob++;
      taken = part;
    } else if (glob < globs.size() && part_matches(globs[glob], path[part])) {
      ++glob;
      ++part;
    } else if (star != none && path[taken] != "..") {
      glob = star + 1;
      part = ++taken;
    } else {
      return false;
    }
  }
  while (glob < globs.size() && globs[glob] == "**")
    ++glob;
  return glob == globs.size();
}

bool any_matches(const std::vector<Text> &globs, const std::vector<std::string> &paths) {
  for (const Text &glob : globs)
    for (const std::string &path : paths)
      if (path_matches(glob.value, path))
        return true;
  return false;
}

/// The path as seen from the folder; it may begin with `..`.
std::string seen_from(const fs::path &folder, const fs::path &path) {
  return path.lexically_normal().lexically_relative(folder.lexically_normal()).generic_string();
}

/// The absolute path \p spelled itself, and as seen from the configuration's folder, resolved and as it was named.
std::vector<std::string> as_spelled(const Configuration &configuration, const fs::path &spelled) {
  std::vector<std::string> seen = {spelled.lexically_normal().generic_string(),
                                   seen_from(configuration.folder, spelled)};
  std::error_code failed;
  fs::path spelled_folder = fs::absolute(configuration.file, failed).parent_path();
  if (!failed)
    seen.push_back(seen_from(spelled_folder, spelled));
  return seen;
}

} // namespace

bool is_absolute(const std::string &path) { return !path.empty() && path.front() == '/'; }

bool has_wildcard(const std::string &part) { return part.find_first_of("*?") != std::string::npos; }

std::vector<std::string> parts(const std::string &path) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= path.size();) {
    std::size_t end = path.find('/', at);
    if (end == std::string::npos)
      end = path.size();
    std::string part = path.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".")
      continue;
    bool goes_back = part == ".." && !out.empty() && out.back() != ".." && !has_wildcard(out.back());
    if (goes_back)
      out.pop_back();
    else
      out.push_back(part);
  }
  return out;
}

std::optional<std::string> what_is_wrong_with_glob(const std::string &glob) {
  if (glob.find('\\') != std::string::npos)
    return "folders are parted by '/' in a glob, and '" + glob + "' has a '\\'";
  std::vector<std::string> all = parts(glob);
  bool inside = false;
  for (const std::string &part : all) {
    if (part == ".." && inside)
      return "'..' cannot follow a wildcard in '" + glob + '\'';
    inside = inside || part != "..";
  }
  if (all.empty())
    return '\'' + glob + "' names no file; write '**' for everything below this folder";
  return std::nullopt;
}

bool path_matches(const std::string &glob, const std::string &path) {
  return is_absolute(glob) == is_absolute(path) && parts_match(parts(glob), parts(path));
}

namespace {

/// The file at \p path as the configuration's folder sees it. A symbolic link may lead to the folder, or out of it:
/// every way to see the file from the folder counts. None when there is no way.
std::vector<std::string> ways_to_see(const Configuration &configuration, const std::string &path) {
  std::error_code failed;
  fs::path spelled = fs::absolute(path, failed);
  if (failed)
    return {};
  std::vector<std::string> seen = as_spelled(configuration, spelled);
  fs::path resolved = fs::weakly_canonical(spelled, failed);
  if (!failed) {
    seen.push_back(resolved.generic_string());
    seen.push_back(seen_from(configuration.folder, resolved));
  }
  return seen;
}

} // namespace

bool instrumented(const Configuration &configuration, const std::string &path) {
  const std::vector<std::string> seen = ways_to_see(configuration, path);
  const bool included = configuration.include.empty() || any_matches(configuration.include, seen);
  return !seen.empty() && included && !any_matches(configuration.exclude, seen);
}

bool compiled_by_symbol(const Configuration &configuration, const std::string &path) {
  return !configuration.by_symbol.empty() && any_matches(configuration.by_symbol, ways_to_see(configuration, path));
}

bool is_of_layer(const Configuration &configuration, const std::string &plugin, const std::vector<std::string> &headers,
                 const std::string &path) {
  const std::vector<std::string> seen = ways_to_see(configuration, path);
  for (const LayerFiles &layer : configuration.layer_files)
    if (layer.plugin == plugin && any_matches(layer.files, seen))
      return true;
  // What stands in the project is the project's, whatever its folders are called.
  const auto is_inside = [](const std::string &one) {
    return !is_absolute(one) && (parts(one).empty() || parts(one).front() != "..");
  };
  if (!configuration.folder.empty() && std::any_of(seen.begin(), seen.end(), is_inside))
    return false;
  for (const std::string &header : headers)
    for (const std::string &one : seen)
      if (is_absolute(one) && path_matches("/**/" + header, one))
        return true;
  return false;
}

bool instrumented_by_name(const Configuration &configuration, const std::string &path) {
  std::error_code failed;
  fs::path spelled = fs::absolute(path, failed);
  // No look at the disk for the many headers that no glob means.
  return !failed && any_matches(configuration.include, as_spelled(configuration, spelled)) &&
         instrumented(configuration, path);
}

} // namespace tripwire::config
