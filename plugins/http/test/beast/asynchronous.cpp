// What the build refuses: operations that no wrapper can stand for
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace http = boost::beast::http;

void exchange(boost::beast::tcp_stream &stream, http::request<http::string_body> &request,
              boost::beast::flat_buffer &buffer, http::response<http::string_body> &response) {
  http::async_write(stream, request, [&](boost::beast::error_code, std::size_t) {
    http::async_read(stream, buffer, response, [](boost::beast::error_code, std::size_t) {});
  });
}
