// a field of a request, or of a rule, as text --> its one spelling
#include "normal.hpp"

#include <algorithm>

namespace tripwire::runtime {

namespace {

Letters letters(std::string_view text) { return letters_of(text, Wildcards::no, Percent::kept); }

Letters lower(Letters text) {
  for (char16_t &letter : text) {
    letter = letter >= u'A' && letter <= u'Z' ? static_cast<char16_t>(letter - u'A' + u'a') : letter;
  }
  return text;
}

/// Without zeros in front, when it is a number.
Letters port_of(Letters port) {
  const bool is_number =
      !port.empty() && std::all_of(port.begin(), port.end(), [](char16_t one) { return one >= u'0' && one <= u'9'; });
  const std::size_t first = is_number ? std::min(port.find_first_not_of(u'0'), port.size() - 1) : 0;
  return port.substr(first);
}

/// The pieces of a URI as they stand in the text.
struct Split {
  std::string_view scheme, user, host, port, path, query;
  bool has_port = false;
  bool has_query = false;
  bool has_fragment = false;
};

std::optional<Split> split(std::string_view text) {
  Split made;
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || colon == 0) {
    return std::nullopt;
  }
  made.scheme = text.substr(0, colon);
  text.remove_prefix(colon + 3);
  const std::size_t fragment = text.find('#');
  made.has_fragment = fragment != std::string_view::npos;
  text = text.substr(0, fragment);
  if (const std::size_t question = text.find('?'); question != std::string_view::npos) {
    made.query = text.substr(question + 1);
    made.has_query = true;
    text = text.substr(0, question);
  }
  const std::size_t slash = std::min(text.find('/'), text.size());
  made.path = text.substr(slash);
  std::string_view authority = text.substr(0, slash);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    made.user = authority.substr(0, at + 1);
    authority.remove_prefix(at + 1);
  }
  const std::size_t end = authority.rfind(':');
  const std::size_t bracket = authority.rfind(']');
  if (end != std::string_view::npos && (bracket == std::string_view::npos || bracket < end)) {
    made.has_port = true;
    made.port = authority.substr(end + 1);
    authority = authority.substr(0, end);
  }
  made.host = authority;
  return made;
}

Letters known_port(const Letters &scheme, plugin::Rows<Scheme> schemes) {
  for (const Scheme &one : schemes) {
    if (one.port != 0 && letters(one.name) == scheme) {
      return letters(std::to_string(one.port));
    }
  }
  return {};
}

Uri uri_of(const Split &parts, plugin::Rows<Scheme> schemes, Wildcards wildcards) {
  Uri uri;
  uri.scheme = lower(letters_of(parts.scheme, wildcards, Percent::kept));
  uri.host = resolved_host(letters_of(parts.host, wildcards, Percent::decoded));
  uri.port =
      parts.port.empty() ? known_port(uri.scheme, schemes) : port_of(letters_of(parts.port, wildcards, Percent::kept));
  const Letters path = letters_of(parts.path.empty() ? "/" : parts.path, wildcards, Percent::decoded);
  uri.path = resolved_path(path).value_or(path);
  uri.query = letters_of(parts.query, wildcards, Percent::decoded);
  uri.has_query = parts.has_query;
  return uri;
}

Letters joined(const Uri &uri, plugin::Rows<Scheme> schemes) {
  const bool is_v6 = uri.host.find(u':') != Letters::npos;
  Letters text = uri.scheme + u"://" + (is_v6 ? u'[' + uri.host + u']' : uri.host);
  if (!uri.port.empty() && uri.port != known_port(uri.scheme, schemes)) {
    text += u':' + uri.port;
  }
  text += uri.path;
  return uri.has_query ? text + u'?' + uri.query : text;
}

std::optional<Letters> path_of(FieldKind kind, const Letters &text) {
  // A database in memory, say: no path at all.
  const bool is_word = kind == FieldKind::file && text.size() > 1 && text.front() == u':' && text.back() == u':';
  return is_word ? text : resolved_path(text);
}

std::string wrong_host(const Letters &host, std::string_view text) {
  const std::string shown = "'" + std::string(text) + "'";
  if (host.empty()) {
    return "a host cannot be empty";
  }
  if (host.find(u'/') != Letters::npos) {
    return shown + " is no host: it holds a '/'; a block of addresses is cidr(...)";
  }
  const auto colons = std::count(host.begin(), host.end(), u':');
  return colons == 1 ? shown + " is no host alone: its port is a field of its own" : std::string();
}

