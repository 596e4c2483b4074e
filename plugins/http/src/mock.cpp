#include "mock.hpp"

#include "easy/url_pattern.hpp"

#include <algorithm>

namespace tripwire::plugins {

namespace {

std::string upper_case(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  });
  return result;
}

bool holds_pair(const std::vector<std::pair<std::string, std::string>> &pairs,
                const std::pair<std::string, std::string> &wanted) {
  return std::find(pairs.begin(), pairs.end(), wanted) != pairs.end();
}

std::optional<curl::Url> url_of(const plugin::Description &call) {
  const auto *text = call.get<std::string>("url");
  if (text == nullptr)
    return std::nullopt;
  return curl::parse_url(*text).url;
}

} // namespace

void misused(const std::string &what, const Place &place) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "http";
  facts.text = "ConfigurationError: " + what;
  if (place.line != 0)
    facts.text += std::string("\n  at ") + place.file + ":" + std::to_string(place.line);
  facts.site.file = place.file;
  facts.site.line = place.line;
  raise(std::move(facts));
}

std::string request_key(std::string_view method, const curl::Url &url) {
  return std::string(method) + " " + curl::lookup_key(url);
}

HttpMock::HttpMock(HttpMockKind kind, std::string_view method, HttpUrl url, const Place &place)
    : kind_(kind), method_(upper_case(method)), url_(std::move(url)) {
  if (url_.is_matcher())
    return;
  if (curl::is_pattern(url_.text())) {
    query_ = curl::query_pairs(curl::query_of_pattern(url_.text()));
    return;
  }
  const curl::ParsedUrl parsed = curl::parse_url(url_.text());
  if (!parsed.url)
    misused("'" + url_.text() + "' is no URL: " + parsed.error + "; write it with its scheme: \"https://host/path\"",
            place);
  key_ = request_key(method_, *parsed.url);
  query_ = curl::query_pairs(parsed.url->query.value_or(""));
}

std::string HttpMock::url_text() const {
  std::string text;
  seam::Out out(text);
  if (url_.is_matcher())
    url_.matcher().describe(out);
  else
    out.put_quoted(url_.text());
  return text;
}

std::string HttpMock::error_text() const {
  if (other_error.empty())
    return curl::code_name(answer.error);
  std::string text;
  seam::Out out(text);
  print(out, other_error.view());
  return text;
}

std::string HttpMock::describe() const {
  const char *word = kind_ == HttpMockKind::response  ? "mock_response"
                     : kind_ == HttpMockKind::failure ? "mock_error"
                                                      : "pass_through";
  std::string text = std::string(word) + "(\"" + method_ + "\", " + url_text();
  if (kind_ == HttpMockKind::failure)
    text += ", " + error_text();
  return text + ")";
}

bool HttpMock::matches_url(const plugin::Description &call) const {
  if (url_.is_matcher()) {
    const plugin::Field *field = call.find("url");
    return field != nullptr && url_.matcher().matches(field->value.view());
  }
  if (!key_.empty())
    return key_ == call.key();
  const std::optional<curl::Url> url = url_of(call);
  return url && curl::pattern_matches(url_.text(), *url);
}

bool HttpMock::matches_query(const plugin::Description &call) const {
  if (query_.empty() && params.empty())
    return true;
  const std::optional<curl::Url> url = url_of(call);
  if (!url)
    return false;
  const auto given = curl::query_pairs(url->query.value_or(""));
  const auto holds = [&](const auto &wanted) { return holds_pair(given, wanted); };
  return std::all_of(query_.begin(), query_.end(), holds) && std::all_of(params.begin(), params.end(), holds);
}

bool HttpMock::matches(const plugin::Description &call) const {
  const auto *method = call.get<std::string>("method");
  return method != nullptr && *method == method_ && matches_url(call) && matches_query(call);
}

std::vector<plugin::Difference> HttpMock::compare(const plugin::Description &call) const {
  const auto *method = call.get<std::string>("method");
  const auto *url = call.get<std::string>("url");
  const std::string no_text;
  const auto quoted = [](const std::string &text) { return "\"" + text + "\""; };
  std::vector<plugin::Difference> differences;
  differences.push_back({"method", quoted(method_), quoted(method == nullptr ? no_text : *method),
                         method != nullptr && *method == method_});
  bool same_url = matches_url(call);
  // A key holds the method too: compare the rest of it.
  if (!key_.empty())
    same_url = key_.substr(key_.find(' ')) == call.key().substr(std::min(call.key().find(' '), call.key().size()));
  differences.push_back({"url", url_text(), quoted(url == nullptr ? no_text : *url), same_url});
  for (const auto &pairs : {query_, params})
    for (const auto &[name, value] : pairs) {
      const std::optional<curl::Url> parsed = url_of(call);
      const auto given = parsed ? curl::query_pairs(parsed->query.value_or("")) : decltype(query_)();
      std::string got = "nothing";
      for (const auto &[given_name, given_value] : given)
        if (given_name == name)
          got = quoted(given_value);
      differences.push_back({"query " + name, quoted(value), got, holds_pair(given, {name, value})});
    }
  return differences;
}

} // namespace tripwire::plugins
