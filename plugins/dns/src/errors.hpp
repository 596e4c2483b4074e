// errors of the resolvers <--> their names, and the nearest error of another resolver
#ifndef TRIPWIRE_PLUGINS_DNS_ERRORS_HPP
#define TRIPWIRE_PLUGINS_DNS_ERRORS_HPP

#include <optional>
#include <string>
#include <string_view>

namespace tripwire::plugins {

/// Whose numbers an error is one of.
enum class DnsErrors : unsigned char {
  addrinfo, ///< `EAI_NONAME`: `getaddrinfo`, `getnameinfo`
  host,     ///< `HOST_NOT_FOUND`: what `h_errno` holds
  ares,     ///< `ARES_ENOTFOUND`
};

/// The name of an error; a number where it has none.
std::string name_of_dns_error(DnsErrors whose, int code);

/// The number of an error by its name, whoever's it is, as one of \p whose: its own, or the nearest. None where the
/// name is unknown.
std::optional<int> dns_error_named(std::string_view name, DnsErrors whose);

} // namespace tripwire::plugins

#endif
