// What a test says of names is what the program finds, by whichever function of libc.
#include "client.hpp"
#include "name_server.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/dns.hpp>
#include <tripwire/tripwire.hpp>

#include <arpa/nameser.h>

#include <cerrno>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace {

using tripwire::anything;
using tripwire::dns;
using namespace std::string_literals;
using Texts = std::vector<std::string>;

/// What libc really says; the tests' own code is rewritten, too.
client::Found really(const char *host, const char *service, const addrinfo *hints = nullptr) {
  const auto level = tripwire::guard(tripwire::Guard::off);
  return client::look_up(host, service, hints);
}

TEST(Dns, GetaddrinfoGivesTheAddressesForEachKindOfSocket) {
  dns.mock_getaddrinfo("api.example.com").addresses({"192.0.2.7", "2001:db8::7"});
  client::Found found;
  {
    const tripwire::Sandbox sandbox;
    found = client::look_up("api.example.com", "443");
  }
  EXPECT_EQ(found.error, 0);
  EXPECT_EQ(found.addresses, (Texts{"192.0.2.7:443 stream", "192.0.2.7:443 dgram", "192.0.2.7:443 raw",
                                    "2001:db8::7:443 stream", "2001:db8::7:443 dgram", "2001:db8::7:443 raw"}));
  EXPECT_EQ(found.canonical, "");
  dns.assert_getaddrinfo("api.example.com", "443");
}

TEST(Dns, HintsChooseAmongTheAddresses) {
  dns.mock_getaddrinfo("h").addresses({"192.0.2.7", "2001:db8::7"}).times(4);
  dns.mock_getaddrinfo("v4").addresses({"192.0.2.7"}).canonical("real.example").times(3);
  {
    const tripwire::Sandbox sandbox;
    addrinfo hints = client::hints(AF_INET, SOCK_STREAM);
    EXPECT_EQ(client::look_up("h", "80", &hints).addresses, Texts{"192.0.2.7:80 stream"});
    hints = client::hints(AF_INET6, SOCK_DGRAM, AI_V4MAPPED);
    EXPECT_EQ(client::look_up("h", nullptr, &hints).addresses, Texts{"2001:db8::7:0 dgram"});
    hints = client::hints(AF_INET6, SOCK_STREAM, AI_V4MAPPED | AI_ALL);
    EXPECT_EQ(client::look_up("h", "80", &hints).addresses,
              (Texts{"::ffff:192.0.2.7:80 stream", "2001:db8::7:80 stream"}));
    hints = client::hints(AF_UNSPEC, SOCK_STREAM, AI_CANONNAME | AI_ADDRCONFIG);
    const client::Found named = client::look_up("h", nullptr, &hints);
    EXPECT_EQ(named.canonical, "h");
    EXPECT_EQ(named.addresses.size(), 2U);
    EXPECT_EQ(client::look_up("v4", nullptr, &hints).canonical, "real.example");
    hints = client::hints(AF_INET6, SOCK_STREAM, AI_V4MAPPED);
    EXPECT_EQ(client::look_up("v4", nullptr, &hints).addresses, Texts{"::ffff:192.0.2.7:0 stream"});
    hints = client::hints(AF_INET6, SOCK_STREAM);
    EXPECT_EQ(client::look_up("v4", nullptr, &hints).error, EAI_NODATA);
  }
  dns.assert_getaddrinfo("h", "80", AF_INET, SOCK_STREAM);
  dns.assert_getaddrinfo("h", "", AF_INET6, SOCK_DGRAM, anything, AI_V4MAPPED);
  dns.assert_getaddrinfo("h", "80", AF_INET6, SOCK_STREAM, 0, AI_V4MAPPED | AI_ALL);
  dns.assert_getaddrinfo("h", "", AF_UNSPEC, SOCK_STREAM, 0, AI_CANONNAME | AI_ADDRCONFIG);
  dns.assert_getaddrinfo("v4", "", AF_UNSPEC, SOCK_STREAM, 0, AI_CANONNAME | AI_ADDRCONFIG);
  dns.assert_getaddrinfo("v4", "", AF_INET6, SOCK_STREAM, 0, AI_V4MAPPED);
  dns.assert_getaddrinfo_raised("v4", "", EAI_NODATA, AF_INET6, SOCK_STREAM);
}

