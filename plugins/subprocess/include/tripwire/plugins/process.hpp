// what a test writes for a process: its command, its environment --> what plugins record and compare
#ifndef TRIPWIRE_PLUGINS_PROCESS_HPP
#define TRIPWIRE_PLUGINS_PROCESS_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/seam/out.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tripwire::plugins {

/// What a process is started with: its argv.
struct ProcessCommand {
  std::vector<std::string> words;

  std::string packed() const;
  static ProcessCommand unpacked(std::string_view packed);
};
bool operator==(const ProcessCommand &one, const ProcessCommand &other);
/// `["git", "push"]`; to paste, `{"git", "push"}`, or the text alone that a shell is given.
void tripwire_print(seam::Out &out, const ProcessCommand &command);

/// A text, or a matcher of texts.
class ProcessText {
public:
  template <class T>
  ProcessText(const T &expected) : matcher_(matcher_for<std::string>(expected)) { // NOLINT: stands for it
    if constexpr (detail::is_text_v<T>) {
      is_literal_ = true;
      literal_ = std::string(std::string_view(expected));
    }
  }
  const Matcher &matcher() const noexcept { return matcher_; }
  bool is_literal() const noexcept { return is_literal_; }
  const std::string &literal() const noexcept { return literal_; }

private:
  Matcher matcher_;
  std::string literal_;
  bool is_literal_ = false;
};

/// Which commands: an argv, `{"git", "push", tripwire::anything}`, each of its words a text or a matcher; or a text,
/// which is what a shell is given: `"ls | wc -l"` means `{"sh", "-c", "ls | wc -l"}`.
class ProcessExpected {
public:
  ProcessExpected(std::initializer_list<ProcessText> words) : ProcessExpected(std::vector<ProcessText>(words)) {}
  ProcessExpected(const std::vector<std::string> &words) // NOLINT: stands for a command
      : ProcessExpected(std::vector<ProcessText>(words.begin(), words.end())) {}
  template <class T, std::enable_if_t<detail::is_text_v<T>, int> = 0>
  ProcessExpected(const T &shell)
      : ProcessExpected({"sh", "-c", std::string(std::string_view(shell))}) {} // NOLINT: as above
  ProcessExpected(Anything) {}                                                 // NOLINT: as above
  /// Decides over a `const ProcessCommand &`.
  template <class F>
  ProcessExpected(Predicate<F> decide) : matcher_(matcher_for<ProcessCommand>(decide)) {} // NOLINT: as above

  const Matcher &matcher() const noexcept { return matcher_; }
  /// The one command, packed; empty when several could match.
  const std::string &key() const noexcept { return key_; }

private:
  explicit ProcessExpected(std::vector<ProcessText> words);

  Matcher matcher_;
  std::string key_;
};

/// The variables that a process is given, as against those of the process that starts it: what is added, changed or
/// taken away; or all of them, where little was kept. What a variable holds whose name speaks of a secret is not kept.
struct ProcessEnvironment {
  struct Variable {
    std::string name;
    enum class Is : unsigned char { set, unset, secret } is = Is::set;
    std::string value;
  };
  bool is_whole = false;           ///< these, and no others
  std::vector<Variable> variables; ///< by name

  std::string packed() const;
  static ProcessEnvironment unpacked(std::string_view packed);
};
/// `{"LANG": "C", "TZ": unset}`
void tripwire_print(seam::Out &out, const ProcessEnvironment &environment);

/// `{"LANG", "C"}`, `{"TZ", nullptr}` for one that is taken away; the value may be a matcher.
class ProcessVariable {
public:
  ProcessVariable(std::string name, std::nullptr_t) : name_(std::move(name)), is_unset_(true) {}
  template <class T, std::enable_if_t<!std::is_same_v<T, std::nullptr_t>, int> = 0>
  ProcessVariable(std::string name, const T &value) : name_(std::move(name)), value_(matcher_for<std::string>(value)) {}

  const std::string &name() const noexcept { return name_; }
  bool is_unset() const noexcept { return is_unset_; }
  const Matcher &value() const noexcept { return value_; }

private:
  std::string name_;
  Matcher value_;
  bool is_unset_ = false;
};

/// Exactly these changes, in any order.
Matcher process_environment_changes(std::initializer_list<ProcessVariable> expected);
/// Exactly these variables and no others.
Matcher process_environment_is(std::initializer_list<ProcessVariable> expected);

} // namespace tripwire::plugins

#endif
