// what a test says of a call's fields --(FieldMock)--> whether it answers the call, and what messages say of it
//
//   class ParcelMock final : public tripwire::plugin::FieldMock {
//   public:
//     explicit ParcelMock(Matcher address) : FieldMock("mock_parcel") { expect("address", std::move(address)); }
//     bool is_taken = true;
//   };
//
// For plugins whose mocks are chosen by fields; others derive from `plugin::Mock` itself.
#ifndef TRIPWIRE_PLUGIN_MOCK_HPP
#define TRIPWIRE_PLUGIN_MOCK_HPP

#include "tripwire/matcher.hpp"
#include "tripwire/plugin.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tripwire::plugin {

/// A mock that waits for calls by their fields. What it answers belongs to the class that derives from it.
class FieldMock : public Mock {
public:
  /// \p word is the test's own, for messages: `mock_parcel`. Static storage.
  explicit FieldMock(const char *word) : word_(word) {}

  /// The next argument of the word: that field of a call has to match.
  void expect(std::string field, Matcher matcher) {
    conditions_.push_back({std::move(field), std::move(matcher), true});
  }
  /// The same, said behind the word: `.weight(at_most(2))`. Takes the place of what was said of the field so before.
  void only(std::string field, Matcher matcher);

  bool matches(const Description &call) const override;
  std::string describe() const override;
  std::vector<Difference> compare(const Description &call) const override;

private:
  struct Condition {
    std::string field;
    Matcher matcher;
    bool is_argument;
  };
  const char *word_;
  std::vector<Condition> conditions_;
};

/// The words that each answer has. \p Self is the answer's own class. The mock lives as long as the test.
template <class Self> class MockWords {
public:
  explicit MockWords(Mock &mock) : mock_(&mock) {}

  /// Answers \p count calls; one unless told.
  Self &times(std::uint64_t count) { return mock_->set_times(count), self(); }
  /// Answers calls without end.
  Self &always() { return mock_->set_always(), self(); }
  /// Unused is no violation.
  Self &optional() { return required(false); }
  Self &required(bool required) { return mock_->set_required(required), self(); }

private:
  Self &self() { return static_cast<Self &>(*this); }
  Mock *mock_;
};

/// The name of a file in its one spelling: without `.`, `..` and `//`, and absolute; a relative one is below the
/// current folder. Links are not followed.
std::string file_name(std::string_view name);
/// Accepts that file, however its name is spelled.
Matcher is_file(std::string_view name);
/// Accepts the files that a firewall rule with that text names: `*` stays within one folder, `**` spans any number. A
/// text that names nothing is a `ConfigurationError` of \p plugin.
Matcher is_file_like(std::string_view glob, const Plugin &plugin, const Place &place);

/// A C++ expression with exactly that text, in one line: for statements to paste.
std::string literal(std::string_view text);

} // namespace tripwire::plugin

#endif
