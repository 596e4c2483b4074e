// a seam's pattern --(name_pattern)--> its file, name and parameters; and whether a qualified name answers to it.
#ifndef TRIPWIRE_SRC_CONFIG_NAME_PATTERN_HPP
#define TRIPWIRE_SRC_CONFIG_NAME_PATTERN_HPP

#include <tripwire/config/seam.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripwire::config {

/// `acme::Box<a::b>::get` as `acme`, `Box<a::b>`, `get`. What follows the word `operator` is one component.
std::vector<std::string> components(const std::string &name);

/// Why no function, member or type can have this name; absent when one can.
std::optional<std::string> what_is_wrong(const std::string &pattern);

/// One spelling for all spellings of a pattern: no leading `::`, no spaces that mean nothing.
std::string canonical(const std::string &pattern);

/// Whether `*` (any run) and `?` (one) of \p glob make it \p text.
bool wildcard_matches(std::string_view glob, std::string_view text);

} // namespace tripwire::config

#endif
