// tripwire::http: what a test says about HTTP requests, and asserts of them
//
//   tripwire::http.mock_response("POST", "https://api.example.com/charges").status(201).json(R"({"id":"ch_1"})");
//   ...
//   tripwire::http.assert_request("POST", "https://api.example.com/charges")
//       .headers(tripwire::anything).body(R"({"amount":5000})")
//       .assert_response(201, tripwire::anything, R"({"id":"ch_1"})");
#ifndef TRIPWIRE_PLUGINS_HTTP_HPP
#define TRIPWIRE_PLUGINS_HTTP_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/place.hpp>
#include <tripwire/plugin.hpp>

#include <curl/curl.h>

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tripwire::plugins {

class HttpMock;

/// The headers of a request or a response as they were recorded: in order, credentials replaced by `<secret>`.
struct HttpHeaders {
  std::vector<std::pair<std::string, std::string>> lines;
};
/// Equal when the same names, in any case and any order, have the same values; the values of a repeated name keep their
/// order.
bool operator==(const HttpHeaders &left, const HttpHeaders &right);
/// `{{"Accept", "*/*"}}`
void tripwire_print(seam::Out &out, const HttpHeaders &headers);

/// What came instead of a response.
struct HttpError {
  CURLcode code;
};
inline bool operator==(HttpError left, HttpError right) { return left.code == right.code; }
/// `CURLE_COULDNT_CONNECT`
void tripwire_print(seam::Out &out, const HttpError &error);

/// The client gave the transfer up before it ended: its easy handle left the multi handle.
struct HttpCancelled {};
inline bool operator==(HttpCancelled, HttpCancelled) { return true; }
/// `cancelled`
void tripwire_print(seam::Out &out, HttpCancelled cancelled);

/// One header that an assertion expects: a name, and a value or a matcher for it.
struct HttpHeaderExpected {
  template <class T>
  HttpHeaderExpected(std::string header_name, const T &expected)
      : name(std::move(header_name)), value(matcher_for<std::string>(expected)) {}

  std::string name;
  Matcher value;
};

/// What an assertion expects of all headers: exactly those in a list, or whatever a matcher accepts.
class HttpHeadersExpected {
public:
  /// No header at all.
  HttpHeadersExpected() : HttpHeadersExpected(std::initializer_list<HttpHeaderExpected>{}) {}
  /// Exactly these, in any order.
  HttpHeadersExpected(std::initializer_list<HttpHeaderExpected> expected); // NOLINT: stands for what it holds
  HttpHeadersExpected(Matcher expected) : matcher_(std::move(expected)) {} // NOLINT: stands for what it holds
  HttpHeadersExpected(Anything) {}                                         // NOLINT: stands for what it holds

  const Matcher &matcher() const noexcept { return matcher_; }

private:
  Matcher matcher_;
};

/// Which URLs a mock answers. A text names one resource; with `*` in it many: in the host any subdomains, in the path
/// one segment, `**` any number. A query in it must be part of the request's; a text without one answers any query.
class HttpUrl {
public:
  HttpUrl(const char *text) : text_(text) {}                                    // NOLINT: stands for a URL
  HttpUrl(std::string text) : text_(std::move(text)) {}                         // NOLINT: stands for a URL
  HttpUrl(std::string_view text) : text_(text) {}                               // NOLINT: stands for a URL
  HttpUrl(Matcher accepts) : matcher_(std::move(accepts)), is_matcher_(true) {} // NOLINT: stands for a URL
  template <class F> HttpUrl(Predicate<F> decide) : HttpUrl(matcher_for<std::string>(decide)) {} // NOLINT: as above

  const std::string &text() const noexcept { return text_; }
  const Matcher &matcher() const noexcept { return matcher_; }
  bool is_matcher() const noexcept { return is_matcher_; }

private:
  std::string text_;
  Matcher matcher_;
  bool is_matcher_ = false;
};

/// What every answer can be told. \p Self is the answer's own class. The mock behind it lives as long as the test.
template <class Self> class HttpAnswer {
public:
  /// Only requests whose query has these pairs, among others.
  Self &params(std::initializer_list<std::pair<std::string, std::string>> pairs);
  /// The far end takes that long. It counts as time of the transfer (time-outs, CURLINFO_TOTAL_TIME) and costs the test
  /// none.
  Self &delay(std::chrono::microseconds time);
  /// Answers \p count requests; one unless told.
  Self &times(std::uint64_t count);
  /// Answers requests without end.
  Self &always();
  /// Unused is no violation.
  Self &optional() { return required(false); }
  Self &required(bool required);
  /// The client sets this option, and the test does without it: see the README for the options a mock cannot honour.
  Self &ignoring(CURLoption option);

protected:
  HttpMock *mock_;

private:
  friend Self;
  explicit HttpAnswer(HttpMock &mock) : mock_(&mock) {}
};

/// A mocked response.
class HttpResponse : public HttpAnswer<HttpResponse> {
public:
  explicit HttpResponse(HttpMock &mock) : HttpAnswer(mock) {}

  /// 200 unless told.
  HttpResponse &status(long status);
  /// The body, kept as given; sets Content-Type to application/json unless the mock has one. Not together with body().
  HttpResponse &json(std::string_view text);
  /// The body, byte for byte. Not together with json().
  HttpResponse &body(std::string_view bytes);
  /// One more header, delivered in the order of the calls.
  HttpResponse &header(std::string_view name, std::string_view value);
  HttpResponse &headers(std::initializer_list<std::pair<std::string, std::string>> lines);
  /// The body ends with the connection: no Content-Length is sent. Else one is, unless a header of the mock says how
  /// the body ends.
  HttpResponse &without_length();
  /// What CURLINFO_PRIMARY_IP answers.
  HttpResponse &primary_ip(std::string_view address);
};

/// A mocked failure.
class HttpFailure : public HttpAnswer<HttpFailure> {
public:
  explicit HttpFailure(HttpMock &mock) : HttpAnswer(mock) {}

  /// What CURLOPT_ERRORBUFFER gets; libcurl's own words unless told.
  HttpFailure &message(std::string_view text);
};

/// Real requests that are let through, recorded, and must be asserted.
class HttpPassThrough : public HttpAnswer<HttpPassThrough> {
public:
  explicit HttpPassThrough(HttpMock &mock) : HttpAnswer(mock) {}
};

/// How an error of another library is written in a test: `static std::string text(Error)`. The headers for those
/// libraries have it; without the header, its errors are none to this plugin.
template <class Error> struct HttpErrorName;

/// What came instead of a response, of another library than libcurl.
template <class Error> struct HttpErrorOf { Error code; };
template <class Error> bool operator==(const HttpErrorOf<Error> &left, const HttpErrorOf<Error> &right) {
  return left.code == right.code;
}
/// `httplib::Error::Connection`
template <class Error> void tripwire_print(seam::Out &out, const HttpErrorOf<Error> &error) {
  out.put(HttpErrorName<Error>::text(error.code));
}

template <class Error>
using IfOtherHttpError = std::void_t<decltype(HttpErrorName<Error>::text(std::declval<const Error &>()))>;

/// An assertion in the making. Nothing is checked before its last step, which begins with `assert`.
class HttpRequestAssertion {
public:
  HttpRequestAssertion(std::string method, const std::string &url, Place place);

  HttpRequestAssertion &headers(const HttpHeadersExpected &expected);
  template <class T> HttpRequestAssertion &body(const T &expected) {
    assertion_.field("request_body", matcher_for<std::string>(expected));
    return *this;
  }

  /// The request was answered so.
  template <class Status, class Body>
  void assert_response(const Status &status, const HttpHeadersExpected &headers, const Body &body) {
    assertion_.field("status", matcher_for<long>(status));
    assertion_.field("response_headers", headers.matcher());
    assertion_.field("response_body", matcher_for<std::string>(body));
    assertion_.check();
  }
  /// The request ended by that error, of libcurl or of the library that made the request.
  void assert_raised(CURLcode code);
  template <class Error, class = IfOtherHttpError<Error>> void assert_raised(const Error &error) {
    assertion_.field("raised", matcher_for<HttpErrorOf<Error>>(HttpErrorOf<Error>{error}));
    assertion_.check();
  }
  /// The client gave the request up before it was answered (curl_multi_remove_handle).
  void assert_cancelled();
  /// The request went out; what came back is not looked at. Only where tripwire.yaml says `http: {require_response:
  /// false}`, or where nothing came back yet: the transfer goes on.
  void assert_sent() { assertion_.check(); }

private:
  plugin::Assertion assertion_;
};

/// The plugin's words. Has no state: everything belongs to the current test.
class Http {
public:
  HttpResponse &mock_response(std::string_view method, HttpUrl url, Place place = Place::here()) const;
  HttpFailure &mock_error(std::string_view method, HttpUrl url, CURLcode code, Place place = Place::here()) const;
  /// For requests of another library: an error of its own, `httplib::Error::Connection`.
  template <class Error, class = IfOtherHttpError<Error>>
  HttpFailure &mock_error(std::string_view method, HttpUrl url, Error error, Place place = Place::here()) const {
    return mock_other_error(method, std::move(url), AnyValue(HttpErrorOf<Error>{std::move(error)}), place);
  }
  HttpPassThrough &pass_through(std::string_view method, HttpUrl url, Place place = Place::here()) const;

  HttpRequestAssertion assert_request(std::string_view method, std::string_view url,
                                      Place place = Place::here()) const {
    return {std::string(method), std::string(url), place};
  }

  /// Headers that hold at least these.
  HttpHeadersExpected with_headers(std::initializer_list<HttpHeaderExpected> expected) const;

private:
  HttpFailure &mock_other_error(std::string_view method, HttpUrl url, AnyValue error, Place place) const;
};

} // namespace tripwire::plugins

namespace tripwire {

inline constexpr plugins::Http http{};

} // namespace tripwire

#endif
