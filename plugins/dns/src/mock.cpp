#include "mock.hpp"

#include <algorithm>

namespace tripwire::plugins {

namespace {

std::string operation_of(const plugin::Description &call) {
  const auto *operation = call.get<std::string>("operation");
  return operation == nullptr ? std::string() : *operation;
}

} // namespace

std::string key_of(std::string_view operation, std::string_view host) {
  return std::string(operation) + " " + std::string(host);
}

DnsMock::DnsMock(const char *word, const char *operation, Matcher host, const std::string &literal)
    : FieldMock(word), operation_(operation),
      key_(operation == nullptr || literal.empty() ? std::string() : key_of(operation, literal)) {
  expect("host", std::move(host));
}

bool DnsMock::matches(const plugin::Description &call) const {
  return (operation_ == nullptr || operation_of(call) == operation_) && FieldMock::matches(call);
}

std::vector<plugin::Difference> DnsMock::compare(const plugin::Description &call) const {
  std::vector<plugin::Difference> differences = FieldMock::compare(call);
  if (operation_ != nullptr)
    differences.insert(differences.begin(), {"operation", plugin::literal(operation_),
                                             plugin::literal(operation_of(call)), operation_of(call) == operation_});
  return differences;
}

void DnsMock::fail(const DnsError &error, int number) {
  code_ = error.code();
  error_ = error.name();
  error_number = number;
}

std::optional<int> DnsMock::error(DnsErrors whose) const {
  if (!error_)
    return std::nullopt;
  if (!error_->empty())
    return dns_error_named(*error_, whose);
  const std::string_view is(operation_);
  const DnsErrors own =
      is == operation::getaddrinfo || is == operation::getnameinfo ? DnsErrors::addrinfo : DnsErrors::host;
  return whose == own ? code_ : dns_error_named(name_of_dns_error(own, code_), whose);
}

void DnsBook::add(const DnsMock &mock) {
  const std::lock_guard<std::mutex> lock(mutex_);
  mocks_.push_back(&mock);
}

bool DnsBook::speaks_of(const plugin::Description &call) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return std::any_of(mocks_.begin(), mocks_.end(),
                     [&](const DnsMock *mock) { return !mock->exhausted() && mock->matches(call); });
}

} // namespace tripwire::plugins
