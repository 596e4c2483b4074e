// Where letters go: production code, without a word of tripwire.
#include "post.hpp"

#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>

#include <map>

namespace post {

namespace {

/// Those who take letters for the domain, by how much they are preferred. The domain itself when it names nobody.
std::multimap<unsigned, std::string> exchanges_of(const std::string &domain) {
  unsigned char response[4096];
  const int size = res_query(domain.c_str(), ns_c_in, ns_t_mx, response, sizeof response);
  ns_msg message;
  if (size < 0 || ns_initparse(response, size, &message) != 0)
    return {{0, domain}};
  std::multimap<unsigned, std::string> exchanges;
  for (int index = 0; index < ns_msg_count(message, ns_s_an); ++index) {
    ns_rr record;
    char name[NS_MAXDNAME];
    if (ns_parserr(&message, ns_s_an, index, &record) == 0 &&
        ns_name_uncompress(ns_msg_base(message), ns_msg_end(message), ns_rr_rdata(record) + 2, name, sizeof name) > 0)
      exchanges.emplace(ns_get16(ns_rr_rdata(record)), name);
  }
  return exchanges;
}

} // namespace

std::optional<std::vector<std::string>> route_to(const std::string &domain) {
  for (const auto &[preference, host] : exchanges_of(domain)) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    if (getaddrinfo(host.c_str(), "25", &hints, &found) != 0)
      continue;
    std::vector<std::string> addresses;
    for (const addrinfo *one = found; one != nullptr; one = one->ai_next) {
      char digits[NI_MAXHOST];
      getnameinfo(one->ai_addr, one->ai_addrlen, digits, sizeof digits, nullptr, 0, NI_NUMERICHOST);
      addresses.emplace_back(digits);
    }
    freeaddrinfo(found);
    return addresses;
  }
  return std::nullopt;
}

} // namespace post
