// Return addresses to file, line and function, also where the optimiser inlined. Compiled at -O2.
#include "acme_seams.hpp"
#include "violations.hpp"

#include <gtest/gtest.h>

namespace outer {

inline int ping_line = 0;

inline int inlined_ping() {
  ping_line = __LINE__ + 1;
  return tripwire_may_throw_acme_plain(1, nullptr, 2);
}

struct Gateway {
  int charge(int cents) const {
    const int first = tripwire_may_throw_acme_plain(cents, nullptr, 1);
    return first + 1;
  }
};

template <class T> int send_all(T number) {
  return tripwire_may_throw_acme_plain(static_cast<int>(number), nullptr, 3) + 1;
}

} // namespace outer

namespace {

class CallSites : public ::testing::Test {
protected:
  tripwire::Verifier verifier;

  template <class Action> tripwire::CallSite site_of(Action action) {
    tripwire::Sandbox sandbox;
    try {
      action();
    } catch (const tripwire::Violation &violation) {
      violations_seen();
      return violation.facts().site;
    }
    return {};
  }
};

TEST_F(CallSites, AnInlinedFunctionIsNamedAndNotTheOneAroundIt) {
  const tripwire::CallSite site = site_of([] { return outer::inlined_ping() + 1; });
  EXPECT_EQ(site.line, outer::ping_line);
  EXPECT_EQ(site.function, "outer::inlined_ping");
  EXPECT_EQ(site.file, __FILE__);
}

TEST_F(CallSites, AMemberFunctionIsNamedWithItsClass) {
  const tripwire::CallSite site = site_of([] { return outer::Gateway().charge(5); });
  EXPECT_EQ(site.function, "outer::Gateway::charge");
}

TEST_F(CallSites, AFunctionTemplateIsNamedWithItsArguments) {
  const tripwire::CallSite site = site_of([] { return outer::send_all(5L); });
  EXPECT_EQ(site.function, "outer::send_all<long>");
}

TEST_F(CallSites, WithoutDebugInformationTheMessageSaysSo) {
  tripwire::CallSite site;
  site.function = "main";
  site.object = "payments_test";
  EXPECT_EQ(site.text(), "main in payments_test (no debug information there; compile with -g to see file and line)");
}

TEST_F(CallSites, AnAddressOutsideOfEveryObjectIsAnUnknownPlace) {
  EXPECT_EQ(tripwire::call_site(reinterpret_cast<const void *>(16)).text(),
            "an unknown place (no debug information there; compile with -g to see file and line)");
}

} // namespace
