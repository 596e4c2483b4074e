#include "served.hpp"

#include "easy/request.hpp"

namespace tripwire::plugins::test {

std::map<std::string, Served> table(const std::string &base) {
  std::string large;
  for (int line = 0; line < 6000; ++line)
    large += "line " + std::to_string(line) + "\n";
  return {
      {"/text", {200, {{"Content-Type", "text/plain"}, {"X-Case", "Mixed"}}, "hello, world", true}},
      {"/json", {200, {{"content-type", "application/json"}}, "{\"id\":1}", true}},
      {"/empty", {200, {}, "", true}},
      {"/no-content", {204, {{"X-Why", "nothing"}}, "", true}},
      {"/not-modified", {304, {{"ETag", "\"1\""}}, "", true}},
      {"/missing", {404, {{"Content-Type", "text/html"}}, "<p>not here</p>", true}},
      {"/unauthorized", {401, {{"WWW-Authenticate", "Basic realm=\"r\""}}, "who are you", true}},
      {"/large", {200, {{"Content-Type", "text/plain"}}, large, true}},
      {"/truncated", {200, {{"Content-Length", "100"}}, "only this", true}},
      {"/longer", {200, {{"Content-Length", "4"}, {"Connection", "close"}}, "1234excess", true}},
      {"/until-close", {200, {{"Connection", "close"}}, "until the end", false}},
      {"/repeated", {200, {{"Set-Cookie", "a=1"}, {"X-Other", "3"}, {"set-cookie", "b=2"}}, "twice", true}},
      {"/retry", {503, {{"Retry-After", "120"}}, "busy", true}},
      {"/redirect", {302, {{"Location", "/json?from=redirect"}}, "moved", true}},
      {"/elsewhere", {302, {{"Location", "http://localhost" + base.substr(base.rfind(':')) + "/json"}}, "", true}},
      {"/see-other", {303, {{"Location", base + "/json"}}, "", true}},
      {"/redirect-keeping", {307, {{"Location", "text"}}, "", true}},
      {"/loop", {301, {{"Location", "/loop"}}, "", true}},
      {"/to-file", {302, {{"Location", "file:///etc/hostname"}}, "", true}},
      {"/dated", {200, {{"Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT"}}, "old", true}},
      {"/login",
       {200,
        {{"Set-Cookie", "session=1"}, {"Set-Cookie", "wide=2; path=/"}, {"Set-Cookie", "other=3; domain=x.test"}},
        "",
        true}},
      {"/deep/login",
       {200, {{"Set-Cookie", "deep=4; HttpOnly; Max-Age=100"}, {"Set-Cookie", "safe=5; Secure"}}, "", true}},
      {"/deep/text", {200, {}, "deep", true}},
      {"/logout", {200, {{"Set-Cookie", "session=; Max-Age=0; path=/"}}, "", true}},
      {"/partial", {206, {{"Content-Range", "bytes 5-11/12"}}, ", world", true}},
  };
}

std::string wire_text(const std::string &request) {
  const std::size_t end = request.find("\r\n\r\n");
  std::string head = request.substr(0, end);
  std::string body = request.substr(end + 4);
  std::string text = head.substr(0, head.find(" HTTP/1.")) + "\n";
  for (std::size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at + 2)) {
    auto [name, value] = curl::split_header(head.substr(at + 2, head.find("\r\n", at + 2) - at - 2));
    text += name + ": " + curl::recorded_value(name, value) + "\n";
  }
  text += "\n" + body;
  const std::string dashes(24, '-');
  for (std::size_t at = text.find(dashes); at != std::string::npos; at = text.find(dashes, at + 1)) {
    const std::size_t start = text.find_first_not_of('-', at);
    if (start != std::string::npos && text.find_first_not_of("0123456789abcdef", start) >= start + 16)
      text.replace(start, 16, std::string(16, '0'));
  }
  return text;
}

} // namespace tripwire::plugins::test
