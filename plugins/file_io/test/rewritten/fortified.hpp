// a program that is built with _FORTIFY_SOURCE and _FILE_OFFSET_BITS
#ifndef TRIPWIRE_PLUGINS_FILE_IO_TEST_FORTIFIED_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_TEST_FORTIFIED_HPP

#include <string>

namespace fortified {

/// The first four bytes, and the next four.
std::string read_first(const char *path);
/// Seven bytes behind the first, by `preadv2`.
std::string read_parts(const char *path);
/// The files in a folder, by `fts_open`.
std::string first_in(const char *path);
int print(const char *path, int number);

} // namespace fortified

#endif
