// a file --(file_text)--> all of its bytes, or why not.
#ifndef TRIPWIRE_SRC_CONFIG_FILE_TEXT_HPP
#define TRIPWIRE_SRC_CONFIG_FILE_TEXT_HPP

#include "log.hpp"

#include <optional>
#include <string>

namespace tripwire::config {

/// The bytes of a regular file of reasonable size; absent, and logged, otherwise.
std::optional<std::string> read_file(const std::string &file, Log &log);

} // namespace tripwire::config

#endif
