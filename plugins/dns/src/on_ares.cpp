#include "on_ares.hpp"

#include "ares_channels.hpp"
#include "host_entry.hpp"
#include "lookup.hpp"

#include <ares.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstdlib>

namespace tripwire::plugins {

namespace {

static_assert(ares_success == ARES_SUCCESS && ares_no_memory == ARES_ENOMEM && ares_destruction == ARES_EDESTRUCTION &&
              ares_cancelled == ARES_ECANCELLED);

using Channel = AresChannels::Channel;

Channel channel_of(const plugin::Visit &visit) { return dns_argument<Channel>(visit, 0); }

/// c-ares' flags have numbers of their own: \p same says which are libc's. Those that libc lacks stand above them.
template <std::size_t N> int flags_of_libc(int flags, const std::pair<int, int> (&same)[N]) {
  constexpr int above = 16;
  int made = 0;
  for (const auto &[theirs, ours] : same) {
    made |= (flags & theirs) != 0 ? ours : 0;
    flags &= ~theirs;
  }
  return made | static_cast<int>(static_cast<unsigned>(flags) << above);
}

constexpr std::pair<int, int> flags_of_addresses[] = {
    {ARES_AI_CANONNAME, AI_CANONNAME},     {ARES_AI_NUMERICHOST, AI_NUMERICHOST}, {ARES_AI_PASSIVE, AI_PASSIVE},
    {ARES_AI_NUMERICSERV, AI_NUMERICSERV}, {ARES_AI_V4MAPPED, AI_V4MAPPED},       {ARES_AI_ALL, AI_ALL},
    {ARES_AI_ADDRCONFIG, AI_ADDRCONFIG}};
constexpr std::pair<int, int> flags_of_names[] = {{ARES_NI_NOFQDN, NI_NOFQDN},
                                                  {ARES_NI_NUMERICHOST, NI_NUMERICHOST},
                                                  {ARES_NI_NAMEREQD, NI_NAMEREQD},
                                                  {ARES_NI_NUMERICSERV, NI_NUMERICSERV},
                                                  {ARES_NI_DGRAM, NI_DGRAM}};

/// The look-up is presented; what a mock says is called back once the channel works. \p told makes the callback of a
/// status, and of the answer where it is a success.
template <class Told> void look_up(plugin::Visit &visit, plugin::Description described, Told told) {
  const plugin::Decision decision = present_look_up(visit, std::move(described));
  if (decision.real()) {
    visit.make_real();
    return;
  }
  const DnsMock &mock = *decision.as<DnsMock>();
  const std::optional<int> error = mock.error(DnsErrors::ares);
  if (error)
    note_error(decision.recorded, DnsErrors::ares, *error);
  AresChannels::all().add(channel_of(visit), told(mock, decision.recorded, error));
  visit.call().answered = true;
}

template <class T> T *zeroed() { return static_cast<T *>(std::calloc(1, sizeof(T))); }

/// c-ares frees it by `free`, unless the program gave it an allocator of its own.
ares_addrinfo_node *node_of(const std::string &bytes, int port, const ares_addrinfo_hints &hints, int ttl) {
  const bool is_ipv6 = bytes.size() == sizeof(in6_addr);
  auto *const node = zeroed<ares_addrinfo_node>();
  void *const address = is_ipv6 ? static_cast<void *>(zeroed<sockaddr_in6>()) : zeroed<sockaddr_in>();
  if (node == nullptr || address == nullptr) {
    std::free(node);
    std::free(address);
    return nullptr;
  }
  node->ai_ttl = ttl;
  node->ai_family = is_ipv6 ? AF_INET6 : AF_INET;
  node->ai_socktype = hints.ai_socktype;
  node->ai_protocol = hints.ai_protocol;
  node->ai_addr = static_cast<sockaddr *>(address);
  node->ai_addr->sa_family = static_cast<sa_family_t>(node->ai_family);
  const std::uint16_t in_order = htons(static_cast<std::uint16_t>(port));
  if (is_ipv6) {
    node->ai_addrlen = sizeof(sockaddr_in6);
    static_cast<sockaddr_in6 *>(address)->sin6_port = in_order;
    std::memcpy(&static_cast<sockaddr_in6 *>(address)->sin6_addr, bytes.data(), bytes.size());
  } else {
    node->ai_addrlen = sizeof(sockaddr_in);
    static_cast<sockaddr_in *>(address)->sin_port = in_order;
    std::memcpy(&static_cast<sockaddr_in *>(address)->sin_addr, bytes.data(), bytes.size());
  }
  return node;
}

/// The port of a service, as libc finds it; none when it has no such.
std::optional<int> port_of(const std::string &service, const ares_addrinfo_hints &hints) {
  addrinfo wanted{};
  wanted.ai_flags = AI_NUMERICHOST;
  wanted.ai_family = AF_INET;
  wanted.ai_socktype = hints.ai_socktype;
  addrinfo *found = nullptr;
  if (getaddrinfo("127.0.0.1", service.empty() ? nullptr : service.c_str(), &wanted, &found) != 0)
    return std::nullopt;
  sockaddr_in address{};
  std::memcpy(&address, found->ai_addr, sizeof address);
  freeaddrinfo(found);
  return ntohs(address.sin_port);
}

/// What `ares_freeaddrinfo` frees; null where there is no memory.
ares_addrinfo *addresses_of(const std::vector<std::string> &addresses, const std::string &name, int port,
                            const ares_addrinfo_hints &hints, int ttl) {
  auto *const result = zeroed<ares_addrinfo>();
  if (result == nullptr)
    return nullptr;
  result->name = strdup(name.c_str());
  ares_addrinfo_node **end = &result->nodes;
  for (const std::string &bytes : addresses) {
    *end = node_of(bytes, port, hints, ttl);
    if (*end == nullptr)
      break;
    end = &(*end)->ai_next;
  }
  return result;
}

std::vector<std::string> addresses_of_family(const DnsMock &mock, int family) {
  std::vector<std::string> all;
  for (const std::string &address : mock.addresses)
    for (const int each : {AF_INET, AF_INET6})
      if (family == AF_UNSPEC || family == each)
        for (std::string &bytes : dns_bytes_of({address}, each))
          all.push_back(std::move(bytes));
  return all;
}

} // namespace

void on_ares_getaddrinfo(plugin::Visit &visit) {
  const auto *host = dns_argument<const char *>(visit, 1);
  const auto *service = dns_argument<const char *>(visit, 2);
  const auto *given = dns_argument<const ares_addrinfo_hints *>(visit, 3);
  const auto callback = dns_argument<ares_addrinfo_callback>(visit, 4);
  auto *const data = dns_argument<void *>(visit, 5);
  const ares_addrinfo_hints hints = given == nullptr ? ares_addrinfo_hints{} : *given;
  addrinfo as_libc{};
  as_libc.ai_flags = flags_of_libc(hints.ai_flags, flags_of_addresses);
  as_libc.ai_family = hints.ai_family;
  as_libc.ai_socktype = hints.ai_socktype;
  as_libc.ai_protocol = hints.ai_protocol;
  plugin::Description described = describe_dns_addresses(host, service, as_libc);
  if (dns_asks_nobody(host, as_libc.ai_flags) && !is_spoken_of(described)) {
    visit.make_real();
    return;
  }
  const std::string asked = host == nullptr ? "" : host;
  const std::string of_service = service == nullptr ? "" : service;
  look_up(visit, std::move(described),
          [=](const DnsMock &mock, const plugin::Recorded &recorded, std::optional<int> error) {
            const std::optional<int> port = mock.port ? mock.port : port_of(of_service, hints);
            const std::vector<std::string> addresses = addresses_of_family(mock, hints.ai_family);
            if (!error && (!port || addresses.empty())) {
              error = port ? ARES_ENODATA : ARES_ESERVICE;
              note_error(recorded, DnsErrors::ares, *error);
            }
            const std::string name = mock.canonical.value_or(asked);
            const auto ttl = static_cast<int>(mock.ttl);
            return [=](int status) {
              ares_addrinfo *result = nullptr;
              if (status == ares_success && !error) {
                result = addresses_of(addresses, name, *port, hints, ttl);
                status = result == nullptr ? ares_no_memory : ares_success;
              } else if (status == ares_success) {
                status = *error;
              }
              callback(data, status, 0, result);
            };
          });
}

void on_ares_gethostbyname(plugin::Visit &visit) {
  const auto *host = dns_argument<const char *>(visit, 1);
  const auto family = dns_argument<int>(visit, 2);
  const auto callback = dns_argument<ares_host_callback>(visit, 3);
  auto *const data = dns_argument<void *>(visit, 4);
  plugin::Description described = describe_dns_host(host, family);
  if ((family != AF_INET && family != AF_INET6 && family != AF_UNSPEC) ||
      (dns_asks_nobody(host, 0) && !is_spoken_of(described))) {
    visit.make_real();
    return;
  }
  const std::string asked = host == nullptr ? "" : host;
  look_up(visit, std::move(described),
          [=](const DnsMock &mock, const plugin::Recorded &recorded, std::optional<int> error) {
            DnsHostEntry found = host_of(mock, asked.c_str(), family == AF_INET ? AF_INET : AF_INET6);
            if (family == AF_UNSPEC && found.addresses.empty())
              found = host_of(mock, asked.c_str(), AF_INET);
            if (!error && found.addresses.empty()) {
              error = ARES_ENODATA;
              note_error(recorded, DnsErrors::ares, *error);
            }
            return [=](int status) {
              const int ends = status == ares_success ? error.value_or(ares_success) : status;
              callback(data, ends, 0, ends == ares_success ? kept_dns_entry(found) : nullptr);
            };
          });
}

void on_ares_gethostbyaddr(plugin::Visit &visit) {
  const auto family = dns_argument<int>(visit, 3);
  const auto callback = dns_argument<ares_host_callback>(visit, 4);
  auto *const data = dns_argument<void *>(visit, 5);
  const std::optional<std::string> address = dns_text_of_address(family, dns_argument<const void *>(visit, 1),
                                                                 static_cast<std::size_t>(dns_argument<int>(visit, 2)));
  if (!address) { // c-ares says so itself
    visit.make_real();
    return;
  }
  look_up(visit, describe_dns_address(*address),
          [=](const DnsMock &mock, const plugin::Recorded &, std::optional<int> error) {
            return [=, found = host_at(mock, family, *address)](int status) {
              const int ends = status == ares_success ? error.value_or(ares_success) : status;
              callback(data, ends, 0, ends == ares_success ? kept_dns_entry(found) : nullptr);
            };
          });
}

void on_ares_query(plugin::Visit &visit) {
  const auto *qname = dns_argument<const char *>(visit, 1);
  const auto rdclass = dns_argument<int>(visit, 2);
  const auto rdtype = dns_argument<int>(visit, 3);
  const auto callback = dns_argument<ares_callback>(visit, 4);
  auto *const data = dns_argument<void *>(visit, 5);
  look_up(visit, describe_dns_query(qname, rdclass, rdtype),
          [=](const DnsMock &mock, const plugin::Recorded &, std::optional<int> error) {
            return [=, response = error ? std::string() : response_of(mock, qname, rdclass, rdtype)](int status) {
              const int ends = status == ares_success ? error.value_or(ares_success) : status;
              std::string bytes = response;
              const bool has_response = ends == ares_success;
              callback(data, ends, 0, has_response ? reinterpret_cast<unsigned char *>(bytes.data()) : nullptr,
                       has_response ? static_cast<int>(bytes.size()) : 0);
            };
          });
}

void on_ares_send(plugin::Visit &visit) {
  const auto *bytes = dns_argument<const char *>(visit, 1);
  const auto size = static_cast<std::size_t>(std::max(0, dns_argument<int>(visit, 2)));
  const auto callback = dns_argument<ares_callback>(visit, 3);
  auto *const data = dns_argument<void *>(visit, 4);
  const DnsQuestion question = question_of_dns_query(std::string_view(bytes, size));
  look_up(visit, describe_dns_query(question.name.c_str(), question.rdclass, question.rdtype),
          [=](const DnsMock &mock, const plugin::Recorded &, std::optional<int> error) {
            // A server's answer says by itself that there are no such records.
            std::optional<std::string> response =
                error
                    ? encode_failed_dns_response(question, mock.error(DnsErrors::host).value_or(0))
                    : with_id(response_of(mock, question.name.c_str(), question.rdclass, question.rdtype), question.id);
            return [=](int status) {
              const int ends = status != ares_success ? status : response ? ares_success : *error;
              std::string answer = ends == ares_success ? *response : std::string();
              callback(data, ends, 0, ends == ares_success ? reinterpret_cast<unsigned char *>(answer.data()) : nullptr,
                       static_cast<int>(answer.size()));
            };
          });
}

namespace {

/// What the port is called on this machine.
std::string service_of(const sockaddr *address, socklen_t size, int flags) {
  char service[NI_MAXSERV] = {};
  getnameinfo(address, size, nullptr, 0, service, sizeof service,
              NI_NUMERICHOST | (flags & (NI_NUMERICSERV | NI_DGRAM)));
  return service;
}

} // namespace

void on_ares_getnameinfo(plugin::Visit &visit) {
  const auto *of = dns_argument<const sockaddr *>(visit, 1);
  const auto size = dns_argument<ares_socklen_t>(visit, 2);
  const auto given = dns_argument<int>(visit, 3);
  const auto callback = dns_argument<ares_nameinfo_callback>(visit, 4);
  auto *const data = dns_argument<void *>(visit, 5);
  const bool wants_service = (given & ARES_NI_LOOKUPSERVICE) != 0;
  const bool wants_name = !wants_service || (given & ARES_NI_LOOKUPHOST) != 0;
  const int flags = flags_of_libc(given & ~(ARES_NI_LOOKUPHOST | ARES_NI_LOOKUPSERVICE), flags_of_names);
  int port = 0;
  const std::optional<std::string> address = dns_text_of_socket_address(of, size, port);
  if (!address) { // c-ares says so itself
    visit.make_real();
    return;
  }
  plugin::Description described = describe_dns_socket_address(*address, port, flags);
  if ((!wants_name || (flags & NI_NUMERICHOST) != 0) && !is_spoken_of(described)) {
    visit.make_real();
    return;
  }
  look_up(visit, std::move(described), [=](const DnsMock &mock, const plugin::Recorded &, std::optional<int> error) {
    const std::string name = mock.canonical.value_or("");
    const std::string service = mock.service ? *mock.service : service_of(of, size, flags);
    return [=](int status) {
      const int ends = status == ares_success ? error.value_or(ares_success) : status;
      std::string texts[] = {name, service}; // which the callback may write over
      callback(data, ends, 0, ends == ares_success && wants_name ? texts[0].data() : nullptr,
               ends == ares_success && wants_service ? texts[1].data() : nullptr);
    };
  });
}

void on_ares_init_options(plugin::Visit &visit) {
  visit.make_real();
  const auto *place = dns_argument<const Channel *>(visit, 0);
  const auto *options = dns_argument<const ares_options *>(visit, 1);
  const auto mask = dns_argument<int>(visit, 2);
  if (visit.result<int>() == ares_success && options != nullptr && (mask & ARES_OPT_SOCK_STATE_CB) != 0)
    AresChannels::all().listen(*place, {options->sock_state_cb, options->sock_state_cb_data});
}

void on_ares_dup(plugin::Visit &visit) {
  visit.make_real();
  if (visit.result<int>() == ares_success)
    AresChannels::all().copy(*dns_argument<const Channel *>(visit, 0), dns_argument<Channel>(visit, 1));
}

void on_ares_destroy(plugin::Visit &visit) {
  AresChannels::all().destroy(channel_of(visit));
  visit.make_real();
}

void on_ares_cancel(plugin::Visit &visit) {
  AresChannels::all().deliver(channel_of(visit), ares_cancelled);
  visit.make_real();
}

void on_ares_fds(plugin::Visit &visit) {
  visit.make_real();
  const int descriptor = AresChannels::all().descriptor(channel_of(visit));
  if (descriptor < 0 || descriptor >= FD_SETSIZE)
    return;
  FD_SET(descriptor, dns_argument<fd_set *>(visit, 1));
  visit.answer<int>(std::max(visit.result<int>(), descriptor + 1));
}

void on_ares_getsock(plugin::Visit &visit) {
  visit.make_real();
  const int descriptor = AresChannels::all().descriptor(channel_of(visit));
  auto *const places = dns_argument<ares_socket_t *>(visit, 1);
  const int count = std::min(dns_argument<int>(visit, 2), static_cast<int>(ARES_GETSOCK_MAXNUM));
  const int taken = visit.result<int>();
  for (int index = 0; descriptor >= 0 && index < count; ++index) {
    if (ARES_GETSOCK_READABLE(taken, index) != 0 || ARES_GETSOCK_WRITABLE(taken, index) != 0)
      continue;
    places[index] = descriptor;
    visit.answer<int>(taken | 1 << index);
    return;
  }
}

void on_ares_process(plugin::Visit &visit) {
  AresChannels::all().deliver(channel_of(visit), ares_success);
  visit.make_real(); // for what is really on its way
}

} // namespace tripwire::plugins
