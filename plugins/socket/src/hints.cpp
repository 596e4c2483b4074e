#include "hints.hpp"

#include "names.hpp"

#include <tripwire/plugin_mock.hpp>

namespace tripwire::plugins {

namespace {

SocketOperation operation_of(const plugin::Description &call) {
  const auto *operation = call.get<SocketOperation>("operation");
  return operation == nullptr ? SocketOperation::close : *operation;
}

std::string literal_of(const plugin::Description &call, std::string_view name) {
  const auto *text = call.get<std::string>(name);
  return text == nullptr ? "tripwire::anything" : plugin::literal(*text);
}

/// `"192.0.2.7", 80`, or `"/run/app.sock"`; empty for none.
std::string address_of(const plugin::Description &call) {
  if (call.find("host") == nullptr)
    return "";
  const auto *port = call.get<int>("port");
  return literal_of(call, "host") + (port == nullptr ? "" : ", " + std::to_string(*port));
}

std::string size_of(const plugin::Description &call) {
  const auto *size = call.get<std::size_t>("size");
  return size == nullptr ? "" : std::to_string(*size);
}

bool is_required(const plugin::Description &call, std::string_view name) {
  const plugin::Field *field = call.find(name);
  return field != nullptr && field->need == plugin::Need::required;
}

/// What stands behind the values that always are said.
std::string flags_of(const plugin::Description &call) {
  const auto *flags = call.get<SocketFlags>("flags");
  return flags == nullptr || *flags == SocketFlags{} ? "" : name_of(*flags);
}

std::string with(std::string arguments, const std::string &more) {
  if (more.empty())
    return arguments;
  return arguments.empty() ? more : arguments + ", " + more;
}

} // namespace

std::string socket_mock_statement(const plugin::Description &call) {
  const SocketOperation operation = operation_of(call);
  const std::string word = "expect_" + std::string(name_of(operation));
  switch (operation) {
  case SocketOperation::connect:
  case SocketOperation::bind:
    return "tripwire::socket.new_session()." + word + "(" + address_of(call) + ");";
  case SocketOperation::accept:
    return "tripwire::socket.mock_accept();";
  case SocketOperation::send:
    if (call.find("host") != nullptr)
      return "tripwire::socket.new_session()." + word + "(" + literal_of(call, "data") + ").to(" +
             with(address_of(call), call.find("port") == nullptr ? "0" : "") + ");";
    return "tripwire::socket.session()." + word + "(" + literal_of(call, "data") + ");";
  case SocketOperation::recv:
    return "tripwire::socket.session()." + word + "(\"data\");";
  case SocketOperation::listen:
    if (call.firewall().empty()) // of a socket that was not bound
      return "tripwire::socket.new_session().expect_listen();";
    break;
  case SocketOperation::shutdown:
  case SocketOperation::close:
    break;
  }
  return "tripwire::socket.session()." + word + "();";
}

std::string socket_assert_statement(const plugin::Description &interaction) {
  const SocketOperation operation = operation_of(interaction);
  const auto *raised = interaction.get<std::string>("raised");
  const bool is_send = operation == SocketOperation::send;
  const bool is_recv = operation == SocketOperation::recv;
  std::string word = name_of(operation);
  std::string arguments;
  std::string behind;
  if (is_send || is_recv) {
    const bool is_addressed = (is_send || raised == nullptr) && interaction.find("host") != nullptr;
    arguments = is_send ? literal_of(interaction, "data") : size_of(interaction);
    if (is_recv && raised == nullptr)
      arguments = with(arguments, literal_of(interaction, "data"));
    if (is_addressed) {
      word += is_send ? "_to" : "_from";
      arguments = with(arguments, address_of(interaction));
    }
    behind = flags_of(interaction);
    if (is_send && raised == nullptr && !is_addressed) {
      const std::string taken = is_required(interaction, "size") ? size_of(interaction) : "";
      if (!taken.empty() || !behind.empty())
        arguments = with(arguments, taken.empty() ? "tripwire::anything" : taken);
    }
  } else if (operation == SocketOperation::listen) {
    const auto *backlog = interaction.get<int>("backlog");
    arguments = backlog == nullptr ? "tripwire::anything" : std::to_string(*backlog);
  } else if (operation == SocketOperation::shutdown) {
    const auto *how = interaction.get<SocketHow>("how");
    arguments = how == nullptr ? "tripwire::anything" : name_of(*how);
  } else {
    arguments = address_of(interaction);
  }
  if (raised != nullptr)
    arguments = with(arguments, *raised);
  return "tripwire::socket.assert_" + word + (raised == nullptr ? "(" : "_raised(") + with(arguments, behind) + ");";
}

} // namespace tripwire::plugins
