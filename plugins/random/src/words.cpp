// what a test writes behind tripwire::random --> mocks of the current test, and fields of an assertion
#include "hints.hpp"
#include "mock.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_names.hpp>
#include <tripwire/violation.hpp>

#include <memory>

namespace tripwire::plugins {

namespace {

[[noreturn]] void refuse(const std::string &what, const Place &place) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "random";
  facts.site.file = place.file;
  facts.site.line = place.line;
  facts.text = "ConfigurationError: " + what + "\n  at " + place.file + ":" + std::to_string(place.line);
  raise(std::move(facts));
}

std::shared_ptr<TestStreams> streams_of_test() { return plugin::state_of_test<TestStreams>(random_plugin()); }

std::unique_ptr<RandomMock> made(const std::string &key, const std::string &said) {
  return std::make_unique<RandomMock>(key, said, streams_of_test());
}

RandomAnswer &added(std::unique_ptr<RandomMock> mock, const Place &place) {
  return plugin::add(random_plugin(), std::move(mock), place).answer;
}

std::string said(const RandomFacts &facts, const std::string &value, const char *how = "") {
  return "mock_" + std::string(facts.word) + how + "(" + value + ")";
}

std::string text_of(const Matcher &matcher) {
  std::string text;
  seam::Out out(text);
  matcher.describe(out);
  return text;
}

plugin::Assertion asserted(RandomFunction function, const Place &place, const char *how = "") {
  const RandomFacts &facts = facts_of(function);
  plugin::Assertion assertion(random_plugin(), "tripwire::random.assert_" + std::string(facts.word) + how + "(...)",
                              place);
  assertion.field("function", matcher_of(std::string(facts.name)));
  return assertion;
}

} // namespace

RandomSeed &Random::seed(std::uint64_t seed, Place place) const {
  auto &mock = plugin::add(random_plugin(), std::make_unique<RandomSeedMock>(seed, streams_of_test()), place);
  mock.streams().seed(seed, mock);
  return mock.words;
}

RandomAnswer &Random::number(RandomFunction function, std::int64_t value, const Place &place) const {
  const RandomFacts &facts = facts_of(function);
  const std::string text = std::to_string(value);
  if (value < facts.lowest || value > facts.highest)
    refuse(said(facts, text) + ": " + facts.name + " hands out numbers from " + std::to_string(facts.lowest) + " to " +
               std::to_string(facts.highest),
           place);
  auto mock = made(facts.name, said(facts, text));
  mock->number = value;
  if (function == RandomFunction::arc4random_uniform && value != 0) // which is the answer to a bound of 0, too
    mock->expect("bound", greater_than(value));
  return added(std::move(mock), place);
}

RandomAnswer &Random::mock_drand48(double value, Place place) const {
  const RandomFacts &facts = facts_of(RandomFunction::drand48);
  const std::string text = std::to_string(value);
  if (!(value >= 0 && value < 1))
    refuse(said(facts, text) + ": drand48 hands out fractions from 0 on that are less than 1", place);
  auto mock = made(facts.name, said(facts, text));
  mock->fraction = value;
  return added(std::move(mock), place);
}

RandomAnswer &Random::bytes_of(RandomFunction function, const RandomBytes &bytes, const Place &place) const {
  const RandomFacts &facts = facts_of(function);
  const std::size_t size = bytes.text().size();
  constexpr std::size_t most = 256; // getentropy(3)
  if (function == RandomFunction::getentropy && size > most)
    refuse("getentropy hands out at most 256 bytes, and " + std::to_string(size) + " are said", place);
  auto mock = made(facts.name, said(facts, plugin::literal(bytes.text())));
  mock->bytes = bytes.text();
  mock->expect("size", function == RandomFunction::getrandom ? at_least(size) : matcher_of(size));
  return added(std::move(mock), place);
}

RandomAnswer &Random::failed(RandomFunction function, int error, const Place &place) const {
  const RandomFacts &facts = facts_of(function);
  if (error <= 0)
    refuse(said(facts, std::to_string(error), "_failed") + " is no error; say the errno, as EINTR", place);
  auto mock = made(facts.name, said(facts, plugin::name_of_errno(error), "_failed"));
  mock->error = error;
  return added(std::move(mock), place);
}

RandomAnswer &Random::seeding(Matcher seed, const Place &place) const {
  auto mock = made(random_seedings, "mock_seeding(" + text_of(seed) + ")");
  mock->expect("seed", std::move(seed));
  return added(std::move(mock), place);
}

RandomPassThrough Random::pass_through(Place place) const {
  plugin::add(random_plugin(), std::make_unique<RandomRealMock>(), place);
  return {};
}

void Random::assert_value(RandomFunction function, Matcher value, const Place &place) const {
  asserted(function, place).field("value", std::move(value)).check();
}

void Random::assert_arc4random(Place place) const { asserted(RandomFunction::arc4random, place).check(); }

void Random::assert_bound(Matcher bound, const Place &place) const {
  asserted(RandomFunction::arc4random_uniform, place).field("bound", std::move(bound)).check();
}

void Random::assert_random_device(Place place) const { asserted(RandomFunction::random_device, place).check(); }

void Random::assert_random_device_failed(int error, Place place) const {
  asserted(RandomFunction::random_device, place, "_failed")
      .field("raised", matcher_of(plugin::name_of_errno(error)))
      .check();
}

void Random::assert_bytes(RandomFunction function, Matcher size, const unsigned *flags, const std::size_t *got,
                          int error, const Place &place) const {
  plugin::Assertion assertion = asserted(function, place, error != 0 ? "_failed" : "");
  assertion.field("size", std::move(size));
  if (flags != nullptr)
    assertion.field("flags", matcher_of(*flags));
  if (got != nullptr)
    assertion.field("got", matcher_of(*got));
  if (error != 0)
    assertion.field("raised", matcher_of(plugin::name_of_errno(error)));
  assertion.check();
}

void Random::assert_seed(Matcher seed, const Place &place) const {
  plugin::Assertion(random_plugin(), "tripwire::random.assert_seeding(...)", place)
      .field("seed", std::move(seed))
      .check();
}

void Random::assert_setstate(Place place) const {
  plugin::Assertion(random_plugin(), "tripwire::random.assert_setstate()", place)
      .field("function", matcher_of(std::string("setstate")))
      .check();
}

} // namespace tripwire::plugins
