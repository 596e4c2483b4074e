#include "served.hpp"

#include "easy/request.hpp"

namespace tripwire::plugins::test {

namespace {

Served leading_to(const std::string &location, long status = 302) {
  return {status, {{"Location", location}}, "moved", true};
}

std::map<std::string, Served> redirects(const std::string &base) {
  const std::string elsewhere = "http://localhost" + base.substr(base.rfind(':'));
  std::map<std::string, Served> all = {
      {"/redirect", leading_to("/json?from=redirect")},
      {"/elsewhere", {302, {{"Location", elsewhere + "/json"}}, "", true}},
      {"/see-other", {303, {{"Location", base + "/json"}}, "", true}},
      {"/redirect-keeping", {307, {{"Location", "text"}}, "", true}},
      {"/loop", {301, {{"Location", "/loop"}}, "", true}},
      {"/to-file", {302, {{"Location", "file:///etc/hostname"}}, "", true}},
      {"/hop/1", leading_to("2")},
      {"/hop/2", leading_to("/hop/3#third", 301)},
      {"/hop/3", leading_to("../text", 307)},
      {"/to-missing", leading_to("/missing")},
      {"/to-partial", leading_to("/partial")},
      {"/closing", {302, {{"Location", "/text"}, {"Connection", "close"}}, "moved", true}},
      {"/there-and-back", leading_to(elsewhere + "/back")},
      {"/back", leading_to(base + "/text")},
      {"/log/in",
       {302, {{"Set-Cookie", "user=me"}, {"Location", "../text"}, {"Set-Cookie", "all=1; Path=/"}}, "", true}},
      {"/log/out", {302, {{"Set-Cookie", "all=; Max-Age=0; Path=/"}, {"Location", "/log/text"}}, "", true}},
      {"/log/text", {200, {}, "out", true}},
      {"/odd/query", leading_to("?x=1")},
      {"/odd/host", leading_to("//" + base.substr(7) + "/text")},
      {"/odd/up", leading_to("../../text")},
      {"/odd/relative", leading_to("./nothing/../query2")},
      {"/odd/query2", {200, {}, "relative", true}},
      {"/odd/fragment", leading_to("/text#part")},
      {"/odd/blank", leading_to("/a b?c d")},
      {"/odd/letters", leading_to("/caf\xc3\xa9?q=\xc3\xa9")},
      {"/odd/empty", leading_to("")},
      {"/odd/twice", {302, {{"Location", "/text"}, {"Location", "/json"}}, "", true}},
      {"/odd/created", leading_to("/text", 201)},
      {"/odd/user", leading_to("http://you:password@" + base.substr(7) + "/text")},
      {"/odd/nothing", {302, {}, "nowhere to go", true}},
      {"/odd/malformed", leading_to("http://bad host/")},
      {"/odd/unknown", leading_to("gopherus://host/")},
      {"/odd/port", leading_to("http://127.0.0.1:99999/")},
  };
  for (const long status : {300, 301, 302, 303, 304, 305, 307, 308})
    all["/to/" + std::to_string(status)] = leading_to("/text?then", status);
  return all;
}

} // namespace

std::map<std::string, Served> table(const std::string &base) {
  std::string large;
  for (int line = 0; line < 6000; ++line)
    large += "line " + std::to_string(line) + "\n";
  std::map<std::string, Served> all = {
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
      {"/partial/other", {206, {{"Content-Range", "bytes 3-11/12"}}, "lo, world", true}},
      {"/partial/unsaid", {206, {}, ", world", true}},
      {"/partial/unknown", {206, {{"Content-Range", "bytes */12"}}, ", world", true}},
      {"/five", {200, {}, "fives", true}},
      {"/unsatisfiable", {416, {}, "no such range", true}},
      {"/unsatisfiable/size", {416, {{"Content-Range", "bytes */5"}}, "no such range", true}},
      {"/chunked", {200, {{"Transfer-Encoding", "chunked"}}, "in a chunk", true}},
      {"/chunked/and-length", {200, {{"Content-Length", "3"}, {"Transfer-Encoding", "chunked"}}, "in a chunk", true}},
      {"/chunked/empty", {200, {{"transfer-encoding", "Chunked"}}, "", true}},
      {"/said-to-be-gzip", {200, {{"Content-Encoding", "gzip"}}, "but is plain", true}},
      {"/said-to-be-identity", {200, {{"Content-Encoding", "identity"}}, "and is plain", true}},
      {"/unauthorized/digest", {401, {{"WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\""}}, "who", true}},
      {"/unauthorized/both",
       {401, {{"WWW-Authenticate", "Basic realm=\"r\""}, {"WWW-Authenticate", "Bearer realm=\"r\""}}, "who", true}},
      {"/unauthorized/bare", {401, {}, "who", true}},
      {"/length/rubbish", {200, {{"Content-Length", "many"}, {"Connection", "close"}}, "rubbish", true}},
      {"/length/negative", {200, {{"Content-Length", "-5"}, {"Connection", "close"}}, "rubbish", true}},
      {"/length/blank", {200, {{"Content-Length", ""}, {"Connection", "close"}}, "rubbish", true}},
      {"/closing-with-length", {200, {{"Content-Length", "5"}, {"Connection", "close"}}, "fives", true}},
      {"/odd-headers",
       {200,
        {{"Content-Type", ""},
         {"X-Empty", ""},
         {"X-Colons", "a: b: c"},
         {"x-lower", "\xc3\xa9"},
         {"Content-Type", "a/b;c=d"},
         {"Server", "s"}},
        "odd",
        true}},
      {"/retry/date", {429, {{"Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"}}, "", true}},
      {"/retry/rubbish", {429, {{"Retry-After", "soon"}}, "", true}},
      {"/teapot", {418, {}, "short and stout", true}},
      {"/unnamed", {299, {}, "what", true}},
      {"/expectation-failed", {417, {}, "no", true}},
      {"/empty-of-headers", {204, {}, "", true}},
      {"/cookies/odd",
       {200,
        {{"Set-Cookie", "a=1; Path=/cookies/deeper"},
         {"Set-Cookie", "b=\"quoted; value\"; HttpOnly"},
         {"Set-Cookie", "  c  =  blanks  ;path=/"},
         {"Set-Cookie", "novalue"},
         {"Set-Cookie", "d=4; Expires=Wed, 21 Oct 2015 07:28:00 GMT"},
         {"Set-Cookie", "e=5; Expires=Wed, 21 Oct 2099 07:28:00 GMT; Path=/"},
         {"Set-Cookie", "f=6; Domain=127.0.0.1; Path=/"},
         {"Set-Cookie", "g=7; Path=elsewhere"},
         {"Set-Cookie", "__Host-h=8; Path=/"},
         {"Set-Cookie", "__Secure-i=9; Secure; Path=/"},
         {"Set-Cookie", "a=10"},
         {"Set-Cookie", "=nameless"}},
        "",
        true}},
      {"/cookies/deeper/text", {200, {}, "deeper", true}},
      {"/cookies/named",
       {200, {{"Set-Cookie", "n=1; Domain=named.test; Path=/"}, {"Set-Cookie", "o=1; Domain=test"}}, "", true}},
  };
  const std::map<std::string, Served> more = redirects(base);
  all.insert(more.begin(), more.end());
  return all;
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
