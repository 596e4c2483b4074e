// tripwire::dns: what a test says of names that the program looks up, and asserts of the look-ups
//
//   tripwire::dns.mock_getaddrinfo("api.example.com").addresses({"192.0.2.7", "2001:db8::7"});
//   tripwire::dns.mock_resolve("example.com", "MX").records({"10 mail.example.com"});
//   {
//     tripwire::Sandbox sandbox;
//     deliver();
//   }
//   tripwire::dns.assert_getaddrinfo("api.example.com", "https", tripwire::anything, SOCK_STREAM);
//   tripwire::dns.assert_resolve("example.com", "MX");
#ifndef TRIPWIRE_PLUGINS_DNS_HPP
#define TRIPWIRE_PLUGINS_DNS_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/place.hpp>
#include <tripwire/plugin_mock.hpp>

#include <netdb.h>
#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tripwire::plugins {

class DnsMock;

/// `AF_INET`, `AF_INET6`, `AF_UNSPEC`, which stand for it wherever one is asked for.
enum class DnsFamily : int {};
/// `AF_INET`
void tripwire_print(seam::Out &out, DnsFamily family);

/// `SOCK_STREAM`, `SOCK_DGRAM`, which stand for it.
enum class DnsSocketType : int {};
/// `SOCK_STREAM`
void tripwire_print(seam::Out &out, DnsSocketType type);

/// What `getaddrinfo` was told: `AI_PASSIVE | AI_CANONNAME`. Those of c-ares are recorded as libc's.
enum class DnsFlags : int {};
/// `AI_PASSIVE | AI_CANONNAME`
void tripwire_print(seam::Out &out, DnsFlags flags);

/// What `getnameinfo` was told: `NI_NAMEREQD`.
enum class DnsNameFlags : int {};
/// `NI_NAMEREQD`
void tripwire_print(seam::Out &out, DnsNameFlags flags);

/// How a look-up failed. A number is libc's own: `EAI_NONAME` of `getaddrinfo` and `getnameinfo`, `HOST_NOT_FOUND`
/// (what `h_errno` holds) of the others. Text is the name of any, also of c-ares: "ARES_ETIMEOUT". A function that
/// knows no such error fails with the nearest one of its own.
class DnsError {
public:
  DnsError(int code) : code_(code) {} // NOLINT: stands for one
  template <class T, class = std::enable_if_t<std::is_convertible_v<const T &, std::string_view>>>
  DnsError(const T &name) : name_(std::string_view(name)) {} // NOLINT: stands for one
  int code() const noexcept { return code_; }
  /// Empty when it is a number.
  const std::string &name() const noexcept { return name_; }

private:
  int code_ = 0;
  std::string name_;
};

/// What every answer can be told. \p Self is the answer's own class. The mock behind it lives as long as the test.
template <class Self> class DnsAnswer : public plugin::MockWords<Self> {
public:
  /// The look-up fails. \p error_number is what `errno` holds behind `EAI_SYSTEM` and `NETDB_INTERNAL`.
  Self &fails(const DnsError &error, int error_number = 0);

protected:
  explicit DnsAnswer(DnsMock &mock);
  Self &only(const char *field, Matcher matcher);
  DnsMock *mock_;
};

/// The answer to `getaddrinfo`, or to `ares_getaddrinfo`.
class DnsAddresses : public DnsAnswer<DnsAddresses> {
public:
  explicit DnsAddresses(DnsMock &mock) : DnsAnswer(mock) {}
  /// What the host has, IPv4 and IPv6, as text. Families, kinds of sockets, ports and flags of the call are honoured as
  /// `getaddrinfo` does for these addresses.
  DnsAddresses &addresses(std::vector<std::string> addresses);
  /// What `AI_CANONNAME` gets; the host itself unless told.
  DnsAddresses &canonical(std::string_view name);
  /// The port in each address; what the service stands for on this machine unless told.
  DnsAddresses &port(int port);
  /// Only calls with this service.
  template <class T> DnsAddresses &service(const T &expected) {
    return only("service", matcher_for<std::string>(expected));
  }
  /// Only calls that ask for this family.
  template <class T> DnsAddresses &family(const T &expected) {
    return only("family", matcher_for<DnsFamily>(expected));
  }
};

