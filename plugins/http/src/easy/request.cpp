#include "request.hpp"

#include <algorithm>
#include <ctime>

namespace tripwire::plugins::curl {

namespace {

constexpr curl_off_t expect_100_threshold = 1024 * 1024;

// Collects the lines in the order of lib/http.c and counts what they cost on the wire.
class Head {
public:
  explicit Head(RequestHead &head) : head_(head) {}

  void add(std::string_view name, std::string_view value) {
    head_.size += name.size() + 2 + value.size() + 2;
    show(name, recorded_value(name, value));
  }

  /// A line the user wrote, sent as it is.
  void add_line(const std::string &line) {
    const auto [name, value] = split_header(line);
    head_.size += line.size() + 2;
    const std::string recorded = recorded_value(name, value);
    head_.headers.emplace_back(name, recorded);
    head_.text += recorded == value ? line + "\r\n" : name + ": " + recorded + "\r\n";
  }

  /// A secret of \p size bytes that is not kept.
  void add_secret(std::string_view name, std::string_view scheme, std::size_t size) {
    head_.size += name.size() + 2 + scheme.size() + 1 + size + 2;
    show(name, std::string(scheme) + " " + secret_text);
  }

private:
  void show(std::string_view name, const std::string &value) {
    head_.headers.emplace_back(name, value);
    head_.text += std::string(name) + ": " + value + "\r\n";
  }

