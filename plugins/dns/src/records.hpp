// records as a zone file writes them --(records)--> the bytes of a response (RFC 1035, RFC 3597)
#ifndef TRIPWIRE_PLUGINS_DNS_RECORDS_HPP
#define TRIPWIRE_PLUGINS_DNS_RECORDS_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripwire::plugins {

/// A name as labels with their lengths, not compressed. None for what is no name: a label that is empty or longer than
/// 63 bytes, more than 255 bytes in all.
std::optional<std::string> encode_dns_name(std::string_view name);

/// The data of one record. None where the text is none of that type.
std::optional<std::string> encode_dns_record(int rdtype, std::string_view text);

/// A whole response to one question. \p records are data, as `encode_dns_record` gives them.
std::string encode_dns_response(std::string_view qname, int rdclass, int rdtype,
                                const std::vector<std::string> &records, std::uint32_t ttl);

/// What a query asks.
struct DnsQuestion {
  std::string name;
  int rdclass = 0;
  int rdtype = 0;
  unsigned id = 0; ///< which the response repeats
};

/// None for bytes that are no message with one question.
std::optional<DnsQuestion> decode_dns_question(std::string_view query);

/// How a response ended, as `h_errno` says it; 0 where it has records.
int host_error_of_dns_response(std::string_view response);

/// The response to that question: with another one's id, or with what `h_errno` would say in the place of records. None
/// for an error that no server says.
std::string with_id(std::string response, unsigned id);
std::optional<std::string> encode_failed_dns_response(const DnsQuestion &question, int host_error);

} // namespace tripwire::plugins

#endif
