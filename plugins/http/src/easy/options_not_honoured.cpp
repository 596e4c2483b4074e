// the options of a handle --(not_honoured)--> those that only a network could honour, by name, with the reason
//
// Options that steer the connection (time-outs of the connect, TLS settings, proxies, addresses) change nothing in what
// a mocked answer looks like and are not listed: a mock stands for the answer of the far end.
#include "options.hpp"

namespace tripwire::plugins::curl {

namespace {

struct Unhonoured {
  CURLoption option;
  const char *reason;
};

constexpr Unhonoured when_set[] = {
    {CURLOPT_CONNECT_ONLY, "it hands out a connection, and a mock has none"},
    {CURLOPT_OPENSOCKETFUNCTION, "its callback is never called, since a mock opens no socket"},
    {CURLOPT_CLOSESOCKETFUNCTION, "its callback is never called, since a mock opens no socket"},
    {CURLOPT_SOCKOPTFUNCTION, "its callback is never called, since a mock opens no socket"},
    {CURLOPT_SSL_CTX_FUNCTION, "its callback is never called, since a mock speaks no TLS"},
    {CURLOPT_RESOLVER_START_FUNCTION, "its callback is never called, since a mock resolves no name"},
    {CURLOPT_PREREQFUNCTION, "its callback is never called, since a mock has no connection to show it"},
    {CURLOPT_TRAILERFUNCTION, "its callback is never called, and no trailing header is recorded"},
    {CURLOPT_HSTSREADFUNCTION, "no host is switched to https by a mock"},
    {CURLOPT_HSTSWRITEFUNCTION, "a mock keeps no list of hosts"},
    {CURLOPT_HSTS, "no host is switched to https by a mock"},
    {CURLOPT_NETRC, "the file with the credentials is not read"},
    {CURLOPT_AWS_SIGV4, "the request is not signed"},
    {CURLOPT_CRLF, "the line ends of the upload are not converted"},
    {CURLOPT_CERTINFO, "a mock shows no certificate"},
    {CURLOPT_RTSP_REQUEST, "a mock speaks HTTP only"},
};

} // namespace

std::vector<std::pair<CURLoption, std::string>> Options::not_honoured(const std::string &scheme) const {
  std::vector<std::pair<CURLoption, std::string>> found;
  for (const Unhonoured &each : when_set)
    if (is_set(each.option))
      found.emplace_back(each.option, option_name(each.option) + ": " + each.reason);
  const auto schemes = static_cast<unsigned long>(number(CURLOPT_HTTPAUTH, CURLAUTH_BASIC));
  if (has_user_ && (schemes & ~(CURLAUTH_BASIC | CURLAUTH_BEARER)) != 0)
    found.emplace_back(CURLOPT_HTTPAUTH, option_name(CURLOPT_HTTPAUTH) +
                                             ": the rounds of a challenge are not played; use CURLAUTH_BASIC");
  if (scheme == "http" && number(CURLOPT_HTTP_VERSION) == CURL_HTTP_VERSION_2_0)
    found.emplace_back(CURLOPT_HTTP_VERSION,
                       option_name(CURLOPT_HTTP_VERSION) +
                           ": the upgrade to HTTP/2 is not played; ask for CURL_HTTP_VERSION_2TLS");
  return found;
}

} // namespace tripwire::plugins::curl