TEST(Dns, WhatIsWrongWithACallLibcSaysItself) {
  dns.mock_getaddrinfo("h").addresses({"192.0.2.7"}).times(4);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::look_up("h", "no such service").error, EAI_SERVICE);
    addrinfo hints = client::hints(4711);
    EXPECT_EQ(client::look_up("h", nullptr, &hints).error, EAI_FAMILY);
    hints = client::hints(AF_INET, 4711);
    EXPECT_EQ(client::look_up("h", "80", &hints).error, EAI_SOCKTYPE);
    hints = client::hints(AF_INET, SOCK_STREAM, AI_NUMERICSERV);
    EXPECT_EQ(client::look_up("h", "http", &hints).error, EAI_NONAME);
  }
  dns.assert_getaddrinfo_raised("h", "no such service", EAI_SERVICE);
  dns.assert_getaddrinfo_raised("h", "", EAI_FAMILY, 4711);
  dns.assert_getaddrinfo_raised("h", "80", EAI_SOCKTYPE, AF_INET, 4711);
  dns.assert_getaddrinfo_raised("h", "http", EAI_NONAME, AF_INET, SOCK_STREAM, 0, AI_NUMERICSERV);
}

TEST(Dns, AServiceThatTheMachineNeedNotKnow) {
  dns.mock_getaddrinfo("h").service("gopher-ng").addresses({"192.0.2.7"}).port(7000);
  {
    const tripwire::Sandbox sandbox;
    const addrinfo hints = client::hints(AF_INET, SOCK_STREAM);
    EXPECT_EQ(client::look_up("h", "gopher-ng", &hints).addresses, Texts{"192.0.2.7:7000 stream"});
  }
  dns.assert_getaddrinfo("h", "gopher-ng", AF_INET, SOCK_STREAM);
}

TEST(Dns, ErrorsAreThoseOfTheFunctionThatIsCalled) {
  dns.mock_getaddrinfo("gone").fails(EAI_NONAME);
  dns.mock_getaddrinfo("full").fails(EAI_SYSTEM, EMFILE);
  dns.mock_getaddrinfo("slow").fails("ARES_ETIMEOUT");
  dns.mock_gethostbyname("gone").fails(HOST_NOT_FOUND).times(2);
  dns.mock_gethostbyname("later").fails(TRY_AGAIN);
  dns.mock_gethostbyname("v4").addresses({"192.0.2.7"});
  {
    const tripwire::Sandbox sandbox;
    errno = ENOENT;
    EXPECT_EQ(client::look_up("gone", "80").error, EAI_NONAME);
    EXPECT_EQ(errno, ENOENT);
    EXPECT_EQ(client::look_up("full", "80").error, EAI_SYSTEM);
    EXPECT_EQ(errno, EMFILE);
    EXPECT_EQ(c_look_up("slow"), EAI_AGAIN);
    EXPECT_EQ(client::host("gone"), "error " + std::to_string(HOST_NOT_FOUND));
    EXPECT_EQ(client::host_in("gone", 64), "error " + std::to_string(HOST_NOT_FOUND) + " status 0");
    EXPECT_EQ(client::host_in("later", 64), "error " + std::to_string(TRY_AGAIN) + " status " + std::to_string(EAGAIN));
    EXPECT_EQ(client::host("v4", AF_INET6), "error " + std::to_string(NO_DATA));
  }
  dns.assert_getaddrinfo_raised("gone", "80", EAI_NONAME);
  dns.assert_getaddrinfo_raised("full", "80", EAI_SYSTEM);
  dns.assert_getaddrinfo_raised("slow", "80", EAI_AGAIN);
  dns.assert_gethostbyname_raised("gone", HOST_NOT_FOUND);
  dns.assert_gethostbyname_raised("gone", HOST_NOT_FOUND);
  dns.assert_gethostbyname_raised("later", TRY_AGAIN);
  dns.assert_gethostbyname_raised("v4", NO_DATA, AF_INET6);
}

