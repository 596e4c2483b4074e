#include "hints.hpp"

#include "errors.hpp"
#include "mock.hpp"
#include "names.hpp"

#include <vector>

namespace tripwire::plugins {

namespace {

std::string text_of(const plugin::Description &call, std::string_view name) {
  const auto *text = call.get<std::string>(name);
  return text == nullptr ? std::string() : *text;
}

/// One that is optional may be left out behind all that are not.
struct Argument {
  std::string text;
  bool is_needed;
};

Argument argument_of(const plugin::Description &call, std::string_view name) {
  const plugin::Field *field = call.find(name);
  if (field == nullptr)
    return {"", false};
  const bool is_needed = field->need == plugin::Need::required;
  if (const auto *text = field->value.as<std::string>())
    return {plugin::literal(*text), is_needed};
  if (const auto *family = field->value.as<DnsFamily>())
    return {name_of(*family), is_needed};
  if (const auto *type = field->value.as<DnsSocketType>())
    return {name_of(*type), is_needed};
  if (const auto *flags = field->value.as<DnsFlags>())
    return {name_of(*flags), is_needed};
  if (const auto *flags = field->value.as<DnsNameFlags>())
    return {name_of(*flags), is_needed};
  const auto *number = field->value.as<int>();
  return {number == nullptr ? "tripwire::anything" : std::to_string(*number), is_needed};
}

/// Errors of c-ares by their names, since its header need not be there.
std::string error_argument(const std::string &name) {
  const bool is_constant = name.compare(0, 5, "ARES_") != 0;
  return is_constant ? name : plugin::literal(name);
}

std::vector<const char *> fields_behind(const std::string &operation) {
  if (operation == operation::getaddrinfo)
    return {"family", "type", "protocol", "flags"};
  if (operation == operation::gethostbyname)
    return {"family"};
  if (operation == operation::getnameinfo)
    return {"flags"};
  if (operation == operation::resolve)
    return {"rdclass"};
  return {};
}

} // namespace

std::string dns_mock_statement(const plugin::Description &call) {
  const std::string operation = text_of(call, "operation");
  const std::string host = plugin::literal(text_of(call, "host"));
  if (operation == operation::resolve)
    return "tripwire::dns.mock_resolve(" + host + ", " + plugin::literal(text_of(call, "rdtype")) + ").records({});";
  const bool is_name = operation == operation::gethostbyaddr || operation == operation::getnameinfo;
  const auto *family = call.get<DnsFamily>("family");
  const bool is_ipv6 = family != nullptr && *family == DnsFamily{AF_INET6};
  return "tripwire::dns.mock_" + operation + "(" + host + ")" +
         (is_name   ? ".name(\"host.example\");"
          : is_ipv6 ? ".addresses({\"2001:db8::1\"});"
                    : ".addresses({\"192.0.2.1\"});");
}

std::string dns_assert_statement(const plugin::Description &interaction) {
  const std::string operation = text_of(interaction, "operation");
  const std::string raised = text_of(interaction, "raised");
  std::string text = "tripwire::dns.assert_" + operation + (raised.empty() ? "(" : "_raised(") +
                     plugin::literal(text_of(interaction, "host"));
  for (const char *name : {"service", "rdtype"})
    if (interaction.find(name) != nullptr)
      text += ", " + argument_of(interaction, name).text;
  if (!raised.empty())
    text += ", " + error_argument(raised);
  std::string pending;
  for (const char *name : fields_behind(operation)) {
    const Argument next = argument_of(interaction, name);
    pending += ", " + next.text;
    if (next.is_needed)
      text += std::exchange(pending, "");
  }
  return text + ");";
}

} // namespace tripwire::plugins
