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

} // namespace tripwire::plugins

#endif
