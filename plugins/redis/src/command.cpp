#include "command.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <optional>

namespace tripwire::plugins {

namespace {

/// Takes a line of the protocol off the front: its type, and the number behind it.
std::optional<std::size_t> take_number(std::string_view &wire, char type) {
  const std::size_t end = wire.find("\r\n");
  if (end == std::string_view::npos || end < 2 || wire[0] != type)
    return std::nullopt;
  std::size_t number = 0;
  for (const char c : wire.substr(1, end - 1)) {
    if (std::isdigit(static_cast<unsigned char>(c)) == 0)
      return std::nullopt;
    number = number * 10 + static_cast<std::size_t>(c - '0');
  }
  wire.remove_prefix(end + 2);
  return number;
}

/// Takes one command of the protocol off the front. Empty when there is none.
std::vector<std::string> take_words(std::string_view &wire) {
  std::vector<std::string> words;
  std::string_view rest = wire;
  const auto count = take_number(rest, '*');
  if (!count)
    return {};
  for (std::size_t index = 0; index < *count; ++index) {
    const auto size = take_number(rest, '$');
    if (!size || rest.size() < *size + 2)
      return {};
    words.emplace_back(rest.substr(0, *size));
    rest.remove_prefix(*size + 2);
  }
  wire = rest;
  return words;
}

/// The same for a line as one types it.
std::vector<std::string> take_inline(std::string_view &wire) {
  const std::size_t end = std::min(wire.find('\n'), wire.size());
  std::vector<std::string> words;
  std::string word;
  for (const char c : wire.substr(0, end)) {
    if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty())
    words.push_back(std::move(word));
  wire.remove_prefix(std::min(end + 1, wire.size()));
  return words;
}

void hide(RedisArguments &arguments, std::size_t index) {
  if (index < arguments.list.size())
    arguments.list[index] = {{}, true};
}

bool is_word(const RedisArguments &arguments, std::size_t index, const char *word) {
  return index < arguments.list.size() && redis_name(arguments.list[index].text) == word;
}

/// Settings of a server that are passwords.
bool is_secret_setting(const std::string &name) {
  for (const char *part : {"PASS", "AUTH", "SECRET"})
    if (name.find(part) != std::string::npos)
      return true;
  return false;
}

// AUTH [user] password; HELLO 3 AUTH user password; MIGRATE ... AUTH password | AUTH2 user password; CONFIG SET
// requirepass password; ACL SETUSER user >password
void hide_secrets(RedisRequest &request) {
  RedisArguments &arguments = request.arguments;
  const std::size_t count = arguments.list.size();
  if (request.name == "AUTH" && count > 0)
    hide(arguments, count - 1);
  for (std::size_t index = 0; index < count; ++index) {
    if (request.name == "HELLO" && is_word(arguments, index, "AUTH"))
      hide(arguments, index + 2);
    if (request.name == "MIGRATE" && is_word(arguments, index, "AUTH"))
      hide(arguments, index + 1);
    if (request.name == "MIGRATE" && is_word(arguments, index, "AUTH2"))
      hide(arguments, index + 2);
  }
  if (request.name == "CONFIG" && is_word(arguments, 0, "SET"))
    for (std::size_t index = 1; index + 1 < count; index += 2)
      if (is_secret_setting(redis_name(arguments.list[index].text)))
        hide(arguments, index + 1);
  if (request.name == "ACL" && is_word(arguments, 0, "SETUSER"))
    for (std::size_t index = 2; index < count; ++index)
      if (const std::string &rule = arguments.list[index].text;
          !rule.empty() && std::string(">#<!").find(rule[0]) != std::string::npos)
        hide(arguments, index);
}

RedisRequest request_of(std::vector<std::string> words) {
  RedisRequest request;
  request.name = redis_name(words.front());
  for (std::size_t index = 1; index < words.size(); ++index)
    request.arguments.list.push_back({std::move(words[index]), false});
  hide_secrets(request);
  return request;
}

} // namespace

std::string redis_name(std::string_view name) {
  std::string upper(name);
  for (char &c : upper)
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return upper;
}

std::vector<RedisRequest> commands_in(std::string_view wire) {
  std::vector<RedisRequest> all;
  while (!wire.empty()) {
    const std::string_view rest = wire;
    std::vector<std::string> words = wire[0] == '*' ? take_words(wire) : take_inline(wire);
    if (words.empty() && !wire.empty() && wire[0] == '*') {
      words.emplace_back(wire);
      wire = {};
    }
    if (words.empty())
      continue;
    all.push_back(request_of(std::move(words)));
    all.back().wire = std::string(rest.substr(0, rest.size() - wire.size()));
  }
  return all;
}

std::string text_of(const RedisRequest &request) {
  std::string text = request.name;
  if (request.arguments.list.empty())
    return text;
  seam::Out out(text);
  out.put(" ");
  tripwire_print(out, request.arguments);
  return text;
}

} // namespace tripwire::plugins