/// The answer to `gethostbyname` and its kin.
class DnsHost : public DnsAnswer<DnsHost> {
public:
  explicit DnsHost(DnsMock &mock) : DnsAnswer(mock) {}
  /// What the host has; those of the family that the call asks for are given.
  DnsHost &addresses(std::vector<std::string> addresses);
  /// `h_name`; the host itself unless told.
  DnsHost &canonical(std::string_view name);
  DnsHost &aliases(std::vector<std::string> names);
  /// Only calls that ask for this family.
  template <class T> DnsHost &family(const T &expected) { return only("family", matcher_for<DnsFamily>(expected)); }
};

/// The answer to `gethostbyaddr` and `getnameinfo`.
class DnsName : public DnsAnswer<DnsName> {
public:
  explicit DnsName(DnsMock &mock) : DnsAnswer(mock) {}
  /// What the address is called.
  DnsName &name(std::string_view name);
  /// Of `gethostbyaddr`.
  DnsName &aliases(std::vector<std::string> names);
  /// Of `getnameinfo`: what the port is called; what it is on this machine unless told.
  DnsName &service(std::string_view name);
};

/// The answer to `res_query`, `res_search`, `ares_query` and their kin.
class DnsRecords : public DnsAnswer<DnsRecords> {
public:
  explicit DnsRecords(DnsMock &mock) : DnsAnswer(mock) {}
  /// Of the type that is asked for, as in a zone file: "192.0.2.7", "10 mail.example.com", "0 5 5060 sip.example.com".
  /// The text of a TXT record is taken as it is. A type that is not known: `\# 4 0a000001` (RFC 3597).
  DnsRecords &records(std::vector<std::string> records);
  /// How many seconds they hold; 300 unless told.
  DnsRecords &ttl(std::uint32_t seconds);
  /// The whole response, byte by byte.
  DnsRecords &response(std::string_view bytes);
};

/// Look-ups that are really made, recorded, and must be asserted.
class DnsPassThrough : public DnsAnswer<DnsPassThrough> {
public:
  explicit DnsPassThrough(DnsMock &mock) : DnsAnswer(mock) {}
};

/// The plugin's words. Has no state: everything belongs to the current test.
///
/// A host, a service, an address may each be text or a matcher; they are compared as the program has written them. A
/// look-up that asks nobody, of an address in digits or of no host, is made for real and not recorded, unless the test
/// has an answer for it.
class Dns {
  struct NotSaid {};

public:
  /// `getaddrinfo`, `ares_getaddrinfo`.
  template <class Host> DnsAddresses &mock_getaddrinfo(const Host &host, Place place = Place::here()) const {
    return *add_addresses(matcher_for<std::string>(host), literal(host), place);
  }
  /// `gethostbyname`, `gethostbyname2`, `gethostbyname_r`, `gethostbyname2_r`, `ares_gethostbyname`.
  template <class Host> DnsHost &mock_gethostbyname(const Host &host, Place place = Place::here()) const {
    return *add_host(matcher_for<std::string>(host), literal(host), place);
  }
  /// `gethostbyaddr`, `gethostbyaddr_r`, `ares_gethostbyaddr`; the address in digits.
  template <class Address> DnsName &mock_gethostbyaddr(const Address &address, Place place = Place::here()) const {
    return *add_name("gethostbyaddr", matcher_for<std::string>(address), literal(address), place);
  }
  /// `getnameinfo`; the address in digits.
  template <class Address> DnsName &mock_getnameinfo(const Address &address, Place place = Place::here()) const {
    return *add_name("getnameinfo", matcher_for<std::string>(address), literal(address), place);
  }
  /// `res_query`, `res_search`, `ares_query` and their kin. The type by its name, "MX", or by its number.
  template <class Name, class Type>
  DnsRecords &mock_resolve(const Name &qname, const Type &rdtype, Place place = Place::here()) const {
    return *add_records(matcher_for<std::string>(qname), literal(qname), type(rdtype), literal_type(rdtype), place);
  }
  /// Whatever is asked about that host, name or address is really asked.
  template <class Host> DnsPassThrough &pass_through(const Host &host, Place place = Place::here()) const {
    return *let_pass(matcher_for<std::string>(host), place);
  }

