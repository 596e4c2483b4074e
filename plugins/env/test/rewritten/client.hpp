// A program that reads and changes its environment, as production code would: the tests of this folder rewrite it.
#ifndef TRIPWIRE_PLUGINS_ENV_TEST_CLIENT_HPP
#define TRIPWIRE_PLUGINS_ENV_TEST_CLIENT_HPP

#include <string>

namespace client {

/// What was read before `main`.
extern const bool had_path_at_start;

const char *get(const char *name);
const char *get_securely(const char *name);
/// The value, or "(unset)".
std::string read(const std::string &name);
int set(const std::string &name, const std::string &value, int overwrite);
int put(char *text);
int unset(const std::string &name);
int clear();

/// Where nothing can be thrown.
const char *get_quietly(const char *name) noexcept;

} // namespace client

extern "C" {
const char *c_get(const char *name);
int c_set(const char *name, const char *value);
}

#endif
