#include "asked.hpp"

#include "describe.hpp"
#include "easy/redirect.hpp"
#include "mock.hpp"

#include <tripwire/plugins/http.hpp>
#include <tripwire/setting.hpp>

#include <algorithm>
#include <atomic>
#include <cstring>

namespace tripwire::plugins::curl {

namespace {

std::atomic<std::uint64_t> tests_ended{0};

} // namespace

LastingRecord::LastingRecord(plugin::Recorded recorded)
    : recorded_(std::move(recorded)), test_(tests_ended.load(std::memory_order_relaxed)) {}

plugin::Recorded LastingRecord::get() const noexcept {
  return test_ == tests_ended.load(std::memory_order_relaxed) ? recorded_ : plugin::Recorded();
}

void LastingRecord::test_ended() noexcept { tests_ended.fetch_add(1, std::memory_order_relaxed); }

std::optional<Answer> Asked::find(const RequestHead &head, const Url &url) {
  last_ = head;
  const plugin::Decision decision = visit_->present(describe_request(head.method, url));
  record_ = LastingRecord(decision.recorded);
  ++requests_;
  if (decision.real()) {
    if (requests_ > 1)
      cannot_honour(*visit_, head.method, head.url,
                    "a mocked redirect leads to a request that is let through; mock both or neither");
    return std::nullopt;
  }
  const auto &mock = *decision.as<HttpMock>();
  check(head, url, mock);
  easy_.last_was_mocked = true;
  return mock.answer;
}

void Asked::sent(const RequestHead &head, const std::string &body) {
  record_.get().field("request_headers", HttpHeaders{head.headers}).field("request_body", body);
}

void Asked::heard(const Answer &answer, CURLcode error) {
  if (error != CURLE_OK)
    record_.get().raised(AnyValue(HttpError{error}));
  else
    record_response(record_.get(), answer.status, answer.headers, answer.body);
}

void Asked::cancelled() { record_.get().raised(AnyValue(HttpCancelled())); }

void Asked::check_honoured(const std::string &what) const {
  if (!what.empty())
    cannot_honour(*visit_, last_.method, last_.url, what);
}

void Asked::check(const RequestHead &head, const Url &url, const HttpMock &mock) const {
  if (!mock.other_error.empty())
    cannot_honour(*visit_, head.method, head.url,
                  "its error, " + mock.error_text() + ", is not libcurl's; give it one of CURLE_...");
  if (!easy_.complete)
    cannot_honour(*visit_, head.method, head.url,
                  "the handle was made by code that is not rewritten, so its options are unknown");
  if (url.scheme != "http" && url.scheme != "https" && mock.answer.error == CURLE_OK)
    cannot_honour(*visit_, head.method, head.url,
                  "a mocked response speaks HTTP, and the scheme is '" + url.scheme + "'");
  for (const auto &[option, what] : easy_.options.not_honoured(url.scheme))
    if (mock.ignored.count(option) == 0)
      cannot_honour(*visit_, head.method, head.url, what, option);
}

RealTransfer::RealTransfer(CURL *handle, Easy &easy, plugin::Recorded recorded) : handle_(handle), record_(recorded) {
  easy.last_was_mocked = false;
  if (recorded)
    capture_ = std::make_unique<Capture>(handle, easy);
}

plugin::Recorded RealTransfer::record_request() const {
  plugin::Recorded recorded = record_.get();
  recorded.field("request_headers", HttpHeaders{capture_->request_headers()})
      .field("request_body", capture_->request_body());
  return recorded;
}

void RealTransfer::ended(CURLcode code) {
  if (capture_ == nullptr)
    return;
  const plugin::Recorded recorded = record_request();
  if (code != CURLE_OK) {
    recorded.raised(AnyValue(HttpError{code}));
  } else {
    long status = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    record_response(recorded, status, capture_->response_headers(), capture_->response_body());
  }
  capture_.reset();
}

void RealTransfer::cancelled() {
  if (capture_ == nullptr)
    return;
  record_request().raised(AnyValue(HttpCancelled()));
  capture_.reset();
}

plugin::Recorded ask_about_unknown(plugin::Visit &visit) {
  plugin::Description unknown;
  unknown.request(std::string(visit.call().slot.facts.name) +
                  " (of a handle that code which is not rewritten has set up)");
  return visit.present(std::move(unknown)).recorded;
}

void fill_error_buffer(const Options &options, const std::string &text) {
  auto *buffer = static_cast<char *>(const_cast<void *>(options.pointer(CURLOPT_ERRORBUFFER)));
  if (buffer == nullptr)
    return;
  const std::size_t size = std::min<std::size_t>(text.size(), CURL_ERROR_SIZE - 1);
  std::memcpy(buffer, text.data(), size);
  buffer[size] = '\0';
}

bool fails_before_connecting(const Easy &easy, const ParsedUrl &parsed) {
  if (!parsed.url)
    return true;
  for (const char *const *protocol = curl_version_info(CURLVERSION_NOW)->protocols; *protocol != nullptr; ++protocol)
    if (same_name(*protocol, parsed.url->scheme)) {
      const long bit = parsed.url->scheme == "http"    ? CURLPROTO_HTTP
                       : parsed.url->scheme == "https" ? CURLPROTO_HTTPS
                                                       : 0;
      const long allowed =
          protocol_bits(easy.options, CURLOPT_PROTOCOLS_STR, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
      return bit != 0 && (bit & allowed) == 0;
    }
  return true;
}

} // namespace tripwire::plugins::curl
