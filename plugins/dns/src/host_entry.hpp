// what a host is called and which addresses it has --(fill)--> a hostent, in one piece of memory
#ifndef TRIPWIRE_PLUGINS_DNS_HOST_ENTRY_HPP
#define TRIPWIRE_PLUGINS_DNS_HOST_ENTRY_HPP

#include "mock.hpp"

#include <netdb.h>

#include <cstddef>
#include <string>
#include <vector>

namespace tripwire::plugins {

/// A host as `gethostbyname` knows it.
struct DnsHostEntry {
  std::string name;
  std::vector<std::string> aliases;
  int family = AF_INET;
  std::vector<std::string> addresses; ///< as bytes

  /// Everything that \p entry points to is put into \p room. \return false when that is too small.
  bool fill(hostent &entry, char *room, std::size_t size) const;
};

/// A hostent that lasts, as libc's own for functions without `_r`: until the next one of the same thread.
hostent *kept_dns_entry(const DnsHostEntry &host);

/// What the answer says of a host: those of its addresses that are of the family.
DnsHostEntry host_of(const DnsMock &mock, const char *host, int family);
/// What the answer says of an address.
DnsHostEntry host_at(const DnsMock &mock, int family, const std::string &address);

} // namespace tripwire::plugins

#endif
