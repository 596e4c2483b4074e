// the steps that the resolvers share: a look-up --(describe)--> what the core decides on --(present)--> a decision
#ifndef TRIPWIRE_PLUGINS_DNS_LOOKUP_HPP
#define TRIPWIRE_PLUGINS_DNS_LOOKUP_HPP

#include "mock.hpp"
#include "records.hpp"

#include <tripwire/plugin.hpp>

#include <netdb.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripwire::plugins {

/// Argument \p index, whatever the declaration calls its type.
template <class T> T dns_argument(const plugin::Visit &visit, std::size_t index) {
  T value{};
  std::memcpy(&value, visit.argument(index).address, sizeof value);
  return value;
}

/// Restores errno.
class KeepDnsErrno {
public:
  KeepDnsErrno() = default;
  KeepDnsErrno(const KeepDnsErrno &) = delete;
  KeepDnsErrno &operator=(const KeepDnsErrno &) = delete;
  ~KeepDnsErrno() { errno = kept_; }

private:
  int kept_ = errno;
};

/// What a mocked look-up is asked for, in terms of libc.
plugin::Description describe_dns_addresses(const char *host, const char *service, const addrinfo &hints);
plugin::Description describe_dns_host(const char *host, int family);
plugin::Description describe_dns_address(const std::string &address);
plugin::Description describe_dns_socket_address(const std::string &address, int port, int flags);
plugin::Description describe_dns_query(const char *qname, int rdclass, int rdtype);

/// Puts the look-up before the core. errno stays. Throws a `ConfigurationError` for an answer that says nothing.
plugin::Decision present_look_up(plugin::Visit &visit, plugin::Description look_up);

/// A look-up that asks nobody needs no answer: false when the test has none, and it is to be made for real, unrecorded.
bool is_spoken_of(const plugin::Description &look_up);

/// Whether the host is an address in digits, or none at all.
bool dns_asks_nobody(const char *host, int flags);

/// Notes that the look-up failed.
void note_error(const plugin::Recorded &recorded, DnsErrors whose, int code);

/// In digits; none for what is no address of the internet.
std::optional<std::string> dns_text_of_address(int family, const void *bytes, std::size_t size);
std::optional<std::string> dns_text_of_socket_address(const sockaddr *address, socklen_t size, int &port);

/// Those of one family, as bytes.
std::vector<std::string> dns_bytes_of(const std::vector<std::string> &addresses, int family);

/// The whole response to the query: the test's own, or one made of its records. Throws a `ConfigurationError` for
/// records that are none of that type.
std::string response_of(const DnsMock &mock, const char *qname, int rdclass, int rdtype);

/// What the bytes ask; of a name that is empty where they are no query.
DnsQuestion question_of_dns_query(std::string_view query);

// Handlers of libc's functions.
void on_getaddrinfo(plugin::Visit &visit);
void on_getnameinfo(plugin::Visit &visit);
void on_gethostbyname(plugin::Visit &visit);
void on_gethostbyname2(plugin::Visit &visit);
void on_gethostbyname_r(plugin::Visit &visit);
void on_gethostbyname2_r(plugin::Visit &visit);
void on_gethostbyaddr(plugin::Visit &visit);
void on_gethostbyaddr_r(plugin::Visit &visit);
void on_res_query(plugin::Visit &visit);
void on_res_nquery(plugin::Visit &visit);
void on_res_querydomain(plugin::Visit &visit);
void on_res_nquerydomain(plugin::Visit &visit);
void on_res_send(plugin::Visit &visit);
void on_res_nsend(plugin::Visit &visit);

} // namespace tripwire::plugins

#endif
