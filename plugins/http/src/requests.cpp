#include "requests.hpp"

#include "easy/capture.hpp"
#include "easy/handles.hpp"
#include "easy/redirect.hpp"
#include "easy/transfer.hpp"
#include "hints.hpp"
#include "mock.hpp"

#include <tripwire/plugins/http.hpp>
#include <tripwire/setting.hpp>

#include <cstring>

namespace tripwire::plugins {

namespace {

using curl::Easy;

plugin::Description describe(const std::string &method, const curl::Url &url) {
  plugin::Description call;
  const std::string recorded = url.recorded();
  call.field("method", method).field("url", recorded).request(method + " " + recorded);
  // As libcurl read them: what spellings are one is the core's to say.
  call.firewall("host", url.host)
      .firewall("port", std::to_string(url.port))
      .firewall("scheme", url.scheme)
      .firewall("path", url.path)
      .firewall("method", method)
      .firewall("url", url.scheme + "://" + url.host + ":" + std::to_string(url.port) + url.path +
                           (url.query ? "?" + *url.query : std::string()));
  call.key(request_key(method, url));
  return call;
}

// What a mock cannot honour fails the test: an answer that is not libcurl's would be a lie. \p option names what the
// test may do without; zero when there is nothing of the kind.
[[noreturn]] void not_honoured(plugin::Visit &visit, const curl::RequestHead &head, const std::string &what,
                               CURLoption option = static_cast<CURLoption>(0)) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "http";
  facts.site = call_site(visit.call().site);
  facts.text =
      "ConfigurationError: the mock of " + head.method + " " + head.url +
      " cannot honour what the client asks for\n  at " + facts.site.text() + "\n  " + what +
      "\n  to make the real request instead, paste this in place of the mock:\n    tripwire::http.pass_through(" +
      literal(head.method) + ", " + literal(head.url) + ");";
  if (static_cast<int>(option) != 0)
    facts.text += "\n  or, when the test does without the option, add this to the mock:\n    .ignoring(" +
                  curl::option_name(option) + ")";
  raise(std::move(facts));
}

// `http: {require_response: false}` lets an assertion end without a word about the response.
void record_response(const plugin::Recorded &recorded, long status, const curl::HeaderList &headers,
                     const std::string &body) {
  const std::vector<std::string> required = plugin::setting("http", "require_response");
  const plugin::Need need =
      required.empty() || required.front() != "false" ? plugin::Need::required : plugin::Need::optional;
  recorded.field("status", status, need)
      .field("response_headers", HttpHeaders{headers}, need)
      .field("response_body", body, need);
}

// Asks the core about each request of one transfer.
class Asked final : public curl::Answers {
public:
  Asked(plugin::Visit &visit, const Easy &easy) : visit_(visit), easy_(easy) {}

  std::optional<curl::Answer> find(const curl::RequestHead &head, const curl::Url &url) override {
    last_ = head;
    decision_ = visit_.present(describe(head.method, url));
    ++requests_;
    if (decision_.real()) {
      if (requests_ > 1)
        not_honoured(visit_, head, "a mocked redirect leads to a request that is let through; mock both or neither");
      return std::nullopt;
    }
    const auto &mock = *decision_.as<HttpMock>();
    check(head, url, mock);
    return mock.answer;
  }

  void record(const curl::RequestHead &head, const std::string &body, const curl::Answer &answer,
              CURLcode error) override {
    const plugin::Recorded &recorded = decision_.recorded;
    recorded.field("request_headers", HttpHeaders{head.headers}).field("request_body", body);
    if (error != CURLE_OK) {
      recorded.raised(AnyValue(HttpError{error}));
      return;
    }
    record_response(recorded, answer.status, answer.headers, answer.body);
  }

  const plugin::Decision &decision() const { return decision_; }
  const curl::RequestHead &last() const { return last_; }

private:
  void check(const curl::RequestHead &head, const curl::Url &url, const HttpMock &mock) const {
    if (!easy_.complete)
      not_honoured(visit_, head, "the handle was made by code that is not rewritten, so its options are unknown");
    if (url.scheme != "http" && url.scheme != "https" && mock.answer.error == CURLE_OK)
      not_honoured(visit_, head, "a mocked response speaks HTTP, and the scheme is '" + url.scheme + "'");
    for (const auto &[option, what] : easy_.options.not_honoured())
      if (mock.ignored.count(option) == 0)
        not_honoured(visit_, head, what, option);
  }

