// the seams of the environment --(handlers)--> reads and changes, answered by what the test says
#include "plugin.hpp"

#include "hints.hpp"
#include "mock.hpp"
#include "secret.hpp"

#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugin_names.hpp>

#include <cerrno>
#include <cstring>

// What the build makes of seams.yaml.
extern const tripwire::plugin::Manifest tripwire_manifest_env;

namespace tripwire::plugins {

namespace {

using plugin::Decision;
using plugin::Description;
using plugin::Need;
using plugin::Visit;

const char *text_argument(const Visit &visit, std::size_t index) {
  const char *text = nullptr;
  std::memcpy(&text, visit.argument(index).address, sizeof text);
  return text;
}

Description described(EnvOperation operation, const std::string &name) {
  Description call;
  call.request(std::string(word_of(operation)) + " " + plugin::literal(name))
      .field("operation", std::string(word_of(operation)))
      .field("name", name)
      .firewall("name", name)
      .key(key_of(operation, name));
  return call;
}

void on_get(Visit &visit) {
  const int error = errno;
  const char *name = text_argument(visit, 0);
  if (name == nullptr) { // which libc does not survive
    visit.make_real();
    return;
  }
  const std::string asked(name);
  const bool is_hidden = is_secret_variable(asked);
  Description call = described(EnvOperation::get, asked);
  if (is_hidden)
    call.secret("value");
  const Decision decision = visit.present(std::move(call));
  errno = error;
  char *value = nullptr;
  if (decision.real()) {
    visit.make_real();
    value = visit.result<char *>();
  } else {
    const auto &mock = *decision.as<EnvMock>();
    if (mock.kind() == EnvMock::Kind::changed)
      value = mock.environment().changed(asked);
    else if (mock.text)
      value = kept_text(*mock.text);
    visit.answer<char *>(value);
  }
  if (is_hidden)
    return;
  if (value == nullptr)
    decision.recorded.field("value", Unset());
  else
    decision.recorded.field("value", std::string(value));
}

/// Puts a change before the core, then \p make does it where it is mocked and succeeds.
template <class Make> void change(Visit &visit, Description call, bool is_valid, Make make) {
  const int error = errno;
  const Decision decision = visit.present(std::move(call));
  errno = error;
  int failed = 0;
  if (decision.real()) {
    visit.make_real();
    failed = visit.result<int>() != 0 ? errno : 0;
  } else {
    const auto &mock = *decision.as<EnvMock>();
    failed = mock.error ? *mock.error : is_valid ? 0 : EINVAL;
    if (failed == 0)
      make(mock.environment());
    visit.answer<int>(failed == 0 ? 0 : -1);
  }
  if (failed != 0) {
    decision.recorded.raised(AnyValue(plugin::name_of_errno(failed)));
    errno = failed;
  }
}

bool is_name(const std::string &name) { return !name.empty() && name.find('=') == std::string::npos; }

Description described_set(const std::string &name, const std::string &value, bool overwrite) {
  Description call = described(EnvOperation::set, name);
  if (is_secret_variable(name))
    call.secret("value");
  else
    call.request("set " + plugin::literal(name) + " to " + plugin::literal(value)).field("value", value);
  call.field("overwrite", overwrite, overwrite ? Need::optional : Need::required);
  return call;
}

void on_set(Visit &visit) {
  const char *given = text_argument(visit, 0);
  const char *value = text_argument(visit, 1);
  if (value == nullptr) { // which libc does not survive
    visit.make_real();
    return;
  }
  int overwrite = 0;
  std::memcpy(&overwrite, visit.argument(2).address, sizeof overwrite);
  const std::string name(given == nullptr ? "" : given);
  const std::string text(value);
  change(visit, described_set(name, text, overwrite != 0), is_name(name), [&](Environment &environment) {
    if (overwrite != 0 || !environment.is_set(name))
      environment.set(name, text);
  });
}

void unset(Visit &visit, const std::string &name) {
  change(visit, described(EnvOperation::unset, name), is_name(name),
         [&](Environment &environment) { environment.unset(name); });
}

void on_unset(Visit &visit) {
  const char *given = text_argument(visit, 0);
  unset(visit, given == nullptr ? "" : given);
}

void on_put(Visit &visit) {
  char *text = const_cast<char *>(text_argument(visit, 0));
  if (text == nullptr) { // which libc does not survive
    visit.make_real();
    return;
  }
  const char *const sign = std::strchr(text, '=');
  if (sign == nullptr) { // libc removes the variable
    unset(visit, text);
    return;
  }
  const std::string name(text, static_cast<std::size_t>(sign - text));
  change(visit, described_set(name, sign + 1, true), true,
         [&](Environment &environment) { environment.put(name, text); });
}

void on_clear(Visit &visit) {
  Description call;
  call.request("clear").field("operation", std::string("clear")).key(key_of(EnvOperation::clear, ""));
  change(visit, std::move(call), true, [](Environment &environment) { environment.clear(); });
}

class EnvPlugin final : public plugin::Plugin {
public:
  EnvPlugin() : Plugin(tripwire_manifest_env, "<tripwire/plugins/env.hpp>") {
    observe("getenv", &on_get);
    observe("secure_getenv", &on_get);
    observe("setenv", &on_set);
    observe("putenv", &on_put);
    observe("unsetenv", &on_unset);
    observe("clearenv", &on_clear);
  }

  std::string mock_line(const plugin::Description &call) const override { return env_mock_statement(call); }
  std::string assert_line(const plugin::Description &interaction) const override {
    return env_assert_statement(interaction);
  }
};

} // namespace

plugin::Plugin &env_plugin() {
  static EnvPlugin plugin;
  return plugin;
}

namespace {

// Linking this file is registering it, before main.
[[maybe_unused]] const plugin::Plugin &registered = env_plugin();

} // namespace

} // namespace tripwire::plugins

// What the CMake target asks the linker for, so that the plugin is there also when no test names it.
extern "C" void tripwire_plugin_env() {}
