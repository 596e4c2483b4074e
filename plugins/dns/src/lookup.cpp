#include "lookup.hpp"

#include "names.hpp"
#include "plugin.hpp"
#include "records.hpp"

#include <tripwire/violation.hpp>

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>

namespace tripwire::plugins {

namespace {

using plugin::Description;
using plugin::Need;

std::string text_or_nothing(const char *text) { return text == nullptr ? std::string() : std::string(text); }

Description about(const char *operation, const std::string &host) {
  Description look_up;
  look_up.request(std::string(operation) + " " + plugin::literal(host))
      .field("operation", std::string(operation))
      .field("host", host)
      .firewall("hostname", host)
      .key(key_of(operation, host));
  return look_up;
}

/// The port that a service stands for; none when it has no name here.
std::optional<int> port_of(const std::string &service) {
  int port = 0;
  const auto read = std::from_chars(service.data(), service.data() + service.size(), port);
  if (read.ec == std::errc() && read.ptr == service.data() + service.size())
    return port;
  servent entry{};
  servent *found = nullptr;
  char room[1024];
  if (getservbyname_r(service.c_str(), nullptr, &entry, room, sizeof room, &found) != 0 || found == nullptr)
    return std::nullopt;
  return ntohs(static_cast<std::uint16_t>(found->s_port));
}

template <class T> void optional_when_zero(Description &look_up, const char *name, T value) {
  look_up.field(name, value, static_cast<int>(value) == 0 ? Need::optional : Need::required);
}

[[noreturn]] void cannot_answer(const std::string &look_up, const DnsMock &mock, const std::string &why) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "dns";
  facts.site.file = mock.place().file;
  facts.site.line = mock.place().line;
  facts.text = "ConfigurationError: the answer to " + look_up + " " + why + "\n  it is " + mock.describe() + " from " +
               mock.place().file + ":" + std::to_string(mock.place().line);
  raise(std::move(facts));
}

} // namespace

Description describe_dns_addresses(const char *host, const char *service, const addrinfo &hints) {
  const KeepDnsErrno keep;
  const std::string asked = text_or_nothing(service);
  Description look_up = about(operation::getaddrinfo, text_or_nothing(host));
  look_up.field("service", asked);
  optional_when_zero(look_up, "family", DnsFamily{hints.ai_family});
  optional_when_zero(look_up, "type", DnsSocketType{hints.ai_socktype});
  optional_when_zero(look_up, "protocol", hints.ai_protocol);
  optional_when_zero(look_up, "flags", DnsFlags{hints.ai_flags});
  if (const std::optional<int> port = asked.empty() ? std::nullopt : port_of(asked))
    look_up.firewall("port", std::to_string(*port));
  if (hints.ai_family == AF_INET || hints.ai_family == AF_INET6)
    look_up.firewall("rdtype", hints.ai_family == AF_INET ? "A" : "AAAA");
  return look_up;
}

Description describe_dns_host(const char *host, int family) {
  Description look_up = about(operation::gethostbyname, text_or_nothing(host));
  look_up.field("family", DnsFamily{family}, family == AF_INET ? Need::optional : Need::required);
  if (family == AF_INET || family == AF_INET6)
    look_up.firewall("rdtype", family == AF_INET ? "A" : "AAAA");
  return look_up;
}

Description describe_dns_address(const std::string &address) {
  Description look_up = about(operation::gethostbyaddr, address);
  look_up.firewall("rdtype", "PTR");
  return look_up;
}

Description describe_dns_socket_address(const std::string &address, int port, int flags) {
  Description look_up = about(operation::getnameinfo, address);
  look_up.field("service", std::to_string(port)).firewall("port", std::to_string(port)).firewall("rdtype", "PTR");
  optional_when_zero(look_up, "flags", DnsNameFlags{flags});
  return look_up;
}

