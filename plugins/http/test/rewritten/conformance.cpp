// The promises of the http plugin, over requests to a real server on loopback.
#include "client.hpp"
#include "local_server.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/http.hpp>

#include <algorithm>
#include <memory>

namespace {

using tripwire::anything;
using tripwire::conformance::Subject;
using tripwire::conformance::Use;
using tripwire::plugins::test::LocalServer;

constexpr const char *token = "s3cr3t-of-the-client";

/// Whether a header can have the value.
bool is_one_line(const std::string &text) {
  return !text.empty() && text.find_first_of(std::string("\r\n\0", 3)) == std::string::npos;
}

struct Exchange {
  std::string url;
  std::string text;   ///< the body of the request and of its response
  std::string header; ///< the value of a header of the request
  bool by_multi;      ///< through libcurl's other interface
};

/// The host is one that nobody resolves: the lines to paste are the same each time, wherever the server listens.
void send(const Exchange &exchange, const std::string &place) {
  using List = std::unique_ptr<curl_slist, void (*)(curl_slist *)>;
  const List connect_to(curl_slist_append(nullptr, ("::" + place).c_str()), &curl_slist_free_all);
  List headers(curl_slist_append(nullptr, ("X-Value: " + exchange.header).c_str()), &curl_slist_free_all);
  curl_slist_append(headers.get(), ("Authorization: Bearer " + std::string(token)).c_str());
  const auto fetch = exchange.by_multi ? &client::fetch_by_multi : &client::fetch;
  fetch(exchange.url, [&](CURL *handle) {
    curl_easy_setopt(handle, CURLOPT_CONNECT_TO, connect_to.get());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(exchange.text.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, exchange.text.c_str());
  });
}

Use use_of(const Exchange &exchange, const std::string &place) {
  using tripwire::http;
  const auto headers = [=] { return http.with_headers({{"X-Value", exchange.header}}); };
  const auto answer = [] { return http.with_headers({{"X-Answer", "1"}}); };
  const auto request = [=] { return http.assert_request("POST", exchange.url).headers(headers()).body(exchange.text); };
  const auto mocked = [=]() -> auto & {
    return http.mock_response("POST", exchange.url).status(201).header("X-Answer", "1").body(exchange.text);
  };
  Use use;
  use.name = exchange.text;
  use.secret = token;
  use.call = [=] { send(exchange, place); };
  use.mock = [=] { mocked(); };
  use.mock_optional = [=] { mocked().optional(); };
  use.assert_mocked = [=] { request().assert_response(201, answer(), exchange.text); };
  use.mock_failure = [=] { http.mock_error("POST", exchange.url, CURLE_COULDNT_CONNECT); };
  use.assert_failure = [=] { // nothing was sent
    http.assert_request("POST", exchange.url).headers(headers()).body("").assert_raised(CURLE_COULDNT_CONNECT);
  };
  use.pass_through = [=] { http.pass_through("POST", exchange.url); };
  use.assert_real = [=] { request().assert_response(200, answer(), exchange.text); };
  const auto asserted = [=](const char *method, const std::string &where, const std::string &value,
                            const std::string &body, long status, const char *said, const std::string &answered) {
    http.assert_request(method, where)
        .headers(http.with_headers({{"X-Value", value}}))
        .body(body)
        .assert_response(status, http.with_headers({{"X-Answer", said}}), answered);
  };
  use.wrong = {
      {"method", [=] { asserted("PUT", exchange.url, exchange.header, exchange.text, 201, "1", exchange.text); }},
      {"url", [=] { asserted("POST", exchange.url + "x", exchange.header, exchange.text, 201, "1", exchange.text); }},
      {"request_headers",
       [=] { asserted("POST", exchange.url, exchange.header + "x", exchange.text, 201, "1", exchange.text); }},
      {"request_body",
       [=] { asserted("POST", exchange.url, exchange.header, exchange.text + "x", 201, "1", exchange.text); }},
      {"status", [=] { asserted("POST", exchange.url, exchange.header, exchange.text, 200, "1", exchange.text); }},
      {"response_headers",
       [=] { asserted("POST", exchange.url, exchange.header, exchange.text, 201, "2", exchange.text); }},
      {"response_body",
       [=] { asserted("POST", exchange.url, exchange.header, exchange.text, 201, "1", exchange.text + "x"); }},
  };
  return use;
}

} // namespace

// 1, 2, 3, 5, 21, 24, 25, 40, 42, 45, 61, 62, 64
int main(int count, char **arguments) {
  LocalServer server;
  Subject subject(tripwire::plugins::http_plugin());
  std::uint64_t requests = 0;
  subject.real_calls = [&] { return requests += server.take_requests().size(); };
  for (const std::string &text : tripwire::conformance::awkward_texts()) {
    const std::string path = "/v1/things/" + std::to_string(subject.uses.size());
    server.serve(path, {200, {{"X-Answer", "1"}}, text, true});
    const bool by_multi = subject.uses.size() % 2 != 0;
    subject.uses.push_back(
        use_of({"http://api.example.test" + path, text, is_one_line(text) ? text : "plain", by_multi},
               server.base().substr(server.base().rfind('/') + 1)));
  }
  for (const char *function : {"curl_easy_recv", "curl_easy_pause"})
    subject.further_lines.push_back(
        subject.plugin.mock_line(tripwire::plugin::Description().request(std::string(function) + " (no mock)")));
  return tripwire::conformance::run(subject, count, arguments);
}
