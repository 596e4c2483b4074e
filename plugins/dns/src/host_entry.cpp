#include "host_entry.hpp"

#include "lookup.hpp"

#include <netinet/in.h>

#include <cstring>
#include <memory>

namespace tripwire::plugins {

namespace {

/// Memory of the program, given out from its beginning.
class Room {
public:
  Room(char *begin, std::size_t size) : at_(begin), left_(size) {}

  /// Null when there is not enough.
  void *take(std::size_t size, std::size_t alignment) {
    void *place = at_;
    if (at_ == nullptr || std::align(alignment, size, place, left_) == nullptr)
      return nullptr;
    at_ = static_cast<char *>(place) + size;
    left_ -= size;
    return place;
  }
  char *copy(const std::string &bytes, std::size_t alignment) {
    auto *const place = static_cast<char *>(take(bytes.size() + 1, alignment));
    if (place != nullptr)
      std::memcpy(place, bytes.c_str(), bytes.size() + 1);
    return place;
  }
  char **list(const std::vector<std::string> &all, std::size_t alignment) {
    auto **const places = static_cast<char **>(take((all.size() + 1) * sizeof(char *), alignof(char *)));
    if (places == nullptr)
      return nullptr;
    for (std::size_t index = 0; index < all.size(); ++index)
      if ((places[index] = copy(all[index], alignment)) == nullptr)
        return nullptr;
    places[all.size()] = nullptr;
    return places;
  }

private:
  char *at_;
  std::size_t left_;
};

} // namespace

bool DnsHostEntry::fill(hostent &entry, char *room, std::size_t size) const {
  Room from(room, size);
  entry.h_addrtype = family;
  entry.h_length = static_cast<int>(family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr));
  entry.h_addr_list = from.list(addresses, alignof(in6_addr));
  entry.h_aliases = from.list(aliases, 1);
  entry.h_name = from.copy(name, 1);
  return entry.h_addr_list != nullptr && entry.h_aliases != nullptr && entry.h_name != nullptr;
}

hostent *kept_dns_entry(const DnsHostEntry &host) {
  thread_local hostent entry;
  thread_local std::vector<char> room(1024);
  while (!host.fill(entry, room.data(), room.size()))
    room.resize(2 * room.size());
  return &entry;
}

DnsHostEntry host_of(const DnsMock &mock, const char *host, int family) {
  return {mock.canonical.value_or(host == nullptr ? "" : host), mock.aliases, family,
          dns_bytes_of(mock.addresses, family)};
}

DnsHostEntry host_at(const DnsMock &mock, int family, const std::string &address) {
  return {mock.canonical.value_or(""), mock.aliases, family, dns_bytes_of({address}, family)};
}

} // namespace tripwire::plugins
