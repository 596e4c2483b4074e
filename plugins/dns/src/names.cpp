#include "names.hpp"

#include <tripwire/plugin_names.hpp>

#include <arpa/nameser.h>

#include <array>
#include <charconv>

namespace tripwire::plugins {

namespace {

using plugin::Named;

constexpr Named families[] = {
    {AF_UNSPEC, "AF_UNSPEC"}, {AF_INET, "AF_INET"}, {AF_INET6, "AF_INET6"}, {AF_UNIX, "AF_UNIX"}};
constexpr Named socket_types[] = {{SOCK_STREAM, "SOCK_STREAM"},
                                  {SOCK_DGRAM, "SOCK_DGRAM"},
                                  {SOCK_RAW, "SOCK_RAW"},
                                  {SOCK_SEQPACKET, "SOCK_SEQPACKET"}};
constexpr Named flags_of_addrinfo[] = {{AI_PASSIVE, "AI_PASSIVE"},
                                       {AI_CANONNAME, "AI_CANONNAME"},
                                       {AI_NUMERICHOST, "AI_NUMERICHOST"},
                                       {AI_V4MAPPED, "AI_V4MAPPED"},
                                       {AI_ALL, "AI_ALL"},
                                       {AI_ADDRCONFIG, "AI_ADDRCONFIG"},
                                       {AI_IDN, "AI_IDN"},
                                       {AI_CANONIDN, "AI_CANONIDN"},
                                       {AI_NUMERICSERV, "AI_NUMERICSERV"}};
constexpr Named flags_of_nameinfo[] = {{NI_NUMERICHOST, "NI_NUMERICHOST"},
                                       {NI_NUMERICSERV, "NI_NUMERICSERV"},
                                       {NI_NOFQDN, "NI_NOFQDN"},
                                       {NI_NAMEREQD, "NI_NAMEREQD"},
                                       {NI_DGRAM, "NI_DGRAM"},
                                       {NI_IDN, "NI_IDN"}};
// Those that libc has no constant for are of RFC 9460.
constexpr Named rdtypes[] = {
    {ns_t_a, "A"},           {ns_t_ns, "NS"},     {ns_t_cname, "CNAME"}, {ns_t_soa, "SOA"},     {ns_t_ptr, "PTR"},
    {ns_t_mx, "MX"},         {ns_t_txt, "TXT"},   {ns_t_aaaa, "AAAA"},   {ns_t_srv, "SRV"},     {ns_t_naptr, "NAPTR"},
    {ns_t_dname, "DNAME"},   {ns_t_ds, "DS"},     {ns_t_sshfp, "SSHFP"}, {ns_t_rrsig, "RRSIG"}, {ns_t_nsec, "NSEC"},
    {ns_t_dnskey, "DNSKEY"}, {ns_t_tlsa, "TLSA"}, {64, "SVCB"},          {65, "HTTPS"},         {ns_t_any, "ANY"},
    {ns_t_caa, "CAA"}};

std::optional<int> number_behind(std::string_view name, std::string_view word) {
  if (name.substr(0, word.size()) != word)
    return std::nullopt;
  int number = 0;
  const char *const end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + word.size(), end, number);
  return read.ec == std::errc() && read.ptr == end && number >= 0 && number <= 0xffff ? std::optional(number)
                                                                                      : std::nullopt;
}

} // namespace

std::string name_of(DnsFamily family) { return plugin::name_of_number(static_cast<int>(family), families); }
std::string name_of(DnsSocketType type) {
  const int value = static_cast<int>(type);
  std::string text = plugin::name_of_number(value & ~(SOCK_CLOEXEC | SOCK_NONBLOCK), socket_types);
  return value == (value & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)) ? text : std::to_string(value);
}
std::string name_of(DnsFlags flags) { return plugin::names_of_bits(static_cast<int>(flags), flags_of_addrinfo); }
std::string name_of(DnsNameFlags flags) { return plugin::names_of_bits(static_cast<int>(flags), flags_of_nameinfo); }

std::string name_of_rdtype(int type) {
  for (const auto &[number, name] : rdtypes)
    if (number == type)
      return name;
  return "TYPE" + std::to_string(type);
}

std::optional<int> rdtype_named(std::string_view name) {
  std::string capital(name);
  for (char &letter : capital)
    letter = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  for (const auto &[number, known] : rdtypes)
    if (capital == known)
      return number;
  return number_behind(capital, "TYPE");
}

std::string name_of_rdclass(int rdclass) {
  switch (rdclass) {
  case ns_c_in:
    return "IN";
  case ns_c_chaos:
    return "CH";
  case ns_c_hs:
    return "HS";
  case ns_c_any:
    return "ANY";
  default:
    return "CLASS" + std::to_string(rdclass);
  }
}

void tripwire_print(seam::Out &out, DnsFamily family) { out.put(name_of(family)); }
void tripwire_print(seam::Out &out, DnsSocketType type) { out.put(name_of(type)); }
void tripwire_print(seam::Out &out, DnsFlags flags) { out.put(name_of(flags)); }
void tripwire_print(seam::Out &out, DnsNameFlags flags) { out.put(name_of(flags)); }

} // namespace tripwire::plugins
