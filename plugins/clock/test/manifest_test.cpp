// The plugin is on only where a project names it.
#include <gtest/gtest.h>

#include <tripwire/config/configuration.hpp>

#include <algorithm>

namespace {

using tripwire::config::Manifests;

bool names_clock(const std::string &text) {
  const auto read = tripwire::config::load_text(text, "tripwire.yaml", {PLUGIN_FOLDER}, Manifests::read);
  EXPECT_TRUE(read.value) << text;
  return read.value && std::any_of(read.value->plugins.begin(), read.value->plugins.end(),
                                   [](const auto &plugin) { return plugin.name == "clock"; });
}

// 62: the rule that a guarded sleep tells to paste
TEST(ClockManifest, TheRuleOfAGuardedSleepIsAccepted) {
  EXPECT_TRUE(names_clock("version: 1\nplugins: [clock]\nfirewall:\n  allow:\n    - clock: {function: nanosleep}\n"));
}

TEST(ClockManifest, IsOffUnlessTheProjectAsksForIt) {
  EXPECT_FALSE(names_clock("version: 1\n"));
  EXPECT_FALSE(names_clock("version: 1\ndisabled_plugins: []\n"));
  EXPECT_TRUE(names_clock("version: 1\nplugins: [clock]\n"));
}

} // namespace
