// Each resolver has errors of its own; one that another names is the nearest of them.
#include "errors.hpp"

#include <gtest/gtest.h>

#include <netdb.h>

namespace {

using tripwire::plugins::dns_error_named;
using tripwire::plugins::DnsErrors;
using tripwire::plugins::name_of_dns_error;

TEST(DnsErrors, HaveTheNamesOfTheirResolver) {
  EXPECT_EQ(name_of_dns_error(DnsErrors::addrinfo, EAI_NONAME), "EAI_NONAME");
  EXPECT_EQ(name_of_dns_error(DnsErrors::host, HOST_NOT_FOUND), "HOST_NOT_FOUND");
  EXPECT_EQ(name_of_dns_error(DnsErrors::ares, 12), "ARES_ETIMEOUT");
  EXPECT_EQ(name_of_dns_error(DnsErrors::addrinfo, 4711), "4711");
}

TEST(DnsErrors, OfAnotherResolverAreTheNearestOfTheirMeaning) {
  EXPECT_EQ(dns_error_named("EAI_NONAME", DnsErrors::addrinfo), EAI_NONAME);
  EXPECT_EQ(dns_error_named("EAI_NONAME", DnsErrors::host), HOST_NOT_FOUND);
  EXPECT_EQ(dns_error_named("EAI_AGAIN", DnsErrors::ares), 12);
  EXPECT_EQ(dns_error_named("ARES_ENOTFOUND", DnsErrors::addrinfo), EAI_NONAME);
  EXPECT_EQ(dns_error_named("ARES_EREFUSED", DnsErrors::host), NO_RECOVERY);
  EXPECT_EQ(dns_error_named("EAI_MEMORY", DnsErrors::host), NETDB_INTERNAL);
  EXPECT_EQ(dns_error_named("EAI_SERVICE", DnsErrors::host), NO_RECOVERY);
  EXPECT_EQ(dns_error_named("EAI_ADDRFAMILY", DnsErrors::addrinfo), EAI_ADDRFAMILY);
  EXPECT_FALSE(dns_error_named("EAI_NONSENSE", DnsErrors::addrinfo));
}

} // namespace
