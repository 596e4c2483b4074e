// getaddrinfo and getnameinfo --> the test's addresses and names, in results of libc's own
//
// For each address libc itself is asked, in digits: families, kinds of sockets, ports, flags and the errors of bad
// hints are its own, and so is the memory that freeaddrinfo frees, wherever it is called.
#include "lookup.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstdlib>

namespace tripwire::plugins {

namespace {

/// Owned; libc's own.
class Results {
public:
  Results() = default;
  Results(const Results &) = delete;
  Results &operator=(const Results &) = delete;
  ~Results() {
    if (first_ != nullptr)
      freeaddrinfo(first_);
  }
  void append(addrinfo *more) {
    addrinfo **end = &first_;
    while (*end != nullptr)
      end = &(*end)->ai_next;
    *end = more;
  }
  addrinfo *first() const { return first_; }
  addrinfo *release() { return std::exchange(first_, nullptr); }

private:
  addrinfo *first_ = nullptr;
};

bool is_ipv6(const std::string &address) { return address.find(':') != std::string::npos; }

void set_port(addrinfo &entry, int port) {
  const std::uint16_t in_order = htons(static_cast<std::uint16_t>(port));
  if (entry.ai_family == AF_INET)
    reinterpret_cast<sockaddr_in *>(entry.ai_addr)->sin_port = in_order;
  if (entry.ai_family == AF_INET6)
    reinterpret_cast<sockaddr_in6 *>(entry.ai_addr)->sin6_port = in_order;
}

int find_addresses(const DnsMock &mock, const char *host, const char *service, const addrinfo &hints, Results &found) {
  const auto &addresses = mock.addresses;
  const bool has_ipv6 = std::any_of(addresses.begin(), addresses.end(), &is_ipv6);
  const bool maps = (hints.ai_flags & AI_V4MAPPED) != 0 && (!has_ipv6 || (hints.ai_flags & AI_ALL) != 0);
  addrinfo of_one = hints;
  // What the host is called, and which families the machine has, the test has decided.
  of_one.ai_flags = (hints.ai_flags & ~(AI_CANONNAME | AI_ADDRCONFIG | AI_V4MAPPED | AI_ALL | AI_IDN | AI_CANONIDN)) |
                    AI_NUMERICHOST | (maps ? AI_V4MAPPED : 0);
  for (const std::string &address : addresses) {
    addrinfo *more = nullptr;
    const char *const asked = mock.port ? nullptr : service;
    const int error = getaddrinfo(address.c_str(), asked, &of_one, &more);
    if (error == EAI_ADDRFAMILY || error == EAI_NODATA)
      continue;
    if (error != 0)
      return error;
    found.append(more);
  }
  if (found.first() == nullptr)
    return EAI_NODATA;
  for (addrinfo *entry = found.first(); entry != nullptr && mock.port; entry = entry->ai_next)
    set_port(*entry, *mock.port);
  for (addrinfo *entry = found.first(); entry != nullptr; entry = entry->ai_next)
    entry->ai_flags = hints.ai_flags;
  if ((hints.ai_flags & AI_CANONNAME) == 0)
    return 0;
  const std::string name = mock.canonical.value_or(host == nullptr ? "" : host);
  found.first()->ai_canonname = strdup(name.c_str());
  return found.first()->ai_canonname == nullptr ? EAI_MEMORY : 0;
}

int answer_getaddrinfo(const DnsMock &mock, const char *host, const char *service, const addrinfo &hints,
                       addrinfo **place, const plugin::Recorded &recorded) {
  int error = mock.error(DnsErrors::addrinfo).value_or(0);
  if (error == EAI_SYSTEM && mock.error_number != 0)
    errno = mock.error_number;
  if (error == 0) {
    const KeepDnsErrno keep;
    Results found;
    error = find_addresses(mock, host, service, hints, found);
    if (error == 0)
      *place = found.release();
  }
  if (error != 0)
    note_error(recorded, DnsErrors::addrinfo, error);
  return error;
}

/// Makes the real call; \p recorded says how it failed.
void make_real(plugin::Visit &visit, const plugin::Recorded &recorded) {
  visit.make_real();
  if (const int error = visit.result<int>(); error != 0)
    note_error(recorded, DnsErrors::addrinfo, error);
}

/// As libc writes text into a buffer of the program.
bool fits(char *room, socklen_t size, const std::string &text) {
  if (room == nullptr || size == 0)
    return true;
  if (text.size() >= size)
    return false;
  std::memcpy(room, text.c_str(), text.size() + 1);
  return true;
}

int answer_getnameinfo(const DnsMock &mock, plugin::Visit &visit, int flags) {
  if (const std::optional<int> error = mock.error(DnsErrors::addrinfo)) {
    if (*error == EAI_SYSTEM && mock.error_number != 0)
      errno = mock.error_number;
    return *error;
  }
  auto *const service = dns_argument<char *>(visit, 4);
  const auto service_size = dns_argument<socklen_t>(visit, 5);
  if (!fits(dns_argument<char *>(visit, 2), dns_argument<socklen_t>(visit, 3), mock.canonical.value_or("")))
    return EAI_OVERFLOW;
  if (mock.service)
    return fits(service, service_size, *mock.service) ? 0 : EAI_OVERFLOW;
  if (service == nullptr || service_size == 0)
    return 0;
  const KeepDnsErrno keep;
  return getnameinfo(dns_argument<const sockaddr *>(visit, 0), dns_argument<socklen_t>(visit, 1), nullptr, 0, service,
                     service_size, (flags & ~NI_NAMEREQD) | NI_NUMERICHOST);
}

} // namespace

void on_getaddrinfo(plugin::Visit &visit) {
  const auto *host = dns_argument<const char *>(visit, 0);
  const auto *service = dns_argument<const char *>(visit, 1);
  const auto *given = dns_argument<const addrinfo *>(visit, 2);
  auto **place = dns_argument<addrinfo **>(visit, 3);
  const addrinfo hints = given == nullptr ? addrinfo{} : *given;
  plugin::Description look_up = describe_dns_addresses(host, service, hints);
  if (place == nullptr || (dns_asks_nobody(host, hints.ai_flags) && !is_spoken_of(look_up))) {
    visit.make_real();
    return;
  }
  const plugin::Decision decision = present_look_up(visit, std::move(look_up));
  if (decision.real())
    make_real(visit, decision.recorded);
  else
    visit.answer<int>(answer_getaddrinfo(*decision.as<DnsMock>(), host, service, hints, place, decision.recorded));
}

void on_getnameinfo(plugin::Visit &visit) {
  const auto flags = dns_argument<int>(visit, 6);
  int port = 0;
  const std::optional<std::string> address =
      dns_text_of_socket_address(dns_argument<const sockaddr *>(visit, 0), dns_argument<socklen_t>(visit, 1), port);
  const bool wants_name = dns_argument<char *>(visit, 2) != nullptr && dns_argument<socklen_t>(visit, 3) != 0;
  if (!address) { // of no network, or wrong: libc says so itself
    visit.make_real();
    return;
  }
  plugin::Description look_up = describe_dns_socket_address(*address, port, flags);
  if ((!wants_name || (flags & NI_NUMERICHOST) != 0) && !is_spoken_of(look_up)) {
    visit.make_real();
    return;
  }
  const plugin::Decision decision = present_look_up(visit, std::move(look_up));
  if (decision.real()) {
    make_real(visit, decision.recorded);
    return;
  }
  const int error = answer_getnameinfo(*decision.as<DnsMock>(), visit, flags);
  if (error != 0)
    note_error(decision.recorded, DnsErrors::addrinfo, error);
  visit.answer<int>(error);
}

} // namespace tripwire::plugins