  /// \p family, \p type, \p protocol and \p flags where they were not 0. Host and service are empty where none was
  /// given.
  template <class Host, class Service, class Family = NotSaid, class Type = NotSaid, class Protocol = NotSaid,
            class Flags = NotSaid>
  void assert_getaddrinfo(const Host &host, const Service &service, const Family &family = {}, const Type &socket = {},
                          const Protocol &protocol = {}, const Flags &flags = {}, Place place = Place::here()) const {
    Said said = about("getaddrinfo", host);
    said.add<std::string>("service", service);
    said.add<DnsFamily>("family", family);
    said.add<DnsSocketType>("type", socket);
    said.add<int>("protocol", protocol);
    said.add<DnsFlags>("flags", flags);
    check("assert_getaddrinfo", std::move(said), place);
  }
  /// The same for a look-up that failed with \p error: `EAI_NONAME`, "ARES_ETIMEOUT".
  template <class Host, class Service, class Error, class Family = NotSaid, class Type = NotSaid,
            class Protocol = NotSaid, class Flags = NotSaid>
  void assert_getaddrinfo_raised(const Host &host, const Service &service, const Error &error,
                                 const Family &family = {}, const Type &socket = {}, const Protocol &protocol = {},
                                 const Flags &flags = {}, Place place = Place::here()) const {
    Said said = about("getaddrinfo", host);
    said.add<std::string>("service", service);
    said.add<DnsFamily>("family", family);
    said.add<DnsSocketType>("type", socket);
    said.add<int>("protocol", protocol);
    said.add<DnsFlags>("flags", flags);
    said.raised(error_of(error, true));
    check("assert_getaddrinfo_raised", std::move(said), place);
  }
  /// \p family where it was not `AF_INET`.
  template <class Host, class Family = NotSaid>
  void assert_gethostbyname(const Host &host, const Family &family = {}, Place place = Place::here()) const {
    Said said = about("gethostbyname", host);
    said.add<DnsFamily>("family", family);
    check("assert_gethostbyname", std::move(said), place);
  }
  template <class Host, class Error, class Family = NotSaid>
  void assert_gethostbyname_raised(const Host &host, const Error &error, const Family &family = {},
                                   Place place = Place::here()) const {
    Said said = about("gethostbyname", host);
    said.add<DnsFamily>("family", family);
    said.raised(error_of(error, false));
    check("assert_gethostbyname_raised", std::move(said), place);
  }
  template <class Address> void assert_gethostbyaddr(const Address &address, Place place = Place::here()) const {
    check("assert_gethostbyaddr", about("gethostbyaddr", address), place);
  }
  template <class Address, class Error>
  void assert_gethostbyaddr_raised(const Address &address, const Error &error, Place place = Place::here()) const {
    Said said = about("gethostbyaddr", address);
    said.raised(error_of(error, false));
    check("assert_gethostbyaddr_raised", std::move(said), place);
  }
  /// The service is the port in digits; \p flags where they were not 0.
  template <class Address, class Service, class Flags = NotSaid>
  void assert_getnameinfo(const Address &address, const Service &service, const Flags &flags = {},
                          Place place = Place::here()) const {
    Said said = about("getnameinfo", address);
    said.add<std::string>("service", service);
    said.add<DnsNameFlags>("flags", flags);
    check("assert_getnameinfo", std::move(said), place);
  }
  template <class Address, class Service, class Error, class Flags = NotSaid>
  void assert_getnameinfo_raised(const Address &address, const Service &service, const Error &error,
                                 const Flags &flags = {}, Place place = Place::here()) const {
    Said said = about("getnameinfo", address);
    said.add<std::string>("service", service);
    said.add<DnsNameFlags>("flags", flags);
    said.raised(error_of(error, true));
    check("assert_getnameinfo_raised", std::move(said), place);
  }
  /// \p rdclass, "CH", where it was not "IN".
  template <class Name, class Type, class Class = NotSaid>
  void assert_resolve(const Name &qname, const Type &rdtype, const Class &rdclass = {},
                      Place place = Place::here()) const {
    Said said = about("resolve", qname);
    said.add("rdtype", type(rdtype));
    said.add<std::string>("rdclass", rdclass);
    check("assert_resolve", std::move(said), place);
  }
  template <class Name, class Type, class Error, class Class = NotSaid>
  void assert_resolve_raised(const Name &qname, const Type &rdtype, const Error &error, const Class &rdclass = {},
                             Place place = Place::here()) const {
    Said said = about("resolve", qname);
    said.add("rdtype", type(rdtype));
    said.add<std::string>("rdclass", rdclass);
    said.raised(error_of(error, false));
    check("assert_resolve_raised", std::move(said), place);
  }

private:
  /// What an assertion names.
  struct Said {
    std::vector<std::pair<const char *, Matcher>> fields;
    void add(const char *name, Matcher matcher) { fields.emplace_back(name, std::move(matcher)); }
    template <class T, class U> void add(const char *name, const U &expected) {
      if constexpr (!std::is_same_v<U, NotSaid>)
        add(name, matcher_for<T>(expected));
    }
    void raised(Matcher error) { add("raised", std::move(error)); }
  };

