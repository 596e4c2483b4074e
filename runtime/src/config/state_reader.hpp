// the value of `states:` --(machine, initial, transitions)--> Machines
#ifndef TRIPWIRE_SRC_CONFIG_STATE_READER_HPP
#define TRIPWIRE_SRC_CONFIG_STATE_READER_HPP

#include "reader.hpp"

#include <tripwire/config/machine.hpp>

#include <string>
#include <vector>

namespace tripwire::config {

/// The machines of a file whose seams belong to \p plugin. Each has a name of its own, opens somehow, and leaves only
/// states that something leads to.
std::vector<Machine> read_states(const Node::Entry &entry, const std::string &plugin, Log &log);

} // namespace tripwire::config

#endif
