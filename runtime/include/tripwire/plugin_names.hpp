// numbers of a library --(plugin_names)--> the constants that a programmer knows them by, which are C++
#ifndef TRIPWIRE_PLUGIN_NAMES_HPP
#define TRIPWIRE_PLUGIN_NAMES_HPP

#include "tripwire/plugin_manifest.hpp"

#include <string>

namespace tripwire::plugin {

/// `{MSG_PEEK, "MSG_PEEK"}`
struct Named {
  int number;
  const char *name;
};

/// The first name of that number; what has none is a number.
std::string name_of_number(int number, Rows<Named> names);

/// `MSG_PEEK | MSG_DONTWAIT`: of names with several bits, those whose bits are all there, so these stand in front of what
/// they hold. What has no name is a number, and so is nothing at all: `0`.
std::string names_of_bits(int bits, Rows<Named> names);

/// `ECONNREFUSED`, also of a negative one, as libuv and the kernel hand them out; what has no name is a number.
std::string name_of_errno(int error);

} // namespace tripwire::plugin

#endif