std::string wrong_port(const Letters &port, std::string_view text) {
  const bool is_number = !port.empty() && port.size() <= 5 &&
                         std::all_of(port.begin(), port.end(), [](char16_t one) { return one >= u'0' && one <= u'9'; });
  if (port == Letters(1, star) || (is_number && std::stoi(text_of(port)) <= 65535)) {
    return {};
  }
  return "'" + std::string(text) + "' is no port";
}

} // namespace

Normal normal_of(FieldKind kind, std::string_view text, plugin::Rows<Scheme> schemes) {
  Normal made;
  made.kind = kind;
  switch (kind) {
  case FieldKind::text:
    made.letters = letters(text);
    break;
  case FieldKind::word:
    made.letters = lower(letters(text));
    break;
  case FieldKind::host:
    made.letters = resolved_host(letters_of(text, Wildcards::no, Percent::decoded));
    break;
  case FieldKind::port:
    made.letters = port_of(letters(text));
    break;
  case FieldKind::path:
    made.letters = *resolved_path(letters_of(text, Wildcards::no, Percent::decoded));
    break;
  case FieldKind::file:
  case FieldKind::program:
    made.letters = *path_of(kind, letters(text));
    break;
  case FieldKind::uri:
    if (const std::optional<Split> parts = split(text)) {
      made.uri = uri_of(*parts, schemes, Wildcards::no);
      made.letters = joined(*made.uri, schemes);
    } else {
      made.letters = letters(text);
    }
    break;
  }
  return made;
}

std::variant<Normal, std::string> normal_pattern(FieldKind kind, std::string_view text, plugin::Rows<Scheme> schemes,
                                                 Wildcards wildcards) {
  Normal made;
  made.kind = kind;
  const auto unclear = [&] { return "'" + std::string(text) + "' has a '..' behind a wildcard, which names nothing"; };
  switch (kind) {
  case FieldKind::text:
  case FieldKind::word:
    return normal_of(kind, text, schemes);
  case FieldKind::host: {
    made.letters = resolved_host(letters_of(text, wildcards, Percent::decoded));
    const std::string wrong = wrong_host(made.letters, text);
    return wrong.empty() ? std::variant<Normal, std::string>(made) : wrong;
  }
  case FieldKind::port: {
    made.letters = port_of(letters_of(text, wildcards, Percent::kept));
    const std::string wrong = wrong_port(made.letters, text);
    return wrong.empty() ? std::variant<Normal, std::string>(made) : wrong;
  }
  case FieldKind::path:
  case FieldKind::file:
  case FieldKind::program: {
    const Percent percent = kind == FieldKind::path ? Percent::decoded : Percent::kept;
    const std::optional<Letters> path = path_of(kind, letters_of(text, wildcards, percent));
    if (!path) {
      return unclear();
    }
    made.letters = *path;
    if (kind == FieldKind::path &&
        (made.letters.empty() || (made.letters.front() != u'/' && made.letters.front() < star))) {
      return "'" + std::string(text) + "' is no path: it does not begin with '/'";
    }
    return made;
  }
  case FieldKind::uri: {
    const std::optional<Split> parts = split(text);
    if (!parts) {
      return "'" + std::string(text) + "' is no URI: it has no '://'";
    }
    if (!parts->user.empty() || parts->has_fragment) {
      return "'" + std::string(text) + "' names a user or a fragment, which no request shows";
    }
    const Letters path = letters_of(parts->path.empty() ? "/" : parts->path, wildcards, Percent::decoded);
    if (!resolved_path(path)) {
      return unclear();
    }
    made.uri = uri_of(*parts, schemes, wildcards);
    made.letters = joined(*made.uri, schemes);
    const std::string wrong = made.uri->port.empty() ? "" : wrong_port(made.uri->port, parts->port);
    return wrong.empty() ? std::variant<Normal, std::string>(made) : wrong;
  }
  }
  return std::string("no kind of field");
}

std::string text_of(const Normal &normal) { return text_of(normal.letters); }

std::vector<Letters> spellings_of(const Letters &host) {
  if (host == u"localhost") {
    return {host, u"127.0.0.1", u"::1"};
  }
  return {host};
}

} // namespace tripwire::runtime
