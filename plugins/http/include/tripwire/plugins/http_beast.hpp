// requests that Boost.Beast writes, and the responses it reads --(the http plugin)--> answered by mocks
//
// One file of a test program includes this, beside <tripwire/plugins/http.hpp>. It knows messages with the bodies
// string_body, empty_body and dynamic_body; others are named in the same file:
//
//   [[maybe_unused]] const bool knows_vectors = tripwire::plugins::http_beast_body<http::vector_body<char>>();
//
// A connection is known by the address of its stream, of whatever type; connecting it is no HTTP and none of this.
#ifndef TRIPWIRE_PLUGINS_HTTP_BEAST_HPP
#define TRIPWIRE_PLUGINS_HTTP_BEAST_HPP

#include <tripwire/plugins/http.hpp>
#include <tripwire/plugins/http_beast_messages.hpp>
#include <tripwire/plugins/http_beast_stream.hpp>
#include <tripwire/plugins/http_client.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/ostream.hpp>
#include <boost/beast/http.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>

#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace tripwire::plugins::beast_detail {

/// A message in parts, as it goes over the wire.
struct Wire {
  std::string method;
  std::string target;
  unsigned status = 0;
  HttpLines headers;
  std::string body;
};

/// What one type of body needs of its own.
struct Body {
  bool (*request)(const Value &message, Wire &wire);
  bool (*response)(const Value &message, Wire &wire);
  bool (*read)(const Value &message, const std::string &bytes, boost::system::error_code &error);
};

inline std::vector<Body> &bodies() {
  static std::vector<Body> known;
  return known;
}

inline std::string without_frames(const std::string &chunked) {
  std::string body;
  for (std::size_t at = 0; at < chunked.size();) {
    const std::size_t size = std::strtoul(chunked.c_str() + at, nullptr, 16);
    const std::size_t data = chunked.find("\r\n", at);
    if (size == 0 || data == std::string::npos)
      break;
    body.append(chunked, data + 2, size);
    at = data + 4 + size;
  }
  return body;
}

template <bool is_request, class B> std::string body_of(const http::message<is_request, B> &message) {
  std::ostringstream stream;
  stream << message; // the library's own serializer
  const std::string text = stream.str();
  const std::size_t end = text.find("\r\n\r\n");
  const std::string body = end == std::string::npos ? std::string() : text.substr(end + 4);
  return message.chunked() ? without_frames(body) : body;
}

/// Feeds a parser the whole response.
template <class Parser> void parse(Parser &parser, const std::string &bytes, boost::system::error_code &error) {
  parser.eager(true);
  std::size_t at = 0;
  while (!parser.is_done() && at < bytes.size()) {
    at += parser.put(boost::asio::buffer(bytes.data() + at, bytes.size() - at), error);
    if (error == http::error::need_more)
      break;
    if (error)
      return;
  }
  error = {};
  if (!parser.is_done())
    parser.put_eof(error);
}

template <class B> Body make_body() {
  return {[](const Value &message, Wire &wire) {
            const auto *request = message.as<http::request<B>>();
            if (request == nullptr)
              return false;
            wire.method = std::string(request->method_string());
            wire.target = std::string(request->target());
            wire.headers = lines_of(*request);
            wire.body = body_of(*request);
            return true;
          },
          [](const Value &message, Wire &wire) {
            const http::response<B> *response = message.as<http::response<B>>();
            if (response == nullptr)
              if (const auto *base = message.as<http::basic_parser<false>>())
                if (const auto *parser = dynamic_cast<const http::response_parser<B> *>(base))
                  response = &parser->get();
            if (response == nullptr)
              return false;
            wire.status = response->result_int();
            wire.headers = lines_of(*response);
            wire.body = body_of(*response);
            return true;
          },
          [](const Value &message, const std::string &bytes, boost::system::error_code &error) {
            const auto *response = message.as<http::response<B>>();
            if (response == nullptr)
              return false;
            auto &target = const_cast<http::response<B> &>(*response); // the call's own, by reference
            http::response_parser<B> parser(std::move(target));
            parse(parser, bytes, error);
            if (!error)
              target = parser.release();
            return true;
          }};
}

inline bool is_request(std::string_view type) { return type.find("http::message<true") != std::string_view::npos; }

/// `write(stream, request)`: the error code of the call, when it has one.
inline boost::system::error_code *error_of(plugin::Visit &visit) {
  const auto *last = visit.argument_as<boost::system::error_code>(visit.count() - 1);
  return const_cast<boost::system::error_code *>(last);
}

inline void give(plugin::Visit &visit, std::size_t bytes, const boost::system::error_code &error) {
  if (boost::system::error_code *place = error_of(visit))
    *place = error;
  else if (error)
    throw boost::system::system_error(error);
  visit.answer<std::size_t>(bytes);
}

/// Makes the real call; gives the error by which it ended, and lets an exception pass behind \p ended.
template <class Ended> void make_real(plugin::Visit &visit, Ended ended) {
  try {
    visit.make_real();
  } catch (const boost::system::system_error &error) {
    ended(error.code());
    throw;
  }
  const boost::system::error_code *error = error_of(visit);
  ended(error == nullptr ? boost::system::error_code() : *error);
}