  template <class T> static std::string literal(const T &said) {
    if constexpr (std::is_convertible_v<const T &, std::string_view>)
      return std::string(std::string_view(said));
    else
      return {};
  }
  template <class T> static std::string literal_type(const T &said) {
    if constexpr (detail::is_number_v<T>)
      return name_of_type(static_cast<int>(said));
    else
      return literal(said);
  }
  template <class T> static Matcher type(const T &said) {
    if constexpr (detail::is_number_v<T>)
      return matcher_for<std::string>(name_of_type(static_cast<int>(said)));
    else if constexpr (std::is_convertible_v<const T &, std::string_view>)
      return matcher_for<std::string>(canonical_type(std::string_view(said)));
    else
      return matcher_for<std::string>(said);
  }
  template <class T> static Matcher error_of(const T &said, bool is_of_addrinfo) {
    if constexpr (detail::is_number_v<T>)
      return matcher_for<std::string>(name_of_error(static_cast<int>(said), is_of_addrinfo));
    else
      return matcher_for<std::string>(said);
  }
  template <class Host> static Said about(const char *operation, const Host &host) {
    Said said;
    said.add("operation", matcher_for<std::string>(operation));
    said.add("host", matcher_for<std::string>(host));
    return said;
  }

  static std::string name_of_type(int type);
  /// `MX` for "mx", `HTTPS` for "TYPE65"; what is no type stays.
  static std::string canonical_type(std::string_view name);
  static std::string name_of_error(int code, bool is_of_addrinfo);
  DnsAddresses *add_addresses(Matcher host, std::string literal, Place place) const;
  DnsHost *add_host(Matcher host, std::string literal, Place place) const;
  DnsName *add_name(const char *operation, Matcher address, std::string literal, Place place) const;
  DnsRecords *add_records(Matcher qname, std::string literal, Matcher rdtype, const std::string &type,
                          Place place) const;
  DnsPassThrough *let_pass(Matcher host, Place place) const;
  void check(const char *word, Said said, Place place) const;
};

} // namespace tripwire::plugins

namespace tripwire {

inline constexpr plugins::Dns dns{};

} // namespace tripwire

#endif
