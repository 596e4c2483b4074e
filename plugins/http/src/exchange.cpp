// HttpExchange: a request of any client library, in the words of the plugin
#include "describe.hpp"
#include "easy/request.hpp"
#include "mock.hpp"
#include "plugin.hpp"

#include <tripwire/plugins/http_client.hpp>

namespace tripwire::plugins {

struct HttpExchange::State {
  plugin::Visit &visit;
  std::string method;
  std::string url;
  plugin::Decision decision;
  HttpLines told; ///< the headers of the mock, as it was told them
  HttpAnswered answer;
};

HttpExchange::HttpExchange(plugin::Visit &visit, std::string method, const std::string &url)
    : state_(new State{visit, std::move(method), url, {}, {}, {}}) {
  const curl::ParsedUrl parsed = curl::parse_url(url);
  if (!parsed.url)
    cannot_honour("'" + url + "' is no URL: " + parsed.error);
  state_->url = parsed.url->recorded();
  state_->decision = visit.present(describe_request(state_->method, *parsed.url));
  if (is_real())
    return;
  const auto &mock = *state_->decision.as<HttpMock>();
  if (mock.answer.error != CURLE_OK && mock.other_error.empty())
    cannot_honour("its error, " + mock.error_text() +
                  ", is libcurl's, and another library asks; give it an error of that one");
  state_->told = mock.answer.headers;
  HttpAnswered &answer = state_->answer;
  answer = {mock.other_error, mock.answer.status, mock.answer.headers, mock.answer.body, mock.answer.delay};
  const bool is_framed = curl::find_header(answer.headers, "Content-Length") != nullptr ||
                         curl::find_header(answer.headers, "Transfer-Encoding") != nullptr;
  if (mock.answer.adds_length && !is_framed && answer.status != 204 && answer.status != 304)
    answer.headers.emplace_back("Content-Length", std::to_string(answer.body.size()));
}

HttpExchange::~HttpExchange() = default;

bool HttpExchange::is_real() const { return state_->decision.real(); }

const HttpAnswered &HttpExchange::answer() const { return state_->answer; }

void HttpExchange::sent(const HttpLines &headers, const std::string &body) {
  HttpHeaders recorded{headers};
  for (auto &[name, value] : recorded.lines)
    value = curl::recorded_value(name, value);
  state_->decision.recorded.field("request_headers", std::move(recorded)).field("request_body", body);
}

void HttpExchange::answered(long status, const HttpLines &headers, const std::string &body) {
  record_response(state_->decision.recorded, status, headers, body);
}

void HttpExchange::answered() { answered(state_->answer.status, state_->told, state_->answer.body); }

void HttpExchange::failed(AnyValue error) { state_->decision.recorded.raised(std::move(error)); }

void HttpExchange::cannot_honour(const std::string &what) const {
  plugins::cannot_honour(state_->visit, state_->method, state_->url, what);
}

const char *http_reason(long status) { return curl::reason_phrase(status); }

std::optional<std::string> http_location(const std::string &url, const std::string &location) {
  const curl::ParsedUrl base = curl::parse_url(url);
  if (!base.url)
    return std::nullopt;
  const curl::ParsedUrl next = curl::redirect_url(*base.url, location, true);
  return next.url ? std::optional<std::string>(next.url->text) : std::nullopt;
}

bool http_observe(std::initializer_list<std::pair<const char *, void (*)(plugin::Visit &)>> seams) {
  for (const auto &[name, run] : seams)
    http_follow(name, run);
  return true;
}

} // namespace tripwire::plugins
