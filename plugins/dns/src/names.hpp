// constants of the resolver --(names)--> the words a programmer knows them by
#ifndef TRIPWIRE_PLUGINS_DNS_NAMES_HPP
#define TRIPWIRE_PLUGINS_DNS_NAMES_HPP

#include <tripwire/plugins/dns.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tripwire::plugins {

/// `AF_INET`; a number where it has no name. All of these are C++.
std::string name_of(DnsFamily family);
std::string name_of(DnsSocketType type);
/// `AI_PASSIVE | AI_CANONNAME`; `0` when there are none.
std::string name_of(DnsFlags flags);
std::string name_of(DnsNameFlags flags);

/// `MX`; `TYPE65` (RFC 3597) for one that has no name here.
std::string name_of_rdtype(int type);
/// In letters of either case. None for what is the name of no type.
std::optional<int> rdtype_named(std::string_view name);
/// `IN`; `CLASS2` for one that has no name.
std::string name_of_rdclass(int rdclass);

} // namespace tripwire::plugins

#endif
