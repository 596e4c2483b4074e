// what a test writes behind tripwire::env --> mocks of the current test, and fields of an assertion
#include "hints.hpp"
#include "mock.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugin_names.hpp>
#include <tripwire/violation.hpp>

#include <memory>

namespace tripwire::plugins {

namespace {

/// What is not set, also of a forked child, whose values arrive as they are printed.
class IsUnset final : public Matcher::Body {
public:
  bool matches(const Value &value) const override {
    std::string text;
    seam::Out out(text);
    tripwire::print(out, value);
    return text == "unset";
  }
  void describe(seam::Out &out, const seam::Parameter *) const override { out.put("unset"); }
};

[[noreturn]] void refuse(const std::string &what, const Place &place) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "env";
  facts.site.file = place.file;
  facts.site.line = place.line;
  facts.text = "ConfigurationError: " + what + "\n  at " + place.file + ":" + std::to_string(place.line);
  raise(std::move(facts));
}

EnvMock &added(EnvMock::Kind kind, EnvOperation operation, std::optional<EnvName> name, Place place) {
  return plugin::add(
      env_plugin(),
      std::make_unique<EnvMock>(kind, operation, std::move(name), plugin::state_of_test<Environment>(env_plugin())),
      place);
}

/// Behind each change: what the program then reads is its own value.
EnvMock &added_change(EnvOperation operation, std::optional<EnvName> name, Place place) {
  EnvMock &mock = added(EnvMock::Kind::change, operation, std::move(name), place);
  added(EnvMock::Kind::changed, EnvOperation::get, std::nullopt, place);
  return mock;
}

plugin::Assertion about(EnvOperation operation, const char *ending, Place place) {
  const std::string word = word_of(operation);
  plugin::Assertion assertion(env_plugin(), "tripwire::env.assert_" + word + ending + "(...)", place);
  assertion.field("operation", matcher_of(word));
  return assertion;
}

void check_set(const char *ending, const EnvName &name, const EnvExpectedText &value, std::optional<bool> overwrite,
               std::optional<int> error, Place place) {
  plugin::Assertion assertion = about(EnvOperation::set, ending, place);
  assertion.field("name", name.matcher()).field("value", value.matcher());
  if (overwrite)
    assertion.field("overwrite", matcher_of(*overwrite));
  if (error)
    assertion.field("raised", matcher_of(plugin::name_of_errno(*error)));
  assertion.check();
}

} // namespace

Unset::operator Matcher() const { return Matcher(std::make_shared<IsUnset>()); }

void tripwire_print(seam::Out &out, const Unset &) { out.put("unset"); }

template <class Self> Self &EnvAnswer<Self>::times(std::uint64_t count) {
  mock_->set_times(count);
  mock_->is_counted();
  return static_cast<Self &>(*this);
}

template <class Self> Self &EnvAnswer<Self>::always() {
  mock_->set_always();
  return static_cast<Self &>(*this);
}

template <class Self> Self &EnvAnswer<Self>::required(bool required) {
  mock_->set_required(required);
  return static_cast<Self &>(*this);
}

template class EnvAnswer<EnvVariable>;
template class EnvAnswer<EnvChange>;
template class EnvAnswer<EnvPassThrough>;

EnvChange &EnvChange::fails(int error) {
  if (error <= 0)
    refuse("a call fails with an errno, such as ENOMEM, not with " + std::to_string(error), mock_->place());
  mock_->error = error;
  return *this;
}

EnvVariable &Env::mock_get(const EnvName &name, const EnvText &value, Place place) const {
  if (name.literal() && value.text() && (name.literal()->empty() || name.literal()->find('=') != std::string::npos))
    refuse("no variable is named " + plugin::literal(*name.literal()) + ": a name has letters, and no '='", place);
  if (value.text() && value.text()->find('\0') != std::string::npos)
    refuse("a variable cannot hold " + plugin::literal(*value.text()) + ": its text ends at the first zero", place);
  EnvMock &mock = added(EnvMock::Kind::variable, EnvOperation::get, name, place);
  mock.text = value.text();
  if (name.literal())
    mock.environment().stated(*name.literal(), mock);
  return mock.variable;
}

EnvChange &Env::mock_set(const EnvName &name, const EnvExpectedText &value, Place place) const {
  EnvMock &mock = added_change(EnvOperation::set, name, place);
  mock.value = value.matcher();
  return mock.change;
}

EnvChange &Env::mock_unset(const EnvName &name, Place place) const {
  return added_change(EnvOperation::unset, name, place).change;
}

EnvChange &Env::mock_clear(Place place) const { return added_change(EnvOperation::clear, std::nullopt, place).change; }

EnvPassThrough &Env::pass_through(const EnvName &name, Place place) const {
  return added(EnvMock::Kind::real, EnvOperation::get, name, place).pass_through;
}

void Env::assert_get(const EnvName &name, const EnvExpectedText &value, Place place) const {
  about(EnvOperation::get, "", place).field("name", name.matcher()).field("value", value.matcher()).check();
}

void Env::assert_set(const EnvName &name, const EnvExpectedText &value, Place place) const {
  check_set("", name, value, {}, {}, place);
}

void Env::assert_set(const EnvName &name, const EnvExpectedText &value, bool overwrite, Place place) const {
  check_set("", name, value, overwrite, {}, place);
}

void Env::assert_unset(const EnvName &name, Place place) const {
  about(EnvOperation::unset, "", place).field("name", name.matcher()).check();
}

void Env::assert_clear(Place place) const { about(EnvOperation::clear, "", place).check(); }

void Env::assert_set_failed(const EnvName &name, const EnvExpectedText &value, int error, Place place) const {
  check_set("_failed", name, value, {}, error, place);
}

void Env::assert_set_failed(const EnvName &name, const EnvExpectedText &value, bool overwrite, int error,
                            Place place) const {
  check_set("_failed", name, value, overwrite, error, place);
}

void Env::assert_unset_failed(const EnvName &name, int error, Place place) const {
  about(EnvOperation::unset, "_failed", place)
      .field("name", name.matcher())
      .field("raised", matcher_of(plugin::name_of_errno(error)))
      .check();
}

void Env::assert_clear_failed(int error, Place place) const {
  about(EnvOperation::clear, "_failed", place).field("raised", matcher_of(plugin::name_of_errno(error))).check();
}

} // namespace tripwire::plugins
