// env.mock_get(...), mock_set(...).fails(...) --(EnvMock)--> which calls it answers, and how
#ifndef TRIPWIRE_PLUGINS_ENV_MOCK_HPP
#define TRIPWIRE_PLUGINS_ENV_MOCK_HPP

#include "environment.hpp"

#include <tripwire/plugins/env.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <string>

namespace tripwire::plugins {

/// What the program does; the field `operation` of an interaction.
enum class EnvOperation : unsigned char { get, set, unset, clear };
/// `get`
const char *word_of(EnvOperation operation) noexcept;
/// The operation of a call, as a word.
std::string operation_of(const plugin::Description &call);

/// One registered answer. Also holds the words by which a test goes on telling it.
class EnvMock final : public plugin::Mock {
public:
  enum class Kind : unsigned char {
    variable, ///< what the test says that a variable holds
    change,   ///< what the program changes, and the test waits for
    changed,  ///< reads of what the program has changed
    real,
  };
  EnvMock(Kind kind, EnvOperation operation, std::optional<EnvName> name, std::shared_ptr<Environment> environment);

  bool matches(const plugin::Description &call) const override;
  std::string key() const override;
  std::string describe() const override;
  std::vector<plugin::Difference> compare(const plugin::Description &call) const override;
  bool passes_through() const noexcept override { return kind_ == Kind::real; }

  /// The test says something else of the variable: what was said without end holds no more. Thread-safe.
  void superseded() noexcept { is_superseded_ = is_endless_.load(); }
  /// It says that the variable is set, and nothing was said since. Thread-safe.
  bool states_text() const noexcept { return text && !is_superseded_; }
  /// It answers as many calls as are told, and is superseded by nothing.
  void is_counted() noexcept { is_endless_ = false; }

  Environment &environment() const noexcept { return *environment_; }
  Kind kind() const noexcept { return kind_; }

  std::optional<std::string> text; ///< of a variable that is set
  std::optional<Matcher> value;    ///< of `set`
  std::optional<int> error;        ///< by which a change fails

  EnvVariable variable{*this};
  EnvChange change{*this};
  EnvPassThrough pass_through{*this};

private:
  Kind kind_;
  EnvOperation operation_;
  std::optional<EnvName> name_;
  std::shared_ptr<Environment> environment_;
  std::atomic<bool> is_endless_;
  std::atomic<bool> is_superseded_{false};
};

/// What finds mocks of one name by hash.
std::string key_of(EnvOperation operation, const std::string &name);

} // namespace tripwire::plugins

#endif
