// What the clients of this folder send, and what they say of an answer.
#ifndef TRIPWIRE_PLUGINS_HTTP_TEST_BEAST_MESSAGES_HPP
#define TRIPWIRE_PLUGINS_HTTP_TEST_BEAST_MESSAGES_HPP

#include <boost/beast/http.hpp>

#include <string>

namespace client {

namespace beast = boost::beast;
namespace http = beast::http;

template <class Body>
http::request<Body> request_of(http::verb verb, const std::string &host, const std::string &target) {
  http::request<Body> request{verb, target, 11};
  request.set(http::field::host, host);
  request.set(http::field::user_agent, "beast");
  return request;
}

template <class Response> std::string words(const Response &response, const std::string &body) {
  std::string text = std::to_string(response.result_int()) + " " + std::string(response.reason()) + "\n";
  for (const auto &field : response)
    text += std::string(field.name_string()) + ": " + std::string(field.value()) + "\n";
  return text + "\n" + body;
}

} // namespace client

#endif
