// text --> letters: bytes, and in a pattern the wildcards, which no byte is mistaken for
#include "letters.hpp"

#include "address.hpp"

#include <algorithm>
#include <vector>

namespace tripwire::runtime {

namespace {

int hex_digit(char letter) noexcept {
  if (letter >= '0' && letter <= '9') {
    return letter - '0';
  }
  if (letter >= 'a' && letter <= 'f') {
    return letter - 'a' + 10;
  }
  return letter >= 'A' && letter <= 'F' ? letter - 'A' + 10 : -1;
}

} // namespace

Letters letters_of(std::string_view text, Wildcards wildcards, Percent percent) {
  Letters letters;
  letters.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_escape = percent == Percent::decoded && text[at] == '%' && at + 2 < text.size() &&
                           hex_digit(text[at + 1]) >= 0 && hex_digit(text[at + 2]) >= 0;
    if (is_escape) {
      letters += static_cast<char16_t>(hex_digit(text[at + 1]) * 16 + hex_digit(text[at + 2]));
      at += 2;
    } else if (wildcards == Wildcards::yes && text[at] == '*') {
      const bool is_double = at + 1 < text.size() && text[at + 1] == '*';
      at += is_double ? 1 : 0;
      letters += is_double ? double_star : star;
    } else {
      letters += static_cast<char16_t>(static_cast<unsigned char>(text[at]));
    }
  }
  return letters;
}

std::string text_of(const Letters &letters) {
  std::string text;
  text.reserve(letters.size());
  for (const char16_t letter : letters) {
    if (letter < star) {
      text += static_cast<char>(static_cast<unsigned char>(letter));
    } else {
      text += letter == star ? "*" : "**";
    }
  }
  return text;
}

bool has_wildcard(const Letters &letters) noexcept {
  return std::any_of(letters.begin(), letters.end(), [](char16_t letter) { return letter >= star; });
}

std::optional<Letters> resolved_path(const Letters &path) {
  const bool is_rooted = !path.empty() && path.front() == u'/';
  std::vector<Letters> parts;
  bool is_folder = false;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t slash = std::min(path.find(u'/', at), path.size());
    Letters part = path.substr(at, slash - at);
    at = slash + 1;
    is_folder = part.empty() || part == u"." || part == u"..";
    if (part.empty() || part == u".") {
      continue;
    }
    if (part != u"..") {
      parts.push_back(std::move(part));
    } else if (!parts.empty() && parts.back() != u"..") {
      if (has_wildcard(parts.back())) {
        return std::nullopt;
      }
      parts.pop_back();
    } else if (!is_rooted) {
      parts.push_back(std::move(part));
    }
  }
  Letters resolved;
  for (const Letters &part : parts) {
    resolved += resolved.empty() && !is_rooted ? part : u'/' + part;
  }
  if (is_rooted && (is_folder || resolved.empty())) {
    resolved += u'/';
  } else if (is_folder && !resolved.empty()) {
    resolved += u'/';
  }
  return resolved;
}

Letters resolved_host(const Letters &host) {
  Letters resolved = host;
  for (char16_t &letter : resolved) {
    letter = letter >= u'A' && letter <= u'Z' ? static_cast<char16_t>(letter - u'A' + u'a') : letter;
  }
  if (resolved.size() > 1 && resolved.back() == u'.') {
    resolved.pop_back();
  }
  if (resolved.size() > 1 && resolved.front() == u'[' && resolved.back() == u']') {
    resolved = resolved.substr(1, resolved.size() - 2);
  }
  if (has_wildcard(resolved)) {
    return resolved;
  }
  const std::string text = text_of(resolved);
  if (const std::optional<Address> address = address_of(text)) {
    const std::string spelled = text_of(*address);
    const bool is_loopback = spelled == "127.0.0.1" || spelled == "::1";
    return letters_of(is_loopback ? "localhost" : spelled, Wildcards::no, Percent::kept);
  }
  return resolved;
}

} // namespace tripwire::runtime
