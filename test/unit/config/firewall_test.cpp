// `firewall:` --> rules, each of a known plugin and its fields, or what is wrong with it.
#include "reading.hpp"

using namespace reading;
using Form = config::RuleField::Form;

namespace {

std::vector<config::RuleWords> words() {
  return {config::core_words(),
          {"http", {"host", "port", "scheme", "path", "method"}, {{"http", 80}, {"https", 443}}},
          {"dns", {"hostname", "port"}, {}},
          {"subprocess", {"binary"}, {}},
          {"clock", {}, {}}};
}

/// `http scheme=http host=localhost port=80`, or the error.
std::string means(const std::string &text) {
  const config::RuleReading reading = config::read_rule(text, words());
  if (!reading.rule)
    return reading.error;
  std::string out = reading.rule->plugin;
  for (const config::RuleField &field : reading.rule->fields)
    out += ' ' + field.name + '=' + field.value;
  return out;
}

} // namespace

// 46, 47
TEST(FirewallRules, TextNamesAPluginAndItsFields) {
  EXPECT_EQ(means("dns"), "dns");
  EXPECT_EQ(means("dns:*"), "dns");
  EXPECT_EQ(means("dns:*.x.com"), "dns hostname=*.x.com");
  EXPECT_EQ(means("dns:h:53"), "dns hostname=h port=53");
  EXPECT_EQ(means("dns:h:*"), "dns hostname=h");
  EXPECT_EQ(means("dns:[::1]:53"), "dns hostname=[::1] port=53");
  EXPECT_EQ(means("dns:::1"), "dns hostname=::1");
  EXPECT_EQ(means("subprocess:rm"), "subprocess binary=rm");
  EXPECT_EQ(means("subprocess:a:b"), "subprocess binary=a:b");
  EXPECT_EQ(means("mock:acme::send"), "mock function=acme::send");
  EXPECT_EQ(means("http://localhost"), "http scheme=http host=localhost port=80");
  EXPECT_EQ(means("HTTPS://h:*/a/**"), "http scheme=https host=h path=/a/**");
  EXPECT_EQ(means("http://[::1]:8080"), "http scheme=http host=[::1] port=8080");
}

// 48
TEST(FirewallRules, TextThatNamesNothingIsAnError) {
  EXPECT_EQ(means("dsn:h"),
            "unknown plugin 'dsn'; did you mean 'dns'?; there are 'mock', 'http', 'dns', 'subprocess' and "
            "'clock'");
  EXPECT_EQ(means("htps://h"), "unknown scheme 'htps' in 'htps://h'; did you mean 'https'?");
  EXPECT_EQ(means("http://h?q"), "'http://h?q' names a user, a query or a fragment, which a rule's URL cannot");
  EXPECT_EQ(means("http:///x"), "'http:///x' lacks its host");
  EXPECT_EQ(means("dns:h:"), "'dns:h:' lacks its port");
  EXPECT_EQ(means("clock:x"), "requests of 'clock' have no field that 'x' could stand for");
}

// 44
TEST(FirewallRules, AreReadAsTextAndAsMapsForTheProjectAndForFiles) {
  const config::Configuration it = right(R"(version: 1
firewall:
  allow:
    - "http://localhost:*"
    - http: {host: {cidr: 10.0.0.0/8}, path: {regex: "/v[0-9]"}, method: GET, port: 80}
    - mock: {function: acme_charge, arguments: {account: {exact: "a*"}, cents: 5000}}
  deny: [http]
  files:
    "test/net/**": {allow: ["sqlite"], deny: [{http: {host: h}}]}
)");
  ASSERT_EQ(it.firewall.allow.size(), 3U);
  EXPECT_EQ(it.firewall.allow[0].value, "http://localhost:*");
  EXPECT_EQ(it.firewall.allow[1].plugin, "http");
  ASSERT_EQ(it.firewall.allow[1].fields.size(), 4U);
  EXPECT_EQ(it.firewall.allow[1].fields[0].form, Form::cidr);
  EXPECT_EQ(it.firewall.allow[1].fields[1].form, Form::regex);
  EXPECT_EQ(it.firewall.allow[1].fields[3].value, "80");
  ASSERT_EQ(it.firewall.allow[2].fields.size(), 3U);
  EXPECT_TRUE(it.firewall.allow[2].fields[1].is_argument);
  EXPECT_EQ(it.firewall.allow[2].fields[1].form, Form::exact);
  EXPECT_EQ(text(it.firewall.deny[0].place), "tripwire.yaml:7:10");
  ASSERT_EQ(it.firewall.files.size(), 1U);
  EXPECT_EQ(it.firewall.files[0].glob.value, "test/net/**");
  EXPECT_EQ(it.firewall.files[0].deny[0].fields[0].value, "h");
}

// 48, 52
TEST(FirewallRules, OneThatCannotBeHonouredIsAnErrorWithItsPlace) {
  const auto says = [](const std::string &rule) { return wrong_in("firewall: {allow: [" + rule + "]}\n"); };
  EXPECT_EQ(says("htp"),
            "tripwire.yaml:2:20: error: unknown plugin 'htp'; did you mean 'http'?; there are 'mock', 'file_io', "
            "'http' and 'sqlite'\n");
  EXPECT_EQ(
      says("{htp: {host: h}}"),
      "tripwire.yaml:2:21: error: unknown plugin 'htp'; did you mean 'http'?; there are 'mock', 'file_io', 'http' and "
      "'sqlite'\n");
  EXPECT_EQ(
      says("{http: {hots: h}}"),
      "tripwire.yaml:2:28: error: requests of 'http' have no field 'hots'; did you mean 'host'?; they have 'host', "
      "'port', 'scheme', 'path', 'method', 'function' and 'file'\n");
  EXPECT_EQ(says("{http: {host: {cdir: x}}}"), "tripwire.yaml:2:35: error: unknown key 'cdir'; did you mean 'cidr'?\n");
  EXPECT_EQ(says("{http: {host: {cidr: x, exact: y}}}"),
            "tripwire.yaml:2:28: error: 'host' wants text, or one of 'exact', 'cidr' and 'regex'\n");
  EXPECT_EQ(says("{http: {}}"),
            "tripwire.yaml:2:21: error: a rule says which requests it means; write 'http' for all of them\n");
  EXPECT_EQ(says("{http: {host: a}, sqlite: {host: b}}"),
            "tripwire.yaml:2:20: error: a rule names one plugin, as in {mock: {function: f}}\n");
  EXPECT_EQ(says("[http]"), "tripwire.yaml:2:20: error: each entry of 'allow' wants text or a map, not a list\n");
  EXPECT_EQ(wrong_in("firewall: {files: {\"*/../a\": {alow: [http]}}}\n"),
            "tripwire.yaml:2:20: error: '..' cannot follow a wildcard in '*/../a'\n"
            "tripwire.yaml:2:31: error: unknown key 'alow'; did you mean 'allow'?\n");
}
