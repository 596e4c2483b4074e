// a path glob --(path_glob)--> its parts; and whether a path answers to it.
#ifndef TRIPWIRE_SRC_CONFIG_PATH_GLOB_HPP
#define TRIPWIRE_SRC_CONFIG_PATH_GLOB_HPP

#include <optional>
#include <string>
#include <vector>

namespace tripwire::config {

/// `./src//x/../**` as `src`, `**`: empty and `.` parts go, and `..` takes a part without wildcards with it.
std::vector<std::string> parts(const std::string &path);

bool is_absolute(const std::string &path);

bool has_wildcard(const std::string &part);

/// Why \p glob can name no file; absent when it can.
std::optional<std::string> what_is_wrong_with_glob(const std::string &glob);

} // namespace tripwire::config

#endif
