#include "url_pattern.hpp"

#include "headers.hpp"

namespace tripwire::plugins::curl {

namespace {

// `**` spans anything; `*` anything but \p barrier. A barrier of NUL lets `*` span anything as well.
bool wildcard(std::string_view pattern, std::string_view text, char barrier) {
  if (pattern.empty())
    return text.empty();
  if (pattern.front() != '*')
    return !text.empty() && pattern.front() == text.front() && wildcard(pattern.substr(1), text.substr(1), barrier);
  const bool any = pattern.substr(0, 2) == "**";
  const std::string_view rest = pattern.substr(any ? 2 : 1);
  for (std::size_t taken = 0; taken <= text.size(); ++taken) {
    if (wildcard(rest, text.substr(taken), barrier))
      return true;
    if (taken < text.size() && !any && barrier != '\0' && text[taken] == barrier)
      return false;
  }
  return false;
}

struct PatternParts {
  std::string scheme;
  std::string host;
  std::string port;
  std::string path;
  std::string query;
};

PatternParts split_pattern(std::string_view pattern) {
  PatternParts parts;
  if (const std::size_t question = pattern.find('?'); question != std::string_view::npos) {
    parts.query = pattern.substr(question + 1);
    pattern = pattern.substr(0, question);
  }
  if (const std::size_t scheme = pattern.find("://"); scheme != std::string_view::npos) {
    parts.scheme = lower_case(pattern.substr(0, scheme));
    pattern = pattern.substr(scheme + 3);
  } else {
    parts.scheme = "*";
  }
  const std::size_t slash = pattern.find('/');
  std::string_view host = pattern.substr(0, slash);
  parts.path = slash == std::string_view::npos ? "/" : std::string(pattern.substr(slash));
  const std::size_t colon = host.rfind(':');
  if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
    parts.port = host.substr(colon + 1);
    host = host.substr(0, colon);
  }
  parts.host = lower_case(host);
  return parts;
}

// Names of this machine are one.
std::string one_name(std::string_view host) {
  const bool is_loopback = host == "127.0.0.1" || host == "::1" || host == "[::1]";
  return std::string(is_loopback ? "localhost" : host);
}

} // namespace

bool is_pattern(std::string_view text) { return text.find('*') != std::string_view::npos; }

std::string query_of_pattern(std::string_view pattern) { return split_pattern(pattern).query; }

bool names_host(std::string_view pattern, std::string_view scheme, std::string_view host, int port, int own_port) {
  const PatternParts parts = split_pattern(pattern);
  const std::string_view named = std::string_view(parts.host).substr(parts.host.rfind('@') + 1);
  const std::string number = std::to_string(port);
  return wildcard(parts.scheme, scheme, '\0') && wildcard(one_name(named), one_name(lower_case(host)), '\0') &&
         (parts.port.empty() ? port == own_port : wildcard(parts.port, number, '\0'));
}

bool pattern_matches(std::string_view pattern, const Url &url) {
  const PatternParts parts = split_pattern(pattern);
  const std::string port = std::to_string(url.port);
  return wildcard(parts.scheme, url.scheme, '\0') && wildcard(parts.host, lower_case(url.host), '\0') &&
         (parts.port.empty() ? url.default_port : wildcard(parts.port, port, '\0')) &&
         wildcard(parts.path, url.path, '/');
}

} // namespace tripwire::plugins::curl
