#include "errors.hpp"

#include <netdb.h>

#include <iterator>

namespace tripwire::plugins {

namespace {

/// What went wrong, whoever says so.
enum class Meaning : unsigned char { not_found, no_data, again, failure, memory, system, other };

struct Error {
  DnsErrors whose;
  const char *name;
  int code;
  Meaning meaning;
};

// The first one of a meaning is what others of that meaning become. c-ares' numbers are part of its ABI; its header
// need not be installed.
constexpr Error errors[] = {
    {DnsErrors::addrinfo, "EAI_NONAME", EAI_NONAME, Meaning::not_found},
    {DnsErrors::addrinfo, "EAI_NODATA", EAI_NODATA, Meaning::no_data},
    {DnsErrors::addrinfo, "EAI_AGAIN", EAI_AGAIN, Meaning::again},
    {DnsErrors::addrinfo, "EAI_FAIL", EAI_FAIL, Meaning::failure},
    {DnsErrors::addrinfo, "EAI_MEMORY", EAI_MEMORY, Meaning::memory},
    {DnsErrors::addrinfo, "EAI_SYSTEM", EAI_SYSTEM, Meaning::system},
    {DnsErrors::addrinfo, "EAI_BADFLAGS", EAI_BADFLAGS, Meaning::other},
    {DnsErrors::addrinfo, "EAI_FAMILY", EAI_FAMILY, Meaning::other},
    {DnsErrors::addrinfo, "EAI_SOCKTYPE", EAI_SOCKTYPE, Meaning::other},
    {DnsErrors::addrinfo, "EAI_SERVICE", EAI_SERVICE, Meaning::other},
    {DnsErrors::addrinfo, "EAI_ADDRFAMILY", EAI_ADDRFAMILY, Meaning::no_data},
    {DnsErrors::addrinfo, "EAI_OVERFLOW", EAI_OVERFLOW, Meaning::other},
    {DnsErrors::addrinfo, "EAI_INPROGRESS", EAI_INPROGRESS, Meaning::other},
    {DnsErrors::addrinfo, "EAI_CANCELED", EAI_CANCELED, Meaning::other},
    {DnsErrors::addrinfo, "EAI_NOTCANCELED", EAI_NOTCANCELED, Meaning::other},
    {DnsErrors::addrinfo, "EAI_ALLDONE", EAI_ALLDONE, Meaning::other},
    {DnsErrors::addrinfo, "EAI_INTR", EAI_INTR, Meaning::other},
    {DnsErrors::addrinfo, "EAI_IDN_ENCODE", EAI_IDN_ENCODE, Meaning::other},
    {DnsErrors::host, "HOST_NOT_FOUND", HOST_NOT_FOUND, Meaning::not_found},
    {DnsErrors::host, "NO_DATA", NO_DATA, Meaning::no_data},
    {DnsErrors::host, "TRY_AGAIN", TRY_AGAIN, Meaning::again},
    {DnsErrors::host, "NO_RECOVERY", NO_RECOVERY, Meaning::failure},
    {DnsErrors::host, "NETDB_INTERNAL", NETDB_INTERNAL, Meaning::system},
    {DnsErrors::ares, "ARES_ENOTFOUND", 4, Meaning::not_found},
    {DnsErrors::ares, "ARES_ENODATA", 1, Meaning::no_data},
    {DnsErrors::ares, "ARES_ETIMEOUT", 12, Meaning::again},
    {DnsErrors::ares, "ARES_ESERVFAIL", 3, Meaning::failure},
    {DnsErrors::ares, "ARES_ENOMEM", 15, Meaning::memory},
    {DnsErrors::ares, "ARES_ECONNREFUSED", 11, Meaning::system},
    {DnsErrors::ares, "ARES_EFORMERR", 2, Meaning::failure},
    {DnsErrors::ares, "ARES_ENOTIMP", 5, Meaning::failure},
    {DnsErrors::ares, "ARES_EREFUSED", 6, Meaning::failure},
    {DnsErrors::ares, "ARES_EBADQUERY", 7, Meaning::failure},
    {DnsErrors::ares, "ARES_EBADNAME", 8, Meaning::not_found},
    {DnsErrors::ares, "ARES_EBADFAMILY", 9, Meaning::other},
    {DnsErrors::ares, "ARES_EBADRESP", 10, Meaning::failure},
    {DnsErrors::ares, "ARES_EOF", 13, Meaning::failure},
    {DnsErrors::ares, "ARES_EFILE", 14, Meaning::failure},
    {DnsErrors::ares, "ARES_EDESTRUCTION", 16, Meaning::other},
    {DnsErrors::ares, "ARES_EBADSTR", 17, Meaning::other},
    {DnsErrors::ares, "ARES_EBADFLAGS", 18, Meaning::other},
    {DnsErrors::ares, "ARES_ENONAME", 19, Meaning::not_found},
    {DnsErrors::ares, "ARES_EBADHINTS", 20, Meaning::other},
    {DnsErrors::ares, "ARES_ENOTINITIALIZED", 21, Meaning::other},
    {DnsErrors::ares, "ARES_ECANCELLED", 24, Meaning::other},
    {DnsErrors::ares, "ARES_ESERVICE", 25, Meaning::other},
};

const Error *find(DnsErrors whose, Meaning meaning) {
  for (const Error &error : errors)
    if (error.whose == whose && error.meaning == meaning)
      return &error;
  return nullptr;
}

int nearest(const Error &error, DnsErrors whose) {
  if (const Error *same = error.meaning == Meaning::other ? nullptr : find(whose, error.meaning))
    return same->code;
  const Error *system = error.meaning == Meaning::memory ? find(whose, Meaning::system) : nullptr;
  return system != nullptr ? system->code : find(whose, Meaning::failure)->code;
}

} // namespace

std::string name_of_dns_error(DnsErrors whose, int code) {
  for (const Error &error : errors)
    if (error.whose == whose && error.code == code)
      return error.name;
  return std::to_string(code);
}

std::optional<int> dns_error_named(std::string_view name, DnsErrors whose) {
  for (const Error &error : errors)
    if (name == error.name)
      return error.whose == whose ? error.code : nearest(error, whose);
  return std::nullopt;
}

} // namespace tripwire::plugins
