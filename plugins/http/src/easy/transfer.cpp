#include "transfer.hpp"

#include "cookies.hpp"
#include "delivery.hpp"
#include "redirect.hpp"
#include "upload.hpp"

#include <algorithm>
#include <chrono>

namespace tripwire::plugins::curl {

// Time as the transfer sees it: what really passed, and what the mocks' delays add.
class Watch {
public:
  curl_off_t now() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start_).count() + added_;
  }
  void add(std::chrono::microseconds delay) { added_ += delay.count(); }

private:
  using Clock = std::chrono::steady_clock;

  Clock::time_point start_ = Clock::now();
  curl_off_t added_ = 0;
};

namespace {

curl_off_t timeout_in_microseconds(const Options &options) {
  return options.number(CURLOPT_TIMEOUT_MS, options.number(CURLOPT_TIMEOUT) * 1000) * 1000;
}

// How long libcurl bears that nothing comes: CURLOPT_LOW_SPEED_TIME. None unless both options are set.
std::optional<std::chrono::seconds> patience_with_silence(const Options &options) {
  const curl_off_t seconds = options.number(CURLOPT_LOW_SPEED_TIME);
  if (seconds <= 0 || options.number(CURLOPT_LOW_SPEED_LIMIT) <= 0)
    return std::nullopt;
  return std::chrono::seconds(seconds);
}

std::string connection_of(const Url &url) { return url.scheme + "://" + url.host + ":" + std::to_string(url.port); }

bool has_body(long status) { return status != 204 && status != 304; }

// libcurl's words for an error that a mock asks for.
std::string error_text(const Answer &answer, const Url &url, const Watch &watch) {
  if (!answer.error_text.empty())
    return answer.error_text;
  const std::string milliseconds = std::to_string(watch.now() / 1000);
  switch (static_cast<int>(answer.error)) {
  case CURLE_COULDNT_RESOLVE_HOST:
    return "Could not resolve host: " + url.host;
  case CURLE_COULDNT_CONNECT:
    return "Failed to connect to " + url.host + " port " + std::to_string(url.port) + " after " + milliseconds +
           " ms: " + curl_easy_strerror(answer.error);
  case CURLE_OPERATION_TIMEDOUT:
    return "Operation timed out after " + milliseconds + " milliseconds with 0 bytes received";
  case CURLE_GOT_NOTHING:
    return "Empty reply from server";
  default:
    return curl_easy_strerror(answer.error);
  }
}

} // namespace

class Transfer::Played {
public:
  Played(const Performing &performing, Url url, Answers &answers, Info &info)
      : performing_(performing), options_(performing.options), callbacks_(performing.handle, options_),
        upload_(options_, callbacks_, performing.form), cookies_(performing.handle, options_),
        redirects_(options_, url), url_(std::move(url)), answers_(answers), info_(info) {
    info_ = Info();
    cookies_.load();
  }

  void go_on() {
    outcome_ = waits_ ? hear() : ask();
    if (follows_ && outcome_.code == CURLE_OK)
      outcome_ = ask();
    if (waits_)
      return;
    is_over_ = true;
    finish();
  }

  bool is_over() const { return is_over_; }
  const Outcome &outcome() const { return outcome_; }

  std::chrono::microseconds wait() const {
    const curl_off_t limit = timeout_in_microseconds(options_);
    std::chrono::microseconds time = answer_.delay;
    if (limit > 0)
      time = std::min(time, std::chrono::microseconds(std::max<curl_off_t>(limit - watch_.now(), 0)));
    if (const auto silence = patience_with_silence(options_); silence && !is_before_sending(answer_.error))
      time = std::min(time, std::chrono::microseconds(*silence));
    return time;
  }

private:
  static Outcome ended(const Step &step) { return {step.code, step.error, step.not_honoured, false}; }

  // A step of the client's own that failed: the far end is not asked.
  Outcome broke_off(const Step &step) {
    answers_.heard(answer_, step.code);
    return ended(step);
  }

