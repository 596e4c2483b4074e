// the options of a handle and a URL --(make_head)--> the request as libcurl writes it on the wire
#ifndef TRIPWIRE_PLUGINS_HTTP_REQUEST_HPP
#define TRIPWIRE_PLUGINS_HTTP_REQUEST_HPP

#include "headers.hpp"
#include "options.hpp"
#include "url.hpp"

#include <string>

namespace tripwire::plugins::curl {

/// What stands where a secret would.
inline constexpr const char *secret_text = "<secret>";

/// What earlier hops of one transfer leave for the next one.
struct Follow {
  Verb verb = Verb::get;
  bool upload = false;
  bool is_follow = false;        ///< this request follows a redirect
  bool allow_credentials = true; ///< still the host the user named: credentials and cookies may be sent
  bool host_header = true;       ///< still the first host, by name: a Host header of the user's is sent
};

/// What the body is made from, before a byte of it is read.
struct BodyPlan {
  curl_off_t size = 0; ///< -1 when nobody knows it before the end
  bool chunked = false;
  HeaderList mime_headers; ///< those that libcurl writes for a form
};

/// One request, complete but for its body.
struct RequestHead {
  std::string method;
  std::string url;      ///< without credentials and fragment
  HeaderList headers;   ///< in libcurl's order; credentials are replaced by `<secret>`
  std::string text;     ///< as it goes over the wire, but for the secrets
  std::size_t size = 0; ///< bytes on the wire, the secrets' own included
  bool expects_continue = false;
};

/// The method libcurl sends: CUSTOMREQUEST, else what the verb says.
std::string method_of(const Options &options, const Follow &follow);

/// Whether the request is a POST in libcurl's books, whatever CUSTOMREQUEST calls it.
bool is_post(Verb verb);

/// Writes the head. \p cookies is what the cookie engine adds, `a=1; b=2`.
RequestHead make_head(const Options &options, const Url &url, const Follow &follow, const BodyPlan &body,
                      const std::string &cookies);

/// The first header the user set by that name in CURLOPT_HTTPHEADER, with whatever follows the name; null when there is
/// none. `Name:` and `Name;` count too.
const std::string *custom_header(const std::vector<std::string> &lines, std::string_view name);

/// The value as it may be recorded: the credentials of Authorization and its kin give way to `<secret>`, the scheme
/// stays.
std::string recorded_value(std::string_view name, std::string_view value);

} // namespace tripwire::plugins::curl

#endif
