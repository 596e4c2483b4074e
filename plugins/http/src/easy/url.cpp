#include "url.hpp"

#include "headers.hpp"

#include <cstdlib>

namespace tripwire::plugins::curl {

namespace {

struct CurlStringDeleter {
  void operator()(char *text) const noexcept { curl_free(text); }
};
using CurlString = std::unique_ptr<char, CurlStringDeleter>;

CurlString part(CURLU *handle, CURLUPart which, unsigned int flags = 0) {
  char *text = nullptr;
  if (curl_url_get(handle, which, &text, flags) != CURLUE_OK)
    return nullptr;
  return CurlString(text);
}

std::string text_of(const CurlString &string) { return string == nullptr ? std::string() : std::string(string.get()); }

// What libcurl answers for a URL that its parser refuses: Curl_uc_to_curlcode.
CURLcode code_of(CURLUcode error) {
  switch (error) {
  case CURLUE_UNSUPPORTED_SCHEME:
    return CURLE_UNSUPPORTED_PROTOCOL;
  case CURLUE_OUT_OF_MEMORY:
    return CURLE_OUT_OF_MEMORY;
  case CURLUE_USER_NOT_ALLOWED:
    return CURLE_LOGIN_DENIED;
  default:
    return CURLE_URL_MALFORMAT;
  }
}

ParsedUrl refused(CURLUcode error, const char *prefix) {
  ParsedUrl result;
  result.code = code_of(error);
  result.error = std::string(prefix) + curl_url_strerror(error);
  return result;
}

ParsedUrl taken_apart(CURLU *handle) {
  ParsedUrl result;
  Url url;
  url.text = text_of(part(handle, CURLUPART_URL));
  url.scheme = lower_case(text_of(part(handle, CURLUPART_SCHEME)));
  url.host = text_of(part(handle, CURLUPART_HOST));
  url.port =
      static_cast<int>(std::strtol(text_of(part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT)).c_str(), nullptr, 10));
  url.default_port = part(handle, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT) == nullptr;
  url.path = text_of(part(handle, CURLUPART_PATH));
  if (const CurlString query = part(handle, CURLUPART_QUERY))
    url.query = query.get();
  const CurlString user = part(handle, CURLUPART_USER, CURLU_URLDECODE);
  const CurlString password = part(handle, CURLUPART_PASSWORD, CURLU_URLDECODE);
  url.has_user = user != nullptr;
  url.credentials_size = text_of(user).size() + 1 + text_of(password).size();
  result.url = std::move(url);
  return result;
}

int hex_digit(char letter) {
  if (letter >= '0' && letter <= '9')
    return letter - '0';
  if (letter >= 'a' && letter <= 'f')
    return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F')
    return letter - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text, bool plus_is_blank) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size() && hex_digit(text[at + 1]) >= 0 && hex_digit(text[at + 2]) >= 0) {
      result += static_cast<char>(hex_digit(text[at + 1]) * 16 + hex_digit(text[at + 2]));
      at += 2;
    } else {
      result += plus_is_blank && text[at] == '+' ? ' ' : text[at];
    }
  }
  return result;
}

} // namespace

ParsedUrl parse_url(const Options &options) {
  UrlHandle handle;
  const std::string *text = options.text(CURLOPT_URL);
  if (const void *given = options.pointer(CURLOPT_CURLU)) {
    handle.reset(curl_url_dup(static_cast<CURLU *>(const_cast<void *>(given))));
    if (part(handle.get(), CURLUPART_URL) == nullptr) {
      ParsedUrl result;
      result.code = CURLE_URL_MALFORMAT;
      result.error = "No URL set";
      return result;
    }
  } else {
    if (text == nullptr) {
      ParsedUrl result;
      result.code = CURLE_URL_MALFORMAT;
      result.error = "No URL set";
      return result;
    }
    std::string whole = *text;
    const std::string *protocol = options.text(CURLOPT_DEFAULT_PROTOCOL);
    if (protocol != nullptr && whole.find("://") == std::string::npos)
      whole = *protocol + "://" + whole;
    handle.reset(curl_url());
    const unsigned int flags = CURLU_GUESS_SCHEME | CURLU_NON_SUPPORT_SCHEME |
                               (options.flag(CURLOPT_DISALLOW_USERNAME_IN_URL) ? CURLU_DISALLOW_USER : 0U) |
                               (options.flag(CURLOPT_PATH_AS_IS) ? CURLU_PATH_AS_IS : 0U);
    const CURLUcode error = curl_url_set(handle.get(), CURLUPART_URL, whole.c_str(), flags);
    if (error != CURLUE_OK)
      return refused(error, "URL rejected: ");
  }
  ParsedUrl result = taken_apart(handle.get());
  if (const curl_off_t port = options.number(CURLOPT_PORT); port != 0 && result.url) {
    result.url->port = static_cast<int>(port);
    result.url->default_port = result.url->port == (result.url->scheme == "https" ? 443 : 80);
  }
  return result;
}

ParsedUrl parse_url(const std::string &text) {
  const UrlHandle handle(curl_url());
  const CURLUcode error = curl_url_set(handle.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME);
  if (error != CURLUE_OK)
    return refused(error, "");
  return taken_apart(handle.get());
}

ParsedUrl redirect_url(const Url &base, const std::string &location, unsigned int flags) {
  const UrlHandle handle(curl_url());
  curl_url_set(handle.get(), CURLUPART_URL, base.text.c_str(), CURLU_NON_SUPPORT_SCHEME | CURLU_PATH_AS_IS);
  const CURLUcode error = curl_url_set(handle.get(), CURLUPART_URL, location.c_str(), CURLU_ALLOW_SPACE | flags);
  if (error != CURLUE_OK)
    return refused(error, "The redirect target URL could not be parsed: ");
  return taken_apart(handle.get());
}

std::vector<std::pair<std::string, std::string>> query_pairs(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    if (pair.empty())
      continue;
    const std::size_t equals = pair.find('=');
    pairs.emplace_back(percent_decoded(pair.substr(0, equals), true),
                       equals == std::string_view::npos ? "" : percent_decoded(pair.substr(equals + 1), true));
  }
  return pairs;
}

std::string normalised_path(std::string_view path) {
  std::vector<std::string> parts;
  bool folder = false;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string part = percent_decoded(path.substr(0, slash), false);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    folder = slash != std::string_view::npos || part == "." || part == "..";
    if (part == ".." && !parts.empty())
      parts.pop_back();
    if (!part.empty() && part != "." && part != "..")
      parts.push_back(part);
  }
  std::string result;
  for (const std::string &part : parts)
    result += "/" + part;
  if (folder || result.empty())
    result += "/";
  return result;
}

std::string Url::recorded() const {
  std::string result = scheme + "://" + lower_case(host);
  if (!default_port)
    result += ":" + std::to_string(port);
  result += path;
  if (query)
    result += "?" + *query;
  return result;
}

std::string lookup_key(const Url &url) {
  std::string host = lower_case(url.host);
  if (host == "127.0.0.1" || host == "[::1]")
    host = "localhost";
  return url.scheme + "://" + host + ":" + std::to_string(url.port) + normalised_path(url.path);
}

} // namespace tripwire::plugins::curl
