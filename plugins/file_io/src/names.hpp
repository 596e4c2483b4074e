// numbers of the POSIX interface --(names)--> text, as a program would write them
#ifndef TRIPWIRE_PLUGINS_FILE_IO_NAMES_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_NAMES_HPP

#include <ctime>
#include <optional>
#include <string>

namespace tripwire::plugins {


/// `O_WRONLY | O_CREAT | O_TRUNC`. Bits that change nothing about the file (`O_CLOEXEC`, `O_LARGEFILE`) are left out.
std::string text_of_flags(int flags);

/// `0644`
std::string text_of_mode(unsigned mode);

/// `R_OK | W_OK`
std::string text_of_access(int mode);

/// A user or group: its number; `-1` for one that stays as it is.
std::string text_of_owner(unsigned owner);

/// Seconds since 1970, `1700000000.25`; `now`, or `kept`, of `utimensat`.
std::string text_of_time(const timespec &time);

/// What `renameat2` does besides: `RENAME_NOREPLACE`.
std::string text_of_renaming(unsigned flags);

/// What `fallocate` does besides: `FALLOC_FL_KEEP_SIZE`.
std::string text_of_allocation(int flags);

/// What `setxattr` wants to be there: `XATTR_CREATE`.
std::string text_of_attribute_flags(int flags);

/// What `mmap` may do: `PROT_READ | PROT_WRITE`; and how: `MAP_SHARED`.
std::string text_of_protection(int protection);
std::string text_of_mapping(int flags);

/// What `fopen` opens with: those of `"w+"` are `O_RDWR | O_CREAT | O_TRUNC`. Nothing when it is no mode.
std::optional<int> flags_of_stream(const char *mode);

} // namespace tripwire::plugins

#endif
