#include "client.hpp"
#include "messages.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace client {

using tcp = boost::asio::ip::tcp;

namespace {

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
  stream.connect(tcp::endpoint(boost::asio::ip::address_v4::loopback(), port));
}

void Connection::connect_by_name(const std::string &host) {
  const std::size_t colon = host.find(':');
  tcp::resolver resolver(context);
  stream.connect(resolver.resolve(host.substr(0, colon), host.substr(colon + 1)));
}

std::string get(Connection &connection, const std::string &host, const std::string &target) {
  beast::error_code error;
  http::write(connection.stream, request_of<http::empty_body>(http::verb::get, host, target), error);
  if (error)
    return "written: " + error.message();
  return read(connection);
}

std::string read(Connection &connection) {
  beast::error_code error;
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
  tcp::socket socket(connection.context);
  http::write(socket, request);
}

void put_in_parts(Connection &connection, const std::string &host) {
  auto request = request_of<http::string_body>(http::verb::put, host, "/");
  http::request_serializer<http::string_body> serializer(request);
  tcp::socket socket(connection.context);
  http::write_header(socket, serializer);
}

void get_head(Connection &connection, const std::string &host) {
  tcp::socket socket(connection.context);
  http::write(socket, request_of<http::empty_body>(http::verb::get, host, "/"));
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  http::read_header(socket, buffer, parser);
}

std::string get_over_socket(const std::string &host, const std::string &port) {
  boost::asio::io_context context;
  tcp::resolver resolver(context);
  tcp::socket socket(context);
  boost::asio::connect(socket, resolver.resolve(host, port));
  http::write(socket, request_of<http::empty_body>(http::verb::get, host, "/socket"));
  beast::flat_buffer buffer;
  http::response<http::string_body> response;
  http::read(socket, buffer, response);
  socket.shutdown(tcp::socket::shutdown_both);
  return response.body();
}

std::vector<Scenario> scenarios() {
#define SCENARIO(NAME) {#NAME, &(NAME)}
  std::vector<Scenario> all = {
      SCENARIO(text),         SCENARIO(post),        SCENARIO(in_chunks),     SCENARIO(two_on_one_connection),
      SCENARIO(into_buffers), SCENARIO(by_a_parser), SCENARIO(until_the_end), SCENARIO(no_content)};
#undef SCENARIO
  for (const auto &more : {asynchronous_scenarios(), scenarios_in_parts()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

} // namespace client
