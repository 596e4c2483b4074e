// The plugin is on only where a project names it.
#include <gtest/gtest.h>

#include <tripwire/config/configuration.hpp>

#include <algorithm>

namespace {

using tripwire::config::Manifests;

bool names_random(const std::string &text) {
  const auto read = tripwire::config::load_text(text, "tripwire.yaml", {PLUGIN_FOLDER}, Manifests::read);
  EXPECT_TRUE(read.value) << text;
  return read.value && std::any_of(read.value->plugins.begin(), read.value->plugins.end(),
                                   [](const auto &plugin) { return plugin.name == "random"; });
}

// 62: the rule that a guarded draw tells to paste
TEST(RandomManifest, TheRuleOfAGuardedDrawIsAccepted) {
  EXPECT_TRUE(names_random("version: 1\nplugins: [random]\nfirewall:\n  allow:\n    - random: {function: rand}\n"));
}

TEST(RandomManifest, IsOffUnlessTheProjectAsksForIt) {
  EXPECT_FALSE(names_random("version: 1\n"));
  EXPECT_TRUE(names_random("version: 1\nplugins: [random]\n"));
}

} // namespace
