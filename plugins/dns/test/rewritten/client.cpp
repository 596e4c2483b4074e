#include "client.hpp"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netinet/in.h>
#include <resolv.h>

#include <cerrno>
#include <cstring>

namespace client {

namespace {

std::string text_of(const sockaddr *address, socklen_t size) {
  char host[NI_MAXHOST];
  char service[NI_MAXSERV];
  const int error =
      getnameinfo(address, size, host, sizeof host, service, sizeof service, NI_NUMERICHOST | NI_NUMERICSERV);
  return error != 0 ? "?" : std::string(host) + ":" + service;
}

const char *word_of(int type) {
  return type == SOCK_STREAM ? "stream" : type == SOCK_DGRAM ? "dgram" : type == SOCK_RAW ? "raw" : "?";
}

std::string text_of(const hostent &entry) {
  std::string text = entry.h_name;
  for (char **alias = entry.h_aliases; *alias != nullptr; ++alias)
    text += " " + std::string(*alias);
  for (char **address = entry.h_addr_list; *address != nullptr; ++address) {
    char digits[INET6_ADDRSTRLEN];
    text += " " + std::string(inet_ntop(entry.h_addrtype, *address, digits, sizeof digits));
  }
  return text;
}

} // namespace

addrinfo hints(int family, int type, int flags) {
  addrinfo made{};
  made.ai_family = family;
  made.ai_socktype = type;
  made.ai_flags = flags;
  return made;
}

Found look_up(const char *host, const char *service, const addrinfo *hints) {
  Found found;
  addrinfo *first = nullptr;
  found.error = getaddrinfo(host, service, hints, &first);
  if (found.error != 0)
    return found;
  if (first->ai_canonname != nullptr)
    found.canonical = first->ai_canonname;
  for (const addrinfo *entry = first; entry != nullptr; entry = entry->ai_next)
    found.addresses.push_back(text_of(entry->ai_addr, entry->ai_addrlen) + " " + word_of(entry->ai_socktype));
  freeaddrinfo(first);
  return found;
}

std::string host(const std::string &name, int family) {
  const hostent *entry = family == AF_INET ? gethostbyname(name.c_str()) : gethostbyname2(name.c_str(), family);
  return entry == nullptr ? "error " + std::to_string(h_errno) : text_of(*entry);
}

std::string host_in(const std::string &name, std::size_t size) {
  for (;;) {
    std::vector<char> room(size);
    hostent entry{};
    hostent *found = nullptr;
    int error = 0;
    const int status = gethostbyname_r(name.c_str(), &entry, room.data(), room.size(), &found, &error);
    if (status == ERANGE) {
      size *= 2;
      continue;
    }
    return found == nullptr ? "error " + std::to_string(error) + " status " + std::to_string(status) : text_of(*found);
  }
}

std::string host_of(const std::string &address) {
  in6_addr bytes{};
  const bool is_ipv6 = address.find(':') != std::string::npos;
  inet_pton(is_ipv6 ? AF_INET6 : AF_INET, address.c_str(), &bytes);
  const hostent *entry =
      gethostbyaddr(&bytes, is_ipv6 ? sizeof(in6_addr) : sizeof(in_addr), is_ipv6 ? AF_INET6 : AF_INET);
  return entry == nullptr ? "error " + std::to_string(h_errno) : text_of(*entry);
}

std::string name_of(const std::string &address, int port, int flags) {
  sockaddr_in of{};
  of.sin_family = AF_INET;
  of.sin_port = htons(static_cast<std::uint16_t>(port));
  inet_pton(AF_INET, address.c_str(), &of.sin_addr);
  char host[32];
  char service[32];
  const int error = getnameinfo(reinterpret_cast<const sockaddr *>(&of), sizeof of, host, sizeof host, service,
                                sizeof service, flags);
  return error != 0 ? "error " + std::to_string(error) : std::string(host) + " " + service;
}

int query(const std::string &name, int type, std::string &response, std::size_t room) {
  response.assign(room, '\0');
  const int size = res_query(name.c_str(), ns_c_in, type, reinterpret_cast<unsigned char *>(response.data()),
                             static_cast<int>(room));
  if (size >= 0 && static_cast<std::size_t>(size) < room)
    response.resize(static_cast<std::size_t>(size));
  return size;
}

std::string exchanges(const std::string &domain) {
  unsigned char response[1024];
  const int size = res_search(domain.c_str(), ns_c_in, ns_t_mx, response, sizeof response);
  ns_msg message;
  if (size < 0 || ns_initparse(response, size, &message) != 0)
    return "error " + std::to_string(h_errno);
  std::string all;
  for (int index = 0; index < ns_msg_count(message, ns_s_an); ++index) {
    ns_rr record;
    char name[NS_MAXDNAME];
    ns_parserr(&message, ns_s_an, index, &record);
    ns_name_uncompress(ns_msg_base(message), ns_msg_end(message), ns_rr_rdata(record) + 2, name, sizeof name);
    all += (all.empty() ? "" : " ") + std::to_string(ns_get16(ns_rr_rdata(record))) + " " + name;
  }
  return all;
}

namespace {

void ask_at(int port, res_state state) {
  state->nscount = 1;
  state->retrans = 1;
  state->retry = 1;
  state->nsaddr_list[0] = {};
  state->nsaddr_list[0].sin_family = AF_INET;
  state->nsaddr_list[0].sin_port = htons(static_cast<std::uint16_t>(port));
  state->nsaddr_list[0].sin_addr.s_addr = htonl(INADDR_LOOPBACK);
}

} // namespace

int query_at(int port, const std::string &name, int type, std::string &response) {
  struct __res_state state = {};
  if (res_ninit(&state) != 0)
    return -2;
  ask_at(port, &state);
  response.assign(512, '\0');
  const int size = res_nquery(&state, name.c_str(), ns_c_in, type, reinterpret_cast<unsigned char *>(response.data()),
                              static_cast<int>(response.size()));
  res_nclose(&state);
  response.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return size;
}

int query_domain(const std::string &name, const std::string &domain) {
  unsigned char response[512];
  return res_querydomain(name.c_str(), domain.c_str(), ns_c_in, ns_t_a, response, sizeof response);
}

std::string send_query(const std::string &name, int type) {
  unsigned char asked[512];
  unsigned char response[512];
  const int size =
      res_mkquery(ns_o_query, name.c_str(), ns_c_in, type, nullptr, 0, nullptr, asked, static_cast<int>(sizeof asked));
  const int got = res_send(asked, size, response, static_cast<int>(sizeof response));
  if (got < 0)
    return "error " + std::to_string(errno);
  return std::memcmp(asked, response, 2) == 0
             ? std::string(reinterpret_cast<char *>(response), static_cast<std::size_t>(got))
             : "of another query";
}

void ask_server_at(int port) {
  if ((_res.options & RES_INIT) == 0)
    res_init();
  ask_at(port, &_res);
}

int look_up_quietly(const char *host) noexcept {
  addrinfo *found = nullptr;
  const int error = getaddrinfo(host, nullptr, nullptr, &found);
  if (error == 0)
    freeaddrinfo(found);
  return error;
}

} // namespace client
