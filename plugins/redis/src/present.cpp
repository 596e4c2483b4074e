#include "present.hpp"

#include <tripwire/violation.hpp>

#include <cstdlib>

namespace tripwire::plugins {

namespace {

std::uintptr_t handle_of(const redisContext &context) { return reinterpret_cast<std::uintptr_t>(&context); }

std::string text_of(const stand_in::Server &server) {
  return server.socket.empty() ? server.host + ":" + std::to_string(server.port) : server.socket;
}

/// Names the server for rules.
void name_server(plugin::Description &call, const stand_in::Server &server) {
  if (!server.socket.empty())
    call.firewall("socket", server.socket);
  else if (!server.host.empty())
    call.firewall("host", server.host).firewall("port", std::to_string(server.port));
}

} // namespace

plugin::Decision present_connect(plugin::Visit &visit, const stand_in::Server &server) {
  plugin::Description call;
  call.request("connect to " + text_of(server)).key(redis_connecting);
  if (server.socket.empty())
    call.field("host", server.host).field("port", server.port);
  else
    call.field("socket", server.socket);
  name_server(call, server);
  return visit.present(std::move(call));
}

plugin::Decision present_command(plugin::Visit &visit, const redisContext &context, RedisConnection &connection,
                                 const RedisRequest &request) {
  if (connection.is_stand_in && connection.test.expired())
    redis_misuse(text_of(request) + " on a connection to " + text_of(connection.server) +
                     " that was mocked in a test which has ended",
                 visit);
  plugin::Description call;
  call.request(text_of(request))
      .field("command", request.name)
      .field("args", request.arguments)
      .field("host", connection.server.host, plugin::Need::optional)
      .field("port", connection.server.port, plugin::Need::optional)
      .firewall("db", std::to_string(connection.db))
      .firewall("command", request.name)
      .key(request.name)
      .on(handle_of(context));
  name_server(call, connection.server);
  plugin::Decision decision = visit.present(std::move(call));
  if (request.name == "SELECT" && request.arguments.list.size() == 1)
    connection.db = std::atoi(request.arguments.list[0].text.c_str());
  return decision;
}

void redis_misuse(const std::string &what, plugin::Visit &visit) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "redis";
  facts.site = call_site(visit.call().site);
  facts.text = "ConfigurationError: redis: " + what + "\n  at " + facts.site.text();
  raise(std::move(facts));
}

RedisBreak complete(const RedisBreak &broken, int usual_errno, RedisErrno &error) {
  if (broken.code == REDIS_ERR_IO)
    error.becomes(usual_errno);
  if (!broken.message.empty())
    return broken;
  return {broken.code, broken.code == REDIS_ERR_IO ? std::strerror(usual_errno) : stand_in::message_of(broken.code)};
}

} // namespace tripwire::plugins
