// What the plugin says when a promise is broken. Each test is a test inside the test: its findings are looked at.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/dns.hpp>
#include <tripwire/tripwire.hpp>

#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>

namespace {

using tripwire::dns;
using tripwire::conformance::findings;
using tripwire::conformance::without_folders;

std::string first_of(const std::string &text, const char *word) { return text.substr(0, text.find(word, 1)); }

bool says(const std::string &text, const char *part) { return text.find(part) != std::string::npos; }

// 1
TEST(DnsRefusals, ANameThatTheTestDoesNotSpeakOfIsRefused) {
  const std::string text = findings([] {
    dns.mock_getaddrinfo("other").addresses({"192.0.2.7"}).optional();
    const tripwire::Sandbox sandbox;
    const addrinfo hints = client::hints(AF_INET6, SOCK_STREAM);
    client::look_up("api.example.com", "https", &hints);
  });
  EXPECT_EQ(
      without_folders(first_of(text, "UnmockedInteractionError")),
      R"(UnmockedInteractionError: dns getaddrinfo "api.example.com" was attempted in a sandbox, and nothing in the test answers it
  at client.cpp:51 in client::look_up
  through getaddrinfo
    operation: "getaddrinfo"
    host: "api.example.com"
    service: "https"
    family: AF_INET6
    type: SOCK_STREAM
    protocol: 0
    flags: 0
  the nearest mock, mock_getaddrinfo("other") from dns_refusals_test.cpp:27, does not match
    operation: "getaddrinfo" matches
    host: expected "other", got "api.example.com"
  to answer it, paste this in front of the sandbox:
    tripwire::dns.mock_getaddrinfo("api.example.com").addresses({"2001:db8::1"});
)");
}

// 5
TEST(DnsRefusals, WhereNothingIsThrownTheCallFails) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::look_up_quietly("h"), EAI_FAIL);
    EXPECT_EQ(c_look_up("h"), EAI_FAIL);
    EXPECT_EQ(c_host("h"), 1);
  });
  EXPECT_TRUE(says(text, "dns gethostbyname \"h\" was attempted")) << text;
}

// 2
TEST(DnsRefusals, WhatNobodyAssertedFailsTheTest) {
  const std::string text = findings([] {
    dns.mock_getaddrinfo("h").addresses({"192.0.2.7"});
    dns.mock_getaddrinfo("h").fails(EAI_NONAME);
    dns.mock_getaddrinfo("h").fails("EAI_AGAIN");
    dns.mock_gethostbyname("h").addresses({"2001:db8::7"});
    dns.mock_resolve("h", "MX").fails(NO_DATA);
    const tripwire::Sandbox sandbox;
    const addrinfo hints = client::hints(AF_UNSPEC, SOCK_STREAM, AI_PASSIVE);
    client::look_up("h", "80", &hints);
    client::look_up("h", nullptr);
    client::look_up("h", nullptr, &hints);
    client::host("h", AF_INET6);
    client::exchanges("h");
  });
  EXPECT_EQ(without_folders(text), R"(UnassertedInteractionsError: 5 interactions were never asserted
  [0] dns getaddrinfo "h"
      at client.cpp:51 in client::look_up
      tripwire::dns.assert_getaddrinfo("h", "80", AF_UNSPEC, SOCK_STREAM, 0, AI_PASSIVE);
  [1] dns getaddrinfo "h"
      at client.cpp:51 in client::look_up
      tripwire::dns.assert_getaddrinfo_raised("h", "", EAI_NONAME);
  [2] dns getaddrinfo "h"
      at client.cpp:51 in client::look_up
      tripwire::dns.assert_getaddrinfo_raised("h", "", EAI_AGAIN, AF_UNSPEC, SOCK_STREAM, 0, AI_PASSIVE);
  [3] dns gethostbyname "h"
      at client.cpp:63 in client::host
      tripwire::dns.assert_gethostbyname("h", AF_INET6);
  [4] dns MX of "h"
      at client.cpp:114 in client::exchanges
      tripwire::dns.assert_resolve_raised("h", "MX", NO_DATA);
)");
}

// 3
TEST(DnsRefusals, WhatIsNeverLookedUpIsUnused) {
  const std::string text = findings([] {
    dns.mock_resolve("example.com", "MX").records({"10 mail.example.com"});
    dns.pass_through("localhost");
    const tripwire::Sandbox sandbox;
  });
  EXPECT_TRUE(says(text, "UnusedMocksError: 1 answer was never used")) << text;
  EXPECT_TRUE(says(text, "dns mock_resolve(\"example.com\", \"MX\")")) << text;
}