inline std::string url_of(plugin::Visit &visit, const Wire &wire) {
  const bool is_secure = visit.argument(0).type->name().find("ssl") != std::string_view::npos;
  return url_of(is_secure, wire.target, wire.headers);
}

/// Whether the stream is of a type that shows its bytes: then they are looked at, and the whole message is not.
inline bool shows_bytes(plugin::Visit &visit) {
  return visit.argument(0).type->name() == "tripwire::http_beast::tcp_stream";
}

inline void on_write(plugin::Visit &visit) {
  if (shows_bytes(visit)) {
    visit.make_real();
    return;
  }
  const Value message = visit.argument(1);
  Wire wire;
  bool is_known = false;
  for (const Body &body : bodies())
    is_known = is_known || body.request(message, wire);
  if (!is_known) {
    const std::string_view type = message.type->name();
    if (is_request(type) || type.find("http::serializer<true") != std::string_view::npos)
      http_cannot_see(visit, "a message of type " + std::string(type) +
                                 ": write the whole request, and name its body once, by "
                                 "tripwire::plugins::http_beast_body<...>()");
    visit.make_real(); // a server's response
    return;
  }
  auto exchange = std::make_unique<HttpExchange>(visit, wire.method, url_of(visit, wire));
  exchange->sent(wire.headers, wire.body);
  const void *stream = visit.argument(0).address;
  if (!exchange->is_real()) {
    const AnyValue &error = exchange->answer().error;
    if (!error.empty() && error.as<HttpErrorOf<boost::system::error_code>>() == nullptr)
      exchange->cannot_honour("its error is no boost::system::error_code");
    http_keep(stream, std::move(exchange));
    give(visit, wire.body.size(), {});
    return;
  }
  make_real(visit, [&](const boost::system::error_code &error) {
    if (error)
      exchange->failed(AnyValue(HttpErrorOf<boost::system::error_code>{error}));
    else
      http_keep(stream, std::move(exchange));
  });
}

inline void read_real(plugin::Visit &visit, HttpExchange &exchange) {
  make_real(visit, [&](const boost::system::error_code &error) {
    if (error) {
      exchange.failed(AnyValue(HttpErrorOf<boost::system::error_code>{error}));
      return;
    }
    Wire wire;
    for (const Body &body : bodies())
      if (body.response(visit.argument(2), wire))
        break;
    exchange.answered(static_cast<long>(wire.status), wire.headers, wire.body);
  });
}

inline void on_read(plugin::Visit &visit) {
  if (shows_bytes(visit)) {
    visit.make_real();
    return;
  }
  const std::unique_ptr<HttpExchange> exchange = http_take(visit.argument(0).address);
  if (exchange == nullptr) {
    visit.make_real(); // a server's read, or of a request that was sent in another way
    return;
  }
  if (exchange->is_real()) {
    read_real(visit, *exchange);
    return;
  }
  const HttpAnswered &answer = exchange->answer();
  if (!answer.error.empty()) {
    exchange->failed(answer.error);
    give(visit, 0, answer.error.as<HttpErrorOf<boost::system::error_code>>()->code);
    return;
  }
  exchange->answered();
  const std::string text = text_of(answer);
  const Value message = visit.argument(2);
  boost::system::error_code error;
  bool is_known = false;
  if (const auto *parser = message.as<http::basic_parser<false>>()) {
    parse(const_cast<http::basic_parser<false> &>(*parser), text, error);
    is_known = true;
  }
  for (const Body &body : bodies())
    is_known = is_known || body.read(message, text, error);
  if (!is_known)
    http_cannot_see(visit, "a message of type " + std::string(message.type->name()) +
                               ": name its body once, by tripwire::plugins::http_beast_body<...>()");
  give(visit, text.size(), error);
}

// write_header, write_some.
inline void on_write_part(plugin::Visit &visit) {
  if (!shows_bytes(visit) && visit.argument(1).type->name().find("http::serializer<true") != std::string_view::npos)
    http_cannot_see(visit, "a part of a request: write it whole, or over a beast::tcp_stream");
  visit.make_real();
}

// read_header, read_some.
inline void on_read_part(plugin::Visit &visit) {
  if (!shows_bytes(visit) && http_take(visit.argument(0).address) != nullptr)
    http_cannot_see(visit, "a part of a response: read it whole, or from a beast::tcp_stream");
  visit.make_real();
}

inline const bool registered = http_observe({{"boost::beast::http::write", &on_write},
                                             {"boost::beast::http::write_header", &on_write_part},
                                             {"boost::beast::http::write_some", &on_write_part},
                                             {"boost::beast::http::read", &on_read},
                                             {"boost::beast::http::read_header", &on_read_part},
                                             {"boost::beast::http::read_some", &on_read_part}});

} // namespace tripwire::plugins::beast_detail

namespace tripwire::plugins {

/// Makes messages with that body known. Before `main`.
template <class Body> bool http_beast_body() {
  beast_detail::bodies().push_back(beast_detail::make_body<Body>());
  return true;
}

namespace beast_detail {

inline const bool knows_strings = http_beast_body<http::string_body>();
inline const bool knows_none = http_beast_body<http::empty_body>();
inline const bool knows_buffers = http_beast_body<http::dynamic_body>();

} // namespace beast_detail

} // namespace tripwire::plugins

#endif
