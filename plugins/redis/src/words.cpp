// what a test writes behind tripwire::redis --> answers of the current test, and fields of an assertion
#include "command.hpp"
#include "mock.hpp"
#include "plugin.hpp"

#include <tripwire/violation.hpp>

#include <memory>

namespace tripwire::plugins {

namespace {

[[noreturn]] void refuse(const std::string &what, const Place &place) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "redis";
  facts.site.file = place.file;
  facts.site.line = place.line;
  facts.text = "ConfigurationError: " + what + "\n  at " + place.file + ":" + std::to_string(place.line);
  raise(std::move(facts));
}

RedisBreak broken(int code, std::string_view message, const Place &place) {
  if (code < REDIS_ERR_IO || code > REDIS_ERR_OOM)
    refuse(".fails(" + std::to_string(code) + "): that is none of REDIS_ERR_...", place);
  return {code, std::string(message)};
}

/// The command of the word; several words in one text are none.
std::string command_of(const RedisCommand &command) {
  const std::string name = redis_name(command.name());
  if (name.empty() || name.find_first_of(" \t\r\n") != std::string::npos)
    refuse(plugin::literal(command.name()) +
               " is not the name of a command; its arguments are arguments of the word: (\"GET\", \"key\")",
           command.place());
  return name;
}

RedisMock &added(std::unique_ptr<RedisMock> mock, const Place &place) {
  return plugin::add(redis_plugin(), std::move(mock), place);
}

std::unique_ptr<RedisMock> connecting(const char *word) {
  return std::make_unique<RedisMock>(word, redis_connecting, RedisMock::Default::no);
}

plugin::Assertion asserted(const std::string &word, const RedisFailure *failure, const Place &place) {
  plugin::Assertion assertion(
      redis_plugin(), "tripwire::redis.assert_" + word + (failure == nullptr ? "(...)" : "_failed(...)"), place);
  if (failure != nullptr)
    assertion.field("raised", failure->matcher());
  return assertion;
}

} // namespace

RedisFailure::RedisFailure(int code) : matcher_(matcher_of(name_of_redis_error(code))) {}

RedisAnswer::RedisAnswer(RedisMock &mock) : MockWords(mock), mock_(&mock) {}

RedisAnswer &RedisAnswer::returns(const RedisReply &reply) {
  mock_->wire = reply.wire();
  return *this;
}

RedisAnswer &RedisAnswer::then(const RedisReply &message) {
  mock_->messages.push_back(message.wire());
  return *this;
}

RedisAnswer &RedisAnswer::fails(int code, std::string_view message) {
  mock_->broken = broken(code, message, mock_->place());
  return *this;
}

RedisAnswer &RedisAnswer::on(std::string_view host, int port) {
  mock_->only("host", matcher_of(host));
  mock_->only("port", matcher_of(port));
  return *this;
}

RedisConnectAnswer::RedisConnectAnswer(RedisMock &mock) : MockWords(mock), mock_(&mock) {}

RedisConnectAnswer &RedisConnectAnswer::fails(int code, std::string_view message) {
  mock_->broken = broken(code, message, mock_->place());
  return *this;
}

RedisConnectAnswer &Redis::connect(Matcher host, Matcher port, const Place &place) const {
  auto mock = connecting("mock_connect");
  mock->expect("host", std::move(host));
  mock->expect("port", std::move(port));
  return added(std::move(mock), place).connection;
}

RedisConnectAnswer &Redis::connect_unix(Matcher path, const Place &place) const {
  auto mock = connecting("mock_connect_unix");
  mock->expect("socket", std::move(path));
  return added(std::move(mock), place).connection;
}

RedisAnswer &Redis::answer(const RedisCommand &command, std::vector<Matcher> arguments) const {
  const std::string name = command_of(command);
  auto mock = std::make_unique<RedisMock>("mock_command", name,
                                          arguments.empty() ? RedisMock::Default::yes : RedisMock::Default::no);
  mock->expect("command", matcher_of(name));
  if (!arguments.empty())
    mock->expect("args", detail::redis_arguments(std::move(arguments)));
  return added(std::move(mock), command.place()).answer;
}

RedisPassThrough Redis::pass_through(Place place) const {
  plugin::add(redis_plugin(), std::make_unique<RedisRealMock>(), place);
  return {};
}

void Redis::check_connect(Matcher host, Matcher port, const RedisFailure *failure, const Place &place) const {
  asserted("connect", failure, place).field("host", std::move(host)).field("port", std::move(port)).check();
}

void Redis::check_connect_unix(Matcher path, const RedisFailure *failure, const Place &place) const {
  asserted("connect_unix", failure, place).field("socket", std::move(path)).check();
}

void Redis::check_command(const RedisCommand &command, std::vector<Matcher> arguments,
                          const RedisFailure *failure) const {
  asserted("command", failure, command.place())
      .field("command", matcher_of(command_of(command)))
      .field("args", detail::redis_arguments(std::move(arguments)))
      .check();
}

} // namespace tripwire::plugins
