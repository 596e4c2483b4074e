// A program that looks up names, as production code would: the tests of this folder rewrite it.
#ifndef TRIPWIRE_PLUGINS_DNS_TEST_CLIENT_HPP
#define TRIPWIRE_PLUGINS_DNS_TEST_CLIENT_HPP

#include <netdb.h>

#include <string>
#include <vector>

namespace client {

/// What a look-up gave: `192.0.2.7:443 stream`, or an error.
struct Found {
  int error = 0;
  std::string canonical;
  std::vector<std::string> addresses;
};

Found look_up(const char *host, const char *service, const addrinfo *hints = nullptr);
addrinfo hints(int family, int type = 0, int flags = 0);

/// By `gethostbyname2`: the name, then its aliases, then its addresses. Or `error 1`.
std::string host(const std::string &name, int family = AF_INET);
/// The same by `gethostbyname_r`, with a buffer that grows from \p size on.
std::string host_in(const std::string &name, std::size_t size);
/// By `gethostbyaddr`.
std::string host_of(const std::string &address);
/// By `getnameinfo`: `name service`, or `error -2`.
std::string name_of(const std::string &address, int port, int flags = 0);

/// How long the response is that `res_query` gives; it is cut to \p room.
int query(const std::string &name, int type, std::string &response, std::size_t room = 512);
/// The exchanges that an MX query of `res_search` names, or `error 1`.
std::string exchanges(const std::string &domain);
/// By `res_nquery` with a state of its own, asking the server at that port of the loopback.
int query_at(int port, const std::string &name, int type, std::string &response);
/// By `res_querydomain`.
int query_domain(const std::string &name, const std::string &domain);
/// By `res_mkquery` and `res_send`: the response, or `error 110`'s errno.
std::string send_query(const std::string &name, int type);
/// Sends the queries of this thread's `res_query` to that port of the loopback.
void ask_server_at(int port);

/// Where nothing can be thrown.
int look_up_quietly(const char *host) noexcept;

} // namespace client

extern "C" {
int c_look_up(const char *host);
int c_host(const char *host);
}

#endif
