// the name of a variable --(is_secret_variable)--> whether its value may be recorded
#ifndef TRIPWIRE_PLUGINS_ENV_SECRET_HPP
#define TRIPWIRE_PLUGINS_ENV_SECRET_HPP

#include <string>

namespace tripwire::plugins {

/// True when the name has a word that speaks of a secret, or when the project lists it: `env: {secrets: [LICENCE]}`.
bool is_secret_variable(const std::string &name);

} // namespace tripwire::plugins

#endif