// 18
TEST(Dns, AnswersOfOneHostAreGivenInOrder) {
  dns.mock_getaddrinfo("h").fails(EAI_AGAIN);
  dns.mock_getaddrinfo("other").addresses({"192.0.2.9"});
  dns.mock_getaddrinfo("h").addresses({"192.0.2.7"});
  dns.mock_gethostbyname("h").addresses({"192.0.2.8"});
  const addrinfo hints = client::hints(AF_INET, SOCK_STREAM);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::host("h"), "h 192.0.2.8");
    EXPECT_EQ(client::look_up("h", nullptr, &hints).error, EAI_AGAIN);
    EXPECT_EQ(client::look_up("h", nullptr, &hints).addresses, Texts{"192.0.2.7:0 stream"});
    EXPECT_EQ(client::look_up("other", nullptr, &hints).addresses, Texts{"192.0.2.9:0 stream"});
  }
  dns.assert_gethostbyname("h");
  dns.assert_getaddrinfo_raised("h", "", EAI_AGAIN, AF_INET, SOCK_STREAM);
  tripwire::in_any_order([] {
    dns.assert_getaddrinfo("other", "", AF_INET, SOCK_STREAM);
    dns.assert_getaddrinfo("h", "", AF_INET, SOCK_STREAM);
  });
}

TEST(Dns, HostsHaveNamesAliasesAndAddresses) {
  dns.mock_gethostbyname(tripwire::ends_with(".example"))
      .canonical("web.example")
      .aliases({"www.example", "w.example"})
      .addresses({"192.0.2.7", "192.0.2.8", "2001:db8::7"})
      .times(4);
  {
    const tripwire::Sandbox sandbox;
    const std::string all = "web.example www.example w.example 192.0.2.7 192.0.2.8";
    EXPECT_EQ(client::host("www.example"), all);
    EXPECT_EQ(client::host("v6.example", AF_INET6), "web.example www.example w.example 2001:db8::7");
    EXPECT_EQ(client::host_in("r.example", 64), all) << "a second time, with a larger buffer";
  }
  dns.assert_gethostbyname("www.example");
  dns.assert_gethostbyname("v6.example", AF_INET6);
  dns.assert_gethostbyname_raised("r.example", "NETDB_INTERNAL");
  dns.assert_gethostbyname("r.example");
}

TEST(Dns, AddressesHaveNames) {
  dns.mock_gethostbyaddr("192.0.2.7").name("web.example").aliases({"w.example"});
  dns.mock_gethostbyaddr("2001:db8::7").fails(HOST_NOT_FOUND);
  dns.mock_getnameinfo("192.0.2.7").name("web.example").times(2);
  dns.mock_getnameinfo("192.0.2.8").name(std::string(40, 'x'));
  dns.mock_getnameinfo("192.0.2.9").fails(EAI_NONAME);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::host_of("192.0.2.7"), "web.example w.example 192.0.2.7");
    EXPECT_EQ(client::host_of("2001:db8::7"), "error " + std::to_string(HOST_NOT_FOUND));
    EXPECT_EQ(client::name_of("192.0.2.7", 4711), "web.example 4711");
    EXPECT_EQ(client::name_of("192.0.2.7", 80, NI_NUMERICSERV), "web.example 80");
    EXPECT_EQ(client::name_of("192.0.2.8", 80), "error " + std::to_string(EAI_OVERFLOW));
    EXPECT_EQ(client::name_of("192.0.2.9", 80, NI_NAMEREQD), "error " + std::to_string(EAI_NONAME));
    EXPECT_EQ(client::name_of("192.0.2.9", 80, NI_NUMERICHOST | NI_NUMERICSERV), "192.0.2.9 80") << "asks nobody";
  }
  dns.assert_gethostbyaddr("192.0.2.7");
  dns.assert_gethostbyaddr_raised("2001:db8::7", HOST_NOT_FOUND);
  dns.assert_getnameinfo("192.0.2.7", "4711");
  dns.assert_getnameinfo("192.0.2.7", "80", NI_NUMERICSERV);
  dns.assert_getnameinfo_raised("192.0.2.8", "80", EAI_OVERFLOW);
  dns.assert_getnameinfo_raised("192.0.2.9", "80", EAI_NONAME, NI_NAMEREQD);
}

