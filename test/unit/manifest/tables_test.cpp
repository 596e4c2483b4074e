// What a manifest says, as the tables of C++ that its plugin links. That they compile, and mean the same, the plugins
// themselves and their conformance show.
#include "manifest/tables.hpp"

#include <gtest/gtest.h>

namespace {

std::string tables_of(const std::string &text) {
  const auto read = tripwire::config::load_manifest_text(text, "mail/seams.yaml", "mail");
  EXPECT_TRUE(read.value);
  return read.value ? tripwire::manifest::manifest_tables(*read.value) : "";
}

TEST(ManifestTables, HaveAllThatThePluginIsAskedFor) {
  EXPECT_EQ(tables_of(R"(version: 1
plugin: mail
safe: true
request: {host: host, user: text}
schemes: {mail: 25}
states:
  - machine: letter
    initial: blank
    transitions:
      - {operation: write, from: [blank, written], to: written}
seams: [{function: mail_send}]
)"),
            R"(// seams.yaml --(tripwire-manifest)--> what the plugin's own code knows of it
#include <tripwire/plugin_manifest.hpp>

namespace tripwire_manifest_tables_mail {
using namespace tripwire::plugin;
constexpr Transition transitions_0[] = {
    {"write", "blank", "written"},
    {"write", "written", "written"},
};
constexpr RequestField request[] = {
    {"host", FieldKind::host},
    {"user", FieldKind::text},
};
constexpr Scheme schemes[] = {
    {"mail", 25},
};
constexpr Machine machines[] = {
    {"letter", "blank", transitions_0},
};
constexpr Manifest manifest{"mail", true, request, schemes, machines};
} // namespace tripwire_manifest_tables_mail

extern const tripwire::plugin::Manifest tripwire_manifest_mail;
constexpr tripwire::plugin::Manifest tripwire_manifest_mail = tripwire_manifest_tables_mail::manifest;
)");
}

TEST(ManifestTables, HaveNoRowsOfWhatIsNotSaid) {
  const std::string text = tables_of("version: 1\nplugin: mail\nseams: []\n");
  EXPECT_NE(text.find("constexpr Manifest manifest{\"mail\", false, {}, {}, {}};\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("[]"), std::string::npos) << text;
}

// What moves by calls, the tool writes into the slots of these.
TEST(ManifestTables, LeaveMachinesOfCallsToTheCore) {
  const std::string text = tables_of(R"(version: 1
plugin: mail
states:
  - machine: link
    initial: none
    transitions:
      - {call: mail_open, handle: return, from: none, to: open}
      - {call: mail_close, handle: link, from: open, to: none}
seams: [{function: "mail_*"}]
)");
  EXPECT_EQ(text.find("Machine machines"), std::string::npos) << text;
}

TEST(ManifestTables, QuoteEveryText) {
  const std::string text = tables_of("version: 1\nplugin: mail\nrequest: {\"a\\\"\\\\?(\\n\": text}\nseams: []\n");
  EXPECT_NE(text.find(R"({"a\"\\\?(\012", FieldKind::text},)"), std::string::npos) << text;
}

} // namespace
