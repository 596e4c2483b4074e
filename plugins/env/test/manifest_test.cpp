// The plugin is on only where a project names it.
#include <gtest/gtest.h>

#include <tripwire/config/configuration.hpp>

#include <algorithm>

namespace {

using tripwire::config::Manifests;

bool names_env(const std::string &text) {
  const auto read = tripwire::config::load_text(text, "tripwire.yaml", {PLUGIN_FOLDER}, Manifests::read);
  EXPECT_TRUE(read.value) << text;
  return read.value && std::any_of(read.value->plugins.begin(), read.value->plugins.end(),
                                   [](const auto &plugin) { return plugin.name == "env"; });
}

// 62: the rule that a guarded read tells to paste
TEST(EnvManifest, TheRuleOfAGuardedReadIsAccepted) {
  EXPECT_TRUE(names_env("version: 1\nplugins: [env]\nfirewall:\n  allow:\n    - env: {name: HOME}\n"));
}

TEST(EnvManifest, IsOffUnlessTheProjectAsksForIt) {
  EXPECT_FALSE(names_env("version: 1\n"));
  EXPECT_FALSE(names_env("version: 1\ndisabled_plugins: []\n"));
  EXPECT_TRUE(names_env("version: 1\nplugins: [env]\n"));
}

} // namespace
