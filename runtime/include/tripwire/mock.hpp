// a seam that a test names --> its mock: queues of answers, and assertions about the calls it got
#ifndef TRIPWIRE_MOCK_HPP
#define TRIPWIRE_MOCK_HPP

#include "tripwire/assertion.hpp"
#include "tripwire/matcher.hpp"
#include "tripwire/place.hpp"
#include "tripwire/seam/call.hpp"
#include "tripwire/seam/function_type.hpp"
#include "tripwire/seam/key.hpp"

#include <cstddef>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace tripwire {

template <class Function> class MockOf;

namespace runtime {

struct Queue;
struct MockedSlot;

/// What an answer keeps: a value that somebody else knows the type of.
using Owned = std::shared_ptr<void>;

/// The parts of `Answers` that need no type.
class AnswersBase {
public:
  AnswersBase &operator=(const AnswersBase &) = delete;

protected:
  AnswersBase(const AnswersBase &) noexcept = default; // both are answers of one queue
  explicit AnswersBase(Queue &queue) noexcept : queue_(queue) {}
  ~AnswersBase() = default;

  void add_bits(const void *value, std::size_t size, Place place);
  void add(void (*give)(void *kept, seam::Call &call), Owned kept, bool once, Place place);
  void add_call(void (*run)(void *kept, seam::Call &call), Owned kept, Place place);
  void add_exception(std::exception_ptr exception, Place place);
  void add_real(Place place);
  void set_error(int error);
  void add_write(std::size_t index, void (*write)(const void *kept, void *target), std::shared_ptr<const void> kept,
                 Place place);
  void add_write_characters(std::size_t index, std::string characters, Place place);
  void set_times(std::size_t times);
  void set_always();
  void set_optional();
  void set_required(bool required);
  Queue &queue() const noexcept { return queue_; }

private:
  Queue &queue_;
};

/// Makes the typed faces of queues and mocks, which the untyped ones own.
struct Faces {
  std::shared_ptr<void> (*answers)(Queue &queue);
  std::shared_ptr<void> (*mock)(MockedSlot &mocked, Queue &queue);
  std::string_view signature;
};

enum class As : unsigned char { mock, spy };

/// The mock of the seam with that key or name. Registers it, or throws: `UnknownSeamError`, `ConflictError`.
void *register_mock(std::string_view key, As as, const Faces &faces, Place place);
void *register_named_mock(std::string_view name, As as, const Faces &faces, Place place);
/// The mock that is there already, else an `UnknownSeamError` that says how to make one.
void *find_mock(std::string_view key, const Faces &faces);
void *find_named_mock(std::string_view name, const Faces &faces);
/// A further queue, which serves calls whose arguments match.
void *add_queue(MockedSlot &mocked, const Matcher *conditions, std::size_t count, const Faces &faces,
                const void *return_address);

class ActivationState;

} // namespace runtime

