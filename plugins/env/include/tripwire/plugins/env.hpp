// tripwire::env: which variables a test's environment has, and what the program did with them
//
//   tripwire::env.mock_get("HOME", "/home/ada");
//   tripwire::env.mock_get("EDITOR", tripwire::unset);
//   {
//     tripwire::Sandbox sandbox;
//     open_settings();
//   }
//   tripwire::env.assert_get("EDITOR", tripwire::unset);
//   tripwire::env.assert_get("HOME", "/home/ada");
#ifndef TRIPWIRE_PLUGINS_ENV_HPP
#define TRIPWIRE_PLUGINS_ENV_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/place.hpp>
#include <tripwire/plugin.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace tripwire::plugins {

class EnvMock;

/// No value: the variable is not set.
struct Unset {
  operator Matcher() const; // NOLINT: stands for a matcher
};
/// `unset`
void tripwire_print(seam::Out &out, const Unset &value);

/// Which variables: a name, or a matcher of names.
class EnvName {
public:
  template <class T>
  EnvName(const T &said) : matcher_(matcher_for<std::string>(said)) { // NOLINT: stands for what is said
    if constexpr (std::is_convertible_v<const T &, std::string_view>)
      literal_ = std::string(std::string_view(said));
  }
  const Matcher &matcher() const noexcept { return matcher_; }
  /// The one name; nothing of a matcher.
  const std::optional<std::string> &literal() const noexcept { return literal_; }

private:
  Matcher matcher_;
  std::optional<std::string> literal_;
};

/// What a variable holds: text, or `tripwire::unset`, for which `nullptr` may stand.
class EnvText {
public:
  EnvText(Unset) {}          // NOLINT: stands for what is said
  EnvText(std::nullptr_t) {} // NOLINT: stands for what is said
  template <class T, class = std::enable_if_t<std::is_convertible_v<const T &, std::string_view> &&
                                              !std::is_same_v<T, std::nullptr_t>>>
  EnvText(const T &said) : text_(std::string_view(said)) {} // NOLINT: stands for what is said
  const std::optional<std::string> &text() const noexcept { return text_; }

private:
  std::optional<std::string> text_;
};

/// What a variable is expected to hold: text, `tripwire::unset` or `nullptr`, or a matcher of texts.
class EnvExpectedText {
public:
  EnvExpectedText(std::nullptr_t) : matcher_(Unset()) {} // NOLINT: stands for what is said
  template <class T, class = std::enable_if_t<!std::is_same_v<T, std::nullptr_t>>>
  EnvExpectedText(const T &said) : matcher_(matcher_for<std::string>(said)) {} // NOLINT: stands for what is said
  const Matcher &matcher() const noexcept { return matcher_; }

private:
  Matcher matcher_;
};

/// What every answer can be told. \p Self is the answer's own class. The mock behind it lives as long as the test.
template <class Self> class EnvAnswer {
public:
  /// Answers \p count calls.
  Self &times(std::uint64_t count);
  /// Answers calls without end.
  Self &always();
  /// Unused is no violation.
  Self &optional() { return required(false); }
  Self &required(bool required);

private:
  friend Self;
  explicit EnvAnswer(EnvMock &mock) : mock_(&mock) {}

  EnvMock *mock_;
};

/// What a variable holds: every read is answered so, until `.times(n)` are, the program changes the variable, or the
/// test says anew what it holds.
class EnvVariable : public EnvAnswer<EnvVariable> {
public:
  explicit EnvVariable(EnvMock &mock) : EnvAnswer(mock) {}
};

/// A change that the test waits for; one unless told. It changes what the program reads from then on.
class EnvChange : public EnvAnswer<EnvChange> {
public:
  explicit EnvChange(EnvMock &mock) : EnvAnswer(mock) {}
  /// The call fails with that errno (`ENOMEM`), and changes nothing.
  EnvChange &fails(int error);
};

/// Calls that are really made, recorded, and must be asserted.
class EnvPassThrough : public EnvAnswer<EnvPassThrough> {
public:
  explicit EnvPassThrough(EnvMock &mock) : EnvAnswer(mock) {}
};

/// The plugin's words. Has no state: everything belongs to the current test.
///
/// The values of variables whose name speaks of a secret (`API_TOKEN`, `DB_PASSWORD`) are never recorded: they are
/// asserted as `tripwire::anything`.
class Env {
public:
  /// The variable holds \p value, or is not set. Reads of it are answered without end, and each must be asserted.
  EnvVariable &mock_get(const EnvName &name, const EnvText &value, Place place = Place::here()) const;
  /// The test waits for `setenv`, or `putenv` with a value.
  EnvChange &mock_set(const EnvName &name, const EnvExpectedText &value, Place place = Place::here()) const;
  /// The test waits for `unsetenv`, or `putenv` without a value.
  EnvChange &mock_unset(const EnvName &name, Place place = Place::here()) const;
  /// The test waits for `clearenv`.
  EnvChange &mock_clear(Place place = Place::here()) const;
  /// Reads and changes of these variables are real.
  EnvPassThrough &pass_through(const EnvName &name, Place place = Place::here()) const;

  /// The program read the variable and got \p value.
  void assert_get(const EnvName &name, const EnvExpectedText &value, Place place = Place::here()) const;
  /// The program set the variable to \p value, by whatever function.
  void assert_set(const EnvName &name, const EnvExpectedText &value, Place place = Place::here()) const;
  /// The same; \p overwrite is the third argument of `setenv`, and has to be said where that is 0.
  void assert_set(const EnvName &name, const EnvExpectedText &value, bool overwrite, Place place = Place::here()) const;
  void assert_unset(const EnvName &name, Place place = Place::here()) const;
  void assert_clear(Place place = Place::here()) const;
  /// The program tried to, and the call failed with \p error: `ENOMEM`, `EINVAL`.
  void assert_set_failed(const EnvName &name, const EnvExpectedText &value, int error,
                         Place place = Place::here()) const;
  void assert_set_failed(const EnvName &name, const EnvExpectedText &value, bool overwrite, int error,
                         Place place = Place::here()) const;
  void assert_unset_failed(const EnvName &name, int error, Place place = Place::here()) const;
  void assert_clear_failed(int error, Place place = Place::here()) const;
};

} // namespace tripwire::plugins

namespace tripwire {

inline constexpr plugins::Env env{};

/// What a variable holds that is not set.
inline constexpr plugins::Unset unset{};

} // namespace tripwire

#endif
