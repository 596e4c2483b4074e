// URLs as libcurl reads them --(parse_url)--> parts --(normalised)--> one spelling for each resource
#ifndef TRIPWIRE_PLUGINS_HTTP_URL_HPP
#define TRIPWIRE_PLUGINS_HTTP_URL_HPP

#include "options.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tripwire::plugins::curl {

struct UrlDeleter {
  void operator()(CURLU *url) const noexcept { curl_url_cleanup(url); }
};
using UrlHandle = std::unique_ptr<CURLU, UrlDeleter>;

/// One URL, taken apart by libcurl's own parser.
struct Url {
  std::string text;   ///< the whole, as libcurl prints it after parsing: what CURLINFO_EFFECTIVE_URL answers
  std::string scheme; ///< lower case
  std::string host;   ///< with the brackets of an IPv6 address
  int port = 0;       ///< the scheme's own when the URL names none
  bool default_port = true;
  std::string path;
  std::optional<std::string> query;
  bool has_user = false;
  std::size_t credentials_size = 0; ///< bytes of `user:password`, decoded; the password itself is not kept

  /// The URL without user, password, fragment and default port, scheme and host in lower case: what is recorded.
  std::string recorded() const;
};

/// How libcurl read a URL, or why it would not.
struct ParsedUrl {
  std::optional<Url> url;
  CURLcode code = CURLE_OK;
  std::string error; ///< libcurl's words for the error buffer
};

/// Reads the URL a handle is set to (CURLOPT_URL, CURLOPT_CURLU, CURLOPT_DEFAULT_PROTOCOL, CURLOPT_PORT,
/// CURLOPT_PATH_AS_IS).
ParsedUrl parse_url(const Options &options);

/// Reads \p text alone, as a test writes it.
ParsedUrl parse_url(const std::string &text);

/// Where a Location header leads from \p base. \p flags are those of curl_url_set() beside the ones that libcurl always
/// has here.
ParsedUrl redirect_url(const Url &base, const std::string &location, unsigned int flags);

/// `a=1&b` as pairs, percent-decoded.
std::vector<std::pair<std::string, std::string>> query_pairs(std::string_view query);

/// The path percent-decoded once, without `.`, `..` and doubled slashes: two spellings of one resource become equal.
std::string normalised_path(std::string_view path);

/// Scheme, host, port and path in one spelling: what mocks are looked up by. `localhost`, `127.0.0.1` and `[::1]` are
/// one host.
std::string lookup_key(const Url &url);

} // namespace tripwire::plugins::curl

#endif