  plugin::Visit &visit_;
  const Easy &easy_;
  plugin::Decision decision_;
  curl::RequestHead last_;
  int requests_ = 0;
};

void fill_error_buffer(const curl::Options &options, const std::string &text) {
  auto *buffer = static_cast<char *>(const_cast<void *>(options.pointer(CURLOPT_ERRORBUFFER)));
  if (buffer == nullptr)
    return;
  const std::size_t size = std::min<std::size_t>(text.size(), CURL_ERROR_SIZE - 1);
  std::memcpy(buffer, text.data(), size);
  buffer[size] = '\0';
}

// The real call; what it did goes into the interaction, when there is one.
CURLcode let_through(plugin::Visit &visit, CURL *handle, Easy &easy, const plugin::Recorded &recorded) {
  easy.last_was_mocked = false;
  if (!recorded) {
    visit.make_real();
    return visit.result<CURLcode>();
  }
  const curl::Capture capture(handle, easy);
  visit.make_real();
  const auto code = visit.result<CURLcode>();
  recorded.field("request_headers", HttpHeaders{capture.request_headers()})
      .field("request_body", capture.request_body());
  if (code != CURLE_OK) {
    recorded.raised(AnyValue(HttpError{code}));
    return code;
  }
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  record_response(recorded, status, capture.response_headers(), capture.response_body());
  return code;
}

// libcurl refuses these before it opens a connection, so the real call is the true answer and touches nothing.
bool fails_before_connecting(const Easy &easy, const curl::ParsedUrl &parsed) {
  if (!parsed.url)
    return true;
  for (const char *const *protocol = curl_version_info(CURLVERSION_NOW)->protocols; *protocol != nullptr; ++protocol)
    if (curl::same_name(*protocol, parsed.url->scheme)) {
      const long bit = parsed.url->scheme == "http"    ? CURLPROTO_HTTP
                       : parsed.url->scheme == "https" ? CURLPROTO_HTTPS
                                                       : 0;
      const long allowed =
          curl::protocol_bits(easy.options, CURLOPT_PROTOCOLS_STR, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
      return bit != 0 && (bit & allowed) == 0;
    }
  return true;
}

// Marks the handle while its callbacks may run.
class Busy {
public:
  explicit Busy(Easy &easy) : easy_(easy) { easy_.performing = true; }
  Busy(const Busy &) = delete;
  Busy &operator=(const Busy &) = delete;
  ~Busy() { easy_.performing = false; }

private:
  Easy &easy_;
};

} // namespace

CURLcode perform(plugin::Visit &visit, CURL *handle) {
  if (handle == nullptr) {
    visit.make_real(); // libcurl says what is wrong with that
    return visit.result<CURLcode>();
  }
  const std::shared_ptr<Easy> easy = curl::Handles::all().find(handle);
  const curl::ParsedUrl parsed = curl::parse_url(easy->options);
  if (!easy->complete && !parsed.url) {
    plugin::Description unknown;
    unknown.request("curl_easy_perform (of a handle that code which is not rewritten has set up)");
    const plugin::Decision decision = visit.present(std::move(unknown));
    return let_through(visit, handle, *easy, decision.recorded);
  }
  if (easy->complete && fails_before_connecting(*easy, parsed))
    return let_through(visit, handle, *easy, {});
  if (easy->performing)
    return CURLE_RECURSIVE_API_CALL;

  const Busy busy(*easy);
  Asked asked(visit, *easy);
  const curl::Performing performing{handle, easy->options, curl::Handles::all().form_of(*easy), easy->connections};
  fill_error_buffer(easy->options, "");
  curl::Info info;
  const curl::Outcome outcome = curl::perform(performing, parsed.url.value(), asked, info);
  if (outcome.unanswered)
    return let_through(visit, handle, *easy, asked.decision().recorded);
  easy->info = std::move(info);
  easy->last_was_mocked = true;
  if (!outcome.error.empty())
    fill_error_buffer(easy->options, outcome.error);
  if (!outcome.not_honoured.empty())
    not_honoured(visit, asked.last(), outcome.not_honoured);
  return outcome.code;
}

} // namespace tripwire::plugins
