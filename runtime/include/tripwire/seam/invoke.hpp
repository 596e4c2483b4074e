// the body of a wrapper: the real call when nobody watches, else a Call for the runtime
#ifndef TRIPWIRE_SEAM_INVOKE_HPP
#define TRIPWIRE_SEAM_INVOKE_HPP

#include "tripwire/seam/call.hpp"
#include "tripwire/seam/function_type.hpp"
#include "tripwire/seam/signature.hpp"

#include <new>
#include <type_traits>
#include <utility>

namespace tripwire::seam {

namespace detail {

/// How an argument travels to the rarely taken path: scalars by value, so that the wrapper keeps them in registers.
template <class P>
using passed_t = std::conditional_t<std::is_scalar_v<P> || std::is_reference_v<P>, P, std::remove_reference_t<P> &>;

template <class P> const void *address_of(std::remove_reference_t<P> &argument) noexcept {
  if constexpr (std::is_function_v<std::remove_reference_t<P>>) {
    return reinterpret_cast<const void *>(&argument);
  } else {
    return const_cast<const void *>(static_cast<const volatile void *>(__builtin_addressof(argument)));
  }
}

/// Room for a result that is constructed later. Destroys what it holds when it is taken out.
template <class R> class Room {
public:
  void *place() noexcept { return storage_; }
  R take() {
    R *made = std::launder(reinterpret_cast<R *>(storage_));
    if constexpr (std::is_trivially_destructible_v<R>) {
      return static_cast<R &&>(*made);
    } else {
      struct Destroy {
        R *made;
        ~Destroy() { made->~R(); }
      } destroy{made};
      return static_cast<R &&>(*made);
    }
  }

private:
  alignas(R) unsigned char storage_[sizeof(R)];
};
template <class R> class Room<R &> {
public:
  void *place() noexcept { return &referred_; }
  R &take() noexcept { return *referred_; }

private:
  R *referred_ = nullptr;
};
template <class R> class Room<R &&> {
public:
  void *place() noexcept { return &referred_; }
  R &&take() noexcept { return static_cast<R &&>(*referred_); }

private:
  R *referred_ = nullptr;
};
template <> class Room<void> {
public:
  void *place() noexcept { return nullptr; }
  void take() noexcept {}
};

template <class R> struct Immovable { static constexpr bool value = !can_be_stored<R>(); };

/// The rarely taken path: somebody watches. The arguments come first, so that they stay in the registers they came in.
template <Refusal refusal, class R, class... P, class Real>
[[gnu::noinline, gnu::cold]] R watched_call(passed_t<P>... a, Slot &slot, const void *site, const void *object,
                                            Real real) {
  const void *const arguments[sizeof...(P) + 1] = {address_of<P>(a)..., nullptr};
  if constexpr (Immovable<R>::value) {
    Call call{slot,    site,          object,  arguments, argument_types<P...>,
              nullptr, &type_of<R>(), nullptr, nullptr,   static_cast<std::uint32_t>(sizeof...(P)),
              refusal};
    admit(call);
    return real(static_cast<P &&>(a)...);
  } else {
    Room<R> room;
    auto make_real = [&](void *place) {
      if constexpr (std::is_void_v<R>) {
        real(static_cast<P &&>(a)...);
      } else if constexpr (std::is_reference_v<R>) {
        auto &&referred = real(static_cast<P &&>(a)...);
        *static_cast<std::remove_reference_t<R> **>(place) = &referred;
      } else {
        ::new (place) R(real(static_cast<P &&>(a)...));
      }
    };
    using MakeReal = decltype(make_real);
    Call call{slot,
              site,
              object,
              arguments,
              argument_types<P...>,
              room.place(),
              &type_of<R>(),
              [](Call &made) {
                (*static_cast<MakeReal *>(made.context))(made.place);
                made.answered = true;
              },
              &make_real,
              static_cast<std::uint32_t>(sizeof...(P)),
              refusal};
    dispatch(call);
    return room.take();
  }
}

} // namespace detail

/// The body of the wrapper of a free or static member function. \p R and \p P are the seam's own, variadic arguments
/// behind the fixed ones after promotion; \p real makes the real call. Costs one load and one branch when nobody
/// watches.
///
/// The return address that the wrapper hands over says where the call comes from. It is asked for once more where it is
/// needed, since this is part of the wrapper itself: GCC would load the one handed over even when nobody watches.
template <Refusal refusal, class R, class... P, class Real>
[[gnu::always_inline]] inline R invoke(Slot &slot, const void * /*site*/, Real real, std::remove_reference_t<P> &...a) {
  if (__builtin_expect(slot.watched.load(std::memory_order_relaxed), false)) {
    return detail::watched_call<refusal, R, P...>(static_cast<detail::passed_t<P>>(a)..., slot,
                                                  __builtin_return_address(0), nullptr, real);
  }
  return real(static_cast<P &&>(a)...);
}

/// The same for a non-static member function; \p object is recorded by address and is not among the arguments.
template <Refusal refusal, class R, class... P, class Real>
[[gnu::always_inline]] inline R invoke_member(Slot &slot, const void * /*site*/, const volatile void *object, Real real,
                                              std::remove_reference_t<P> &...a) {
  if (__builtin_expect(slot.watched.load(std::memory_order_relaxed), false)) {
    return detail::watched_call<refusal, R, P...>(static_cast<detail::passed_t<P>>(a)..., slot,
                                                  __builtin_return_address(0), const_cast<const void *>(object), real);
  }
  return real(static_cast<P &&>(a)...);
}

namespace detail {

template <Refusal refusal, class... P>
[[gnu::noinline, gnu::cold]] void admit_watched(passed_t<P>... a, Slot &slot, const void *site, const void *object) {
  const void *const arguments[sizeof...(P) + 1] = {address_of<P>(a)..., nullptr};
  Call call{slot,
            site,
            object,
            arguments,
            argument_types<P...>,
            nullptr,
            &type_of<Made>(),
            nullptr,
            nullptr,
            static_cast<std::uint32_t>(sizeof...(P)),
            refusal};
  admit(call);
}

} // namespace detail

/// What the wrapper of a constructor does before it runs the real one. \p object is where the object will be.
template <Refusal refusal, class... P>
[[gnu::always_inline]] inline void admit_construction(Slot &slot, const volatile void *object,
                                                      std::remove_reference_t<P> &...a) {
  if (__builtin_expect(slot.watched.load(std::memory_order_relaxed), false)) {
    detail::admit_watched<refusal, P...>(static_cast<detail::passed_t<P>>(a)..., slot, __builtin_return_address(0),
                                         const_cast<const void *>(object));
  }
}

/// The same for a `[[noreturn]]` function: a refusal is thrown or ends the program, and an answer that returns ends it
/// as well.
template <Refusal refusal, class... P, class Real>
[[noreturn, gnu::always_inline]] inline void invoke_noreturn(Slot &slot, const void * /*site*/, Real real,
                                                             std::remove_reference_t<P> &...a) {
  if (__builtin_expect(slot.watched.load(std::memory_order_relaxed), false)) {
    detail::watched_call<refusal, void, P...>(static_cast<detail::passed_t<P>>(a)..., slot, __builtin_return_address(0),
                                              nullptr, real);
    must_not_return(slot, __builtin_return_address(0));
  }
  real(static_cast<P &&>(a)...);
  must_not_return(slot, __builtin_return_address(0));
}

} // namespace tripwire::seam

#endif
