// what a test writes behind tripwire::dns --> mocks of the current test, and fields of an assertion
#include "mock.hpp"
#include "names.hpp"
#include "plugin.hpp"
#include "records.hpp"

#include <tripwire/violation.hpp>

#include <arpa/inet.h>

#include <memory>

namespace tripwire::plugins {

namespace {

[[noreturn]] void refuse(const std::string &what, const Place &place) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "dns";
  facts.site.file = place.file;
  facts.site.line = place.line;
  facts.text = "ConfigurationError: " + what + "\n  at " + place.file + ":" + std::to_string(place.line);
  raise(std::move(facts));
}

DnsMock &added(const char *word, const char *operation, Matcher host, const std::string &literal, Place place) {
  DnsMock &mock =
      plugin::add(dns_plugin(), std::make_unique<DnsMock>(word, operation, std::move(host), literal), place);
  plugin::state_of_test<DnsBook>(dns_plugin())->add(mock);
  return mock;
}

/// A look-up ends in one way.
void answers(DnsMock &mock, const char *word) {
  if (mock.is_complete() && !mock.has_answer)
    refuse("a look-up that fails gives nothing: take ." + std::string(word) + "(...) or .fails(...) out", mock.place());
  mock.has_answer = true;
}

bool is_address(const std::string &text) {
  unsigned char bytes[16];
  const std::string plain = text.substr(0, text.find('%')); // fe80::1%eth0
  return inet_pton(AF_INET, text.c_str(), bytes) == 1 || inet_pton(AF_INET6, plain.c_str(), bytes) == 1;
}

void check_addresses(const std::vector<std::string> &addresses, const DnsMock &mock) {
  for (const std::string &address : addresses)
    if (!is_address(address))
      refuse(plugin::literal(address) + " is no address: write it in digits, as 192.0.2.7 or 2001:db8::7",
             mock.place());
}

void check_name(std::string_view name, const DnsMock &mock) {
  if (name.find('\0') != std::string_view::npos)
    refuse("a name cannot hold " + plugin::literal(name) + ": its text ends at the first zero", mock.place());
}

void check_records(const DnsMock &mock, std::optional<int> type) {
  for (const std::string &record : mock.records)
    if (type && !encode_dns_record(*type, record))
      refuse(plugin::literal(record) + " is no record of type " + name_of_rdtype(*type) +
                 "; write it as in a zone file, or byte by byte: \\# 4 0a000001",
             mock.place());
}

} // namespace

template <class Self> DnsAnswer<Self>::DnsAnswer(DnsMock &mock) : plugin::MockWords<Self>(mock), mock_(&mock) {}

template <class Self> Self &DnsAnswer<Self>::only(const char *field, Matcher matcher) {
  mock_->only(field, std::move(matcher));
  return static_cast<Self &>(*this);
}

template <class Self> Self &DnsAnswer<Self>::fails(const DnsError &error, int error_number) {
  if (mock_->passes_through())
    refuse("what passes through ends as it really does: take .fails(...) out", mock_->place());
  if (mock_->has_answer)
    refuse("a look-up that fails gives nothing: take .fails(...) out, or what it gives", mock_->place());
  if (error.name().empty() && error.code() == 0)
    refuse("0 is no error of a look-up: write EAI_NONAME, HOST_NOT_FOUND or another", mock_->place());
  if (!error.name().empty() && !dns_error_named(error.name(), DnsErrors::addrinfo))
    refuse(plugin::literal(error.name()) + " is no error of a resolver: write EAI_NONAME, HOST_NOT_FOUND, "
                                           "\"ARES_ETIMEOUT\" or another",
           mock_->place());
  mock_->fail(error, error_number);
  return static_cast<Self &>(*this);
}

template class DnsAnswer<DnsAddresses>;
template class DnsAnswer<DnsHost>;
template class DnsAnswer<DnsName>;
template class DnsAnswer<DnsRecords>;
template class DnsAnswer<DnsPassThrough>;

DnsAddresses &DnsAddresses::addresses(std::vector<std::string> addresses) {
  check_addresses(addresses, *mock_);
  answers(*mock_, "addresses");
  mock_->addresses = std::move(addresses);
  return *this;
}

DnsAddresses &DnsAddresses::canonical(std::string_view name) {
  check_name(name, *mock_);
  mock_->canonical = std::string(name);
  return *this;
}

DnsAddresses &DnsAddresses::port(int port) {
  if (port < 0 || port > 0xffff)
    refuse(std::to_string(port) + " is no port", mock_->place());
  mock_->port = port;
  return *this;
}

