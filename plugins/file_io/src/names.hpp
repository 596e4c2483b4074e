// numbers of the POSIX interface --(names)--> text, as a program would write them
#ifndef TRIPWIRE_PLUGINS_FILE_IO_NAMES_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_NAMES_HPP

#include <optional>
#include <string>

namespace tripwire::plugins {

/// `ENOENT`; what has no name is a number.
std::string name_of_file_error(int error);

/// `O_WRONLY | O_CREAT | O_TRUNC`. Bits that change nothing about the file (`O_CLOEXEC`, `O_LARGEFILE`) are left out.
std::string text_of_flags(int flags);

/// `0644`
std::string text_of_mode(unsigned mode);

/// `R_OK | W_OK`
std::string text_of_access(int mode);

/// What `fopen` opens with: those of `"w+"` are `O_RDWR | O_CREAT | O_TRUNC`. Nothing when it is no mode.
std::optional<int> flags_of_stream(const char *mode);

} // namespace tripwire::plugins

#endif
