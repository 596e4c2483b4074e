// what a manifest says --(manifest_tables)--> the same as tables of C++
#ifndef TRIPWIRE_SRC_MANIFEST_TABLES_HPP
#define TRIPWIRE_SRC_MANIFEST_TABLES_HPP

#include <tripwire/config/configuration.hpp>

#include <string>

namespace tripwire::manifest {

/// A source that defines `tripwire_manifest_NAME`, a `plugin::Manifest`. Of states it has those that the plugin moves
/// by itself; those that move by calls are the core's.
std::string manifest_tables(const config::Plugin &plugin);

} // namespace tripwire::manifest

#endif
