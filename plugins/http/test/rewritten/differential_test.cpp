// the clients rewritten by the tool: let through to a real server, and answered by mocks --> as if nobody watched
#include "in_sandbox.hpp"
#include "scenarios.hpp"
#include "served.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/http.hpp>
#include <tripwire/tripwire.hpp>

#include <algorithm>
#include <functional>
#include <numeric>

namespace tripwire::plugins::test {

namespace {

std::string run_in_sandbox(const Scenario &scenario, const std::string &base, const std::function<void()> &prepare,
                           std::string &report) {
  return test::run_in_sandbox(
      scenario.name, [&] { return scenario.run(base); }, prepare, report);
}

constexpr const char *methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "REPORT"};

std::size_t count() { return real::scenarios().size() + real::multi_scenarios().size(); }

/// The clients of one interface behind those of the other.
const Scenario &of(const std::vector<Scenario> &easy, const std::vector<Scenario> &multi, std::size_t which) {
  return which < easy.size() ? easy[which] : multi[which - easy.size()];
}

const Scenario &real_scenario(std::size_t which) { return of(real::scenarios(), real::multi_scenarios(), which); }

struct NameOf {
  std::string operator()(const testing::TestParamInfo<std::size_t> &which) const {
    return real_scenario(which.param).name;
  }
};

class Rewritten : public testing::TestWithParam<std::size_t> {
protected:
  Rewritten() {
    for (const auto &[path, served] : table(server_.base()))
      server_.serve(path, served);
    seen_directly_ = real_scenario(GetParam()).run(server_.base());
    sent_directly_ = sent();
  }

  // Transfers at once reach the server in any order.
  std::string sent() {
    std::vector<std::string> requests;
    for (const std::string &request : server_.take_requests())
      requests.push_back(wire_text(request) + "\n---\n");
    if (GetParam() >= real::scenarios().size())
      std::sort(requests.begin(), requests.end());
    return std::accumulate(requests.begin(), requests.end(), std::string());
  }

  const Scenario &scenario() const { return of(rewritten::scenarios(), rewritten::multi_scenarios(), GetParam()); }

  LocalServer server_;
  std::string seen_directly_;
  std::string sent_directly_;
};

TEST_P(Rewritten, LetThroughSeesAndSendsTheSame) {
  const auto let_through = [&] {
    for (const char *method : methods)
      http.pass_through(method, "http://127.0.0.1:*/**").always();
  };
  std::string report;
  EXPECT_EQ(seen_directly_, run_in_sandbox(scenario(), server_.base(), let_through, report));
  EXPECT_EQ(sent_directly_, sent());
}

TEST_P(Rewritten, MockedSeesTheSameAndSendsNothing) {
  const auto mock = [&] {
    for (const auto &[path, served] : table(server_.base()))
      for (const char *method : methods) {
        HttpResponse &response =
            http.mock_response(method, server_.base() + path).status(served.status).body(served.body);
        for (const auto &[name, value] : served.headers)
          response.header(name, value);
        if (!served.adds_length)
          response.without_length();
        response.always().optional();
      }
    for (const char *method : methods) // a path that the server does not know; before the first of them, and "/"
      for (const char *path : {"/", "/**"})
        http.mock_response(method, server_.base() + path).status(404).body("").always().optional();
  };
  std::string report;
  EXPECT_EQ(seen_directly_, run_in_sandbox(scenario(), server_.base(), mock, report));
  EXPECT_EQ("", sent());
}

TEST_P(Rewritten, OutsideOfASandboxNothingChanges) {
  const auto level = guard("http", Guard::off);
  EXPECT_EQ(seen_directly_, scenario().run(server_.base()));
  EXPECT_EQ(sent_directly_, sent());
}

INSTANTIATE_TEST_SUITE_P(Libcurl, Rewritten, testing::Range<std::size_t>(0, count()), NameOf());

} // namespace

} // namespace tripwire::plugins::test