// 40, 43
TEST(DnsRefusals, OutsideOfASandboxTheGuardNamesTheNarrowestRule) {
  const std::string text = findings([] { client::look_up("api.example.com", "443"); });
  EXPECT_TRUE(says(text, "GuardedCallError")) << text;
  EXPECT_TRUE(says(text, "getaddrinfo \"api.example.com\"")) << text;
  EXPECT_TRUE(says(text, "hostname")) << text;
}

TEST(DnsRefusals, AnAnswerThatSaysNothingIsAnError) {
  const std::string text = findings([] {
    dns.mock_gethostbyname("h");
    const tripwire::Sandbox sandbox;
    client::host("h");
  });
  EXPECT_TRUE(says(text, "ConfigurationError: the answer to gethostbyname \"h\" does not say what comes back, nor how "
                         "it fails\n  it is mock_gethostbyname(\"h\") from "))
      << text;
}

TEST(DnsRefusals, WordsThatContradictEachOtherAreErrors) {
  const auto wrong = [](auto &&say) { return without_folders(findings(say)); };
  EXPECT_TRUE(says(wrong([] { dns.mock_getaddrinfo("h").addresses({"192.0.2.7"}).fails(EAI_NONAME).optional(); }),
                   "ConfigurationError: a look-up that fails gives nothing"));
  EXPECT_TRUE(says(wrong([] { dns.mock_getaddrinfo("h").fails(EAI_NONAME).addresses({"192.0.2.7"}).optional(); }),
                   "ConfigurationError: a look-up that fails gives nothing"));
  EXPECT_TRUE(says(wrong([] { dns.mock_getaddrinfo("h").optional().addresses({"localhost"}); }),
                   "ConfigurationError: \"localhost\" is no address"));
  EXPECT_TRUE(says(wrong([] { dns.mock_getaddrinfo("h").optional().fails(0); }), "0 is no error"));
  EXPECT_TRUE(says(wrong([] { dns.mock_getaddrinfo("h").optional().fails("EAI_NONSENSE"); }), "is no error"));
  EXPECT_TRUE(says(wrong([] { dns.mock_getaddrinfo("h").optional().port(70000); }), "70000 is no port"));
  EXPECT_TRUE(says(wrong([] { dns.mock_getnameinfo("192.0.2.7").optional().aliases({"x"}); }), "gives one name"));
  EXPECT_TRUE(says(wrong([] { dns.mock_gethostbyaddr("192.0.2.7").optional().service("x"); }), "gives no service"));
  EXPECT_TRUE(says(wrong([] { dns.mock_resolve("h", "NONE").optional(); }), "\"NONE\" is no type"));
  EXPECT_TRUE(says(wrong([] { dns.mock_resolve("h", "MX").optional().records({"mail"}); }),
                   "\"mail\" is no record of type MX"));
  EXPECT_TRUE(says(wrong([] { dns.mock_resolve("h", "A").optional().records({"192.0.2.7"}).response("x"); }),
                   "a response is whole"));
  EXPECT_TRUE(
      says(wrong([] { dns.pass_through("h").fails(EAI_NONAME); }), "what passes through ends as it really does"));
}

TEST(DnsRefusals, RecordsOfAnotherTypeThanAskedForAreAnError) {
  const std::string text = findings([] {
    dns.mock_resolve("h", tripwire::anything).records({"192.0.2.7"});
    const tripwire::Sandbox sandbox;
    client::exchanges("h");
  });
  EXPECT_TRUE(says(text, "ConfigurationError: the answer to MX of \"h\" has \"192.0.2.7\", which is no such record"))
      << text;
}

// 1: what the plugin has no word for
TEST(DnsRefusals, AFunctionWithoutWordsIsMockedByItsName) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    getnetbyname("example");
  });
  EXPECT_TRUE(says(text, "tripwire::mock<&getnetbyname>()")) << text;
}

// 1: bytes that are no query ask for something all the same
TEST(DnsRefusals, WhatIsSentAndIsNoQueryIsRefused) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    const unsigned char asked[] = {1, 2, 3};
    unsigned char response[64];
    res_send(asked, sizeof asked, response, sizeof response);
  });
  EXPECT_TRUE(says(text, "of \"\" was attempted in a sandbox")) << text;
}

} // namespace
