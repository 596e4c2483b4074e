// what the kernel tells of a folder --(counted)--> how much was really done there
#ifndef TRIPWIRE_PLUGINS_FILE_IO_TEST_COUNTED_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_TEST_COUNTED_HPP

#include <cstdint>
#include <string>

namespace counted {

/// An empty folder, in the current one, for real files.
void make_folder(const std::string &name);
void remove_folder(const std::string &name);
/// A file that is there from then on, however often it is moved away.
void stands(const std::string &path);
/// A file or folder that is not there, however often it is made.
void passes(const std::string &path);
/// A question that leaves no trace in the folder was answered by what really is there.
void note();

/// How much was done with files of that folder so far; then all stands again as it did.
std::uint64_t calls();

} // namespace counted

#endif