Description describe_dns_query(const char *qname, int rdclass, int rdtype) {
  Description look_up = about(operation::resolve, text_or_nothing(qname));
  look_up.request(name_of_rdtype(rdtype) + " of " + plugin::literal(text_or_nothing(qname)))
      .field("rdtype", name_of_rdtype(rdtype))
      .field("rdclass", name_of_rdclass(rdclass), rdclass == ns_c_in ? Need::optional : Need::required)
      .firewall("rdtype", name_of_rdtype(rdtype));
  return look_up;
}

plugin::Decision present_look_up(plugin::Visit &visit, Description look_up) {
  const KeepDnsErrno keep;
  const std::string request = look_up.request();
  const plugin::Decision decision = visit.present(std::move(look_up));
  if (!decision.real() && !decision.as<DnsMock>()->is_complete())
    cannot_answer(request, *decision.as<DnsMock>(), "does not say what comes back, nor how it fails");
  return decision;
}

bool is_spoken_of(const Description &look_up) {
  const KeepDnsErrno keep;
  return plugin::state_of_test<DnsBook>(dns_plugin())->speaks_of(look_up);
}

bool dns_asks_nobody(const char *host, int flags) {
  if (host == nullptr || (flags & AI_NUMERICHOST) != 0)
    return true;
  const KeepDnsErrno keep;
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST;
  addrinfo *found = nullptr;
  if (getaddrinfo(host, nullptr, &hints, &found) != 0)
    return false;
  freeaddrinfo(found);
  return true;
}

void note_error(const plugin::Recorded &recorded, DnsErrors whose, int code) {
  const KeepDnsErrno keep;
  recorded.raised(AnyValue(name_of_dns_error(whose, code)));
}

std::optional<std::string> dns_text_of_address(int family, const void *bytes, std::size_t size) {
  char text[INET6_ADDRSTRLEN];
  const std::size_t wanted = family == AF_INET ? sizeof(in_addr) : family == AF_INET6 ? sizeof(in6_addr) : 0;
  if (wanted == 0 || size != wanted || bytes == nullptr || inet_ntop(family, bytes, text, sizeof text) == nullptr)
    return std::nullopt;
  return std::string(text);
}

std::optional<std::string> dns_text_of_socket_address(const sockaddr *address, socklen_t size, int &port) {
  if (address == nullptr || size < sizeof(sa_family_t))
    return std::nullopt;
  if (address->sa_family == AF_INET && size >= sizeof(sockaddr_in)) {
    sockaddr_in of{};
    std::memcpy(&of, address, sizeof of);
    port = ntohs(of.sin_port);
    return dns_text_of_address(AF_INET, &of.sin_addr, sizeof of.sin_addr);
  }
  if (address->sa_family == AF_INET6 && size >= sizeof(sockaddr_in6)) {
    sockaddr_in6 of{};
    std::memcpy(&of, address, sizeof of);
    port = ntohs(of.sin6_port);
    return dns_text_of_address(AF_INET6, &of.sin6_addr, sizeof of.sin6_addr);
  }
  return std::nullopt;
}

std::vector<std::string> dns_bytes_of(const std::vector<std::string> &addresses, int family) {
  std::vector<std::string> all;
  for (const std::string &address : addresses) {
    char bytes[sizeof(in6_addr)];
    const std::string plain = address.substr(0, address.find('%'));
    if (inet_pton(family, plain.c_str(), bytes) == 1)
      all.emplace_back(bytes, family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr));
  }
  return all;
}

std::string response_of(const DnsMock &mock, const char *qname, int rdclass, int rdtype) {
  if (mock.response)
    return *mock.response;
  std::vector<std::string> records;
  for (const std::string &record : mock.records) {
    std::optional<std::string> data = encode_dns_record(rdtype, record);
    if (!data)
      cannot_answer(name_of_rdtype(rdtype) + " of " + plugin::literal(text_or_nothing(qname)), mock,
                    "has " + plugin::literal(record) + ", which is no such record");
    records.push_back(std::move(*data));
  }
  return encode_dns_response(text_or_nothing(qname), rdclass, rdtype, records, mock.ttl);
}

DnsQuestion question_of_dns_query(std::string_view query) {
  const KeepDnsErrno keep;
  return decode_dns_question(query).value_or(DnsQuestion{});
}

} // namespace tripwire::plugins
