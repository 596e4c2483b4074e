// an entry of `seams:` --(seam_reader)--> Seam
#ifndef TRIPWIRE_SRC_CONFIG_SEAM_READER_HPP
#define TRIPWIRE_SRC_CONFIG_SEAM_READER_HPP

#include "document.hpp"
#include "log.hpp"

#include <tripwire/config/seam.hpp>

#include <string>
#include <vector>

namespace tripwire::config {

/// The seams of a list, each marked with \p plugin. What is wrong is logged; a seam of which something is wrong may
/// still be among them. Two of the same kind and pattern are an error.
std::vector<Seam> read_seams(const Node::Entry &entry, const std::string &plugin, Log &log);

} // namespace tripwire::config

#endif
