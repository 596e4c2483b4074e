// a C++ type --> what the runtime must know to copy, destroy, read and print its values
#ifndef TRIPWIRE_SEAM_TYPE_HPP
#define TRIPWIRE_SEAM_TYPE_HPP

#include "tripwire/seam/out.hpp"

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>

namespace tripwire::seam {

/// How the bits of a value are read.
enum class Kind : unsigned char {
  boolean,
  character,
  signed_integer,
  unsigned_integer,
  floating,
  enumeration,   ///< read as a signed or unsigned integer of its size
  constant_text, ///< `const char *`
  pointer,       ///< to an object or a function
  string,        ///< a class that converts to `std::string_view`
  object,        ///< any other
};

/// What is known of a type. Constant; one object per type and program.
struct Type {
  Kind kind;
  bool is_reference;  ///< the parameter is a reference: the address given is that of the object referred to
  bool is_signed;     ///< for enumerations: of the underlying type
  bool bitwise;       ///< a copy is `memcpy`, and nothing needs destroying
  std::uint32_t size; ///< bytes of the object; 0 when the type is incomplete here
  std::uint32_t alignment;
  std::string_view (*name)() noexcept;
  void (*copy)(void *to, const void *from);           ///< null when values cannot be copied
  void (*destroy)(void *object) noexcept;             ///< null when nothing needs destroying
  void (*print)(Out &out, const void *object);        ///< never null
  std::string_view (*content)(const void *) noexcept; ///< the characters of a `string`; else null
};

namespace detail {

template <class T, class = void> struct is_complete : std::false_type {};
template <class T> struct is_complete<T, void_t<decltype(sizeof(T))>> : std::true_type {};

/// `std::is_copy_constructible` believes containers of move-only values; this asks the values too.
template <class T, class = void> struct is_copyable : std::is_copy_constructible<T> {};
template <class T>
struct is_copyable<T, void_t<typename T::value_type, std::enable_if_t<!std::is_same_v<typename T::value_type, T>>>>
    : std::bool_constant<std::is_copy_constructible_v<T> && is_copyable<typename T::value_type>::value> {};
template <class A, class B>
struct is_copyable<std::pair<A, B>, void>
    : std::bool_constant<is_copyable<std::remove_const_t<A>>::value && is_copyable<B>::value> {};

/// Whether a result can be put aside and handed on.
template <class R> constexpr bool can_be_stored() noexcept {
  if constexpr (std::is_void_v<R> || std::is_reference_v<R>) {
    return true;
  } else {
    return std::is_move_constructible_v<R>;
  }
}

template <class T> constexpr Kind kind_of() noexcept {
  if constexpr (std::is_same_v<T, bool>) {
    return Kind::boolean;
  } else if constexpr (std::is_same_v<T, char>) {
    return Kind::character;
  } else if constexpr (std::is_integral_v<T>) {
    return std::is_signed_v<T> ? Kind::signed_integer : Kind::unsigned_integer;
  } else if constexpr (std::is_floating_point_v<T>) {
    return Kind::floating;
  } else if constexpr (std::is_enum_v<T>) {
    return Kind::enumeration;
  } else if constexpr (std::is_same_v<T, const char *>) {
    return Kind::constant_text;
  } else if constexpr (std::is_pointer_v<T> || std::is_same_v<T, std::nullptr_t> || std::is_function_v<T>) {
    return Kind::pointer;
  } else if constexpr (std::is_class_v<T> && is_complete<T>::value) {
    return std::is_convertible_v<const T &, std::string_view> ? Kind::string : Kind::object;
  } else {
    return Kind::object;
  }
}

template <class T> constexpr bool signed_underlying() noexcept {
  if constexpr (std::is_enum_v<T>) {
    return std::is_signed_v<std::underlying_type_t<T>>;
  } else {
    return std::is_signed_v<T>;
  }
}

template <class T> void copy(void *to, const void *from) { ::new (to) T(*static_cast<const T *>(from)); }
template <class T> void destroy(void *object) noexcept { static_cast<T *>(object)->~T(); }
template <class T> void print_object(Out &out, const void *object) { print(out, *static_cast<const T *>(object)); }
template <class T> std::string_view content(const void *object) noexcept { return *static_cast<const T *>(object); }
template <class T> std::string_view name() noexcept { return type_name<T>(); }
void print_nothing_known(Out &out, const void *object);

template <class T> constexpr Type describe(bool is_reference) noexcept {
  if constexpr (std::is_void_v<T>) {
    return {Kind::object, is_reference, false, true, 0, 1, &name<T>, nullptr, nullptr, &print_nothing_known, nullptr};
  } else if constexpr (std::is_function_v<T> || !is_complete<T>::value || std::is_array_v<T>) {
    return {kind_of<T>(), is_reference, false, false, 0, 1, &name<T>, nullptr, nullptr, &print_nothing_known, nullptr};
  } else {
    Type type{kind_of<T>(),
              is_reference,
              signed_underlying<T>(),
              std::is_trivially_copyable_v<T> && std::is_copy_constructible_v<T>,
              static_cast<std::uint32_t>(sizeof(T)),
              static_cast<std::uint32_t>(alignof(T)),
              &name<T>,
              nullptr,
              nullptr,
              &print_object<T>,
              nullptr};
    if constexpr (std::is_abstract_v<T>) {
      type.bitwise = false;
    } else if constexpr (is_copyable<T>::value) {
      type.copy = &copy<T>;
    }
    if constexpr (!std::is_trivially_destructible_v<T> && std::is_destructible_v<T>) {
      type.destroy = &destroy<T>;
    }
    if constexpr (kind_of<T>() == Kind::string) {
      type.content = &content<T>;
    }
    return type;
  }
}

template <class T>
inline constexpr Type type_constant = describe<std::remove_cv_t<std::remove_reference_t<T>>>(std::is_reference_v<T>);

} // namespace detail

/// What is known of \p T; for a reference, of what it refers to.
template <class T> constexpr const Type &type_of() noexcept { return detail::type_constant<T>; }

} // namespace tripwire::seam

#endif
