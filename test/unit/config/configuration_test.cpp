// tripwire.yaml --> Configuration, or what is wrong with it.
#include "reading.hpp"

#include <sys/stat.h>

using namespace reading;
using config::Level;

TEST(Configuration, TheDesignsExampleReads) {
  config::Read<config::Configuration> read =
      config::load_text(R"(version: 1
plugins: [http, sqlite]
instrument: {include: ["src/**", "test/**"], exclude: ["third_party/**"]}
seams:
  - function: acme_charge
    params: {receipt: {out: struct}}
    failure: {returns: -1}
  - function: "acme::v1::*"
    except: ["acme::v1::version"]
  - method: "acme::Gateway::charge"
  - constructor: "acme::Gateway"
  - header: "acme/*.h"              # everything these headers declare
  - type: "std::ifstream"
    becomes: "tripwire::file_io::ifstream"
guard: {default: error, sqlite: warn}
firewall:
  allow: ["dns:*", "http://localhost:*"]
  deny: ["subprocess:rm"]
)",
                        "tripwire.yaml", {plugins().path(), more_plugins().path()});
  ASSERT_TRUE(read.value) << all(read.diagnostics);
  const config::Configuration &it = *read.value;
  ASSERT_EQ(it.plugins.size(), 2U);
  EXPECT_EQ(it.plugins[0].name, "http");
  EXPECT_TRUE(it.plugins[0].named);
  EXPECT_EQ(it.include.size(), 2U);
  EXPECT_EQ(it.exclude[0].value, "third_party/**");
  EXPECT_EQ(it.seams.size(), 6U + 3U);
  EXPECT_EQ(it.seams.back().plugin, "sqlite");
  EXPECT_EQ(it.guard.otherwise, Level::error);
  EXPECT_EQ(it.guard.plugins.at("sqlite"), Level::warn);
  EXPECT_EQ(it.firewall.allow[1].value, "http://localhost:*");
  EXPECT_EQ(text(it.firewall.deny[0].place), "tripwire.yaml:18:10");
}

// 52
TEST(Configuration, AnUnknownKeyOfTheFileIsAnError) {
  EXPECT_EQ(wrong_in("sems: []\n"), "tripwire.yaml:2:1: error: unknown key 'sems'; did you mean 'seams'?\n");
  EXPECT_EQ(wrong_in("htp: {}\n"), "tripwire.yaml:2:1: error: unknown key 'htp'; did you mean 'http'?\n");
  EXPECT_EQ(wrong_in("zzz: {}\n"),
            "tripwire.yaml:2:1: error: unknown key 'zzz'; a file has 'version', 'plugins', "
            "'disabled_plugins', 'instrument', 'units', 'seams', 'states', "
            "'guard', 'firewall', 'allow_undefined' and 'layers' and a section for each plugin\n");
  EXPECT_EQ(wrong_in("instrument: {inclde: [a]}\n"),
            "tripwire.yaml:2:14: error: unknown key 'inclde'; did you mean 'include'?\n");
  EXPECT_EQ(wrong_in("firewall: {alow: [a]}\n"),
            "tripwire.yaml:2:12: error: unknown key 'alow'; did you mean 'allow'?\n");
}

TEST(Configuration, AWrongTypeOfASectionSaysWhatIsWanted) {
  EXPECT_EQ(wrong_in("seams: {}\n"), "tripwire.yaml:2:8: error: 'seams' wants a list, not a map\n");
  EXPECT_EQ(wrong_in("seams:\n"), "tripwire.yaml:2:1: error: 'seams' wants a list, not nothing\n");
  EXPECT_EQ(wrong_in("plugins: http\n"),
            "tripwire.yaml:2:10: error: 'plugins' wants a list, not 'http'; write [http]\n");
  EXPECT_EQ(wrong_in("instrument: [a]\n"), "tripwire.yaml:2:13: error: 'instrument' wants a map of keys, not a list\n");
  EXPECT_EQ(wrong_in("guard: warn\n"), "tripwire.yaml:2:8: error: 'guard' wants a map of keys, not 'warn'\n");
  EXPECT_EQ(wrong_in("firewall: {allow: [{a: b}]}\n"),
            "tripwire.yaml:2:24: error: the rule of 'a' wants a map of keys, not 'b'\n");
  EXPECT_EQ(wrong("- a\n"), "tripwire.yaml:1:1: error: the file wants a map of keys, not a list\n");
  EXPECT_EQ(wrong("hello\n"), "tripwire.yaml:1:1: error: the file wants a map of keys, not 'hello'\n");
}