/// What can be said of answers, whatever they are answers of: each verb gives back \p Self. \p Function is the seam's
/// type without qualifiers.
template <class Function, class Self> class AnswersOf : public runtime::AnswersBase {
  using Type = seam::FunctionType<Function>;
  using R = typename Type::Result;
  using Value = std::conditional_t<std::is_void_v<R>, seam::Types<>, R>;
  static constexpr bool is_text = std::is_same_v<R, char *> || std::is_same_v<R, const char *>;

  template <class... P> using Indices = std::index_sequence_for<P...>;

public:
  /// Answers with \p value. A value that can only be moved serves once.
  template <class Q = R, class = std::enable_if_t<!std::is_void_v<Q>>>
  Self &returns(Value value, Place place = Place::here()) {
    static_assert(
        seam::detail::can_be_stored<R>(),
        "tripwire: this function returns a type that can neither be copied nor moved; only spy and raises can "
        "answer it");
    if constexpr (std::is_reference_v<R>) {
      auto *referred = __builtin_addressof(value);
      this->add_bits(&referred, sizeof referred, place);
    } else if constexpr (std::is_trivially_copyable_v<R> && std::is_copy_constructible_v<R>) {
      this->add_bits(&value, sizeof value, place);
    } else {
      this->add(
          [](void *kept, seam::Call &call) {
            auto &stored = *static_cast<std::remove_const_t<R> *>(kept);
            if constexpr (seam::detail::is_copyable<R>::value) {
              ::new (call.place) R(stored);
            } else {
              ::new (call.place) R(std::move(stored));
            }
          },
          std::make_shared<std::remove_const_t<R>>(std::move(value)), !seam::detail::is_copyable<R>::value, place);
    }
    return self();
  }
  /// Just returns, for functions that return nothing.
  template <class Q = R, class = std::enable_if_t<std::is_void_v<Q>>> Self &returns(Place place = Place::here()) {
    this->add_bits(nullptr, 0, place);
    return self();
  }
  /// Answers with a pointer to characters that the mock keeps until the test ends.
  template <
      class Q = R, class T,
      class = std::enable_if_t<is_text && std::is_same_v<Q, R> && std::is_convertible_v<const T &, std::string_view> &&
                               !std::is_convertible_v<const T &, Q>>>
  Self &returns(const T &text, Place place = Place::here()) {
    this->add([](void *kept, seam::Call &call) { ::new (call.place) R(static_cast<std::string *>(kept)->data()); },
              std::make_shared<std::string>(std::string_view(text)), false, place);
    return self();
  }

  /// Throws \p error.
  template <class E> Self &raises(E error, Place place = Place::here()) {
    this->add_exception(std::make_exception_ptr(std::move(error)), place);
    return self();
  }

  /// Answers with \p value and sets errno, as the operating system reports a failure.
  template <class Q = R, class = std::enable_if_t<!std::is_void_v<Q>>>
  Self &fails(Value value, int error, Place place = Place::here()) {
    returns(std::move(value), place);
    this->set_error(error);
    return self();
  }

  /// Answers with what \p function makes of the arguments. Calls of the same seam that it makes reach the real
  /// function.
  template <class F> Self &calls(F function, Place place = Place::here()) {
    static_assert(
        seam::detail::can_be_stored<R>(),
        "tripwire: this function returns a type that can neither be copied nor moved; only spy and raises can "
        "answer it");
    call_with(std::move(function), typename Type::Parameters(), place);
    return self();
  }

  /// Lets the call through: the real function answers it.
  Self &passes_through(Place place = Place::here()) {
    this->add_real(place);
    return self();
  }

  /// Writes \p value through parameter \p N, a pointer or reference, when the answer is given. Belongs to the answer in
  /// front of it.
  template <std::size_t N, class T> Self &writes(const T &value, Place place = Place::here()) {
    static_assert(N < Type::count, "tripwire: writes<N> counts parameters from 0, and this function has fewer");
    using P = typename Type::template parameter<N>;
    static_assert(std::is_pointer_v<P> || std::is_lvalue_reference_v<P>,
                  "tripwire: writes<N> needs a parameter that is a pointer or a reference");
    using Target = std::conditional_t<std::is_pointer_v<P>, std::remove_pointer_t<P>, std::remove_reference_t<P>>;
    static_assert(!std::is_const_v<Target>, "tripwire: writes<N> needs a parameter that can be written through");
    constexpr bool is_buffer =
        std::is_void_v<Target> || (std::is_pointer_v<P> && std::is_integral_v<Target> &&
                                   sizeof(std::conditional_t<std::is_void_v<Target>, char, Target>) == 1);
    if constexpr (is_buffer && std::is_convertible_v<const T &, std::string_view>) {
      this->add_write_characters(N, std::string(std::string_view(value)), place);
    } else if constexpr (std::is_void_v<Target>) {
      static_assert(std::is_trivially_copyable_v<T>, "tripwire: write bytes (a string) or a trivially copyable value");
      this->add_write_characters(
          N, std::string(reinterpret_cast<const char *>(__builtin_addressof(value)), sizeof value), place);
    } else {
      static_assert(std::is_assignable_v<Target &, const T &>,
                    "tripwire: this value cannot be assigned through that parameter");
      this->add_write(
          N, [](const void *kept, void *target) { *static_cast<Target *>(target) = *static_cast<const T *>(kept); },
          std::make_shared<const T>(value), place);
    }
    return self();
  }

  /// The last answer serves that many calls.
  Self &times(std::size_t count) {
    this->set_times(count);
    return self();
  }
  /// The last answer serves all further calls; it must serve one, unless it is optional.
  Self &always() {
    this->set_always();
    return self();
  }
  /// The last answer may stay unused; when there is none yet, all that follow.
  Self &optional() {
    this->set_optional();
    return self();
  }
  /// Whether the answers that follow, and the last one, must be used.
  Self &required(bool must_be_used) {
    this->set_required(must_be_used);
    return self();
  }

protected:
  explicit AnswersOf(runtime::Queue &queue) noexcept : runtime::AnswersBase(queue) {}
  AnswersOf(const AnswersOf &) noexcept = default;
  ~AnswersOf() = default;

private:
  Self &self() noexcept { return static_cast<Self &>(*this); }

  template <class F, class... P, std::size_t... I>
  static decltype(auto) invoke_with(F &function, seam::Call &call, std::index_sequence<I...>, seam::Types<P...>) {
    if constexpr (std::is_invocable_v<F &, P...>) {
      return function(
          static_cast<P &&>(*static_cast<std::remove_reference_t<P> *>(const_cast<void *>(call.arguments[I])))...);
    } else {
      static_assert(std::is_invocable_v<F &>,
                    "tripwire: calls() needs a function of the seam's parameters, or of none");
      return function();
    }
  }

  template <class F, class... P> void call_with(F function, seam::Types<P...> /*parameters*/, Place place) {
    this->add_call(
        [](void *kept, seam::Call &call) {
          F &kept_function = *static_cast<F *>(kept);
          if constexpr (std::is_void_v<R>) {
            invoke_with(kept_function, call, Indices<P...>(), seam::Types<P...>());
          } else if constexpr (std::is_reference_v<R>) {
            R referred = invoke_with(kept_function, call, Indices<P...>(), seam::Types<P...>());
            *static_cast<std::remove_reference_t<R> **>(call.place) = __builtin_addressof(referred);
          } else {
            ::new (call.place) R(invoke_with(kept_function, call, Indices<P...>(), seam::Types<P...>()));
          }
        },
        std::make_shared<F>(std::move(function)), place);
  }
};

