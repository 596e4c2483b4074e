#include "records.hpp"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>

#include <charconv>

namespace tripwire::plugins {

namespace {

constexpr std::size_t longest_label = 63;
constexpr std::size_t longest_name = 255;
constexpr std::size_t longest_string = 255;

void put16(std::string &bytes, std::uint32_t value) {
  bytes += static_cast<char>(value >> 8 & 0xff);
  bytes += static_cast<char>(value & 0xff);
}

void put32(std::string &bytes, std::uint32_t value) {
  put16(bytes, value >> 16);
  put16(bytes, value & 0xffff);
}

/// The parts of a record's text, one by one. What was read wrong stays wrong.
class Words {
public:
  explicit Words(std::string_view text) : rest_(text) {}

  std::string_view next() {
    const std::size_t begin = rest_.find_first_not_of(" \t");
    if (begin == std::string_view::npos) {
      wrong_ = true;
      return {};
    }
    rest_.remove_prefix(begin);
    const std::string_view word = rest_.substr(0, rest_.find_first_of(" \t"));
    rest_.remove_prefix(word.size());
    return word;
  }
  std::uint32_t number(std::uint32_t most) {
    const std::string_view word = next();
    std::uint32_t value = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), value);
    wrong_ = wrong_ || read.ec != std::errc() || read.ptr != word.data() + word.size() || value > most;
    return value;
  }
  std::string name() {
    const std::optional<std::string> encoded = encode_dns_name(next());
    wrong_ = wrong_ || !encoded;
    return encoded.value_or("");
  }
  std::string_view rest() {
    const std::size_t begin = rest_.find_first_not_of(" \t");
    return begin == std::string_view::npos ? std::string_view() : rest_.substr(begin);
  }
  void fail() { wrong_ = true; }
  bool wrong() const { return wrong_; }
  bool at_end() const { return rest_.find_first_not_of(" \t") == std::string_view::npos; }

private:
  std::string_view rest_;
  bool wrong_ = false;
};

std::optional<std::string> address(int family, std::string_view text) {
  unsigned char bytes[16];
  if (inet_pton(family, std::string(text).c_str(), bytes) != 1)
    return std::nullopt;
  return std::string(reinterpret_cast<const char *>(bytes), family == AF_INET ? 4 : 16);
}

/// Of any length, in strings of as many bytes as one holds.
std::string strings(std::string_view text) {
  std::string data;
  do {
    const std::string_view part = text.substr(0, longest_string);
    data += static_cast<char>(part.size());
    data += part;
    text.remove_prefix(part.size());
  } while (!text.empty());
  return data;
}

/// `\# 4 0a000001`
std::optional<std::string> unknown(std::string_view text) {
  Words words(text);
  if (words.next() != "\\#")
    return std::nullopt;
  const std::uint32_t size = words.number(0xffff);
  std::string data;
  int half = -1;
  for (const char digit : words.rest()) {
    if (digit == ' ' || digit == '\t')
      continue;
    int value = 0;
    if (std::from_chars(&digit, &digit + 1, value, 16).ec != std::errc())
      return std::nullopt;
    if (half >= 0)
      data += static_cast<char>(half * 16 + value);
    half = half >= 0 ? -1 : value;
  }
  return words.wrong() || half >= 0 || data.size() != size ? std::nullopt : std::optional(data);
}

std::string soa(Words &words) {
  std::string data = words.name();
  data += words.name();
  for (int number = 0; number < 5; ++number)
    put32(data, words.number(0xffffffff));
  return data;
}

std::string caa(Words &words) {
  std::string data(1, static_cast<char>(words.number(0xff)));
  const std::string_view tag = words.next();
  data += static_cast<char>(tag.size());
  data += tag;
  std::string_view value = words.rest();
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
    value = value.substr(1, value.size() - 2);
  data += value;
  return data;
}

} // namespace

std::optional<std::string> encode_dns_name(std::string_view name) {
  std::string encoded;
  if (!name.empty() && name.back() == '.')
    name.remove_suffix(1);
  while (!name.empty()) {
    const std::string_view label = name.substr(0, name.find('.'));
    if (label.empty() || label.size() > longest_label)
      return std::nullopt;
    encoded += static_cast<char>(label.size());
    encoded += label;
    name.remove_prefix(label.size() == name.size() ? name.size() : label.size() + 1);
  }
  encoded += '\0';
  return encoded.size() > longest_name ? std::nullopt : std::optional(encoded);
}

