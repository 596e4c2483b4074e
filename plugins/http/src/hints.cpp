#include "hints.hpp"

#include "mock.hpp"

#include <tripwire/plugin_mock.hpp>

namespace tripwire::plugins {

namespace {

bool is_text(std::string_view text) {
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if ((byte < 0x20 && letter != '\n' && letter != '\t') || byte == 0x7F)
      return false;
  }
  return true;
}

std::string value_of(const plugin::Description &interaction, std::string_view name) {
  const auto *text = interaction.get<std::string>(name);
  return text == nullptr ? "tripwire::anything" : literal(*text);
}

std::string headers_of(const plugin::Description &interaction, std::string_view name) {
  const auto *headers = interaction.get<HttpHeaders>(name);
  if (headers == nullptr)
    return "tripwire::anything";
  std::string result = "{";
  for (const auto &[header, value] : headers->lines)
    result += (result.size() == 1 ? "{" : ", {") + literal(header) + ", " + literal(value) + "}";
  return result + "}";
}

// A call of the library that is no request: only the core's own words fit it.
bool is_request(const plugin::Description &call) { return call.find("method") != nullptr; }

// A mock of the function itself, for calls that the plugin has no word for.
std::string seam_statement(const std::string &function) {
  if (function.find("::") != std::string::npos) // a template, perhaps: no address says which
    return "const auto permit = tripwire::allow(tripwire::M(\"http\").field(\"function\", " + literal(function) + "));";
  const bool gives_pointer = function == "curl_multi_get_handles";
  const bool is_multi = function.compare(0, 11, "curl_multi_") == 0;
  return "tripwire::mock<&" + function + ">().returns(" +
         (gives_pointer ? "nullptr"
          : is_multi    ? "CURLM_OK"
                        : "CURLE_OK") +
         ");";
}

} // namespace

std::string literal(std::string_view text) {
  if (!is_text(text))
    return plugin::literal(text);
  // A message indents its lines, and those of a raw string would be other ones.
  if (text.find_first_of("\"\\") == std::string_view::npos || text.find('\n') != std::string_view::npos)
    return plugin::literal(text);
  std::string delimiter;
  while (text.find(")" + delimiter + "\"") != std::string_view::npos)
    delimiter += "x";
  return "R\"" + delimiter + "(" + std::string(text) + ")" + delimiter + "\"";
}

std::string http_mock_statement(const plugin::Description &call) {
  if (!is_request(call))
    return seam_statement(call.request().substr(0, call.request().find(' ')));
  return "tripwire::http.mock_response(" + value_of(call, "method") + ", " + value_of(call, "url") + ").status(200);";
}

std::string http_assert_statement(const plugin::Description &interaction) {
  std::string text = "tripwire::http.assert_request(" + value_of(interaction, "method") + ", " +
                     value_of(interaction, "url") + ")\n    .headers(" + headers_of(interaction, "request_headers") +
                     ")\n    .body(" + value_of(interaction, "request_body") + ")\n    ";
  if (const auto *error = interaction.get<HttpError>("raised"))
    return text + ".assert_raised(" + curl::code_name(error->code) + ");";
  if (interaction.get<HttpCancelled>("raised") != nullptr)
    return text + ".assert_cancelled();";
  if (const plugin::Field *error = interaction.find("raised")) {
    text += ".assert_raised(";
    seam::Out out(text);
    print(out, error->value.view());
    return text + ");";
  }
  const auto *status = interaction.get<long>("status");
  if (status == nullptr)
    return text + ".assert_sent();";
  return text + ".assert_response(" + std::to_string(*status) + ", " + headers_of(interaction, "response_headers") +
         ", " + value_of(interaction, "response_body") + ");";
}

} // namespace tripwire::plugins
