// A program that works with files, as production code would: the tests of this folder rewrite it.
#ifndef TRIPWIRE_PLUGINS_FILE_IO_TEST_CLIENT_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_TEST_CLIENT_HPP

#include <cstddef>
#include <string>
#include <vector>

namespace client {

/// All of the file, in steps of a few bytes; "errno" and the number when that fails.
std::string read_all(const std::string &path);
/// Writes it over the file, whatever it takes. 0, or the error.
int write_all(const std::string &path, const std::string &data, int flags, unsigned mode);
/// Beside it, then in its place, as programs do that must not lose data.
int replace(const std::string &path, const std::string &data);
/// The names in a folder, sorted.
std::vector<std::string> names_in(const std::string &folder);
/// By stdio.
std::string read_lines(const std::string &path);
int print(const std::string &path, const char *mode, const std::string &text);

/// 0, or the error.
int unlink_file(const std::string &path);
int make_folder(const std::string &path, unsigned mode);
int size_of(const std::string &path, long &size);
int can_access(const std::string &path, int mode);

int change_mode(const std::string &path, unsigned mode);
int cut(const std::string &path, long size);
int link_file(const std::string &src, const std::string &dst);
int link_by_name(const std::string &target, const std::string &path);
/// By mkstemp. The descriptor.
int make_up(const std::string &name);
/// How many there are; 0 where that is not told.
unsigned long blocks_of(const std::string &path);
/// The number of its entries, by scandir.
int scan(const std::string &folder);
/// And of what a pattern finds there.
std::size_t find_in(const std::string &folder);
int rename_file(const std::string &src, const std::string &dst);
int open_to_read(const std::string &path);

/// Where nothing can be thrown.
int open_quietly(const char *path) noexcept;

} // namespace client

extern "C" int c_open(const char *path);
extern "C" int c_save(const char *path, const char *text);

#endif
