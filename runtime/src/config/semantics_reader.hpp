// `params:` and `result:` of a seam --(semantics_reader)--> Semantics
#ifndef TRIPWIRE_SRC_CONFIG_SEMANTICS_READER_HPP
#define TRIPWIRE_SRC_CONFIG_SEMANTICS_READER_HPP

#include "document.hpp"
#include "log.hpp"

#include <tripwire/config/seam.hpp>

#include <map>
#include <string>

namespace tripwire::config {

/// By parameter; what is wrong is logged.
std::map<std::string, Semantics> read_parameters(const Node::Entry &entry, Log &log);

Semantics read_result(const Node::Entry &entry, Log &log);

/// A letter or `_`, then letters, digits and `_`.
bool is_word(const std::string &text);

} // namespace tripwire::config

#endif
