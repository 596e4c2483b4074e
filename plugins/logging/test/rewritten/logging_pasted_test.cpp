// What the violations told to paste was compiled into this program. Each line makes the test progress: the mock from a
// refused record to one that is left over, the assertion from there to a test that passes.
#include "client.hpp"
#include "findings.hpp"
#include "pasted_values.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/logging.hpp>
#include <tripwire/tripwire.hpp>

namespace {

using Call = std::function<void()>;

const std::vector<void (*)()> mocks = {
#include "mocks.inc"
};
const std::vector<void (*)()> assertions = {
#include "assertions.inc"
};
const std::vector<void (*)(const Call &)> permits = {
#include "permits.inc"
};

// 62
TEST(LoggingPasted, EachLineMakesTheTestProgress) {
  const auto &values = pasted_values();
  ASSERT_EQ(mocks.size(), values.size());
  ASSERT_EQ(assertions.size(), values.size());
  for (std::size_t index = 0; index < values.size(); ++index) {
    const auto log = [&] { client::log(values[index].first, values[index].second); };
    const auto logs = [&] {
      const tripwire::Sandbox sandbox;
      log();
    };
    const std::string refused = findings(logs);
    EXPECT_EQ(refused.find("UnmockedInteractionError"), 0U) << refused;
    const std::string left = findings([&] {
      mocks[index]();
      logs();
    });
    EXPECT_EQ(left.find("UnassertedInteractionsError"), 0U) << left;
    const std::string passed = findings([&] {
      mocks[index]();
      logs();
      assertions[index]();
    });
    EXPECT_EQ(passed, "");
  }
}

// 62
TEST(LoggingPasted, APermitLetsTheRecordThrough) {
  for (std::size_t index = 0; index < permits.size(); ++index)
    EXPECT_EQ(findings([&] { permits[index]([&] { client::log(LOG_INFO, pasted_values()[index].second); }); }), "");
}

} // namespace
