// http.mock_response(...).status(...) --(HttpMock)--> which requests it answers, and with what
#ifndef TRIPWIRE_PLUGINS_HTTP_MOCK_HPP
#define TRIPWIRE_PLUGINS_HTTP_MOCK_HPP

#include "easy/answer.hpp"

#include <tripwire/plugins/http.hpp>

#include <optional>
#include <set>
#include <string>

namespace tripwire::plugins {

enum class HttpMockKind { response, failure, pass_through };

/// One registered answer. Also holds the words by which a test goes on telling it.
class HttpMock final : public plugin::Mock {
public:
  HttpMock(HttpMockKind kind, std::string_view method, HttpUrl url, const Place &place);

  bool matches(const plugin::Description &call) const override;
  std::string key() const override { return key_; }
  std::string describe() const override;
  std::vector<plugin::Difference> compare(const plugin::Description &call) const override;
  bool passes_through() const noexcept override { return kind_ == HttpMockKind::pass_through; }

  /// The error that it answers with, as a test writes it.
  std::string error_text() const;

  curl::Answer answer;
  AnyValue other_error; ///< of another library than libcurl; empty unless the mock was told one
  std::vector<std::pair<std::string, std::string>> params;
  std::set<CURLoption> ignored;
  bool has_json = false;
  bool has_body = false;

  HttpResponse response{*this};
  HttpFailure failure{*this};
  HttpPassThrough pass_through{*this};

private:
  bool matches_url(const plugin::Description &call) const;
  bool matches_query(const plugin::Description &call) const;
  std::string url_text() const;

  HttpMockKind kind_;
  std::string method_;
  HttpUrl url_;
  std::string key_; ///< empty when the URL is a pattern
  std::vector<std::pair<std::string, std::string>> query_;
};

/// The key that equal requests and mocks share.
std::string request_key(std::string_view method, const curl::Url &url);

/// Stops the test with a message about how it told a mock. \p place is where it did.
[[noreturn]] void misused(const std::string &what, const Place &place);

} // namespace tripwire::plugins

#endif
