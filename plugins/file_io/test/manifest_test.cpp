// The plugin is on only where a project names it.
#include <gtest/gtest.h>

#include <tripwire/config/configuration.hpp>

#include <algorithm>

namespace {

using tripwire::config::Manifests;

bool names_file_io(const std::string &text) {
  const auto read = tripwire::config::load_text(text, "tripwire.yaml", {PLUGIN_FOLDER}, Manifests::read);
  EXPECT_TRUE(read.value) << text;
  return read.value && std::any_of(read.value->plugins.begin(), read.value->plugins.end(),
                                   [](const auto &plugin) { return plugin.name == "file_io"; });
}

TEST(FileIoManifest, IsOffUnlessTheProjectAsksForIt) {
  EXPECT_FALSE(names_file_io("version: 1\n"));
  EXPECT_TRUE(names_file_io("version: 1\nplugins: [file_io]\n"));
}

// 62: the rule that a guarded call tells to paste
TEST(FileIoManifest, TheRuleOfAGuardedCallIsAccepted) {
  EXPECT_TRUE(names_file_io("version: 1\nplugins: [file_io]\nfirewall:\n  allow:\n"
                            "    - file_io: {path: /etc/garden.conf, operation: open, mode: read}\n"));
}

} // namespace
