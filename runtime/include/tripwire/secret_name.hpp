// the name of a variable or an option --(names_a_secret)--> whether what it holds may be recorded
#ifndef TRIPWIRE_SECRET_NAME_HPP
#define TRIPWIRE_SECRET_NAME_HPP

#include <string>
#include <string_view>

namespace tripwire::plugin {

/// True when the name has a word that speaks of a secret: `API_TOKEN`, `db.password`, `STRIPE_KEY`. Not `PWD`.
bool names_a_secret(std::string_view name);

} // namespace tripwire::plugin

#endif
