// The clients of Boost.Beast whose operations complete later: by handlers, futures, coroutines.
#include "client.hpp"
#include "messages.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>

#ifdef BOOST_ASIO_HAS_CO_AWAIT
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#endif

#include <chrono>
#include <functional>
#include <memory>

namespace client {

namespace {

namespace net = boost::asio;
using tcp = net::ip::tcp;

/// One type of handler: each further one has Beast's operations compiled again.
using Done = std::function<void(beast::error_code, std::size_t)>;

void run(net::io_context &context) {
  context.run();
  context.restart();
}

class Session : public std::enable_shared_from_this<Session> {
public:
  Session(net::io_context &context, std::string &told)
      : strand_(net::make_strand(context)), resolver_(strand_), stream_(strand_), told_(told) {}

  void run(const std::string &host, const std::string &port, const std::string &target) {
    request_ = request_of<http::empty_body>(http::verb::get, port == "80" ? host : host + ":" + port, target);
    start([&] {
      resolver_.async_resolve(host, port, [self = shared_from_this()](beast::error_code error, auto results) {
        self->on_resolve(error, results);
      });
    });
  }

private:
  template <class Operation> void start(Operation operation) {
    within_ = true;
    operation();
    within_ = false;
  }

  bool goes_on(const char *step, const beast::error_code &error) {
    if (within_)
      told_ += "within the call, ";
    if (!strand_.running_in_this_thread())
      told_ += "beside the strand, ";
    told_ += step + (error ? ": " + error.message() : std::string()) + "\n";
    return !error;
  }

  void on_resolve(beast::error_code error, const tcp::resolver::results_type &results) {
    if (!goes_on("resolved", error))
      return;
    stream_.expires_after(std::chrono::seconds(30));
    start([&] {
      stream_.async_connect(results, [self = shared_from_this()](beast::error_code failed, const tcp::endpoint &) {
        self->on_connect(failed);
      });
    });
  }

  void on_connect(beast::error_code error) {
    if (!goes_on("connected", error))
      return;
    stream_.socket().set_option(tcp::no_delay(true));
    stream_.expires_after(std::chrono::seconds(30));
    start([&] { http::async_write(stream_, request_, next(&Session::on_write)); });
  }

  Done next(void (Session::*step)(beast::error_code)) {
    return [step, self = shared_from_this()](beast::error_code error, std::size_t) { ((*self).*step)(error); };
  }

  void on_write(beast::error_code error) {
    if (goes_on("written", error))
      start([&] { http::async_read(stream_, buffer_, response_, next(&Session::on_read)); });
  }

  void on_read(beast::error_code error) {
    if (!goes_on("read", error))
      return;
    told_ += words(response_, response_.body());
    stream_.socket().shutdown(tcp::socket::shutdown_both, error);
    goes_on("\nshut down", error);
  }

