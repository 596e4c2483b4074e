#ifndef KETTLE_HPP
#define KETTLE_HPP

#include <string>

namespace kettle {

/// Boils water: waits until it is hot. \return what is written into the log.
std::string boil();

} // namespace kettle

#endif
