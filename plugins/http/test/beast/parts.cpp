// Requests that are written, and responses that are read, in parts.
#include "client.hpp"
#include "messages.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>

#include <array>
#include <cstdio>
#include <unistd.h>

namespace client {

namespace {

namespace net = boost::asio;

std::string read_words(Connection &connection) {
  beast::flat_buffer buffer;
  http::response<http::string_body> response;
  http::read(connection.stream, buffer, response);
  return words(response, response.body());
}

std::string head_then_body(Connection &connection, const std::string &host) {
  auto request = request_of<http::string_body>(http::verb::post, host, "/json");
  request.body() = "in two parts";
  request.prepare_payload();
  http::request_serializer<http::string_body> serializer(request);
  http::write_header(connection.stream, serializer);
  http::write(connection.stream, serializer);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  http::read_header(connection.stream, buffer, parser);
  std::string text = std::to_string(parser.get().result_int()) + ", then ";
  http::read(connection.stream, buffer, parser);
  return text + words(parser.get(), parser.get().body());
}

std::string some_by_some(Connection &connection, const std::string &host) {
  auto request = request_of<http::string_body>(http::verb::put, host, "/large");
  request.body() = std::string(30000, 'x');
  request.prepare_payload();
  http::request_serializer<http::string_body> serializer(request);
  serializer.limit(7000);
  while (!serializer.is_done())
    http::write_some(connection.stream, serializer);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(1000000);
  while (!parser.is_done())
    http::read_some(connection.stream, buffer, parser);
  return words(parser.get(), parser.get().body());
}

std::string byte_by_byte(Connection &connection, const std::string &host) {
  const std::string text = "GET /text HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
  for (const char &byte : text)
    net::write(connection.stream, net::buffer(&byte, 1));
  return read_words(connection);
}

std::string from_a_file(Connection &connection, const std::string &host) {
  char path[] = "/tmp/tripwire-XXXXXX";
  const int descriptor = ::mkstemp(path);
  const bool is_written = ::write(descriptor, "of a file", 9) == 9;
  ::close(descriptor);
  auto request = request_of<http::file_body>(http::verb::put, host, "/text");
  beast::error_code error;
  request.body().open(path, beast::file_mode::scan, error);
  request.prepare_payload();
  http::write(connection.stream, request);
  ::unlink(path);
  return (is_written ? "" : "nothing written\n") + read_words(connection);
}

std::string chunk_by_chunk(Connection &connection, const std::string &host) {
  auto request = request_of<http::empty_body>(http::verb::post, host, "/json");
  request.set(http::field::transfer_encoding, "chunked");
  http::request_serializer<http::empty_body> serializer(request);
  http::write_header(connection.stream, serializer);
  for (const char *chunk : {"one", "and two"})
    net::write(connection.stream, http::make_chunk(net::buffer(chunk, std::char_traits<char>::length(chunk))));
  net::write(connection.stream, http::make_chunk_last());
  return read_words(connection);
}

std::string through_a_buffer(Connection &connection, const std::string &host) {
  http::write(connection.stream, request_of<http::empty_body>(http::verb::get, host, "/large"));
  beast::flat_buffer buffer;
  http::response_parser<http::buffer_body> parser;
  parser.body_limit(1000000);
  http::read_header(connection.stream, buffer, parser);
  std::string body;
  while (!parser.is_done()) {
    std::array<char, 1000> piece{};
    parser.get().body().data = piece.data();
    parser.get().body().size = piece.size();
    beast::error_code error;
    http::read(connection.stream, buffer, parser, error);
    body.append(piece.data(), piece.size() - parser.get().body().size);
    if (error && error != http::error::need_buffer)
      return error.message();
  }
  return words(parser.get(), body);
}

std::string head_only(Connection &connection, const std::string &host) {
  std::string both;
  for (const auto verb : {http::verb::post, http::verb::get}) {
    http::write(connection.stream, request_of<http::empty_body>(verb, host, "/empty"));
    both += read_words(connection);
  }
  return both;
}

std::string one_behind_the_other(Connection &connection, const std::string &host) {
  std::string text;
  for (const char *target : {"/text", "/missing"})
    text += "GET " + std::string(target) + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
  net::write(connection.stream, net::buffer(text));
  beast::flat_buffer buffer;
  std::string both;
  for (int i = 0; i < 2; ++i) {
    http::response<http::string_body> response;
    http::read(connection.stream, buffer, response);
    both += words(response, response.body());
  }
  return both;
}

} // namespace

std::vector<Scenario> scenarios_in_parts() {
#define SCENARIO(NAME)                                                                                                 \
  { #NAME, &(NAME) }
  return {SCENARIO(head_then_body), SCENARIO(some_by_some),     SCENARIO(byte_by_byte), SCENARIO(from_a_file),
          SCENARIO(chunk_by_chunk), SCENARIO(through_a_buffer), SCENARIO(head_only),    SCENARIO(one_behind_the_other)};
#undef SCENARIO
}

} // namespace client
