#include "client.hpp"

#include <cstdlib>

namespace client {

const bool had_path_at_start = std::getenv("PATH") != nullptr;

const char *get(const char *name) { return std::getenv(name); }
const char *get_securely(const char *name) { return secure_getenv(name); }

std::string read(const std::string &name) {
  const char *value = std::getenv(name.c_str());
  return value == nullptr ? "(unset)" : value;
}

int set(const std::string &name, const std::string &value, int overwrite) {
  return setenv(name.c_str(), value.c_str(), overwrite);
}
int put(char *text) { return putenv(text); }
int unset(const std::string &name) { return unsetenv(name.c_str()); }
int clear() { return clearenv(); }

const char *get_quietly(const char *name) noexcept { return getenv(name); }

} // namespace client
