// a Location header --(Redirects)--> the next request of the transfer, or why there is none
#ifndef TRIPWIRE_PLUGINS_HTTP_REDIRECT_HPP
#define TRIPWIRE_PLUGINS_HTTP_REDIRECT_HPP

#include "callbacks.hpp"
#include "request.hpp"
#include "url.hpp"

#include <optional>
#include <string>

namespace tripwire::plugins::curl {

/// The redirects of one transfer, as lib/transfer.c (Curl_follow) treats them.
class Redirects {
public:
  Redirects(Options &options, const Url &first);

  /// What the next request starts from.
  const Follow &state() const { return state_; }
  int hops() const { return hops_; }
  /// How many times libcurl counted a further request: also the one that a limit forbade.
  int requests() const { return requests_; }

  struct Next {
    std::optional<Url> url;              ///< where the transfer goes on, unless the step says that it may not
    std::optional<std::string> would_be; ///< where it would have gone, had it been allowed to
    Step step;
  };

  /// What a response with that status and Location leads to.
  Next follow(const Url &from, const std::string &location, long status);

private:
  std::string would_be(const Url &from, const std::string &location) const;
  void change_verb(long status);

  Options &options_;
  Url first_;
  Follow state_;
  int hops_ = 0;
  int requests_ = 0;
};

/// The protocols of a CURLOPT_PROTOCOLS_STR-like list as CURLPROTO_ bits: of http and https only.
long protocol_bits(const Options &options, CURLoption as_text, CURLoption as_bits, long otherwise);

} // namespace tripwire::plugins::curl

#endif
