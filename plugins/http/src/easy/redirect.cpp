#include "redirect.hpp"

namespace tripwire::plugins::curl {

namespace {

bool is_absolute(const std::string &location) {
  const std::size_t colon = location.find(':');
  return colon != std::string::npos && colon > 0 && location.find_first_of("/?#") > colon;
}

long bit_of(const std::string &scheme) {
  if (scheme == "http")
    return CURLPROTO_HTTP;
  if (scheme == "https")
    return CURLPROTO_HTTPS;
  return 0;
}

// libcurl 8.3 brought a limit where there had been none.
curl_off_t default_limit() { return curl_version_info(CURLVERSION_NOW)->version_num >= 0x080300 ? 30 : -1; }

} // namespace

long protocol_bits(const Options &options, CURLoption as_text, CURLoption as_bits, long otherwise) {
  if (const std::string *names = options.text(as_text)) {
    long bits = 0;
    std::string name;
    for (const char letter : *names + ",") {
      if (letter != ',') {
        name += letter;
        continue;
      }
      name = lower_case(name);
      bits |= name == "all" ? CURLPROTO_HTTP | CURLPROTO_HTTPS : bit_of(name);
      name.clear();
    }
    return bits;
  }
  return static_cast<long>(options.number(as_bits, otherwise));
}

Redirects::Redirects(Options &options, const Url &first) : options_(options), first_(first) {
  state_.verb = options.verb();
  state_.upload = options.upload();
}

Redirects::Next Redirects::follow(const Url &from, const std::string &location, long status) {
  Next next;
  if (!options_.flag(CURLOPT_FOLLOWLOCATION)) {
    next.would_be = would_be(from, location);
    return next;
  }
  ++requests_;
  const curl_off_t limit = options_.number(CURLOPT_MAXREDIRS, default_limit());
  if (limit != -1 && hops_ >= limit) {
    next.would_be = would_be(from, location);
    next.step = {CURLE_TOO_MANY_REDIRECTS, "Maximum (" + std::to_string(limit) + ") redirects followed", ""};
    return next;
  }
  ++hops_;
  if (options_.flag(CURLOPT_AUTOREFERER))
    options_.redirected_from(from.recorded());
  ParsedUrl target =
      redirect_url(from, location, CURLU_URLENCODE | (options_.flag(CURLOPT_PATH_AS_IS) ? CURLU_PATH_AS_IS : 0U));
  if (!target.url) {
    next.step = {target.code, target.error, ""};
    return next;
  }
  const long allowed =
      protocol_bits(options_, CURLOPT_REDIR_PROTOCOLS_STR, CURLOPT_REDIR_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS) &
      protocol_bits(options_, CURLOPT_PROTOCOLS_STR, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
  if ((bit_of(target.url->scheme) & allowed) == 0) {
    next.step = {CURLE_UNSUPPORTED_PROTOCOL,
                 "Protocol \"" + target.url->scheme + "\" not supported or disabled in libcurl", ""};
    next.url = std::move(target.url);
    return next;
  }
  if (!is_absolute(location) && options_.number(CURLOPT_PORT) != 0) {
    target.url->port = from.port;
    target.url->default_port = from.default_port;
  }
  state_.is_follow = true;
  const bool same_host = same_name(target.url->host, first_.host);
  const bool same_origin = same_host && target.url->port == first_.port && target.url->scheme == first_.scheme;
  state_.allow_credentials = same_origin || options_.flag(CURLOPT_UNRESTRICTED_AUTH);
  state_.host_header = same_host;
  change_verb(status);
  next.url = std::move(target.url);
  return next;
}

std::string Redirects::would_be(const Url &from, const std::string &location) const {
  const ParsedUrl target = redirect_url(
      from, location, CURLU_NON_SUPPORT_SCHEME | (options_.flag(CURLOPT_PATH_AS_IS) ? CURLU_PATH_AS_IS : 0U));
  return target.url ? target.url->text : location;
}

void Redirects::change_verb(long status) {
  const auto keeps = static_cast<unsigned long>(options_.number(CURLOPT_POSTREDIR));
  const bool post = is_post(state_.verb);
  if (status == 301 && post && (keeps & CURL_REDIR_POST_301) == 0)
    state_.verb = Verb::get;
  if (status == 302 && post && (keeps & CURL_REDIR_POST_302) == 0)
    state_.verb = Verb::get;
  if (status == 303 && state_.verb != Verb::get && (!post || (keeps & CURL_REDIR_POST_303) == 0)) {
    state_.verb = Verb::get;
    state_.upload = false;
  }
}

} // namespace tripwire::plugins::curl
