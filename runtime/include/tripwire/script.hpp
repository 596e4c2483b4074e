// the steps that a test expects of a handle, in order --> the script of a session
#ifndef TRIPWIRE_SCRIPT_HPP
#define TRIPWIRE_SCRIPT_HPP

#include "tripwire/mock.hpp"

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace tripwire {

template <class Function> class Step;

namespace runtime {

struct Scripted;

/// A session of the machine in the current verifier. Throws: `UnknownSeamError` for a machine that nothing calls.
Scripted &add_session(std::string_view machine, Place place);
/// Its next step. Throws: `ConfigurationError` for a seam that no transition of the machine names, or a first step that
/// does not open a session.
Queue &add_step(Scripted &session, seam::Slot &slot, const Matcher *conditions, std::size_t count,
                const void *return_address);
void set_optional(Scripted &session);

} // namespace runtime

/// What one handle goes through: the calls that the code under test makes with it, in this order, and their answers.
/// Sessions of a machine are taken in the order in which they were made, by the calls that open one. A handle to the
/// session, which lives until its test ends; copies are the same.
class Script {
public:
  /// The next call: of this seam, with arguments that match, one matcher or value for each parameter; none at all
  /// leaves them open. Say behind it what it answers.
  template <auto F, class... T> [[gnu::noinline]] Step<detail::function_of<F>> expect(const T &...expected);
  /// The same by qualified name; for a static function of the code under test `file.cpp:name`.
  template <class Signature, class... T>
  [[gnu::noinline]] Step<detail::plain_of<Signature>> expect(std::string_view name, const T &...expected);

  /// The session may stay unopened. Once it is opened, its steps are required like any others.
  Script &optional() {
    runtime::set_optional(*session_);
    return *this;
  }

protected:
  explicit Script(runtime::Scripted &session) noexcept : session_(&session) {}

private:
  friend Script new_session(std::string_view machine, Place place);

  template <class Function, class... T>
  Step<Function> add(seam::Slot &slot, const void *return_address, const T &...expected);

  runtime::Scripted *session_;
};

/// One step of a script: its answers, and on to the next step. It serves one call, or with several answers, `times` or
/// `always` several in a row; the step behind it is then next. Copies are the same step.
template <class Function> class Step : public AnswersOf<Function, Step<Function>>, public Script {
public:
  Step(runtime::Queue &queue, const Script &script) noexcept : AnswersOf<Function, Step>(queue), Script(script) {}

  using AnswersOf<Function, Step>::optional;
};

/// A session of the state machine that a seam file declares under that name.
///
///   tripwire::new_session("acme_link")
///       .expect<&acme_open>("host").returns(3)
///       .expect<&acme_send>(3, "hello").returns(5)
///       .expect<&acme_close>(3);
[[nodiscard]] inline Script new_session(std::string_view machine, Place place = Place::here()) {
  return Script(runtime::add_session(machine, place));
}

template <class Function, class... T>
Step<Function> Script::add(seam::Slot &slot, const void *return_address, const T &...expected) {
  Matcher conditions[sizeof...(T) + 1];
  if constexpr (sizeof...(T) > 0) {
    MockOf<Function>::match(conditions, expected...);
  }
  return Step<Function>(runtime::add_step(*session_, slot, conditions, sizeof...(T), return_address), *this);
}

template <auto F, class... T> Step<detail::function_of<F>> Script::expect(const T &...expected) {
  return add<detail::function_of<F>>(runtime::slot_of_key(seam::key<F>()), __builtin_return_address(0), expected...);
}

template <class Signature, class... T>
Step<detail::plain_of<Signature>> Script::expect(std::string_view name, const T &...expected) {
  using Function = detail::plain_of<Signature>;
  return add<Function>(runtime::slot_of_name(name, MockOf<Function>::faces().signature), __builtin_return_address(0),
                       expected...);
}

} // namespace tripwire

#endif
