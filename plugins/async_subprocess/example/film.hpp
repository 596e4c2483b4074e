#ifndef FILM_HPP
#define FILM_HPP

#include <string>

namespace film {

/// Converts a film on a loop of its own. \return whether that went well.
bool convert(const std::string &from, const std::string &to);

} // namespace film

#endif
