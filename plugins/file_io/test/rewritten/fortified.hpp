// a program that is built with _FORTIFY_SOURCE and _FILE_OFFSET_BITS
#ifndef TRIPWIRE_PLUGINS_FILE_IO_TEST_FORTIFIED_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_TEST_FORTIFIED_HPP

#include <string>

namespace fortified {

/// The first four bytes, and the next four.
std::string read_first(const char *path);
int print(const char *path, int number);

} // namespace fortified

#endif