/// A queue of answers of one mock. Each answer serves one call, in the order in which they were given, unless `times`
/// or `always` says more.
template <class Function> class Answers : public AnswersOf<Function, Answers<Function>> {
public:
  explicit Answers(runtime::Queue &queue) noexcept : AnswersOf<Function, Answers>(queue) {}
  Answers(const Answers &) = delete;
  Answers &operator=(const Answers &) = delete;
};

/// A mock, or a spy, of one seam. Lives until its test ends. Its own answers serve calls that no `when` matched.
template <class Function> class MockOf : public Answers<Function> {
  using Type = seam::FunctionType<Function>;

public:
  MockOf(runtime::MockedSlot &mocked, runtime::Queue &queue) noexcept : Answers<Function>(queue), mocked_(mocked) {}

  /// A queue for the calls whose arguments match, one matcher or value for each parameter; variadic arguments may
  /// follow.
  template <class... T> [[gnu::noinline]] Answers<Function> &when(const T &...expected) {
    check_count<sizeof...(T)>();
    const std::size_t count = sizeof...(T);
    Matcher conditions[sizeof...(T) + 1];
    fill(conditions, std::index_sequence_for<T...>(), expected...);
    return *static_cast<Answers<Function> *>(
        runtime::add_queue(mocked_, conditions, count, faces(), __builtin_return_address(0)));
  }

  /// Asserts the next interaction: it was a call of this seam with these arguments. Every parameter is named;
  /// `anything` skips one.
  template <class... T> [[gnu::noinline]] AssertedCall assert_call(const T &...expected) {
    check_count<sizeof...(T)>();
    const std::size_t count = sizeof...(T);
    Matcher matchers[sizeof...(T) + 1];
    fill(matchers, std::index_sequence_for<T...>(), expected...);
    return AssertedCall(slot(), matchers, count, return_type(), __builtin_return_address(0));
  }

  /// Makes the mock answer from now on although no sandbox is open. What it records need not be asserted. Ends with the
  /// returned object.
  [[nodiscard]] Activation activate() { return Activation(slot()); }

  static const runtime::Faces &faces() noexcept {
    static constexpr runtime::Faces made{
        [](runtime::Queue &queue) -> std::shared_ptr<void> { return std::make_shared<Answers<Function>>(queue); },
        [](runtime::MockedSlot &mocked, runtime::Queue &queue) -> std::shared_ptr<void> {
          return std::make_shared<MockOf>(mocked, queue);
        },
        seam::type_name<Function>()};
    return made;
  }

  template <class... T> static void match(Matcher *matchers, const T &...expected) {
    check_count<sizeof...(T)>();
    fill(matchers, std::index_sequence_for<T...>(), expected...);
  }
  static const seam::Type *return_type() noexcept { return &seam::type_of<typename Type::Result>(); }

private:
  template <std::size_t Given> static constexpr void check_count() noexcept {
    static_assert(Type::variadic ? Given >= Type::count : Given == Type::count,
                  "tripwire: name every parameter of the function; tripwire::anything skips one");
  }
  template <std::size_t I, class T> static Matcher one(const T &expected) {
    if constexpr (I < Type::count) {
      return matcher_for<typename Type::template parameter<I>>(expected);
    } else {
      return matcher_of(expected);
    }
  }
  template <std::size_t... I, class... T>
  static void fill(Matcher *to, std::index_sequence<I...>, const T &...expected) {
    ((to[I] = one<I>(expected)), ...);
    (void)to;
  }
  seam::Slot &slot() const noexcept { return runtime::slot_of(mocked_); }

  runtime::MockedSlot &mocked_;
};