  // One request, up to where the far end has to be waited for.
  Outcome ask() {
    info_.effective_url = url_.text;
    const Follow &follow = redirects_.state();
    if (const Step step = follows_ ? rewind(follow) : Step(); !step.ok())
      return ended(step);
    follows_ = false;
    BodyPlan body_plan;
    const Step planned = upload_.plan(follow, body_plan);
    head_ = make_head(options_, url_, follow, body_plan, cookies_.for_request(url_));
    info_.effective_method = method_of(options_, follow);
    std::optional<Answer> answer = answers_.find(head_, url_);
    if (!answer)
      return {CURLE_OK, "", "", true};
    answer_ = std::move(*answer);
    if (const Step step = callbacks_.progress(0, 0, 0, 0); !step.ok()) {
      answers_.sent(head_, "");
      return broke_off(step);
    }
    if (is_before_sending(answer_.error)) {
      answers_.sent(head_, "");
      waits_ = true;
      return {};
    }
    connect(answer_.primary_ip);
    if (!planned.ok())
      return not_sent(planned);
    return send(follow, body_plan);
  }

  // The answer that was waited for.
  Outcome hear() {
    waits_ = false;
    const std::chrono::microseconds waited = wait();
    watch_.add(waited);
    const curl_off_t limit = timeout_in_microseconds(options_);
    if (limit > 0 && watch_.now() >= limit && !is_before_sending(answer_.error)) {
      answers_.heard(answer_, CURLE_OPERATION_TIMEDOUT);
      return {CURLE_OPERATION_TIMEDOUT,
              "Operation timed out after " + std::to_string(limit / 1000) + " milliseconds with 0 bytes received", "",
              false};
    }
    if (waited < answer_.delay) {
      answers_.heard(answer_, CURLE_OPERATION_TIMEDOUT);
      return {CURLE_OPERATION_TIMEDOUT,
              "Operation too slow. Less than " + std::to_string(options_.number(CURLOPT_LOW_SPEED_LIMIT)) +
                  " bytes/sec transferred the last " + std::to_string(options_.number(CURLOPT_LOW_SPEED_TIME)) +
                  " seconds",
              "", false};
    }
    answers_.heard(answer_, answer_.error);
    if (answer_.error != CURLE_OK)
      return {answer_.error, error_text(answer_, url_, watch_), "", false};
    info_.start_transfer_time = watch_.now() + 5;
    return deliver(answer_, head_.method == "HEAD" || options_.no_body());
  }

  // A request that the client cannot even begin. The connection is there, and libcurl keeps it unless a callback
  // failed.
  Outcome not_sent(const Step &step) {
    answers_.sent(head_, "");
    info_.pre_transfer_time = 0;
    if (step.code != CURLE_READ_ERROR)
      performing_.connections.idle.insert(connection_of(url_));
    return broke_off(step);
  }

  // What was sent once is sent again: libcurl has the next connection by now, and asks nobody when it cannot.
  Step rewind(const Follow &follow) {
    Step step = upload_.rewind(follow);
    if (!step.ok())
      connect("");
    return step;
  }

  void connect(const std::string &primary_ip) {
    std::multiset<std::string> &idle = performing_.connections.idle;
    const auto kept = idle.find(connection_of(url_));
    const bool fresh = kept == idle.end() || options_.flag(CURLOPT_FRESH_CONNECT);
    if (!fresh)
      idle.erase(kept);
    info_.num_connects += fresh ? 1 : 0;
    info_.primary_ip = primary_ip.empty() ? address_of(url_) : primary_ip;
    info_.primary_port = url_.port;
    info_.local_ip = info_.primary_ip.find(':') == std::string::npos ? "127.0.0.1" : "::1";
    info_.local_port = 49152; // the first of the range that IANA leaves to clients
    info_.scheme = url_.scheme == "https" ? "HTTPS" : "HTTP";
    info_.protocol = url_.scheme == "https" ? CURLPROTO_HTTPS : CURLPROTO_HTTP;
    const curl_off_t now = watch_.now();
    info_.name_lookup_time = now + 1;
    // A connection that is used again is not made again.
    if (fresh)
      info_.connect_time = now + 2;
    if (fresh && url_.scheme == "https")
      info_.app_connect_time = now + 3;
    info_.pre_transfer_time = now + 4;
    info_.downloaded = 0;
    info_.uploaded = 0;
  }

  // A mock resolves no name: a literal address is itself, any other host gets one that is set aside for examples.
  static std::string address_of(const Url &url) {
    if (url.host.size() > 2 && url.host.front() == '[')
      return url.host.substr(1, url.host.size() - 2);
    if (url.host.find_first_not_of("0123456789.") == std::string::npos)
      return url.host;
    return same_name(url.host, "localhost") ? "127.0.0.1" : "192.0.2.1";
  }

