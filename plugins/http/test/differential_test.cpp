// the same clients, over libcurl against a real server and over the mock --> they must see, and send, the same
#include "followed_curl.hpp"
#include "local_server.hpp"
#include "scenarios.hpp"

#include <gtest/gtest.h>

#include <map>

namespace tripwire::plugins::test {

namespace {

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

curl::Answer as_answer(const Served &served) {
  curl::Answer answer;
  answer.status = served.status;
  answer.headers = served.headers;
  answer.body = served.body;
  answer.adds_length = served.adds_length;
  return answer;
}

// The head and body that a mock saw, in the words of the wire; secrets and boundaries normalised on both sides.
std::string wire_text(const followed::Seen &seen, const std::string &base) {
  std::string text = seen.method + " " + seen.url.substr(base.size()) + "\n";
  for (const auto &[name, value] : seen.headers)
    text += name + ": " + value + "\n";
  return text + "\n" + seen.body;
}

std::string wire_text(const std::string &request) {
  const std::size_t end = request.find("\r\n\r\n");
  std::string head = request.substr(0, end);
  std::string body = request.substr(end + 4);
  std::string text = head.substr(0, head.find(" HTTP/1.")) + "\n";
  std::string boundary;
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

struct NameOf {
  std::string operator()(const testing::TestParamInfo<std::size_t> &which) const {
    return real::scenarios()[which.param].name;
  }
};

class Differential : public testing::TestWithParam<std::size_t> {};

TEST_P(Differential, MockAndServerLookTheSame) {
  LocalServer server;
  const std::map<std::string, Served> answers = table(server.base());
  for (const auto &[path, served] : answers)
    server.serve(path, served);

  const Scenario &over_network = real::scenarios()[GetParam()];
  const std::string seen_over_network = over_network.run(server.base());
  std::string sent_over_network;
  for (const std::string &request : server.take_requests())
    sent_over_network += wire_text(request) + "\n---\n";

  followed::Stage &stage = followed::stage();
  stage.seen.clear();
  stage.answer = [&](const curl::RequestHead &, const curl::Url &url) {
    const auto found = answers.find(url.path);
    return found == answers.end() ? as_answer({404, {}, "", true}) : as_answer(found->second);
  };
  const Scenario &over_mock = mocked::scenarios()[GetParam()];
  const std::string seen_over_mock = over_mock.run(server.base());
  std::string sent_over_mock;
  for (const followed::Seen &request : stage.seen)
    if (request.error != CURLE_ABORTED_BY_CALLBACK) // else it was never sent whole
      sent_over_mock += wire_text(request, server.base()) + "\n---\n";

  EXPECT_EQ(seen_over_network, seen_over_mock);
  EXPECT_EQ(sent_over_network, sent_over_mock);
  EXPECT_EQ("", stage.not_honoured);
}

INSTANTIATE_TEST_SUITE_P(Libcurl, Differential, testing::Range<std::size_t>(0, real::scenarios().size()), NameOf());

} // namespace

} // namespace tripwire::plugins::test
