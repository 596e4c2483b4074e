#include "client.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace client {

namespace {

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

std::string read_words(Connection &connection) {
  beast::flat_buffer buffer;
  http::response<http::string_body> response;
  http::read(connection.stream, buffer, response);
  return words(response, response.body());
}

std::string text(Connection &connection, const std::string &host) {
  http::write(connection.stream, request_of<http::empty_body>(http::verb::get, host, "/text?a=1"));
  return read_words(connection);
}

std::string post(Connection &connection, const std::string &host) {
  auto request = request_of<http::string_body>(http::verb::post, host, "/json");
  request.set(http::field::content_type, "text/plain");
  request.set(http::field::authorization, "Bearer hunter2");
  request.body() = std::string("a\0b", 3);
  request.prepare_payload();
  http::write(connection.stream, request);
  return read_words(connection);
}

std::string in_chunks(Connection &connection, const std::string &host) {
  auto request = request_of<http::string_body>(http::verb::put, host, "/text");
  request.body() = "in one chunk";
  request.chunked(true);
  http::write(connection.stream, request);
  return read_words(connection);
}

std::string two_on_one_connection(Connection &connection, const std::string &host) {
  std::string both;
  for (const char *target : {"/text", "/missing"}) {
    http::write(connection.stream, request_of<http::string_body>(http::verb::get, host, target));
    both += read_words(connection);
  }
  return both;
}

std::string into_buffers(Connection &connection, const std::string &host) {
  beast::error_code error;
  http::write(connection.stream, request_of<http::empty_body>(http::verb::get, host, "/large"), error);
  beast::flat_buffer buffer;
  http::response<http::dynamic_body> response;
  http::read(connection.stream, buffer, response, error);
  return words(response, beast::buffers_to_string(response.body().data())) + error.message();
}

std::string by_a_parser(Connection &connection, const std::string &host) {
  http::write(connection.stream, request_of<http::empty_body>(http::verb::get, host, "/large"));
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(1000000);
  http::read(connection.stream, buffer, parser);
  return words(parser.get(), parser.get().body());
}

std::string until_the_end(Connection &connection, const std::string &host) {
  http::write(connection.stream, request_of<http::empty_body>(http::verb::get, host, "/until-close"));
  return read_words(connection);
}

std::string no_content(Connection &connection, const std::string &host) {
  http::write(connection.stream, request_of<http::empty_body>(http::verb::get, host, "/no-content"));
  return read_words(connection);
}

} // namespace

void Connection::connect(unsigned short port) {
  stream.connect(boost::asio::ip::tcp::endpoint(boost::asio::ip::address_v4::loopback(), port));
}

std::string get(Connection &connection, const std::string &host, const std::string &target) {
  beast::error_code error;
  http::write(connection.stream, request_of<http::empty_body>(http::verb::get, host, target), error);
  if (error)
    return "written: " + error.message();
  beast::flat_buffer buffer;
  http::response<http::string_body> response;
  http::read(connection.stream, buffer, response, error);
  return error ? error.message() : response.body();
}

std::string get_or_throw(Connection &connection, const std::string &host, const std::string &target) {
  http::write(connection.stream, request_of<http::empty_body>(http::verb::get, host, target));
  return read_words(connection);
}

void put_unknown_body(Connection &connection, const std::string &host) {
  auto request = request_of<http::vector_body<char>>(http::verb::put, host, "/");
  request.body() = {'a'};
  request.prepare_payload();
  http::write(connection.stream, request);
}

void put_in_parts(Connection &connection, const std::string &host) {
  auto request = request_of<http::string_body>(http::verb::put, host, "/");
  http::request_serializer<http::string_body> serializer(request);
  http::write_header(connection.stream, serializer);
}

void get_head(Connection &connection, const std::string &host) {
  http::write(connection.stream, request_of<http::empty_body>(http::verb::get, host, "/"));
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  http::read_header(connection.stream, buffer, parser);
}

const std::vector<Scenario> &scenarios() {
#define SCENARIO(NAME)                                                                                                 \
  { #NAME, &(NAME) }
  static const std::vector<Scenario> all = {
      SCENARIO(text),         SCENARIO(post),        SCENARIO(in_chunks),     SCENARIO(two_on_one_connection),
      SCENARIO(into_buffers), SCENARIO(by_a_parser), SCENARIO(until_the_end), SCENARIO(no_content)};
#undef SCENARIO
  return all;
}

} // namespace client