/// Names a constructor by its class and its parameters: `mock<constructor<acme::Gateway(const acme::Config &)>>()`.
template <class Construction> struct constructor;

namespace detail {

template <class Named> struct ConstructionOf; // none but for `constructor`
template <class Class, class... P> struct ConstructionOf<constructor<Class(P...)>> {
  using Mock = MockOf<seam::Made(P...)>;
  static constexpr std::string_view key() noexcept { return seam::construction_key<Class(P...)>(); }
};

/// Deduced, since a type that is written out as an argument of a template may bring attributes of the function
/// (`nonnull`), which GCC warns that it ignores.
template <class Pointer> seam::Pointee<Pointer> pointee_of(Pointer);
template <auto F>
using function_of = typename seam::FunctionType<typename decltype(detail::pointee_of(F))::Type>::Plain;
template <class Signature> using plain_of = typename seam::FunctionType<Signature>::Plain;

} // namespace detail

/// Picks one function of an overload set: `mock<overload<int(std::string_view)>(&acme::Client::send)>()`. For a const
/// member write `overload<int(std::string_view) const>`.
template <class Function> constexpr Function *overload(Function *function) noexcept { return function; }
template <class Function, class C> constexpr auto overload(Function C::*member) noexcept { return member; }

/// The mock of a seam in this test, made by the first call; a second one is a `ConflictError`. Calls in a sandbox are
/// answered from its queues. A seam that no code of the program calls is an `UnknownSeamError`.
template <auto F> MockOf<detail::function_of<F>> &mock(Place place = Place::here()) {
  using Mock = MockOf<detail::function_of<F>>;
  return *static_cast<Mock *>(runtime::register_mock(seam::key<F>(), runtime::As::mock, Mock::faces(), place));
}

/// The same by qualified name; for a static function of the code under test `file.cpp:name`.
template <class Signature>
MockOf<detail::plain_of<Signature>> &mock(std::string_view name, Place place = Place::here()) {
  using Mock = MockOf<detail::plain_of<Signature>>;
  return *static_cast<Mock *>(runtime::register_named_mock(name, runtime::As::mock, Mock::faces(), place));
}

