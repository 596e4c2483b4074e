// c-ares gets the same answers, called back when the program lets its channel work.
#include "name_server.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/dns.hpp>
#include <tripwire/tripwire.hpp>

#include <ares.h>
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <poll.h>
#include <sys/select.h>

#include <set>
#include <string>

namespace {

using tripwire::dns;

/// A channel and what it has called back.
class Channel {
public:
  Channel() { ares_init(&channel_); }
  explicit Channel(ares_options options, int mask) { ares_init_options(&channel_, &options, mask); }
  Channel(const Channel &) = delete;
  Channel &operator=(const Channel &) = delete;
  ~Channel() {
    if (channel_ != nullptr)
      ares_destroy(channel_);
  }

  void get_addresses(const char *host, const char *service, const ares_addrinfo_hints &hints) {
    ares_getaddrinfo(channel_, host, service, &hints, &on_addresses, &said);
  }
  void get_host(const char *host, int family) { ares_gethostbyname(channel_, host, family, &on_host, &said); }
  void get_name(const std::string &address) {
    in_addr bytes{};
    inet_pton(AF_INET, address.c_str(), &bytes);
    ares_gethostbyaddr(channel_, &bytes, sizeof bytes, AF_INET, &on_host, &said);
  }
  void query(const char *name, int type) { ares_query(channel_, name, ns_c_in, type, &on_response, &said); }
  void search(const char *name, int type) { ares_search(channel_, name, ns_c_in, type, &on_response, &said); }
  void cancel() { ares_cancel(channel_); }
  void destroy() {
    ares_destroy(channel_);
    channel_ = nullptr;
  }
  void ask_server_at(int port) { ares_set_servers_ports_csv(channel_, ("127.0.0.1:" + std::to_string(port)).c_str()); }

  /// As c-ares' manual shows it. \return how often it went round.
  int run() {
    for (int round = 0;; ++round) {
      fd_set readable;
      fd_set writable;
      FD_ZERO(&readable);
      FD_ZERO(&writable);
      const int count = ares_fds(channel_, &readable, &writable);
      if (count == 0)
        return round;
      timeval room{};
      timeval *const wait = ares_timeout(channel_, nullptr, &room);
      select(count, &readable, &writable, nullptr, wait);
      ares_process(channel_, &readable, &writable);
    }
  }
  /// The same by ares_getsock and poll.
  void run_by_poll() {
    for (;;) {
      ares_socket_t sockets[ARES_GETSOCK_MAXNUM];
      const int bits = ares_getsock(channel_, sockets, ARES_GETSOCK_MAXNUM);
      if (bits == 0)
        return;
      ASSERT_TRUE(ARES_GETSOCK_READABLE(bits, 0));
      pollfd ready{sockets[0], POLLIN, 0};
      ASSERT_EQ(poll(&ready, 1, 1000), 1);
      ares_process_fd(channel_, sockets[0], ARES_SOCKET_BAD);
    }
  }

  void ask_name(const char *address, int port, int flags) {
    sockaddr_in of{};
    of.sin_family = AF_INET;
    of.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, address, &of.sin_addr);
    ares_getnameinfo(channel_, reinterpret_cast<const sockaddr *>(&of), sizeof of, flags, &on_name, &said);
  }
  void send(const char *name, int type) {
    unsigned char *asked = nullptr;
    int size = 0;
    ASSERT_EQ(ares_create_query(name, ns_c_in, type, 1, 1, &asked, &size, 0), ARES_SUCCESS);
    ares_send(channel_, asked, size, &on_response, &said);
    ares_free_string(asked);
  }

  std::string said;

private:
  static void on_name(void *data, int status, int, char *node, char *service) {
    *static_cast<std::string *>(data) += "[" + std::to_string(status) + " " + (node == nullptr ? "-" : node) + " " +
                                         (service == nullptr ? "-" : service) + "]";
  }
  static void on_addresses(void *data, int status, int, ares_addrinfo *found) {
    std::string &text = *static_cast<std::string *>(data);
    text += "[" + std::to_string(status);
    for (const ares_addrinfo_node *node = status == ARES_SUCCESS ? found->nodes : nullptr; node != nullptr;
         node = node->ai_next) {
      char digits[INET6_ADDRSTRLEN];
      const bool is_ipv6 = node->ai_family == AF_INET6;
      const auto *v4 = reinterpret_cast<const sockaddr_in *>(node->ai_addr);
      const auto *v6 = reinterpret_cast<const sockaddr_in6 *>(node->ai_addr);
      text += " " + std::string(inet_ntop(node->ai_family,
                                          is_ipv6 ? static_cast<const void *>(&v6->sin6_addr) : &v4->sin_addr, digits,
                                          sizeof digits));
      text += ":" + std::to_string(ntohs(is_ipv6 ? v6->sin6_port : v4->sin_port));
    }
    text += "]";
    if (found != nullptr)
      ares_freeaddrinfo(found);
  }
  static void on_host(void *data, int status, int, hostent *host) {
    std::string &text = *static_cast<std::string *>(data);
    text += "[" + std::to_string(status);
    if (host != nullptr) {
      char digits[INET6_ADDRSTRLEN];
      text += " " + std::string(host->h_name);
      for (char **address = host->h_addr_list; *address != nullptr; ++address)
        text += " " + std::string(inet_ntop(host->h_addrtype, *address, digits, sizeof digits));
    }
    text += "]";
  }
  static void on_response(void *data, int status, int, unsigned char *response, int size) {
    std::string &text = *static_cast<std::string *>(data);
    text += "[" + std::to_string(status);
    ares_mx_reply *found = nullptr;
    if (response != nullptr && ares_parse_mx_reply(response, size, &found) == ARES_SUCCESS && found != nullptr) {
      text += " " + std::to_string(found->priority) + " " + found->host;
      ares_free_data(found);
    } else if (response != nullptr) {
      text += " " + std::to_string(size) + " bytes";
    }
    text += "]";
  }

