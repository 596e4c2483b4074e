#include "hints.hpp"

#include "function.hpp"
#include "mock.hpp"

#include <cstddef>
#include <cstdio>
#include <cstring>

namespace tripwire::plugins {

namespace {

constexpr const char *instead = " // or for all that is drawn: tripwire::random.seed(42);";

const RandomFacts *drawn_by(const plugin::Description &call) {
  const auto *name = call.get<std::string>("function");
  return name == nullptr || call.key() == random_seedings ? nullptr : &facts_of(random_function(*name));
}

/// The fraction without a loss.
std::string literal_of(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.17g", value);
  return std::strpbrk(text, ".en") == nullptr ? std::string(text) + ".0" : text;
}

std::string value_of(const plugin::Description &call) {
  if (const auto *number = call.get<std::int64_t>("value"))
    return std::to_string(*number);
  const auto *fraction = call.get<double>("value");
  return fraction == nullptr ? std::string() : literal_of(*fraction);
}

template <class T> std::string number_of(const plugin::Description &call, const char *field) {
  const auto *number = call.get<T>(field);
  return number == nullptr ? std::string("tripwire::anything") : std::to_string(*number);
}

std::string seed_of(const plugin::Description &call) { return number_of<std::int64_t>(call, "seed"); }

/// What stands in the parentheses of an assertion of bytes.
std::string bytes_of(const plugin::Description &call) {
  std::string text = number_of<std::size_t>(call, "size");
  if (const auto *flags = call.get<unsigned>("flags"); flags != nullptr && *flags != 0)
    text += ", " + std::to_string(*flags) + "U";
  if (const auto *got = call.get<std::size_t>("got"))
    text += ", " + std::to_string(*got);
  return text;
}

} // namespace

std::string random_mock_statement(const plugin::Description &call) {
  const RandomFacts *facts = drawn_by(call);
  if (facts == nullptr)
    return call.find("seed") == nullptr
               ? "tripwire::random.seed(42);"
               : "tripwire::random.mock_seeding(" + seed_of(call) + ");" + std::string(instead);
  std::string value = "0";
  if (facts->draw == RandomDraw::fraction)
    value = "0.5";
  if (facts->draw == RandomDraw::bytes)
    value = "std::string(" + number_of<std::size_t>(call, "size") + ", '\\0')";
  return "tripwire::random.mock_" + std::string(facts->word) + "(" + value + ");" + instead;
}

std::string random_assert_statement(const plugin::Description &interaction) {
  const std::string word = "tripwire::random.assert_";
  const RandomFacts *facts = drawn_by(interaction);
  if (facts == nullptr)
    return interaction.find("seed") == nullptr ? word + "setstate();" : word + "seeding(" + seed_of(interaction) + ");";
  const auto *raised = interaction.get<std::string>("raised");
  std::string arguments = facts->draw == RandomDraw::bytes ? bytes_of(interaction) : value_of(interaction);
  if (interaction.find("bound") != nullptr)
    arguments = number_of<std::uint32_t>(interaction, "bound");
  if (raised != nullptr)
    arguments += (arguments.empty() ? "" : ", ") + *raised;
  const char *is_short = interaction.find("got") != nullptr ? "short_" : "";
  return word + is_short + facts->word + (raised != nullptr ? "_failed(" : "(") + arguments + ");";
}

} // namespace tripwire::plugins