  net::strand<net::io_context::executor_type> strand_;
  tcp::resolver resolver_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  http::request<http::empty_body> request_;
  http::response<http::string_body> response_;
  std::string &told_;
  bool within_ = false;
};

std::string by_handlers(Connection &, const std::string &host) {
  const std::size_t colon = host.find(':');
  return fetch(host.substr(0, colon), host.substr(colon + 1), "/text?a=1");
}

std::string by_futures(Connection &connection, const std::string &host) {
  auto request = request_of<http::string_body>(http::verb::post, host, "/large");
  request.body() = "later";
  request.prepare_payload();
  auto written = http::async_write(connection.stream, request, net::use_future);
  run(connection.context);
  beast::flat_buffer buffer;
  http::response<http::string_body> response;
  auto read = http::async_read(connection.stream, buffer, response, net::use_future);
  run(connection.context);
  const std::size_t size = read.get();
  return std::to_string(written.get() > 0) + std::to_string(size > response.body().size()) +
         words(response, response.body());
}

std::string some_by_handlers(Connection &connection, const std::string &host) {
  auto request = request_of<http::string_body>(http::verb::put, host, "/large");
  request.body() = std::string(20000, 'y');
  request.prepare_payload();
  http::request_serializer<http::string_body> serializer(request);
  serializer.limit(6000);
  std::string told;
  const Done note = [&](beast::error_code error, std::size_t) { told += error ? error.message() + "\n" : ""; };
  while (told.empty() && !serializer.is_done()) {
    http::async_write_some(connection.stream, serializer, note);
    run(connection.context);
  }
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(1000000);
  while (told.empty() && !parser.is_done()) {
    http::async_read_some(connection.stream, buffer, parser, note);
    run(connection.context);
  }
  return told + words(parser.get(), parser.get().body());
}

std::string two_by_handlers(Connection &connection, const std::string &host) {
  std::string told;
  beast::flat_buffer buffer;
  for (const char *target : {"/text", "/until-close"}) {
    const auto request = request_of<http::empty_body>(http::verb::get, host, target);
    http::response<http::string_body> response;
    const Done note = [&](beast::error_code error, std::size_t) {
      told += error.message() + " " + words(response, response.body());
    };
    http::async_write(connection.stream, request, Done([&](beast::error_code error, std::size_t) {
                        told += error.message() + " ";
                        http::async_read(connection.stream, buffer, response, note);
                      }));
    run(connection.context);
  }
  return told;
}

#ifdef BOOST_ASIO_HAS_CO_AWAIT

net::awaitable<void> talk(beast::tcp_stream &stream, std::string host, std::string &told) {
  const auto request = request_of<http::empty_body>(http::verb::get, host, "/text");
  co_await http::async_write(stream, request, net::use_awaitable);
  beast::flat_buffer buffer;
  http::response<http::string_body> response;
  co_await http::async_read(stream, buffer, response, net::use_awaitable);
  told = words(response, response.body());
}

std::string by_coroutines(Connection &connection, const std::string &host) {
  std::string told;
  net::co_spawn(connection.context, talk(connection.stream, host, told), net::detached);
  run(connection.context);
  return told;
}

#endif

} // namespace

std::string fetch(const std::string &host, const std::string &port, const std::string &target) {
  net::io_context context;
  std::string told;
  std::make_shared<Session>(context, told)->run(host, port, target);
  context.run();
  return told;
}

std::string listen_then_ask(Connection &connection, const std::string &host, const std::string &target) {
  std::string told;
  beast::flat_buffer buffer;
  http::response<http::string_body> response;
  http::async_read(connection.stream, buffer, response, Done([&](beast::error_code error, std::size_t) {
                     told += "read " + (error ? error.message() : response.body());
                   }));
  const auto request = request_of<http::empty_body>(http::verb::get, host, target);
  http::async_write(connection.stream, request,
                    Done([&](beast::error_code error, std::size_t) { told += "written " + error.message() + ", "; }));
  connection.context.run();
  return told;
}

Server::Server() : acceptor_(context_, tcp::endpoint(net::ip::address_v4::loopback(), 0)) {}

unsigned short Server::port() const { return acceptor_.local_endpoint().port(); }

void Server::serve_one() {
  beast::flat_buffer buffer;
  http::request<http::string_body> request;
  http::response<http::string_body> response;
  beast::tcp_stream stream(acceptor_.accept());
  http::async_read(stream, buffer, request, Done([&](beast::error_code, std::size_t) {
                     response.body() = "hello " + std::string(request.target());
                     response.prepare_payload();
                     http::async_write(stream, response, Done([](beast::error_code, std::size_t) {}));
                   }));
  context_.run();
}

void write_bytes(Connection &connection, const std::string &bytes) {
  net::async_write(connection.stream, net::buffer(bytes), Done([](beast::error_code, std::size_t) {}));
  run(connection.context);
}

std::string address_of(const std::string &host, const std::string &port) {
  net::io_context context;
  tcp::resolver resolver(context);
  beast::error_code error;
  const auto found = resolver.resolve(host, port, error);
  return error ? error.message() : found.begin()->endpoint().address().to_string();
}

std::vector<Scenario> asynchronous_scenarios() {
#define SCENARIO(NAME)                                                                                                 \
  { #NAME, &(NAME) }
  return {
#ifdef BOOST_ASIO_HAS_CO_AWAIT
      SCENARIO(by_coroutines),
#endif
      SCENARIO(by_handlers), SCENARIO(by_futures), SCENARIO(some_by_handlers), SCENARIO(two_by_handlers)};
#undef SCENARIO
}

} // namespace client