  ares_channel channel_ = nullptr;
};

ares_addrinfo_hints hints(int family, int flags = 0) {
  ares_addrinfo_hints made{};
  made.ai_family = family;
  made.ai_socktype = SOCK_STREAM;
  made.ai_flags = flags;
  return made;
}

TEST(DnsAres, AnswersAreCalledBackWhenTheChannelWorks) {
  Channel channel;
  dns.mock_getaddrinfo("h").addresses({"192.0.2.7", "2001:db8::7"});
  dns.mock_gethostbyname("h").addresses({"192.0.2.8"});
  dns.mock_gethostbyaddr("192.0.2.8").name("h.example");
  dns.mock_resolve("example.com", "MX").records({"10 mail.example.com"}).times(2);
  {
    const tripwire::Sandbox sandbox;
    channel.get_addresses("h", "443", hints(AF_UNSPEC, ARES_AI_CANONNAME));
    channel.get_host("h", AF_INET);
    channel.get_name("192.0.2.8");
    channel.query("example.com", ns_t_mx);
    channel.search("example.com", ns_t_mx);
    EXPECT_EQ(channel.said, "") << "not before it works";
    EXPECT_EQ(channel.run(), 1);
  }
  EXPECT_EQ(channel.said, "[0 192.0.2.7:443 2001:db8::7:443][0 h 192.0.2.8][0 h.example 192.0.2.8]"
                          "[0 10 mail.example.com][0 10 mail.example.com]");
  dns.assert_getaddrinfo("h", "443", AF_UNSPEC, SOCK_STREAM, 0, AI_CANONNAME);
  dns.assert_gethostbyname("h");
  dns.assert_gethostbyaddr("192.0.2.8");
  dns.assert_resolve("example.com", "MX");
  dns.assert_resolve("example.com", "MX");
}

TEST(DnsAres, ErrorsAreThoseOfAres) {
  Channel channel;
  dns.mock_getaddrinfo("gone").fails(EAI_NONAME);
  dns.mock_getaddrinfo("v4").addresses({"192.0.2.7"});
  dns.mock_gethostbyname("slow").fails("ARES_ETIMEOUT");
  dns.mock_resolve("refused", "A").fails("ARES_EREFUSED");
  {
    const tripwire::Sandbox sandbox;
    channel.get_addresses("gone", nullptr, hints(AF_INET));
    channel.get_addresses("v4", nullptr, hints(AF_INET6));
    channel.get_host("slow", AF_INET);
    channel.query("refused", ns_t_a);
    channel.run_by_poll();
  }
  EXPECT_EQ(channel.said, "[" + std::to_string(ARES_ENOTFOUND) + "][" + std::to_string(ARES_ENODATA) + "][" +
                              std::to_string(ARES_ETIMEOUT) + "][" + std::to_string(ARES_EREFUSED) + "]");
  dns.assert_getaddrinfo_raised("gone", "", "ARES_ENOTFOUND", AF_INET, SOCK_STREAM);
  dns.assert_getaddrinfo_raised("v4", "", "ARES_ENODATA", AF_INET6, SOCK_STREAM);
  dns.assert_gethostbyname_raised("slow", "ARES_ETIMEOUT");
  dns.assert_resolve_raised("refused", "A", "ARES_EREFUSED");
}

TEST(DnsAres, WhatWaitsIsCalledBackWhenTheChannelIsCancelledOrGoes) {
  Channel channel;
  dns.mock_gethostbyname("h").addresses({"192.0.2.8"}).times(2);
  {
    const tripwire::Sandbox sandbox;
    channel.get_host("h", AF_INET);
    channel.cancel();
    channel.get_host("h", AF_INET);
  }
  channel.destroy(); // also behind the sandbox
  EXPECT_EQ(channel.said, "[" + std::to_string(ARES_ECANCELLED) + "][" + std::to_string(ARES_EDESTRUCTION) + "]");
  dns.assert_gethostbyname("h");
  dns.assert_gethostbyname("h");
}

