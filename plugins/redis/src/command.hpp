// bytes that hiredis sends --(commands_in)--> commands and their arguments, without secrets
#ifndef TRIPWIRE_PLUGINS_REDIS_COMMAND_HPP
#define TRIPWIRE_PLUGINS_REDIS_COMMAND_HPP

#include <tripwire/plugins/redis_reply.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tripwire::plugins {

struct RedisRequest {
  std::string name; ///< in upper case
  RedisArguments arguments;
  std::string wire; ///< as it is sent
};

/// In upper case.
std::string redis_name(std::string_view name);

/// The commands in what a program sends: in the protocol of Redis, or inline. What is neither is one command whose name
/// is all of it.
std::vector<RedisRequest> commands_in(std::string_view wire);

/// The text of the command for messages: `GET "key"`.
std::string text_of(const RedisRequest &request);

} // namespace tripwire::plugins

#endif
