// dns.mock_getaddrinfo(...).addresses(...) --(DnsMock)--> which look-ups it answers, and how
#ifndef TRIPWIRE_PLUGINS_DNS_MOCK_HPP
#define TRIPWIRE_PLUGINS_DNS_MOCK_HPP

#include "errors.hpp"

#include <tripwire/plugins/dns.hpp>

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tripwire::plugins {

/// What is looked up; the field `operation` of an interaction. By these names.
namespace operation {
inline constexpr const char *getaddrinfo = "getaddrinfo";
inline constexpr const char *gethostbyname = "gethostbyname";
inline constexpr const char *gethostbyaddr = "gethostbyaddr";
inline constexpr const char *getnameinfo = "getnameinfo";
inline constexpr const char *resolve = "resolve";
} // namespace operation

/// What finds mocks of one host by hash.
std::string key_of(std::string_view operation, std::string_view host);

/// One registered answer. Also holds the words by which a test goes on telling it.
class DnsMock final : public plugin::FieldMock {
public:
  /// \p literal is the host when it is text, else empty. Without an operation it lets all look-ups of the host through.
  DnsMock(const char *word, const char *operation, Matcher host, const std::string &literal);

  bool matches(const plugin::Description &call) const override;
  std::string key() const override { return key_; }
  std::vector<plugin::Difference> compare(const plugin::Description &call) const override;
  bool passes_through() const noexcept override { return operation_ == nullptr; }

  const char *operation() const noexcept { return operation_; }
  /// The error, as one of \p whose; none when it succeeds.
  std::optional<int> error(DnsErrors whose) const;
  /// Whether the test has said what comes back.
  bool is_complete() const noexcept { return error_ || has_answer; }
  void fail(const DnsError &error, int number);

  bool has_answer = false;
  int error_number = 0;
  std::vector<std::string> addresses;
  std::optional<std::string> canonical; ///< also the name of an address
  std::vector<std::string> aliases;
  std::optional<std::string> service;
  std::optional<int> port;
  std::vector<std::string> records;
  std::optional<std::string> response;
  std::uint32_t ttl = 300;
  std::optional<int> rdtype; ///< where it is one

  DnsAddresses of_addresses{*this};
  DnsHost of_host{*this};
  DnsName of_name{*this};
  DnsRecords of_records{*this};
  DnsPassThrough pass_through{*this};

private:
  const char *operation_;
  std::string key_;
  std::optional<std::string> error_; ///< its name, or a number
  int code_ = 0;
};

/// The answers of one test. Thread-safe.
class DnsBook {
public:
  void add(const DnsMock &mock);
  /// Whether the test has an answer left for the look-up.
  bool speaks_of(const plugin::Description &call) const;

private:
  mutable std::mutex mutex_;
  std::vector<const DnsMock *> mocks_;
};

} // namespace tripwire::plugins

#endif
