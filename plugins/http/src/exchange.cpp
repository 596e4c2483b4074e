// HttpExchange: a request of any client library, in the words of the plugin
#include "asked.hpp"
#include "describe.hpp"
#include "easy/request.hpp"
#include "mock.hpp"
#include "plugin.hpp"

#include <tripwire/plugins/http_client.hpp>

#include <deque>
#include <mutex>
#include <unordered_map>

namespace tripwire::plugins {

struct HttpExchange::State {
  plugin::Visit &visit;
  std::string method;
  std::string url;
  bool is_real = false;
  curl::LastingRecord record;
  HttpLines told; ///< the headers of the mock, as it was told them
  HttpAnswered answer;
};

HttpExchange::HttpExchange(plugin::Visit &visit, std::string method, const std::string &url)
    : state_(new State{visit, std::move(method), url, false, {}, {}, {}}) {
  const curl::ParsedUrl parsed = curl::parse_url(url);
  if (!parsed.url)
    cannot_honour("'" + url + "' is no URL: " + parsed.error);
  state_->url = parsed.url->recorded();
  const plugin::Decision decision = visit.present(describe_request(state_->method, *parsed.url));
  state_->record = curl::LastingRecord(decision.recorded);
  state_->is_real = decision.real();
  if (is_real())
    return;
  const auto &mock = *decision.as<HttpMock>();
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

bool HttpExchange::is_real() const { return state_->is_real; }

const HttpAnswered &HttpExchange::answer() const { return state_->answer; }

void HttpExchange::sent(const HttpLines &headers, const std::string &body) {
  HttpHeaders recorded{headers};
  for (auto &[name, value] : recorded.lines)
    value = curl::recorded_value(name, value);
  state_->record.get().field("request_headers", std::move(recorded)).field("request_body", body);
}

void HttpExchange::answered(long status, const HttpLines &headers, const std::string &body) {
  record_response(state_->record.get(), status, headers, body);
}

void HttpExchange::answered() { answered(state_->answer.body); }

void HttpExchange::answered(const std::string &body) { answered(state_->answer.status, state_->told, body); }

void HttpExchange::failed(AnyValue error) { state_->record.get().raised(std::move(error)); }

void HttpExchange::cannot_honour(const std::string &what) const {
  plugins::cannot_honour(state_->visit, state_->method, state_->url, what);
}

void http_cannot_see(plugin::Visit &visit, const std::string &what) {
  // Of a template without its arguments: a rule names the function.
  const std::string_view name = visit.call().slot.facts.name;
  const std::string function(name.substr(0, name.find('<')));
  plugin::Description call;
  call.request(function + " of " + what).firewall("function", function);
  visit.present(std::move(call));
}

namespace {

struct Waiting {
  std::mutex mutex;
  std::unordered_map<const void *, std::deque<std::unique_ptr<HttpExchange>>> by_connection;
};

Waiting &waiting() {
  // Never destroyed: connections of static objects may be closed after main.
  static auto *all = new Waiting;
  return *all;
}

} // namespace

void http_keep(const void *connection, std::unique_ptr<HttpExchange> exchange) {
  const std::lock_guard<std::mutex> lock(waiting().mutex);
  waiting().by_connection[connection].push_back(std::move(exchange));
}

std::unique_ptr<HttpExchange> http_take(const void *connection) {
  const std::lock_guard<std::mutex> lock(waiting().mutex);
  const auto found = waiting().by_connection.find(connection);
  if (found == waiting().by_connection.end())
    return nullptr;
  std::unique_ptr<HttpExchange> exchange = std::move(found->second.front());
  found->second.pop_front();
  if (found->second.empty())
    waiting().by_connection.erase(found);
  return exchange;
}

void forget_exchanges() {
  const std::lock_guard<std::mutex> lock(waiting().mutex);
  waiting().by_connection.clear();
}

const char *http_reason(long status) { return curl::reason_phrase(status); }

std::optional<std::string> http_location(const std::string &url, const std::string &location) {
  const curl::ParsedUrl base = curl::parse_url(url);
  if (!base.url)
    return std::nullopt;
  const curl::ParsedUrl next =
      curl::redirect_url(*base.url, location, CURLU_URLENCODE | CURLU_PATH_AS_IS | CURLU_NON_SUPPORT_SCHEME);
  return next.url ? std::optional<std::string>(next.url->text) : std::nullopt;
}

bool http_observe(std::initializer_list<std::pair<const char *, void (*)(plugin::Visit &)>> seams) {
  for (const auto &[name, run] : seams)
    http_follow(name, run);
  return true;
}

} // namespace tripwire::plugins