TEST(DnsAres, AnEventLoopIsToldOfTheDescriptor) {
  std::set<ares_socket_t> watched;
  ares_options options{};
  options.sock_state_cb = [](void *data, ares_socket_t descriptor, int readable, int) {
    auto &all = *static_cast<std::set<ares_socket_t> *>(data);
    readable != 0 ? void(all.insert(descriptor)) : void(all.erase(descriptor));
  };
  options.sock_state_cb_data = &watched;
  Channel channel(options, ARES_OPT_SOCK_STATE_CB);
  dns.mock_gethostbyname("h").addresses({"192.0.2.8"}).times(2);
  {
    const tripwire::Sandbox sandbox;
    channel.get_host("h", AF_INET);
    channel.get_host("h", AF_INET);
    ASSERT_EQ(watched.size(), 1U);
    channel.run_by_poll();
    EXPECT_TRUE(watched.empty());
  }
  EXPECT_EQ(channel.said, "[0 h 192.0.2.8][0 h 192.0.2.8]");
  dns.assert_gethostbyname("h");
  dns.assert_gethostbyname("h");
}

// 25
TEST(DnsAres, WhatPassesThroughIsReallyAsked) {
  const NameServer server;
  Channel channel;
  channel.ask_server_at(server.port());
  dns.pass_through("known.test");
  dns.mock_resolve("mocked.test", "MX").records({"10 mail.example.com"});
  {
    const tripwire::Sandbox sandbox;
    channel.query("known.test", ns_t_a);
    channel.query("mocked.test", ns_t_mx);
    channel.get_addresses("192.0.2.7", nullptr, hints(AF_INET)); // asks nobody
    EXPECT_EQ(channel.said, "[0 192.0.2.7:0]");
    channel.run();
  }
  EXPECT_EQ(channel.said, "[0 192.0.2.7:0][0 10 mail.example.com][0 44 bytes]");
  dns.assert_resolve("known.test", "A");
  dns.assert_resolve("mocked.test", "MX");
}

// 1
TEST(DnsAres, ALookUpWithoutAnAnswerIsRefused) {
  Channel channel;
  const tripwire::Sandbox sandbox;
  EXPECT_THROW(channel.get_host("h", AF_INET), tripwire::UnmockedInteractionError);
  EXPECT_EQ(channel.said, "");
  tripwire::take_violations();
}

TEST(DnsAres, AnAddressHasANameAndAService) {
  Channel channel;
  dns.mock_getnameinfo("192.0.2.7").name("web.example").times(2);
  dns.mock_getnameinfo("192.0.2.8").fails(EAI_NONAME);
  {
    const tripwire::Sandbox sandbox;
    channel.ask_name("192.0.2.7", 4711, ARES_NI_LOOKUPHOST | ARES_NI_LOOKUPSERVICE);
    channel.ask_name("192.0.2.7", 4711, ARES_NI_NAMEREQD);
    channel.ask_name("192.0.2.8", 80, ARES_NI_LOOKUPHOST);
    channel.ask_name("192.0.2.9", 4711, ARES_NI_LOOKUPSERVICE | ARES_NI_NUMERICSERV);
    EXPECT_EQ(channel.said, "[0 - 4711]") << "what asks nobody is real";
    channel.run();
  }
  EXPECT_EQ(channel.said,
            "[0 - 4711][0 web.example 4711][0 web.example -][" + std::to_string(ARES_ENOTFOUND) + " - -]");
  dns.assert_getnameinfo("192.0.2.7", "4711");
  dns.assert_getnameinfo("192.0.2.7", "4711", NI_NAMEREQD);
  dns.assert_getnameinfo_raised("192.0.2.8", "80", "ARES_ENOTFOUND");
}

TEST(DnsAres, AQueryThatTheProgramPutsTogetherIsOneToo) {
  Channel channel;
  dns.mock_resolve("example.com", "MX").records({"10 mail.example.com"});
  dns.mock_resolve("slow.example", "MX").fails("ARES_ETIMEOUT");
  dns.mock_resolve("gone.example", "MX").fails(HOST_NOT_FOUND);
  {
    const tripwire::Sandbox sandbox;
    for (const char *name : {"example.com", "slow.example", "gone.example"})
      channel.send(name, ns_t_mx);
    channel.run();
  }
  EXPECT_EQ(channel.said, "[0 10 mail.example.com][" + std::to_string(ARES_ETIMEOUT) + "][0 30 bytes]")
      << "what a server says is no error of c-ares";
  dns.assert_resolve("example.com", "MX");
  dns.assert_resolve_raised("slow.example", "MX", "ARES_ETIMEOUT");
  dns.assert_resolve_raised("gone.example", "MX", "ARES_ENOTFOUND");
}

} // namespace