/// The mock of a constructor. It says whether an object may be made: `raises` keeps it from being made, and
/// `passes_through` lets the real constructor run. No other object can take its place.
template <class Constructor> typename detail::ConstructionOf<Constructor>::Mock &mock(Place place = Place::here()) {
  using Construction = detail::ConstructionOf<Constructor>;
  return *static_cast<typename Construction::Mock *>(
      runtime::register_mock(Construction::key(), runtime::As::mock, Construction::Mock::faces(), place));
}

/// A mock whose calls reach the real function when no answer is left; the record says what it returned or raised.
template <auto F> MockOf<detail::function_of<F>> &spy(Place place = Place::here()) {
  using Mock = MockOf<detail::function_of<F>>;
  return *static_cast<Mock *>(runtime::register_mock(seam::key<F>(), runtime::As::spy, Mock::faces(), place));
}
template <class Signature>
MockOf<detail::plain_of<Signature>> &spy(std::string_view name, Place place = Place::here()) {
  using Mock = MockOf<detail::plain_of<Signature>>;
  return *static_cast<Mock *>(runtime::register_named_mock(name, runtime::As::spy, Mock::faces(), place));
}

/// Lets every object be made, and records it.
template <class Constructor> typename detail::ConstructionOf<Constructor>::Mock &spy(Place place = Place::here()) {
  using Construction = detail::ConstructionOf<Constructor>;
  return *static_cast<typename Construction::Mock *>(
      runtime::register_mock(Construction::key(), runtime::As::spy, Construction::Mock::faces(), place));
}

/// The mock or spy that the test has made already.
template <auto F> MockOf<detail::function_of<F>> &mocked() {
  using Mock = MockOf<detail::function_of<F>>;
  return *static_cast<Mock *>(runtime::find_mock(seam::key<F>(), Mock::faces()));
}
template <class Signature> MockOf<detail::plain_of<Signature>> &mocked(std::string_view name) {
  using Mock = MockOf<detail::plain_of<Signature>>;
  return *static_cast<Mock *>(runtime::find_named_mock(name, Mock::faces()));
}

template <class Constructor> typename detail::ConstructionOf<Constructor>::Mock &mocked() {
  using Construction = detail::ConstructionOf<Constructor>;
  return *static_cast<typename Construction::Mock *>(
      runtime::find_mock(Construction::key(), Construction::Mock::faces()));
}

/// Asserts the next interaction without the mock at hand: also for calls that were allowed.
template <auto F, class... T> [[gnu::noinline]] AssertedCall assert_call(const T &...expected) {
  using Mock = MockOf<detail::function_of<F>>;
  Matcher matchers[sizeof...(T) + 1];
  Mock::match(matchers, expected...);
  const std::size_t count = sizeof...(T);
  return AssertedCall(runtime::slot_of_key(seam::key<F>()), matchers, count, Mock::return_type(),
                      __builtin_return_address(0));
}
template <class Signature, class... T>
[[gnu::noinline]] std::enable_if_t<std::is_function_v<Signature>, AssertedCall> assert_call(std::string_view name,
                                                                                            const T &...expected) {
  using Mock = MockOf<detail::plain_of<Signature>>;
  Matcher matchers[sizeof...(T) + 1];
  Mock::match(matchers, expected...);
  const std::size_t count = sizeof...(T);
  return AssertedCall(runtime::slot_of_name(name, Mock::faces().signature), matchers, count, Mock::return_type(),
                      __builtin_return_address(0));
}

/// Asserts that an object was made with these arguments.
template <class Constructor, class... T, class Construction = detail::ConstructionOf<Constructor>,
          class Mock = typename Construction::Mock>
[[gnu::noinline]] AssertedCall assert_call(const T &...expected) {
  Matcher matchers[sizeof...(T) + 1];
  Mock::match(matchers, expected...);
  const std::size_t count = sizeof...(T);
  return AssertedCall(runtime::slot_of_key(Construction::key()), matchers, count, Mock::return_type(),
                      __builtin_return_address(0));
}

} // namespace tripwire

#endif