DnsHost &DnsHost::addresses(std::vector<std::string> addresses) {
  check_addresses(addresses, *mock_);
  answers(*mock_, "addresses");
  mock_->addresses = std::move(addresses);
  return *this;
}

DnsHost &DnsHost::canonical(std::string_view name) {
  check_name(name, *mock_);
  mock_->canonical = std::string(name);
  return *this;
}

DnsHost &DnsHost::aliases(std::vector<std::string> names) {
  for (const std::string &name : names)
    check_name(name, *mock_);
  mock_->aliases = std::move(names);
  return *this;
}

DnsName &DnsName::name(std::string_view name) {
  check_name(name, *mock_);
  answers(*mock_, "name");
  mock_->canonical = std::string(name);
  return *this;
}

DnsName &DnsName::aliases(std::vector<std::string> names) {
  if (mock_->operation() == std::string_view(operation::getnameinfo))
    refuse("getnameinfo gives one name: take .aliases(...) out", mock_->place());
  for (const std::string &name : names)
    check_name(name, *mock_);
  mock_->aliases = std::move(names);
  return *this;
}

DnsName &DnsName::service(std::string_view name) {
  if (mock_->operation() == std::string_view(operation::gethostbyaddr))
    refuse("gethostbyaddr gives no service: take .service(...) out", mock_->place());
  check_name(name, *mock_);
  mock_->service = std::string(name);
  return *this;
}

DnsRecords &DnsRecords::records(std::vector<std::string> records) {
  if (mock_->response)
    refuse("a response is whole: take .records(...) or .response(...) out", mock_->place());
  answers(*mock_, "records");
  mock_->records = std::move(records);
  check_records(*mock_, mock_->rdtype);
  return *this;
}

DnsRecords &DnsRecords::ttl(std::uint32_t seconds) {
  mock_->ttl = seconds;
  return *this;
}

DnsRecords &DnsRecords::response(std::string_view bytes) {
  if (mock_->has_answer)
    refuse("a response is whole: take .records(...) or .response(...) out", mock_->place());
  answers(*mock_, "response");
  mock_->response = std::string(bytes);
  return *this;
}

std::string Dns::name_of_type(int type) { return name_of_rdtype(type); }

std::string Dns::canonical_type(std::string_view name) {
  const std::optional<int> type = rdtype_named(name);
  return type ? name_of_rdtype(*type) : std::string(name);
}

std::string Dns::name_of_error(int code, bool is_of_addrinfo) {
  return name_of_dns_error(is_of_addrinfo ? DnsErrors::addrinfo : DnsErrors::host, code);
}

DnsAddresses *Dns::add_addresses(Matcher host, std::string literal, Place place) const {
  return &added("mock_getaddrinfo", operation::getaddrinfo, std::move(host), literal, place).of_addresses;
}

DnsHost *Dns::add_host(Matcher host, std::string literal, Place place) const {
  return &added("mock_gethostbyname", operation::gethostbyname, std::move(host), literal, place).of_host;
}

DnsName *Dns::add_name(const char *operation, Matcher address, std::string literal, Place place) const {
  const bool is_info = operation == std::string_view(operation::getnameinfo);
  return &added(is_info ? "mock_getnameinfo" : "mock_gethostbyaddr",
                is_info ? operation::getnameinfo : operation::gethostbyaddr, std::move(address), literal, place)
              .of_name;
}

DnsRecords *Dns::add_records(Matcher qname, std::string literal, Matcher rdtype, const std::string &type,
                             Place place) const {
  if (!type.empty() && !rdtype_named(type))
    refuse(plugin::literal(type) + " is no type of a record: write \"MX\" or its number", place);
  DnsMock &mock = added("mock_resolve", operation::resolve, std::move(qname), literal, place);
  mock.expect("rdtype", std::move(rdtype));
  mock.rdtype = type.empty() ? std::nullopt : rdtype_named(type);
  return &mock.of_records;
}

DnsPassThrough *Dns::let_pass(Matcher host, Place place) const {
  return &added("pass_through", nullptr, std::move(host), {}, place).pass_through;
}

void Dns::check(const char *word, Said said, Place place) const {
  plugin::Assertion assertion(dns_plugin(), "tripwire::dns." + std::string(word) + "(...)", place);
  for (auto &[name, matcher] : said.fields)
    assertion.field(name, std::move(matcher));
  assertion.check();
}

} // namespace tripwire::plugins
