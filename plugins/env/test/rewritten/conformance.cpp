// The promises of the env plugin, over the real environment of this process.
#include "client.hpp"
#include "counted.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/env.hpp>

#include <cerrno>

namespace {

using tripwire::anything;
using tripwire::env;
using tripwire::unset;
using tripwire::conformance::Subject;
using tripwire::conformance::Use;

constexpr const char *secret_name = "CONFORMANCE_TOKEN";
constexpr const char *secret = "s3cr3t-of-the-host";

/// An assertion of any values, as no word of the plugin would put them together.
void assert_fields(const char *operation, const std::string &name, const tripwire::Matcher &value) {
  tripwire::plugin::Assertion(tripwire::plugins::env_plugin(), "", tripwire::Place::here())
      .field("operation", tripwire::matcher_of(operation))
      .field("name", tripwire::matcher_of(name))
      .field("value", value)
      .check();
}

Use reading(const std::string &name, const std::string &value) {
  Use use;
  use.name = "get " + value;
  use.call = [=] { client::read(name); };
  use.mock = [=] { env.mock_get(name, value); };
  use.mock_optional = [=] { env.mock_get(name, value).optional(); };
  use.assert_mocked = [=] { env.assert_get(name, value); };
  use.pass_through = [=] { env.pass_through(name); };
  use.assert_real = [=] { env.assert_get(name, unset); };
  use.wrong = {
      {"operation", [=] { assert_fields("set", name, tripwire::matcher_of(value)); }},
      {"name", [=] { env.assert_get(name + "x", value); }},
      {"value", [=] { env.assert_get(name, unset); }},
  };
  return use;
}

Use reading_a_secret() {
  Use use;
  use.name = "get a secret";
  use.secret = secret;
  use.call = [] { client::get_securely(secret_name); };
  use.mock = [] { env.mock_get(secret_name, secret); };
  use.mock_optional = [] { env.mock_get(secret_name, secret).optional(); };
  use.assert_mocked = [] { env.assert_get(secret_name, anything); };
  use.pass_through = [] { env.pass_through(secret_name); };
  use.assert_real = use.assert_mocked;
  use.wrong = {{"operation", [] { assert_fields("set", secret_name, anything); }},
               {"name", [] { env.assert_get("CONFORMANCE", anything); }}};
  return use;
}

Use setting(const std::string &name, const std::string &value) {
  Use use;
  use.name = "set " + value;
  use.call = [=] { client::set(name, value, 0); };
  use.mock = [=] { env.mock_set(name, value); };
  use.mock_optional = [=] { env.mock_set(name, value).optional(); };
  use.assert_mocked = [=] { env.assert_set(name, value, false); };
  use.mock_failure = [=] { env.mock_set(name, value).fails(ENOMEM); };
  use.assert_failure = [=] { env.assert_set_failed(name, value, false, ENOMEM); };
  use.pass_through = [=] { env.pass_through(name); };
  use.assert_real = use.assert_mocked;
  use.wrong = {
      {"operation",
       [=] {
         tripwire::plugin::Assertion(tripwire::plugins::env_plugin(), "", tripwire::Place::here())
             .field("operation", tripwire::matcher_of("get"))
             .field("name", tripwire::matcher_of(name))
             .field("value", tripwire::matcher_of(value))
             .field("overwrite", tripwire::matcher_of(false))
             .check();
       }},
      {"name", [=] { env.assert_set(name + "x", value, false); }},
      {"value", [=] { env.assert_set(name, value + "x", false); }},
      {"overwrite", [=] { env.assert_set(name, value, true); }},
  };
  return use;
}

Use setting_a_secret() {
  Use use;
  use.name = "set a secret";
  use.secret = secret;
  use.call = [] { client::set(secret_name, secret, 1); };
  use.mock = [] { env.mock_set(secret_name, secret); };
  use.assert_mocked = [] { env.assert_set(secret_name, anything); };
  use.mock_failure = [] { env.mock_set(secret_name, anything).fails(ENOMEM); };
  use.assert_failure = [] { env.assert_set_failed(secret_name, anything, ENOMEM); };
  use.pass_through = [] { env.pass_through(secret_name); };
  use.assert_real = use.assert_mocked;
  return use;
}

Use unsetting(const std::string &name) {
  Use use;
  use.name = "unset " + name;
  use.call = [=] { client::unset(name); };
  use.mock = [=] { env.mock_unset(name); };
  use.mock_optional = [=] { env.mock_unset(name).optional(); };
  use.assert_mocked = [=] { env.assert_unset(name); };
  use.mock_failure = [=] { env.mock_unset(name).fails(ENOMEM); };
  use.assert_failure = [=] { env.assert_unset_failed(name, ENOMEM); };
  use.pass_through = [=] { env.pass_through(name); };
  use.assert_real = use.assert_mocked;
  use.wrong = {{"operation",
                [=] {
                  tripwire::plugin::Assertion(tripwire::plugins::env_plugin(), "", tripwire::Place::here())
                      .field("operation", tripwire::matcher_of("get"))
                      .field("name", tripwire::matcher_of(name))
                      .check();
                }},
               {"name", [=] { env.assert_unset(name + "x"); }}};
  return use;
}

Use clearing() {
  Use use;
  use.name = "clear";
  use.call = [] { client::clear(); };
  use.mock = [] { env.mock_clear(); };
  use.mock_optional = [] { env.mock_clear().optional(); };
  use.assert_mocked = [] { env.assert_clear(); };
  use.mock_failure = [] { env.mock_clear().fails(ENOMEM); };
  use.assert_failure = [] { env.assert_clear_failed(ENOMEM); };
  use.wrong = {{"operation", [] {
                  tripwire::plugin::Assertion(tripwire::plugins::env_plugin(), "", tripwire::Place::here())
                      .field("operation", tripwire::matcher_of("get"))
                      .check();
                }}};
  return use;
}

} // namespace

// 1, 2, 3, 5, 21, 24, 25, 40, 42, 45, 61, 62, 64
int main(int count, char **arguments) {
  Subject subject(tripwire::plugins::env_plugin());
  subject.real_calls = [] {
    counted::set(secret_name, secret); // also after all was really cleared
    return counted::calls();
  };
  for (const std::string &text : tripwire::conformance::awkward_texts()) {
    const std::string number = std::to_string(subject.uses.size());
    if (text.find('\0') != std::string::npos) // where a variable's text ends
      continue;
    // A rule is YAML, which knows no other bytes than text.
    const bool is_name = text.find('=') == std::string::npos && text.find('\xff') == std::string::npos;
    subject.uses.push_back(reading("CONFORMANCE_GET" + number + (is_name ? text : ""), text));
    subject.uses.push_back(setting("CONFORMANCE_SET" + number + (is_name ? text : ""), text));
  }
  subject.uses.push_back(reading_a_secret());
  subject.uses.push_back(setting_a_secret());
  subject.uses.push_back(unsetting("CONFORMANCE_UNSET"));
  subject.uses.push_back(clearing());
  return tripwire::conformance::run(subject, count, arguments);
}