TEST(Dns, QueriesGetRecordsOfTheirType) {
  dns.mock_resolve("example.com", "mx").records({"10 mail.example.com", "20 spare.example.com"});
  dns.mock_resolve("example.com", ns_t_a).records({"192.0.2.7"}).ttl(60).times(2);
  dns.mock_resolve("gone.example", anything).fails(HOST_NOT_FOUND);
  dns.mock_resolve("raw.example", "TYPE65").response(std::string("\0\1whole", 7));
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::exchanges("example.com"), "10 mail.example.com 20 spare.example.com");
    std::string response;
    EXPECT_EQ(client::query("example.com", ns_t_a, response), 45);
    EXPECT_EQ(response.substr(response.size() - 10), std::string("\0\0\0\x3c\0\4\xc0\0\2\7", 10));
    EXPECT_EQ(client::query("example.com", ns_t_a, response, 20), 45) << "cut, and how long it is";
    EXPECT_EQ(response.size(), 20U);
    EXPECT_EQ(client::exchanges("gone.example"), "error " + std::to_string(HOST_NOT_FOUND));
    EXPECT_EQ(client::query("raw.example", 65, response), 7);
    EXPECT_EQ(response, std::string("\0\1whole", 7));
  }
  dns.assert_resolve("example.com", "MX");
  dns.assert_resolve("example.com", "A");
  dns.assert_resolve("example.com", ns_t_a);
  dns.assert_resolve_raised("gone.example", "MX", HOST_NOT_FOUND);
  dns.assert_resolve("raw.example", "HTTPS");
}

TEST(Dns, AQueryMayHaveItsDomainBesideIt) {
  dns.mock_resolve("www.example.com", "A").records({"192.0.2.7"});
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::query_domain("www", "example.com"), 49);
  }
  dns.assert_resolve("www.example.com", "A");
}

TEST(Dns, AQueryThatTheProgramPutsTogetherIsOneToo) {
  dns.mock_resolve("example.com", "A").records({"192.0.2.7"});
  dns.mock_resolve("example.com", "A").fails(TRY_AGAIN);
  dns.mock_resolve("gone.example", "MX").fails(HOST_NOT_FOUND);
  {
    const tripwire::Sandbox sandbox;
    const std::string response = client::send_query("example.com", ns_t_a);
    EXPECT_EQ(response.substr(response.size() - 4), "\xc0\0\2\7"s);
    EXPECT_EQ(client::send_query("example.com", ns_t_a), "error " + std::to_string(ETIMEDOUT));
    EXPECT_EQ(client::send_query("gone.example", ns_t_mx)[3] & 0xf, ns_r_nxdomain) << "as a server says it";
  }
  dns.assert_resolve("example.com", "A");
  dns.assert_resolve_raised("example.com", "A", TRY_AGAIN);
  dns.assert_resolve_raised("gone.example", "MX", HOST_NOT_FOUND);
}

TEST(Dns, AQueryThatTheProgramPutsTogetherMayBeReal) {
  const NameServer server;
  client::ask_server_at(server.port());
  dns.pass_through("known.test");
  dns.pass_through("unknown.test");
  {
    const tripwire::Sandbox sandbox;
    const std::string response = client::send_query("known.test", ns_t_a);
    EXPECT_EQ(response.substr(response.size() - 4), "\xc0\0\2\x63"s);
    EXPECT_EQ(client::send_query("unknown.test", ns_t_a)[3] & 0xf, ns_r_nxdomain);
  }
  dns.assert_resolve("known.test", "A");
  dns.assert_resolve_raised("unknown.test", "A", HOST_NOT_FOUND);
}

TEST(Dns, ALookUpThatAsksNobodyIsReal) {
  const addrinfo stream = client::hints(AF_UNSPEC, SOCK_STREAM);
  const addrinfo passive = client::hints(AF_INET, SOCK_STREAM, AI_PASSIVE);
  const addrinfo numeric = client::hints(AF_INET, SOCK_STREAM, AI_NUMERICHOST);
  EXPECT_EQ(client::look_up("192.0.2.7", "80", &stream).addresses, Texts{"192.0.2.7:80 stream"}) << "under the guard";
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::look_up("192.0.2.7", "80", &stream).addresses, Texts{"192.0.2.7:80 stream"});
    EXPECT_EQ(client::look_up("::1", "80", &stream).addresses, Texts{"::1:80 stream"});
    EXPECT_EQ(client::look_up(nullptr, "80", &passive).addresses, Texts{"0.0.0.0:80 stream"});
    EXPECT_EQ(client::look_up("api.example.com", nullptr, &numeric).error, EAI_NONAME);
    EXPECT_EQ(client::host("192.0.2.7"), "192.0.2.7 192.0.2.7");
    EXPECT_EQ(client::look_up(nullptr, nullptr).error, EAI_NONAME);
  }
}

