// a function type --> its text, and what the runtime must know of its result and its parameters
#ifndef TRIPWIRE_SEAM_SIGNATURE_HPP
#define TRIPWIRE_SEAM_SIGNATURE_HPP

#include "tripwire/seam/function_type.hpp"
#include "tripwire/seam/key.hpp"
#include "tripwire/seam/type.hpp"

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace tripwire::seam {

/// The type of a seam. As text, what a test that names a seam as `mock<int(const char *)>("file.cpp:name")` compares
/// against. All of it has static storage.
struct Signature : std::string_view {
  constexpr Signature() noexcept = default;
  constexpr Signature(std::string_view text) noexcept : std::string_view(text) {} // NOLINT: it is its text

  const Type *result = nullptr;            ///< null for an object that cannot be copied bit by bit, and when unknown
  const Type *const *parameters = nullptr; ///< the fixed ones; null when unknown
  std::size_t count = 0;                   ///< of those
  bool variadic = false;
};

namespace detail {

/// The types of a wrapper's arguments. One array for each list of types: its address tells how a call is to be
/// recorded.
template <class... P> inline constexpr const Type *argument_types[sizeof...(P) + 1] = {&type_of<P>()..., nullptr};

template <class R> constexpr const Type *result_type() noexcept {
  if constexpr (std::is_void_v<R> || std::is_reference_v<R> || std::is_scalar_v<R>) {
    return &type_of<R>();
  } else if constexpr (is_complete<R>::value) {
    if constexpr (std::is_trivially_copyable_v<R> && std::is_copy_constructible_v<R>) {
      return &type_of<R>();
    }
  }
  return nullptr;
}

template <class... P> constexpr const Type *const *types_in(Types<P...> /*parameters*/) noexcept {
  return argument_types<P...>;
}

} // namespace detail

/// The signature of the function type \p Function.
template <class Function> constexpr Signature signature() noexcept {
  using Parts = FunctionType<Function>;
  Signature made(type_name<Function>());
  made.result = detail::result_type<typename Parts::Result>();
  made.parameters = detail::types_in(typename Parts::Parameters());
  made.count = Parts::count;
  made.variadic = Parts::variadic;
  return made;
}

} // namespace tripwire::seam

#endif