std::optional<std::string> encode_dns_record(int rdtype, std::string_view text) {
  if (text.substr(0, 2) == "\\#")
    return unknown(text);
  Words words(text);
  std::string data;
  switch (rdtype) {
  case ns_t_a:
    return address(AF_INET, text);
  case ns_t_aaaa:
    return address(AF_INET6, text);
  case ns_t_txt:
    return strings(text);
  case ns_t_ns:
  case ns_t_cname:
  case ns_t_ptr:
  case ns_t_dname:
    data = words.name();
    break;
  case ns_t_mx:
    put16(data, words.number(0xffff));
    data += words.name();
    break;
  case ns_t_srv:
    for (int number = 0; number < 3; ++number)
      put16(data, words.number(0xffff));
    data += words.name();
    break;
  case ns_t_soa:
    data = soa(words);
    break;
  case ns_t_caa:
    data = caa(words);
    return words.wrong() ? std::nullopt : std::optional(data);
  default:
    return std::nullopt;
  }
  return words.wrong() || !words.at_end() ? std::nullopt : std::optional(data);
}

std::string encode_dns_response(std::string_view qname, int rdclass, int rdtype,
                                const std::vector<std::string> &records, std::uint32_t ttl) {
  constexpr std::uint32_t answered = 0x8180; // a response, recursion desired and available
  constexpr std::uint32_t the_question = 0xc00c;
  std::string bytes;
  put16(bytes, 0);
  put16(bytes, answered);
  put16(bytes, 1);
  put16(bytes, static_cast<std::uint32_t>(records.size()));
  put32(bytes, 0);
  bytes += encode_dns_name(qname).value_or(std::string(1, '\0'));
  put16(bytes, static_cast<std::uint32_t>(rdtype));
  put16(bytes, static_cast<std::uint32_t>(rdclass));
  for (const std::string &data : records) {
    put16(bytes, the_question);
    put16(bytes, static_cast<std::uint32_t>(rdtype));
    put16(bytes, static_cast<std::uint32_t>(rdclass));
    put32(bytes, ttl);
    put16(bytes, static_cast<std::uint32_t>(data.size()));
    bytes += data;
  }
  return bytes;
}

std::optional<DnsQuestion> decode_dns_question(std::string_view query) {
  ns_msg message;
  ns_rr question;
  const auto *bytes = reinterpret_cast<const unsigned char *>(query.data());
  if (ns_initparse(bytes, static_cast<int>(query.size()), &message) != 0 || ns_msg_count(message, ns_s_qd) != 1 ||
      ns_parserr(&message, ns_s_qd, 0, &question) != 0)
    return std::nullopt;
  return DnsQuestion{ns_rr_name(question), static_cast<int>(ns_rr_class(question)),
                     static_cast<int>(ns_rr_type(question)), static_cast<unsigned>(ns_msg_id(message))};
}

int host_error_of_dns_response(std::string_view response) {
  ns_msg message;
  const auto *bytes = reinterpret_cast<const unsigned char *>(response.data());
  if (ns_initparse(bytes, static_cast<int>(response.size()), &message) != 0)
    return NO_RECOVERY;
  switch (ns_msg_getflag(message, ns_f_rcode)) {
  case ns_r_noerror:
    return ns_msg_count(message, ns_s_an) == 0 ? NO_DATA : 0;
  case ns_r_nxdomain:
    return HOST_NOT_FOUND;
  case ns_r_servfail:
    return TRY_AGAIN;
  default:
    return NO_RECOVERY;
  }
}

std::string with_id(std::string response, unsigned id) {
  if (response.size() >= 2) {
    response[0] = static_cast<char>(id >> 8);
    response[1] = static_cast<char>(id & 0xff);
  }
  return response;
}

std::optional<std::string> encode_failed_dns_response(const DnsQuestion &question, int host_error) {
  constexpr std::size_t place_of_code = 3; // its lower half
  std::string response =
      with_id(encode_dns_response(question.name, question.rdclass, question.rdtype, {}, 0), question.id);
  const auto with_code = [&](int code) {
    response[place_of_code] = static_cast<char>(static_cast<unsigned char>(response[place_of_code]) | code);
    return response;
  };
  switch (host_error) {
  case HOST_NOT_FOUND:
    return with_code(ns_r_nxdomain);
  case NO_DATA:
    return with_code(ns_r_noerror);
  case NO_RECOVERY:
    return with_code(ns_r_refused);
  default:
    return std::nullopt;
  }
}

} // namespace tripwire::plugins