TEST(Dns, ATestMaySpeakOfAddressesAllTheSame) {
  dns.mock_getaddrinfo("192.0.2.7").fails(EAI_AGAIN);
  const addrinfo stream = client::hints(AF_UNSPEC, SOCK_STREAM);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::look_up("192.0.2.7", "80", &stream).error, EAI_AGAIN);
    EXPECT_EQ(client::look_up("192.0.2.7", "80", &stream).error, 0) << "has no answer left";
  }
  dns.assert_getaddrinfo_raised("192.0.2.7", "80", EAI_AGAIN, AF_UNSPEC, SOCK_STREAM);
}

// 25
TEST(Dns, WhatPassesThroughIsRealAndMustBeAsserted) {
  const NameServer server;
  dns.pass_through("localhost").always();
  dns.pass_through("known.test");
  dns.pass_through("unknown.test");
  const addrinfo hints = client::hints(AF_INET, SOCK_STREAM);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::look_up("localhost", "80", &hints).addresses, Texts{"127.0.0.1:80 stream"});
    EXPECT_EQ(client::look_up("localhost", "no such service", &hints).error, EAI_SERVICE);
    std::string response;
    EXPECT_EQ(client::query_at(server.port(), "known.test", ns_t_a, response), 44);
    EXPECT_EQ(response.substr(40), "\xc0\0\2\x63"s);
    EXPECT_EQ(client::query_at(server.port(), "unknown.test", ns_t_a, response), -1);
  }
  dns.assert_getaddrinfo("localhost", "80", AF_INET, SOCK_STREAM);
  dns.assert_getaddrinfo_raised("localhost", "no such service", EAI_SERVICE, AF_INET, SOCK_STREAM);
  dns.assert_resolve("known.test", "A");
  dns.assert_resolve_raised("unknown.test", "A", HOST_NOT_FOUND);
}

// 45, 46, 47
TEST(Dns, WhatARuleAllowsIsRealAndNeedsNoAssertion) {
  const auto permit = tripwire::allow(tripwire::M("dns").field("hostname", "LocalHost.").field("port", "80"));
  EXPECT_EQ(client::look_up("localhost", "80").error, 0);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::look_up("localhost", "http").error, 0) << "a service is its port";
    EXPECT_THROW(client::look_up("localhost", "81"), tripwire::UnmockedInteractionError);
  }
  tripwire::take_violations();
}

TEST(Dns, ARuleMayNameTheTypeOfARecord) {
  const NameServer server;
  const auto permit = tripwire::allow("dns: {rdtype: a, hostname: '*.test'}");
  const tripwire::Sandbox sandbox;
  std::string response;
  EXPECT_EQ(client::query_at(server.port(), "known.test", ns_t_a, response), 44);
  EXPECT_THROW(client::query_at(server.port(), "known.test", ns_t_mx, response), tripwire::UnmockedInteractionError);
  tripwire::take_violations();
}

// 35
TEST(Dns, AThreadGetsTheSameAnswers) {
  dns.mock_gethostbyname("h").addresses({"192.0.2.7"}).times(2);
  {
    const tripwire::Sandbox sandbox;
    const hostent *mine = gethostbyname("h");
    std::thread([] { EXPECT_EQ(client::host("h"), "h 192.0.2.7"); }).join();
    EXPECT_STREQ(mine->h_name, "h") << "the other thread's is not this one's";
  }
  dns.assert_gethostbyname("h");
  dns.assert_gethostbyname("h");
}

// 38
TEST(Dns, AForkedChildGetsThemToo) {
  dns.mock_getaddrinfo("h").addresses({"192.0.2.7"});
  const addrinfo hints = client::hints(AF_INET, SOCK_STREAM);
  {
    const tripwire::Sandbox sandbox;
    const pid_t child = fork();
    if (child == 0)
      _exit(client::look_up("h", "80", &hints).addresses == Texts{"192.0.2.7:80 stream"} ? 7 : 1);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 7);
  }
  dns.assert_getaddrinfo("h", "80", tripwire::anything, tripwire::anything);
}

/// What the tests have set up is real: the guard is not on there.
class DnsFixture : public ::testing::Test {
protected:
  DnsFixture() : error_(client::look_up("localhost", "80").error) {}
  int error_;
};

// 42
TEST_F(DnsFixture, SetUpIsReal) { EXPECT_EQ(error_, really("localhost", "80").error); }

} // namespace
