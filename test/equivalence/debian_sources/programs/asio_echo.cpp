// words --> sent over loopback to an echo server of the same program, and back, with a timer that is cancelled
#include <asio.hpp>

#include <array>
#include <chrono>
#include <iostream>
#include <string>

using asio::ip::tcp;

namespace {

void serve(tcp::socket &socket, std::array<char, 64> &buffer) {
  socket.async_read_some(asio::buffer(buffer), [&](std::error_code error, std::size_t length) {
    if (error)
      return;
    asio::write(socket, asio::buffer(buffer, length));
    serve(socket, buffer);
  });
}

} // namespace

int main() {
  asio::io_context context;
  tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  tcp::socket served(context);
  std::array<char, 64> buffer{};
  acceptor.async_accept(served, [&](std::error_code error) {
    std::cout << "accepted: " << !error << "\n";
    serve(served, buffer);
  });

  tcp::socket client(context);
  std::string answer(11, ' ');
  client.async_connect(acceptor.local_endpoint(), [&](std::error_code error) {
    std::cout << "connected: " << !error << "\n";
    asio::async_write(client, asio::buffer("hello there", 11), [&](std::error_code, std::size_t written) {
      std::cout << "written: " << written << "\n";
      asio::async_read(client, asio::buffer(answer), [&](std::error_code, std::size_t length) {
        std::cout << "read: " << length << " " << answer << "\n";
        client.close();
      });
    });
  });
  asio::steady_timer timer(context, std::chrono::hours(1));
  timer.async_wait([](std::error_code error) { std::cout << "timer: " << error.message() << "\n"; });
  asio::post(context, [&] { timer.cancel(); });
  context.run();

  tcp::resolver resolver(context);
  std::error_code error;
  const auto found = resolver.resolve("127.0.0.1", "80", tcp::resolver::numeric_host, error);
  std::cout << (error ? error.message() : found.begin()->endpoint().address().to_string()) << "\n";
  tcp::socket refused(context);
  acceptor.close();
  refused.connect(tcp::endpoint(asio::ip::address_v4::loopback(), 1), error);
  std::cout << "port 1: " << error.message() << "\n";
}
