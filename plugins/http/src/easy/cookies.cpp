#include "cookies.hpp"

#include "headers.hpp"
#include "request.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <numeric>
#include <tuple>
#include <vector>

namespace tripwire::plugins::curl {

namespace {

// One line of libcurl's cookie list: domain, subdomains too, path, secure, expiry, name, value; tabs in between.
struct Cookie {
  std::string domain;
  bool subdomains = false;
  std::string path;
  bool secure = false;
  std::string expires;
  std::string name;
  std::string value;
  bool http_only = false;

  bool is_expired() const {
    const long long when = std::strtoll(expires.c_str(), nullptr, 10);
    return when != 0 && when < std::time(nullptr);
  }
  std::string line() const {
    return std::string(http_only ? "#HttpOnly_" : "") + (subdomains ? "." : "") + domain + "\t" +
           (subdomains ? "TRUE" : "FALSE") + "\t" + path + "\t" + (secure ? "TRUE" : "FALSE") + "\t" + expires + "\t" +
           name + "\t" + value;
  }
};

std::vector<Cookie> cookies_of(CURL *handle) {
  std::vector<Cookie> cookies;
  curl_slist *list = nullptr;
  curl_easy_getinfo(handle, CURLINFO_COOKIELIST, &list);
  for (const curl_slist *item = list; item != nullptr; item = item->next) {
    std::string_view rest = item->data;
    Cookie cookie;
    constexpr std::string_view mark = "#HttpOnly_";
    cookie.http_only = rest.substr(0, mark.size()) == mark;
    if (cookie.http_only)
      rest.remove_prefix(mark.size());
    std::vector<std::string> fields;
    while (fields.size() < 6 && rest.find('\t') != std::string_view::npos) {
      fields.emplace_back(rest.substr(0, rest.find('\t')));
      rest.remove_prefix(rest.find('\t') + 1);
    }
    if (fields.size() < 6)
      continue;
    cookie.domain =
        fields[0].substr(fields[0].find_first_not_of('.') == std::string::npos ? 0 : fields[0].find_first_not_of('.'));
    cookie.subdomains = fields[1] == "TRUE";
    cookie.path = fields[2];
    cookie.secure = fields[3] == "TRUE";
    cookie.expires = fields[4];
    cookie.name = fields[5];
    cookie.value = rest;
    cookies.push_back(std::move(cookie));
  }
  curl_slist_free_all(list);
  return cookies;
}

// libcurl drops what has expired whenever it looks for cookies to send.
std::vector<Cookie> living_cookies(CURL *handle) {
  std::vector<Cookie> cookies = cookies_of(handle);
  const auto dead =
      std::remove_if(cookies.begin(), cookies.end(), [](const Cookie &each) { return each.is_expired(); });
  if (dead == cookies.end())
    return cookies;
  cookies.erase(dead, cookies.end());
  curl_easy_setopt(handle, CURLOPT_COOKIELIST, "ALL");
  for (const Cookie &each : cookies)
    curl_easy_setopt(handle, CURLOPT_COOKIELIST, each.line().c_str());
  return cookies;
}

bool is_address(const std::string &host) {
  return host.find(':') != std::string::npos || host.find_first_not_of("0123456789.") == std::string::npos;
}

bool host_fits(const Cookie &cookie, const std::string &host) {
  if (same_name(cookie.domain, host) || cookie.domain == "unknown")
    return true;
  if (!cookie.subdomains || is_address(host) || host.size() <= cookie.domain.size())
    return false;
  const std::size_t start = host.size() - cookie.domain.size();
  return host[start - 1] == '.' && same_name(std::string_view(host).substr(start), cookie.domain);
}

bool path_fits(const std::string &cookie_path, const std::string &path) {
  if (cookie_path.empty() || cookie_path.front() != '/' || cookie_path == "/" || cookie_path == path)
    return true;
  return path.compare(0, cookie_path.size(), cookie_path) == 0 &&
         (cookie_path.back() == '/' || path[cookie_path.size()] == '/');
}

bool is_secure(const Url &url, const std::string &host) {
  return url.scheme == "https" || same_name(host, "localhost") || host == "127.0.0.1" || host == "::1";
}

bool has_attribute(const std::string &value, std::string_view name) {
  for (std::size_t at = value.find(';'); at != std::string::npos; at = value.find(';', at + 1)) {
    const std::string_view attribute = trimmed(std::string_view(value).substr(at + 1));
    if (attribute.size() > name.size() && same_name(attribute.substr(0, name.size()), name) &&
        attribute[name.size()] == '=')
      return true;
  }
  return false;
}

} // namespace

Cookies::Cookies(CURL *handle, const Options &options)
    : handle_(handle), options_(options), on_(options.keeps_cookies()) {}

void Cookies::load() {
  if (on_ && options_.text(CURLOPT_COOKIEFILE) != nullptr)
    curl_easy_setopt(handle_, CURLOPT_COOKIELIST, "RELOAD");
}

std::string Cookies::host_of(const Url &url) const {
  const std::vector<std::string> lines = options_.list(CURLOPT_HTTPHEADER);
  if (const std::string *own = custom_header(lines, "Host"))
    if (const std::string host = split_header(*own).second; !host.empty())
      return host.substr(0, host.find(':'));
  return url.host.size() > 2 && url.host.front() == '[' ? url.host.substr(1, url.host.size() - 2) : url.host;
}

std::string Cookies::for_request(const Url &url) const {
  if (!on_)
    return {};
  const std::string host = host_of(url);
  std::vector<Cookie> fitting;
  for (Cookie &cookie : living_cookies(handle_))
    if (host_fits(cookie, host) && path_fits(cookie.path, url.path) && (!cookie.secure || is_secure(url, host)))
      fitting.push_back(std::move(cookie));
  // Longer paths first, then longer domains, then longer names, then the younger: lib/cookie.c.
  std::vector<std::size_t> order(fitting.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    const auto rank = [&](std::size_t at) {
      return std::tuple(fitting[at].path.size(), fitting[at].domain.size(), fitting[at].name.size(), at);
    };
    return rank(left) > rank(right);
  });
  std::string text;
  for (const std::size_t at : order)
    text += (text.empty() ? "" : "; ") + fitting[at].name + "=" + fitting[at].value;
  return text;
}

void Cookies::take(const Url &url, const std::string &value) const {
  if (!on_)
    return;
  const std::string host = host_of(url);
  const bool own_domain = has_attribute(value, "domain");
  std::string whole = "Set-Cookie: " + value;
  if (!own_domain)
    whole += "; domain=" + host;
  if (!has_attribute(value, "path"))
    whole += "; path=" + url.path.substr(0, url.path.rfind('/') + 1);
  // A handle of our own lets libcurl read the attributes; the cookie is then put where it belongs.
  CURL *reader = curl_easy_init();
  curl_easy_setopt(reader, CURLOPT_COOKIELIST, whole.c_str());
  std::vector<Cookie> read = cookies_of(reader);
  curl_easy_cleanup(reader);
  if (read.empty())
    return;
  Cookie &cookie = read.front();
  // As libcurl without a list of public suffixes: a domain of one word is nobody's.
  if (own_domain && cookie.domain.find('.') == std::string::npos && !same_name(cookie.domain, "localhost"))
    return;
  if (!host_fits({cookie.domain, true, {}, false, {}, {}, {}, false}, host) || (cookie.secure && !is_secure(url, host)))
    return;
  cookie.subdomains = own_domain && !is_address(host);
  curl_easy_setopt(handle_, CURLOPT_COOKIELIST, cookie.line().c_str());
}

} // namespace tripwire::plugins::curl
