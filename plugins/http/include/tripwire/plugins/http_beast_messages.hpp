// messages of Boost.Beast --(beast_detail)--> what the plugin records, and what mocks answer as bytes
//
// Included by <tripwire/plugins/http_beast.hpp>.
#ifndef TRIPWIRE_PLUGINS_HTTP_BEAST_MESSAGES_HPP
#define TRIPWIRE_PLUGINS_HTTP_BEAST_MESSAGES_HPP

#include <tripwire/plugins/http.hpp>
#include <tripwire/plugins/http_client.hpp>

#include <boost/asio/error.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http.hpp>
#include <boost/system/error_code.hpp>

#include <string>

namespace tripwire::plugins {

/// `boost::beast::http::make_error_code(static_cast<boost::beast::http::error>(1))`
template <> struct HttpErrorName<boost::system::error_code> {
  static std::string text(const boost::system::error_code &error) {
    const std::string number = std::to_string(error.value());
    const boost::system::error_category &category = error.category();
    if (category == boost::beast::http::make_error_code(boost::beast::http::error::end_of_stream).category())
      return "boost::beast::http::make_error_code(static_cast<boost::beast::http::error>(" + number + "))";
    if (category == boost::asio::error::get_misc_category())
      return "boost::asio::error::make_error_code(static_cast<boost::asio::error::misc_errors>(" + number + "))";
    const bool is_system = category == boost::system::system_category();
    return "boost::system::error_code(" + number + ", boost::system::" + (is_system ? "system" : "generic") +
           "_category())";
  }
};

} // namespace tripwire::plugins

namespace tripwire::plugins::beast_detail {

namespace beast = boost::beast;
namespace http = boost::beast::http;

template <class Fields> HttpLines lines_of(const Fields &fields) {
  HttpLines lines;
  for (const auto &field : fields)
    lines.emplace_back(std::string(field.name_string()), std::string(field.value()));
  return lines;
}

/// Where a request leads: by its target, or by its header Host.
inline std::string url_of(bool is_secure, const std::string &target, const HttpLines &headers) {
  if (target.find("://") != std::string::npos)
    return target;
  std::string host = "localhost";
  for (const auto &[name, value] : headers)
    if (beast::iequals(name, "Host"))
      host = value;
  return (is_secure ? "https://" : "http://") + host + (target.rfind('/', 0) == 0 ? "" : "/") + target;
}

/// Null where \p error is of another library.
inline const boost::system::error_code *error_of(const HttpAnswered &answer) {
  const auto *error = answer.error.as<HttpErrorOf<boost::system::error_code>>();
  return error == nullptr ? nullptr : &error->code;
}

inline std::string text_of(const HttpAnswered &answer) {
  std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " " + http_reason(answer.status) + "\r\n";
  for (const auto &[name, value] : answer.headers)
    text += name + ": " + value + "\r\n";
  return text + "\r\n" + answer.body;
}

} // namespace tripwire::plugins::beast_detail

#endif
