// `firewall:` --(rule_reader)--> Firewall
#ifndef TRIPWIRE_SRC_CONFIG_RULE_READER_HPP
#define TRIPWIRE_SRC_CONFIG_RULE_READER_HPP

#include "document.hpp"
#include "log.hpp"

#include <tripwire/config/configuration.hpp>

namespace tripwire::config {

/// The rules as written, each of them a text or a map of one plugin.
Firewall read_firewall(const Node::Entry &entry, Log &log);

/// Logs each rule that no request of \p known could ever be asked by.
void check_firewall(const Firewall &firewall, const std::vector<RuleWords> &known, Log &log);

} // namespace tripwire::config

#endif
