#include "hints.hpp"

#include "mock.hpp"

namespace tripwire::plugins {

namespace {

std::string text_at(const plugin::Description &call, const char *field) {
  const auto *text = call.get<std::string>(field);
  return text == nullptr ? "tripwire::anything" : plugin::literal(*text);
}

/// The word behind `mock_` or `assert_`.
std::string word_of(const plugin::Description &call) {
  if (call.find("command") != nullptr)
    return "command";
  return call.find("socket") != nullptr ? "connect_unix" : "connect";
}

std::string arguments_of(const plugin::Description &call) {
  if (call.find("socket") != nullptr)
    return text_at(call, "socket");
  if (call.find("command") == nullptr) {
    const auto *port = call.get<int>("port");
    return text_at(call, "host") + ", " + (port == nullptr ? "tripwire::anything" : std::to_string(*port));
  }
  std::string text = text_at(call, "command");
  const auto *arguments = call.get<RedisArguments>("args");
  if (arguments == nullptr || arguments->list.empty())
    return text;
  for (const RedisArgument &argument : arguments->list)
    text += ", " + (argument.is_secret ? std::string("tripwire::anything") : plugin::literal(argument.text));
  return text;
}

/// `REDIS_ERR_EOF`, or the text that the server replied.
std::string failure_of(const std::string &raised) {
  return raised.rfind("REDIS_ERR_", 0) == 0 ? raised : plugin::literal(raised);
}

} // namespace

std::string redis_mock_statement(const plugin::Description &call) {
  const std::string word = word_of(call);
  return "tripwire::redis.mock_" + word + "(" + arguments_of(call) + ")" +
         (word == "command" ? ".status(\"OK\");" : ";");
}

std::string redis_assert_statement(const plugin::Description &interaction) {
  const auto *raised = interaction.get<std::string>("raised");
  return "tripwire::redis.assert_" + word_of(interaction) +
         (raised == nullptr ? "(" : "_failed(" + failure_of(*raised) + ", ") + arguments_of(interaction) + ");";
}

} // namespace tripwire::plugins
