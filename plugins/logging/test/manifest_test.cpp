// The plugin is on only where a project names it.
#include <gtest/gtest.h>

#include <tripwire/config/configuration.hpp>

#include <algorithm>

namespace {

using tripwire::config::Manifests;

std::vector<std::string> plugins_of(const std::string &text) {
  const auto read = tripwire::config::load_text(text, "tripwire.yaml", {PLUGIN_FOLDER}, Manifests::read);
  EXPECT_TRUE(read.value) << text;
  std::vector<std::string> names;
  for (const auto &plugin : read.value ? read.value->plugins : std::vector<tripwire::config::Plugin>())
    names.push_back(plugin.name);
  return names;
}

bool names_logging(const std::string &text) {
  const std::vector<std::string> names = plugins_of(text);
  return std::find(names.begin(), names.end(), "logging") != names.end();
}

// 62: the rule that a guarded record tells to paste
TEST(LoggingManifest, TheRuleOfAGuardedRecordIsAccepted) {
  EXPECT_TRUE(
      names_logging("version: 1\nplugins: [logging]\nfirewall:\n  allow:\n    - logging: {function: syslog}\n"));
}

// 66
TEST(LoggingManifest, IsOffUnlessTheProjectAsksForIt) {
  EXPECT_FALSE(names_logging("version: 1\n"));
  EXPECT_FALSE(names_logging("version: 1\nplugins: []\n"));
  EXPECT_FALSE(names_logging("version: 1\ndisabled_plugins: []\n"));
  EXPECT_TRUE(names_logging("version: 1\nplugins: [logging]\n"));
}

} // namespace
