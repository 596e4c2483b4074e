#include "secret.hpp"

#include <tripwire/secret_name.hpp>
#include <tripwire/setting.hpp>

#include <algorithm>
#include <vector>

namespace tripwire::plugins {

bool is_secret_variable(const std::string &name) {
  if (plugin::names_a_secret(name))
    return true;
  if (name == "PWD" || name == "OLDPWD") // folders, whatever is listed
    return false;
  const std::vector<std::string> listed = plugin::setting("env", "secrets");
  return std::find(listed.begin(), listed.end(), name) != listed.end();
}

} // namespace tripwire::plugins
