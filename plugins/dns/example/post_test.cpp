#include "post.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/dns.hpp>
#include <tripwire/tripwire.hpp>

TEST(Post, GoesToTheNextExchangeWhenTheFirstIsUnknown) {
  tripwire::dns.mock_resolve("example.com", "MX").records({"20 spare.example.com", "10 mail.example.com"});
  tripwire::dns.mock_getaddrinfo("mail.example.com").fails(EAI_NONAME);
  tripwire::dns.mock_getaddrinfo("spare.example.com").addresses({"192.0.2.7", "2001:db8::7"});

  std::optional<std::vector<std::string>> route;
  {
    tripwire::Sandbox sandbox;
    route = post::route_to("example.com");
  }
  tripwire::dns.assert_resolve("example.com", "MX");
  tripwire::dns.assert_getaddrinfo_raised("mail.example.com", "25", EAI_NONAME, AF_UNSPEC, SOCK_STREAM);
  tripwire::dns.assert_getaddrinfo("spare.example.com", "25", AF_UNSPEC, SOCK_STREAM);
  EXPECT_EQ(route, (std::vector<std::string>{"192.0.2.7", "2001:db8::7"}));
}

TEST(Post, GoesToTheDomainItselfWhenItNamesNoExchange) {
  tripwire::dns.mock_resolve("example.org", "MX").fails(NO_DATA);
  tripwire::dns.mock_getaddrinfo("example.org").addresses({"192.0.2.9"});

  std::optional<std::vector<std::string>> route;
  {
    tripwire::Sandbox sandbox;
    route = post::route_to("example.org");
  }
  tripwire::dns.assert_resolve_raised("example.org", "MX", NO_DATA);
  tripwire::dns.assert_getaddrinfo("example.org", "25", AF_UNSPEC, SOCK_STREAM);
  EXPECT_EQ(route, std::vector<std::string>{"192.0.2.9"});
}
