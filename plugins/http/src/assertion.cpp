// what a test expects of a request --> the fields of an assertion
#include "mock.hpp"
#include "plugin.hpp"

#include <map>
#include <memory>

namespace tripwire::plugins {

namespace {

using Line = std::pair<std::string, std::string>;

// By name; the values of a repeated name keep their order.
std::multimap<std::string, std::string> in_one_order(const std::vector<Line> &lines) {
  std::multimap<std::string, std::string> ordered;
  for (const auto &[name, value] : lines)
    ordered.emplace(curl::lower_case(name), value);
  return ordered;
}

// Accepts headers by a list of what is expected of each: all of them, or some.
class Listed final : public Matcher::Body {
public:
  Listed(std::initializer_list<HttpHeaderExpected> expected, bool others_too)
      : expected_(expected), others_too_(others_too) {}

  bool matches(const Value &value) const override {
    const auto *headers = value.as<HttpHeaders>();
    if (headers == nullptr || (!others_too_ && headers->lines.size() != expected_.size()))
      return false;
    std::vector<bool> taken(headers->lines.size());
    for (const HttpHeaderExpected &each : expected_)
      if (!take(headers->lines, each, taken))
        return false;
    return true;
  }

  void describe(seam::Out &out, const seam::Parameter *) const override {
    out.put(others_too_ ? "headers with {" : "{");
    bool first = true;
    for (const HttpHeaderExpected &each : expected_) {
      out.put(first ? "{" : ", {");
      out.put_quoted(each.name).put(", ");
      each.value.describe(out);
      out.put("}");
      first = false;
    }
    out.put("}");
  }

private:
  // The first line of that name which is still free: repeated names are compared in their order.
  bool take(const std::vector<Line> &lines, const HttpHeaderExpected &expected, std::vector<bool> &taken) const {
    for (std::size_t at = 0; at < lines.size(); ++at) {
      if (taken[at] || !curl::same_name(lines[at].first, expected.name))
        continue;
      const AnyValue value(lines[at].second);
      if (expected.value.matches(value.view())) {
        taken[at] = true;
        return true;
      }
      if (!others_too_)
        return false;
    }
    return false;
  }

  std::vector<HttpHeaderExpected> expected_;
  bool others_too_;
};

// The recorded spelling, so that a test may write a host in any case or name the default port.
std::string recorded_url(const std::string &text) {
  const curl::ParsedUrl parsed = curl::parse_url(text);
  return parsed.url ? parsed.url->recorded() : text;
}

std::string upper_case(std::string text) {
  for (char &letter : text)
    if (letter >= 'a' && letter <= 'z')
      letter = static_cast<char>(letter - 'a' + 'A');
  return text;
}

} // namespace

bool operator==(const HttpHeaders &left, const HttpHeaders &right) {
  return in_one_order(left.lines) == in_one_order(right.lines);
}

void tripwire_print(seam::Out &out, const HttpHeaders &headers) {
  out.put("{");
  bool first = true;
  for (const auto &[name, value] : headers.lines) {
    out.put(first ? "{" : ", {").put_quoted(name).put(", ").put_quoted(value).put("}");
    first = false;
  }
  out.put("}");
}

void tripwire_print(seam::Out &out, const HttpError &error) { out.put(curl::code_name(error.code)); }

void tripwire_print(seam::Out &out, HttpCancelled) { out.put("cancelled"); }

HttpHeadersExpected::HttpHeadersExpected(std::initializer_list<HttpHeaderExpected> expected)
    : matcher_(std::make_shared<const Listed>(expected, false)) {}

HttpHeadersExpected Http::with_headers(std::initializer_list<HttpHeaderExpected> expected) const {
  return Matcher(std::make_shared<const Listed>(expected, true));
}

HttpRequestAssertion::HttpRequestAssertion(std::string method, const std::string &url, Place place)
    : assertion_(http_plugin(), "tripwire::http.assert_request(\"" + method + "\", \"" + url + "\")", place) {
  assertion_.field("method", matcher_for<std::string>(upper_case(std::move(method))));
  assertion_.field("url", matcher_for<std::string>(recorded_url(url)));
}

HttpRequestAssertion &HttpRequestAssertion::headers(const HttpHeadersExpected &expected) {
  assertion_.field("request_headers", expected.matcher());
  return *this;
}

void HttpRequestAssertion::assert_raised(CURLcode code) {
  assertion_.field("raised", matcher_for<HttpError>(HttpError{code}));
  assertion_.check();
}

void HttpRequestAssertion::assert_cancelled() {
  assertion_.field("raised", matcher_for<HttpCancelled>(HttpCancelled()));
  assertion_.check();
}

} // namespace tripwire::plugins