TEST(Configuration, TheVersionIsGivenAndKnown) {
  EXPECT_EQ(wrong("plugins: []\n"),
            "tripwire.yaml:1:1: error: 'version' is missing; the file begins with 'version: 1'\n");
  EXPECT_EQ(wrong("version: 2\n"),
            "tripwire.yaml:1:10: error: version 2 is not known; this tripwire reads version 1\n");
  EXPECT_EQ(wrong("version: one\n"), "tripwire.yaml:1:10: error: 'version' wants a number, not 'one'; write 1\n");
  EXPECT_EQ(wrong("version: 1.0\n"), "tripwire.yaml:1:10: error: 'version' wants a number, not '1.0'; write 1\n");
  EXPECT_EQ(wrong("version: \"1\"\n"), "tripwire.yaml:1:10: error: 'version' wants a number, not '1'; write 1\n");
}

TEST(Configuration, EveryPluginIsOnThatIsNotOptInWhenNoneIsNamed) {
  config::Configuration it = right("version: 1\n");
  ASSERT_EQ(it.plugins.size(), 2U);
  EXPECT_EQ(it.plugins[0].name, "http");
  EXPECT_EQ(it.plugins[1].name, "sqlite");
  EXPECT_FALSE(it.plugins[0].named);
  EXPECT_EQ(it.known_plugins, (std::vector<std::string>{"file_io", "http", "sqlite"}));
}

TEST(Configuration, AnOptInPluginIsOnWhenItIsNamed) {
  config::Configuration it = right("version: 1\nplugins: [file_io]\n");
  ASSERT_EQ(it.plugins.size(), 1U);
  EXPECT_EQ(it.plugins[0].name, "file_io");
  EXPECT_EQ(text(it.plugins[0].named_at), "tripwire.yaml:2:11");
}

TEST(Configuration, ADisabledPluginIsOff) {
  config::Configuration it = right("version: 1\ndisabled_plugins: [sqlite]\n");
  ASSERT_EQ(it.plugins.size(), 1U);
  EXPECT_EQ(it.plugins[0].name, "http");
}

// 53
TEST(Configuration, NamingPluginsExcludesDisablingThem) {
  EXPECT_EQ(wrong_in("plugins: [http]\ndisabled_plugins: [sqlite]\n"),
            "tripwire.yaml:3:1: error: 'plugins' and 'disabled_plugins' exclude each other; name those that are on, or "
            "those that are off\n"
            "tripwire.yaml:2:1: note: 'plugins' is given here\n");
}

// 53
TEST(Configuration, AnUnknownPluginListsTheKnownOnes) {
  EXPECT_EQ(wrong_in("plugins: [htpp]\n"),
            "tripwire.yaml:2:11: error: unknown plugin 'htpp'; did you mean 'http'?\n"
            "tripwire.yaml:2:11: note: the plugins here are 'file_io', 'http' and 'sqlite'\n");
  EXPECT_EQ(wrong_in("disabled_plugins: [carrier_pigeon]\n"),
            "tripwire.yaml:2:20: error: unknown plugin 'carrier_pigeon'\n"
            "tripwire.yaml:2:20: note: the plugins here are 'file_io', 'http' and 'sqlite'\n");
}

TEST(Configuration, WithoutAPluginFolderNoPluginIsKnown) {
  EXPECT_EQ(all(config::load_text("version: 1\nplugins: [http]\n", "t.yaml", {"/no/such/folder"}).diagnostics),
            "t.yaml:2:11: error: unknown plugin 'http'\nt.yaml:2:11: note: there are no plugins here\n");
}

TEST(Configuration, APluginNamedTwiceIsAnError) {
  EXPECT_EQ(wrong_in("plugins: [http, http]\n"), "tripwire.yaml:2:17: error: plugin 'http' is named twice\n"
                                                 "tripwire.yaml:2:11: note: first named here\n");
}

TEST(Configuration, TwoFoldersWithOnePluginNameAreAnError) {
  Folder other;
  other.write("http/seams.yaml", "version: 1\nplugin: http\n");
  std::string out = all(config::load_text("version: 1\n", "t.yaml", {plugins().path(), other.path()}).diagnostics);
  EXPECT_EQ(out, other.path("http/seams.yaml") + ": error: a second plugin named 'http'\n" +
                     plugins().path("http/seams.yaml") + ": note: the first is here\n");
}