  Outcome send(const Follow &follow, const BodyPlan &body_plan) {
    if (const Step step = upload_.prepare(follow); !step.ok())
      return not_sent(step);
    callbacks_.debug(CURLINFO_HEADER_OUT, head_.text);
    std::string body;
    const Step read = upload_.read(follow, body);
    info_.request_size += static_cast<long>(head_.size);
    if (upload_.rides_with_head() && !head_.expects_continue)
      info_.request_size += static_cast<long>(upload_.sent());
    answers_.sent(head_, body);
    info_.uploaded = upload_.sent();
    info_.upload_length = upload_.shown_size();
    if (!read.ok()) {
      info_.start_transfer_time = watch_.now() + 5;
      return broke_off(read);
    }
    if (!body.empty())
      callbacks_.debug(CURLINFO_DATA_OUT, body);
    body_is_endless_ = body_plan.size < 0;
    if (const Step step = callbacks_.progress(0, 0, upload_total(), info_.uploaded); !step.ok())
      return broke_off(step);
    waits_ = true;
    return {};
  }

  curl_off_t upload_total() const { return info_.upload_length < 0 ? 0 : info_.upload_length; }

  Outcome deliver(const Answer &answer, bool no_body) {
    const auto on_cookie = [this](const std::string &value) { cookies_.take(url_, value); };
    Delivery delivery(options_, callbacks_, info_, redirects_.hops(), on_cookie);
    const Delivered delivered = delivery.deliver(answer, no_body, redirects_.state(), upload_total(), body_is_endless_);
    if (!delivered.step.ok())
      return ended(delivered.step);
    const std::string connection = connection_of(url_);
    const Step turned = delivered.location ? turn(*delivered.location, answer.status) : Step();
    // libcurl trusts no connection on which something went wrong; by now nothing did, wherever a redirect leads.
    if (!delivered.closes && !options_.flag(CURLOPT_FORBID_REUSE))
      performing_.connections.idle.insert(connection);
    if (!turned.ok())
      return ended(turned);
    Step step = delivered.step;
    if (no_body && !options_.no_body() && info_.download_length != 0 && has_body(answer.status))
      step.not_honoured = option_name(CURLOPT_CUSTOMREQUEST) +
                          ": libcurl waits for a body, which never comes behind HEAD; set CURLOPT_NOBODY";
    return ended(step);
  }

  // Where a redirect leads.
  Step turn(const std::string &location, long status) {
    const Redirects::Next next = redirects_.follow(url_, location, status);
    if (next.would_be)
      info_.redirect_url = next.would_be;
    info_.requests = redirects_.requests();
    info_.redirect_count = redirects_.hops();
    if (next.url) {
      url_ = *next.url;
      info_.effective_url = url_.text;
      info_.redirect_time = watch_.now();
      info_.download_length = -1;
      info_.upload_length = -1;
    }
    follows_ = next.step.ok() && next.url.has_value();
    return next.step;
  }

  void finish() {
    info_.total_time = watch_.now() + 6;
    if (const std::string *own = options_.text(CURLOPT_REFERER))
      info_.referer = *own;
    if (info_.response_code != 0)
      info_.http_version = CURL_HTTP_VERSION_1_1;
  }

  Performing performing_;
  Options &options_;
  Callbacks callbacks_;
  Upload upload_;
  Cookies cookies_;
  Redirects redirects_;
  Url url_;
  Answers &answers_;
  Info &info_;
  Watch watch_;
  RequestHead head_;
  Answer answer_;
  Outcome outcome_;
  bool body_is_endless_ = false; ///< nobody knew in advance how long the request is
  bool follows_ = false;
  bool waits_ = false; ///< for the far end's word on head_
  bool is_over_ = false;
};

Transfer::Transfer(const Performing &performing, Url url, Answers &answers, Info &info)
    : played_(std::make_unique<Played>(performing, std::move(url), answers, info)) {}
Transfer::~Transfer() = default;

void Transfer::go_on() { played_->go_on(); }
bool Transfer::is_over() const { return played_->is_over(); }
std::chrono::microseconds Transfer::wait() const { return played_->wait(); }
const Outcome &Transfer::outcome() const { return played_->outcome(); }

Outcome perform(const Performing &performing, const Url &url, Answers &answers, Info &info) {
  Transfer transfer(performing, url, answers, info);
  while (!transfer.is_over())
    transfer.go_on();
  return transfer.outcome();
}

} // namespace tripwire::plugins::curl
