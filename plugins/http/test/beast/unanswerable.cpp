// What the build refuses: asynchronous operations over streams that show no bytes
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

namespace beast = boost::beast;
namespace http = beast::http;

void exchange(beast::ssl_stream<beast::tcp_stream> &stream, http::request<http::string_body> &request,
              beast::flat_buffer &buffer, http::response<http::string_body> &response) {
  http::async_write(stream, request, [&](beast::error_code, std::size_t) {
    http::async_read(stream, buffer, response, [](beast::error_code, std::size_t) {});
  });
}

void ask(boost::asio::ip::tcp::socket &socket, http::request<http::string_body> &request) {
  http::async_write(socket, request, [](beast::error_code, std::size_t) {});
}
