// the same clients, over libcurl against a real server and over the mock --> they must see, and send, the same
#include "followed_curl.hpp"
#include "local_server.hpp"
#include "scenarios.hpp"
#include "served.hpp"

#include <gtest/gtest.h>

#include <map>

namespace tripwire::plugins::test {

namespace {

curl::Answer as_answer(const Served &served) {
  curl::Answer answer;
  answer.status = served.status;
  answer.headers = served.headers;
  answer.body = served.body;
  answer.adds_length = served.adds_length;
  return answer;
}

// The head and body that a mock saw, in the words of the wire; secrets and boundaries normalised on both sides.
std::string played_text(const followed::Seen &seen, const std::string &base) {
  std::string text = seen.method + " " + seen.url.substr(base.size()) + "\n";
  for (const auto &[name, value] : seen.headers)
    text += name + ": " + value + "\n";
  return text + "\n" + seen.body;
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
    if (request.error == CURLE_OK) // else it was never sent whole
      sent_over_mock += played_text(request, server.base()) + "\n---\n";

  EXPECT_EQ(seen_over_network, seen_over_mock);
  EXPECT_EQ(sent_over_network, sent_over_mock);
  EXPECT_EQ("", stage.not_honoured);
}

INSTANTIATE_TEST_SUITE_P(Libcurl, Differential, testing::Range<std::size_t>(0, real::scenarios().size()), NameOf());

} // namespace

} // namespace tripwire::plugins::test
