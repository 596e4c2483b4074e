// work that is handed over, and whoever does it --> the work runs in the context of who handed it over
//
// Generated definitions put `hand_over<P>(argument)` around the callable of a function that a seam file names in
// `propagates:`, and `HandedCallback` around a C callback and its data.
#ifndef TRIPWIRE_SEAM_HAND_OVER_HPP
#define TRIPWIRE_SEAM_HAND_OVER_HPP

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#if defined(__cpp_impl_coroutine) && __has_include(<coroutine>)
#include <coroutine>
#endif

namespace tripwire::runtime {
struct Inheritance;
struct SandboxState;
struct VerifierState;
} // namespace tripwire::runtime

namespace tripwire::seam {

/// The context of the thread that makes it: its sandbox and its verifier, as they are now. Copies share it.
class Origin {
public:
  Origin();
  Origin(const Origin &other) noexcept;
  Origin &operator=(const Origin &) = delete;
  ~Origin();

private:
  friend class Working;
  runtime::Inheritance *inheritance_;
  std::uint32_t thread_;
};

/// While it lives, this thread works for an origin. Afterwards a thread that had a context of its own has it again; one
/// that had none but what it was started with, and worked for another thread, has none. Nests.
class Working {
public:
  explicit Working(const Origin &origin) noexcept;
  Working(const Working &) = delete;
  Working &operator=(const Working &) = delete;
  ~Working();

private:
  runtime::Inheritance *mine_ = nullptr; ///< null: nothing was changed
  runtime::SandboxState *sandbox_ = nullptr;
  runtime::Inheritance *inherited_ = nullptr;
  runtime::VerifierState *verifier_ = nullptr;
  bool working_ = false;
  bool forget_ = false;
};

/// A callable that takes its origin with it.
template <class F> class Carrier {
public:
  explicit Carrier(F callable) : callable_(std::move(callable)) {}
  template <class... A> decltype(auto) operator()(A &&...a) {
    const Working working(origin_);
    return callable_(std::forward<A>(a)...);
  }

private:
  F callable_;
  Origin origin_;
};

#if defined(__cpp_impl_coroutine) && __has_include(<coroutine>)
namespace detail {

/// A coroutine that is resumed once, in the place of another one, and gone then.
struct Resumption {
  struct promise_type {
    Resumption get_return_object() noexcept { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    [[noreturn]] void unhandled_exception() { throw; }
  };
  std::coroutine_handle<promise_type> handle;
};

inline Resumption resume_for(Origin origin, std::coroutine_handle<> real) {
  const Working working(origin);
  real.resume();
  co_return;
}

template <class T> struct IsCoroutine : std::false_type {};
template <> struct IsCoroutine<std::coroutine_handle<>> : std::true_type {};

} // namespace detail
#endif

/// What the real function gets for a callable of type \p P: one of the same type, that runs in the context of this
/// thread. Of a coroutine's handle: one whose `resume` resumes the coroutine so; it serves once.
template <class P> auto hand_over(std::remove_reference_t<P> &callable) {
  using F = std::remove_cv_t<std::remove_reference_t<P>>;
  static_assert(!std::is_lvalue_reference_v<P> || std::is_const_v<std::remove_reference_t<P>>,
                "the callable of a 'propagates:' entry is taken by a reference that its function may change; name a "
                "function that takes it by value");
  static_assert(!std::is_function_v<std::remove_pointer_t<F>>,
                "the callable of a 'propagates:' entry is a pointer to a function, which has no room for a context; "
                "say with 'data:' which argument it gets back");
#if defined(__cpp_impl_coroutine) && __has_include(<coroutine>)
  if constexpr (detail::IsCoroutine<F>::value) {
    return callable ? std::coroutine_handle<>(detail::resume_for(Origin(), callable).handle) : callable;
  } else
#endif
  {
    static_assert(std::is_constructible_v<F, Carrier<F>>,
                  "the callable of a 'propagates:' entry has a type that can hold no other callable; name a function "
                  "that takes a std::function or the like");
    if constexpr (std::is_constructible_v<bool, F &>) {
      if (!static_cast<bool>(callable)) {
        return F(static_cast<P &&>(callable));
      }
    }
    return F(Carrier<F>(static_cast<P &&>(callable)));
  }
}

/// A callback that was handed over with its data, and has not run yet. Made by `job`, ended by running.
struct Job {
  void (*callback)();
  void *data;
  Origin origin;
  Job *before;
  Job *next;
};

/// Keeps the job until it is taken. Jobs that are never taken stay.
Job *make_job(void (*callback)(), void *data);
/// \p job is gone afterwards.
Job take_job(Job *job) noexcept;

/// For data whose type is known, and which must stay what it is: the callback is found again by its data. \p as tells
/// callbacks of different kinds with the same data apart.
void remember_job(const void *data, void (*as)(), void (*callback)());
/// The oldest callback remembered and not recalled; when all were recalled, the last one once more, with no context to
/// take.
struct Recalled {
  void (*callback)();
  Origin origin;
  bool has_origin;
};
Recalled recall_job(const void *data, void (*as)()) noexcept;

/// A C callback that gets \p D back as its parameter \p index.
template <class Callback, std::size_t index> struct HandedCallback;

namespace detail {

template <std::size_t I, class First, class... Rest> decltype(auto) nth(First &first, Rest &...rest) noexcept {
  if constexpr (I == 0) {
    return (first);
  } else {
    return nth<I - 1>(rest...);
  }
}

} // namespace detail

// NOLINTBEGIN(bugprone-macro-parentheses): qualifiers are no expression
#define TRIPWIRE_HANDED_CALLBACK(QUALIFIERS)                                                                           \
  template <class R, class... A, std::size_t index> struct HandedCallback<R (*)(A...) QUALIFIERS, index> {             \
    using Callback = R (*)(A...) QUALIFIERS;                                                                           \
    using Plain = void (*)();                                                                                          \
    static R run_job(A... a) QUALIFIERS {                                                                              \
      auto &data = detail::nth<index>(a...);                                                                           \
      const Job job = take_job(static_cast<Job *>(data));                                                              \
      data = job.data;                                                                                                 \
      const Working working(job.origin);                                                                               \
      return reinterpret_cast<Callback>(job.callback)(static_cast<A &&>(a)...);                                        \
    }                                                                                                                  \
    static R run_remembered(A... a) QUALIFIERS {                                                                       \
      const Recalled job = recall_job(detail::nth<index>(a...), reinterpret_cast<Plain>(&run_remembered));             \
      if (!job.has_origin) {                                                                                           \
        return reinterpret_cast<Callback>(job.callback)(static_cast<A &&>(a)...);                                      \
      }                                                                                                                \
      const Working working(job.origin);                                                                               \
      return reinterpret_cast<Callback>(job.callback)(static_cast<A &&>(a)...);                                        \
    }                                                                                                                  \
  };
TRIPWIRE_HANDED_CALLBACK()
TRIPWIRE_HANDED_CALLBACK(noexcept)
#undef TRIPWIRE_HANDED_CALLBACK
// NOLINTEND(bugprone-macro-parentheses)

namespace detail {

/// Which parameter of a callback is the data: the one of that type. The count of parameters when none is, or several.
template <class D, class... A> constexpr std::size_t index_of_data() noexcept {
  constexpr bool is_data[] = {std::is_same_v<std::remove_cv_t<A>, D>..., false};
  std::size_t found = sizeof...(A);
  std::size_t count = 0;
  for (std::size_t index = 0; index < sizeof...(A); ++index) {
    found = is_data[index] && count == 0 ? index : found;
    count += is_data[index] ? 1 : 0;
  }
  return count == 1 ? found : sizeof...(A);
}

template <class D, class Callback> struct DataIn {
  static_assert(!std::is_pointer_v<Callback *>, "'callable:' of a 'propagates:' entry with 'data:' names an argument "
                                                "that is no pointer to a function");
};
template <class D, class R, class... A> struct DataIn<D, R (*)(A...)> {
  static constexpr std::size_t index = index_of_data<D, A...>();
  static constexpr bool found = index < sizeof...(A);
};
template <class D, class R, class... A> struct DataIn<D, R (*)(A...) noexcept> : DataIn<D, R (*)(A...)> {};

} // namespace detail

/// What the real function gets in the place of \p callback, which gets \p data back in the parameter of that type.
/// Where the data is a plain `void *` of one callback, it is replaced too; of \p several it serves to find them again.
/// Null stays null.
template <bool several, class Callback, class D> Callback hand_over_callback(Callback callback, D &data) {
  static_assert(std::is_pointer_v<D>, "'data:' of a 'propagates:' entry names an argument that is no pointer");
  using DataIn = detail::DataIn<D, Callback>;
  static_assert(DataIn::found, "the callback of a 'propagates:' entry has not exactly one parameter of the type of "
                               "'data:', so nothing tells which argument it gets back");
  using Handed = HandedCallback<Callback, DataIn::index>;
  if (callback == nullptr) {
    return callback;
  }
  const auto plain = reinterpret_cast<void (*)()>(callback);
  if constexpr (std::is_same_v<D, void *> && !several) {
    data = make_job(plain, data);
    return &Handed::run_job;
  } else {
    remember_job(data, reinterpret_cast<void (*)()>(&Handed::run_remembered), plain);
    return &Handed::run_remembered;
  }
}

} // namespace tripwire::seam

#endif