TEST(Configuration, TheSameFolderTwiceIsNoError) {
  EXPECT_TRUE(config::load_text("version: 1\n", "t.yaml", {plugins().path(), plugins().path() + "/."}).value);
}

TEST(Configuration, AGuardLevelIsKnownAndForAKnownPlugin) {
  EXPECT_EQ(wrong_in("guard: {default: warning}\n"),
            "tripwire.yaml:2:18: error: a guard is 'error', 'warn' or 'off', not 'warning'\n");
  EXPECT_EQ(wrong_in("guard: {htp: warn}\n"),
            "tripwire.yaml:2:9: error: unknown plugin 'htp'; did you mean 'http'?\n"
            "tripwire.yaml:2:9: note: 'guard' has 'file_io', 'http', 'sqlite', 'mock' and 'default'\n");
  EXPECT_EQ(right("version: 1\nguard: {mock: off}\n").guard.plugins.at("mock"), Level::off);
}

// 54
TEST(Configuration, APluginsOwnSectionIsCheckedAgainstItsOptions) {
  config::Configuration it = right("version: 1\nhttp: {require_response: true, hosts: [a, b]}\n");
  ASSERT_EQ(it.sections.size(), 1U);
  EXPECT_EQ(it.sections[0].plugin, "http");
  EXPECT_EQ(it.sections[0].settings[0].values, std::vector<std::string>{"true"});
  EXPECT_EQ(it.sections[0].settings[1].values, (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(it.sections[0].settings[1].is_list);
  EXPECT_EQ(wrong_in("http: {require_respnse: true}\n"),
            "tripwire.yaml:2:8: error: unknown key 'require_respnse'; did you mean 'require_response'?\n");
  EXPECT_EQ(wrong_in("http: {require_response: maybe}\n"),
            "tripwire.yaml:2:26: error: 'require_response' wants true or false, not 'maybe'\n");
  EXPECT_EQ(wrong_in("http: {retries: many}\n"), "tripwire.yaml:2:17: error: 'retries' wants a number, not 'many'\n");
  EXPECT_EQ(wrong_in("http: {hosts: a}\n"), "tripwire.yaml:2:15: error: 'hosts' wants a list, not 'a'\n");
  EXPECT_EQ(wrong_in("sqlite: {a: b}\n"),
            "tripwire.yaml:2:10: error: unknown key 'a'; plugin 'sqlite' has no options\n");
}

TEST(Configuration, ASeamThatSeveralPluginsBringIsOneWithWhatTheySayTogether) {
  Folder shared;
  shared.write("files/seams.yaml", "version: 1\nplugin: files\nlayer: [a.h]\nseams:\n  - function: read\n    failure: "
                                   "{returns: -1, errno: EPERM}\n  - function: open\n");
  shared.write("sockets/seams.yaml", "version: 1\nplugin: sockets\nlayer: [b.h]\nseams:\n  - function: ::read\n    "
                                     "params: {buf: {out: bytes, size: return}}\n");
  const auto both = config::load_text("version: 1\n", "tripwire.yaml", {shared.path()});
  ASSERT_TRUE(both.value) << all(both.diagnostics);
  ASSERT_EQ(both.value->seams.size(), 2U);
  const config::Seam &read = both.value->seams[0];
  EXPECT_EQ(read.plugin, "files");
  EXPECT_EQ(read.failure->errno_name, "EPERM");
  EXPECT_EQ(read.parameters.count("buf"), 1U);
  EXPECT_EQ(read.layer, (std::vector<std::string>{"a.h", "b.h"}));

  shared.write("pipes/seams.yaml", "version: 1\nplugin: pipes\nseams:\n  - function: read\n    failure: "
                                   "{returns: -1, errno: EIO}\n");
  const auto three = config::load_text("version: 1\n", "tripwire.yaml", {shared.path()});
  EXPECT_FALSE(three.value);
  EXPECT_EQ(all(three.diagnostics),
            shared.path("pipes/seams.yaml") +
                ":5:5: error: plugins 'files' and 'pipes' share function 'read', and say different things of its "
                "failure\n" +
                shared.path("files/seams.yaml") + ":6:5: note: the other one is here\n");
}

TEST(Configuration, ASeamThatAPluginBringsIsADuplicate) {
  EXPECT_EQ(wrong_in("plugins: [sqlite]\nseams: [{function: sqlite3_open}]\n"),
            "tripwire.yaml:3:20: error: duplicate seam: plugin 'sqlite' brings function 'sqlite3_open'; take it out\n" +
                plugins().path("sqlite/seams.yaml") + ":4:15: note: first named here\n");
}

TEST(Configuration, UnitsThatAreCompiledBySymbolAreNamedByGlobs) {
  config::Configuration it = right("version: 1\nunits: [{files: [\"src/odd.c\", \"gen/**\"], mode: symbol}]\n");
  ASSERT_EQ(it.by_symbol.size(), 2U);
  EXPECT_EQ(it.by_symbol[1].value, "gen/**");
  EXPECT_EQ(wrong_in("units: [{files: [a.c]}]\n"), "tripwire.yaml:2:9: error: an entry of 'units' wants 'mode'\n");
  EXPECT_EQ(wrong_in("units: [{files: [a.c], mode: symbols}]\n"),
            "tripwire.yaml:2:30: error: unknown mode 'symbols'; did you mean 'symbol'?\n");
  EXPECT_EQ(wrong_in("units: {files: [a.c]}\n"), "tripwire.yaml:2:8: error: 'units' wants a list, not a map\n");
}

TEST(Configuration, AnAllowedLeakHasASymbolAndAReason) {
  config::Configuration it = right("version: 1\nallow_undefined: [{symbol: puts, reason: the progress bar}]\n");
  ASSERT_EQ(it.allow_undefined.size(), 1U);
  EXPECT_EQ(it.allow_undefined[0].symbol, "puts");
  EXPECT_EQ(it.allow_undefined[0].reason, "the progress bar");
  EXPECT_EQ(wrong_in("allow_undefined: [{symbol: puts}]\n"),
            "tripwire.yaml:2:19: error: an allowed symbol wants 'reason'\n");
  EXPECT_EQ(wrong_in("allow_undefined: [puts]\n"),
            "tripwire.yaml:2:19: error: an allowed symbol wants a map of keys, not 'puts'\n");
}

TEST(Configuration, LeavingTheManifestsLeavesNamesUnchecked) {
  auto read = config::load_text("version: 1\nplugins: [carrier_pigeon]\nguard: {fax: warn}\ntelex: {speed: 50}\n",
                                "t.yaml", {}, config::Manifests::leave);
  ASSERT_TRUE(read.value) << all(read.diagnostics);
  EXPECT_EQ(read.value->plugins[0].name, "carrier_pigeon");
  EXPECT_EQ(read.value->guard.plugins.at("fax"), Level::warn);
  EXPECT_EQ(read.value->sections[0].settings[0].values[0], "50");
}

TEST(Configuration, ItsFilesAreThoseThatWereRead) {
  EXPECT_EQ(right("version: 1\nplugins: [http]\n").files,
            (std::vector<std::string>{"tripwire.yaml", plugins().path("http/seams.yaml")}));
}

TEST(Configuration, TheFingerprintFollowsWhatTheFilesSayAndNotWhereTheyAre) {
  auto of = [](const std::string &text, const std::string &file) {
    return config::load_text(text, file, {plugins().path()}).value->fingerprint;
  };
  EXPECT_EQ(of("version: 1\n", "a/tripwire.yaml"), of("version: 1\n", "/b/other.yaml"));
  EXPECT_NE(of("version: 1\n", "tripwire.yaml"), of("version: 1 \n", "tripwire.yaml"));
  EXPECT_NE(of("version: 1\n", "tripwire.yaml"),
            config::load_text("version: 1\n", "tripwire.yaml", {}).value->fingerprint);
}

TEST(Configuration, AFileThatCannotBeReadSaysWhy) {
  Folder folder;
  auto out = [&](const std::string &file) { return all(config::load(file, {}).diagnostics); };
  EXPECT_EQ(out(folder.path("none.yaml")), folder.path("none.yaml") + ": error: no such file\n");
  EXPECT_EQ(out(folder.path()), folder.path() + ": error: this is a folder, not a file\n");
  EXPECT_EQ(out("/dev/null"), "/dev/null: error: this is no regular file\n");
  EXPECT_EQ(out(""), ": error: no such file\n");
  std::string locked = folder.write("locked.yaml", "version: 1\n");
  ::chmod(locked.c_str(), 0);
  if (::access(locked.c_str(), R_OK) != 0) {
    EXPECT_EQ(out(locked), locked + ": error: cannot be read: permission denied\n");
  }
}

TEST(Manifest, EverythingInItIsRead) {
  auto read = config::load_manifest_text(R"(version: 1
plugin: mail
summary: letters over libmail
library: {package: libmail-dev, header: mail.h, versions: ">= 2"}
safe: true
opt_in: true
request: {host: host, subject: text}
fields: [to, body]
options: {strict: boolean}
seams:
  - {function: mail_send, params: {body: {in: text}}}
)",
                                         "mail/seams.yaml", "mail");
  ASSERT_TRUE(read.value) << all(read.diagnostics);
  EXPECT_EQ(read.value->name, "mail");
  EXPECT_EQ(read.value->summary, "letters over libmail");
  EXPECT_EQ(read.value->library.package, "libmail-dev");
  EXPECT_EQ(read.value->library.header, "mail.h");
  EXPECT_EQ(read.value->library.versions, ">= 2");
  EXPECT_TRUE(read.value->safe);
  EXPECT_TRUE(read.value->opt_in);
  ASSERT_EQ(read.value->request.size(), 2U);
  EXPECT_EQ(read.value->request[0].name, "host");
  EXPECT_EQ(read.value->request[0].kind, config::FieldKind::host);
  EXPECT_EQ(read.value->request[1].name, "subject");
  EXPECT_EQ(read.value->request[1].kind, config::FieldKind::text);
  EXPECT_EQ(read.value->fields, (std::vector<std::string>{"to", "body"}));
  EXPECT_EQ(read.value->options.at("strict"), config::OptionType::boolean);
  EXPECT_EQ(read.value->seams.at(0).plugin, "mail");
}

TEST(Manifest, ItsMistakesAreLocatedInIt) {
  auto wrong = [](const std::string &text) {
    return all(config::load_manifest_text(text, "m/seams.yaml", "mail").diagnostics);
  };
  EXPECT_EQ(wrong("version: 1\nplugin: mial\n"),
            "m/seams.yaml:2:9: error: the plugin is named 'mial' here and 'mail' by its folder\n");
  EXPECT_EQ(wrong("version: 1\n"),
            "m/seams.yaml:1:1: error: 'plugin' is missing; it names the plugin, as its folder does\n");
  EXPECT_EQ(wrong("version: 1\nplugin: mail\nlibrary: {pakage: x}\n"),
            "m/seams.yaml:3:11: error: unknown key 'pakage'; did you mean 'package'?\n");
  EXPECT_EQ(wrong("version: 1\nplugin: mail\nrequest: {host: hots}\n"),
            "m/seams.yaml:3:17: error: a field of requests is spelled as 'text', 'word', 'host', 'port', 'path', "
            "'file', 'program' or 'uri', not 'hots'; did you mean 'host'?\n");
  EXPECT_EQ(wrong("version: 1\nplugin: mail\nrequest: [host]\n"),
            "m/seams.yaml:3:10: error: 'request' wants a map of keys, not a list\n");
  EXPECT_EQ(wrong("version: 1\nplugin: mail\nhook: x\n").substr(0, 43), "m/seams.yaml:3:1: error: unknown key 'hook'");
  EXPECT_EQ(wrong("version: 1\nplugin: mail\noptions: {a: bool}\n"),
            "m/seams.yaml:3:14: error: an option is 'boolean', 'integer', 'text' or 'list', not 'bool'; did you mean "
            "'boolean'?\n");
}

TEST(Manifest, AMistakeInItIsAMistakeOfTheConfigurationThatTurnsItOn) {
  Folder folder;
  folder.write("mail/seams.yaml", "version: 1\nplugin: mail\nsems: []\n");
  EXPECT_EQ(all(config::load_text("version: 1\nplugins: [mail]\n", "t.yaml", {folder.path()}).diagnostics),
            folder.path("mail/seams.yaml") + ":3:1: error: unknown key 'sems'; did you mean 'seams'?\n");
  EXPECT_EQ(all(config::load_text("version: 1\nplugins: []\n", "t.yaml", {folder.path()}).diagnostics), "");
}
