// the cookie engine of the real handle <--(Cookies)--> Set-Cookie and Cookie headers of played requests
//
// libcurl keeps cookies per handle and lets programs read and add them; only the sending and receiving is played here.
// So CURLINFO_COOKIELIST, CURLOPT_COOKIELIST and CURLOPT_COOKIEJAR stay the real thing.
#ifndef TRIPWIRE_PLUGINS_HTTP_EASY_COOKIES_HPP
#define TRIPWIRE_PLUGINS_HTTP_EASY_COOKIES_HPP

#include "options.hpp"
#include "url.hpp"

#include <string>

namespace tripwire::plugins::curl {

class Cookies {
public:
  Cookies(CURL *handle, const Options &options);

  /// Reads the files of CURLOPT_COOKIEFILE, as libcurl does when a transfer starts.
  void load();
  /// What the engine adds to a request: `a=1; b=2`. Empty when it is off or nothing fits.
  std::string for_request(const Url &url) const;
  /// Keeps the cookie of a Set-Cookie header, when the engine is on and the cookie is the host's to set.
  void take(const Url &url, const std::string &value) const;

private:
  std::string host_of(const Url &url) const;

  CURL *handle_;
  const Options &options_;
  bool on_;
};

} // namespace tripwire::plugins::curl

#endif