  RequestHead &head_;
};

std::string http_date(std::time_t seconds) {
  std::tm parts = {};
  gmtime_r(&seconds, &parts);
  constexpr const char *days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char *months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[80];
  std::snprintf(text, sizeof text, "%s, %02d %s %4d %02d:%02d:%02d GMT", days[parts.tm_wday], parts.tm_mday,
                months[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
  return text;
}

bool http_1_1(const Options &options) { return options.number(CURLOPT_HTTP_VERSION) != CURL_HTTP_VERSION_1_0; }

void add_host(Head &head, const std::vector<std::string> &custom, const Url &url, const Follow &follow) {
  const std::string *own = custom_header(custom, "Host");
  if (own != nullptr && follow.host_header) {
    if (*own != "Host:")
      head.add_line("Host:" + own->substr(5));
    return;
  }
  head.add("Host", url.default_port ? url.host : url.host + ":" + std::to_string(url.port));
}

void add_authorization(Head &head, const Options &options, const Url &url, const Follow &follow,
                       const std::vector<std::string> &custom) {
  if (!follow.allow_credentials)
    return;
  const auto schemes = static_cast<unsigned long>(options.number(CURLOPT_HTTPAUTH, CURLAUTH_BASIC));
  if (options.bearer_size() != 0 && (schemes & CURLAUTH_BEARER) != 0) {
    if (custom_header(custom, "Authorization") == nullptr)
      head.add_secret("Authorization", "Bearer", options.bearer_size());
    return;
  }
  if ((!options.has_user() && !url.has_user) || (schemes & CURLAUTH_BASIC) == 0 ||
      custom_header(custom, "Authorization") != nullptr)
    return;
  const std::size_t plain = url.has_user ? url.credentials_size : options.credentials_size();
  head.add_secret("Authorization", "Basic", (plain + 2) / 3 * 4);
}

// CURLOPT_RANGE and CURLOPT_RESUME_FROM become one header, whose name depends on the direction.
void add_range(Head &head, const Options &options, Verb verb, const BodyPlan &body,
               const std::vector<std::string> &custom) {
  const curl_off_t resume = resume_from(options);
  const std::string *range = options.text(CURLOPT_RANGE);
  if (resume == 0 && range == nullptr)
    return;
  const std::string value = resume != 0 ? std::to_string(resume) + "-" : *range;
  if (verb == Verb::get || verb == Verb::head) {
    if (custom_header(custom, "Range") == nullptr)
      head.add("Range", "bytes=" + value);
    return;
  }
  if ((verb != Verb::post && verb != Verb::put) || custom_header(custom, "Content-Range") != nullptr)
    return;
  const curl_off_t size = body.size + std::max<curl_off_t>(resume, 0);
  if (resume < 0)
    head.add("Content-Range", "bytes 0-" + std::to_string(size - 1) + "/" + std::to_string(size));
  else if (resume > 0)
    head.add("Content-Range", "bytes " + value + std::to_string(size - 1) + "/" + std::to_string(size));
  else
    head.add("Content-Range", "bytes " + value + "/" + std::to_string(size));
}

void add_time_condition(Head &head, const Options &options, const std::vector<std::string> &custom) {
  const char *name = nullptr;
  switch (options.number(CURLOPT_TIMECONDITION)) {
  case CURL_TIMECOND_IFMODSINCE:
    name = "If-Modified-Since";
    break;
  case CURL_TIMECOND_IFUNMODSINCE:
    name = "If-Unmodified-Since";
    break;
  case CURL_TIMECOND_LASTMOD:
    name = "Last-Modified";
    break;
  default:
    return;
  }
  if (custom_header(custom, name) == nullptr)
    head.add(name, http_date(static_cast<std::time_t>(
                       options.number(CURLOPT_TIMEVALUE_LARGE, options.number(CURLOPT_TIMEVALUE)))));
}

bool is_form(Verb verb) { return verb == Verb::post_form || verb == Verb::post_mime; }

// What libcurl names for an empty CURLOPT_ACCEPT_ENCODING: every encoding it was built with.
std::string all_encodings() {
  const auto features = static_cast<unsigned int>(curl_version_info(CURLVERSION_NOW)->features);
  std::string names;
  if ((features & CURL_VERSION_LIBZ) != 0)
    names += "deflate, gzip, ";
  if ((features & CURL_VERSION_BROTLI) != 0)
    names += "br, ";
  if ((features & CURL_VERSION_ZSTD) != 0)
    names += "zstd, ";
  return names.empty() ? "identity" : names.substr(0, names.size() - 2);
}

// The user's own lines: `Name: value` is sent, `Name:` only removes what libcurl would send, `Name;` sends it empty.
void add_custom(Head &head, const std::vector<std::string> &custom, const Follow &follow, bool sends_te) {
  for (const std::string &line : custom) {
    std::string sent = line;
    std::size_t colon = line.find(':');
    bool empty_on_purpose = false;
    if (colon == std::string::npos) {
      colon = line.find(';');
      if (colon == std::string::npos || colon + 1 != trimmed(line).size())
        continue;
      sent[colon] = ':';
      empty_on_purpose = true;
    }
    if (colon == 0 || (trimmed(std::string_view(sent).substr(colon + 1)).empty() && !empty_on_purpose))
      continue;
    const std::string_view name = std::string_view(sent).substr(0, colon);
    if (same_name(name, "Host"))
      continue; // sent already, as the first header
    if (is_form(follow.verb) && same_name(name, "Content-Type"))
      continue;
    if (sends_te && same_name(name, "Connection"))
      continue;
    if ((same_name(name, "Authorization") || same_name(name, "Cookie")) && !follow.allow_credentials)
      continue;
    head.add_line(sent);
  }
}

void add_body_headers(Head &head, RequestHead &result, const Options &options, const Follow &follow,
                      const BodyPlan &body, const std::vector<std::string> &custom) {
  const Verb verb = follow.upload ? Verb::put : follow.verb;
  if (verb == Verb::get || verb == Verb::head)
    return;
  if (body.size != -1 && !body.chunked && custom_header(custom, "Content-Length") == nullptr)
    head.add("Content-Length", std::to_string(body.size));
  for (const auto &[name, value] : body.mime_headers)
    head.add(name, value);
  if (verb == Verb::post && custom_header(custom, "Content-Type") == nullptr)
    head.add("Content-Type", "application/x-www-form-urlencoded");
  const std::string *expect = custom_header(custom, "Expect");
  if (expect != nullptr) {
    result.expects_continue = contains_ignoring_case(*expect, "100-continue");
    return;
  }
  const bool wanted = verb == Verb::put ? body.size != 0 : body.size < 0 || body.size > expect_100_threshold;
  if (wanted && http_1_1(options)) {
    head.add("Expect", "100-continue");
    result.expects_continue = true;
  }
}

} // namespace

std::string recorded_value(std::string_view name, std::string_view value) {
  const bool has_scheme = same_name(name, "Authorization") || same_name(name, "Proxy-Authorization");
  if (!has_scheme && !same_name(name, "X-Api-Key"))
    return std::string(value);
  const std::size_t blank = value.find(' ');
  if (!has_scheme || blank == std::string_view::npos)
    return secret_text;
  return std::string(value.substr(0, blank + 1)) + secret_text;
}

const std::string *custom_header(const std::vector<std::string> &lines, std::string_view name) {
  for (const std::string &line : lines)
    if (line.size() > name.size() && same_name(std::string_view(line).substr(0, name.size()), name) &&
        (line[name.size()] == ':' || line[name.size()] == ';'))
      return &line;
  return nullptr;
}

bool is_post(Verb verb) { return verb == Verb::post || verb == Verb::post_form || verb == Verb::post_mime; }

std::string method_of(const Options &options, const Follow &follow) {
  if (const std::string *custom = options.text(CURLOPT_CUSTOMREQUEST))
    return *custom;
  if (options.no_body())
    return "HEAD";
  if (follow.upload)
    return "PUT";
  switch (follow.verb) {
  case Verb::get:
    return "GET";
  case Verb::head:
    return "HEAD";
  case Verb::post:
  case Verb::post_form:
  case Verb::post_mime:
    return "POST";
  case Verb::put:
    return "PUT";
  }
  return "GET";
}

RequestHead make_head(const Options &options, const Url &url, const Follow &follow, const BodyPlan &body,
                      const std::string &cookies) {
  RequestHead result;
  Head head(result);
  const std::vector<std::string> custom = options.list(CURLOPT_HTTPHEADER);
  const Verb verb = follow.upload ? Verb::put : follow.verb;
  result.method = method_of(options, follow);
  result.url = url.recorded();

  const std::string *target = options.text(CURLOPT_REQUEST_TARGET);
  const std::string wire_target = target != nullptr ? *target : url.path + (url.query ? "?" + *url.query : "");
  result.text = result.method + " " + wire_target + (http_1_1(options) ? " HTTP/1.1\r\n" : " HTTP/1.0\r\n");
  result.size = result.text.size() + 2; // with the empty line at the end

  add_host(head, custom, url, follow);
  add_authorization(head, options, url, follow, custom);
  add_range(head, options, verb, body, custom);
  if (const std::string *agent = options.text(CURLOPT_USERAGENT);
      agent != nullptr && !agent->empty() && custom_header(custom, "User-Agent") == nullptr)
    head.add("User-Agent", *agent);
  if (custom_header(custom, "Accept") == nullptr)
    head.add("Accept", "*/*");
  const bool sends_te = options.flag(CURLOPT_TRANSFER_ENCODING) && custom_header(custom, "TE") == nullptr;
  if (sends_te) {
    const std::string *connection = custom_header(custom, "Connection");
    const std::string value = connection == nullptr ? std::string() : split_header(*connection).second;
    head.add("Connection", value.empty() ? "TE" : value + ", TE");
    head.add("TE", "gzip");
  }
  if (const std::string *encoding = options.text(CURLOPT_ACCEPT_ENCODING);
      encoding != nullptr && custom_header(custom, "Accept-Encoding") == nullptr) {
    head.add("Accept-Encoding", encoding->empty() ? all_encodings() : *encoding);
  }
  const std::string *referer = options.text(CURLOPT_REFERER);
  if (custom_header(custom, "Referer") == nullptr && referer != nullptr)
    head.add("Referer", *referer);
  if (body.chunked && custom_header(custom, "Transfer-Encoding") == nullptr)
    head.add("Transfer-Encoding", "chunked");
  const std::string *own_cookies = custom_header(custom, "Cookie") == nullptr ? options.text(CURLOPT_COOKIE) : nullptr;
  if (own_cookies != nullptr)
    head.add("Cookie", cookies.empty() ? *own_cookies : cookies + "; " + *own_cookies);
  else if (!cookies.empty())
    head.add("Cookie", cookies);
  add_time_condition(head, options, custom);
  add_custom(head, custom, follow, sends_te);
  add_body_headers(head, result, options, follow, body, custom);
  result.text += "\r\n";
  return result;
}

} // namespace tripwire::plugins::curl
