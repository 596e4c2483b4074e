// Code under test: reads from processes, and writes to them.
#ifndef TRIPWIRE_TEST_POPEN_CLIENT_HPP
#define TRIPWIRE_TEST_POPEN_CLIENT_HPP

#include <cstdio>
#include <string>

namespace client {

std::FILE *open(const std::string &command, const char *mode);
int close(std::FILE *stream);

/// What the process writes. \p status as `pclose` gives it.
std::string read_from(const std::string &command, int &status);
/// Writes it, and returns what `pclose` gives; -1 when there is no process.
int write_to(const std::string &command, const std::string &text);

} // namespace client

extern "C" int c_close(const char *command);

#endif
