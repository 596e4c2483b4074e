// values of any type --> text for people, or text to paste into a test
#ifndef TRIPWIRE_SEAM_OUT_HPP
#define TRIPWIRE_SEAM_OUT_HPP

#include "tripwire/seam/key.hpp"

#include <cstddef>
#include <initializer_list>
#include <limits> // of what is pasted
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace tripwire::seam {

/// What the text is for. `paste` prints C++ that compiles as an argument of `assert_call`; what has no such form prints
/// as a matcher.
enum class Style : unsigned char { read, paste };

/// Where printed text goes. Appends to a string that somebody else owns; not thread-safe.
class Out {
public:
  explicit Out(std::string &text, Style style = Style::read) noexcept : text_(text), style_(style) {}

  Style style() const noexcept { return style_; }
  bool pasting() const noexcept { return style_ == Style::paste; }

  /// The text as it is.
  Out &put(std::string_view text);
  /// In double quotes, escaped as a C++ literal; in `paste` style it stays exact when it holds a NUL.
  Out &put_quoted(std::string_view text);
  /// A buffer: quoted when it reads as text, else as hexadecimal bytes, cut short in `read` style.
  Out &put_bytes(std::string_view bytes);
  Out &put_character(char c);
  Out &put_signed(long long number);
  Out &put_unsigned(unsigned long long number);
  Out &put_floating(double number);
  Out &put_floating(float number);
  Out &put_address(const void *address);
  /// A value that cannot be shown: its type and size.
  Out &put_opaque(std::string_view type, std::size_t size);

private:
  std::string &text_;
  Style style_;
};

template <class T> void print(Out &out, const T &value);

namespace detail {

template <class...> using void_t = void;

template <class T, class = void> struct has_own_print : std::false_type {};
template <class T>
struct has_own_print<T, void_t<decltype(tripwire_print(std::declval<Out &>(), std::declval<const T &>()))>>
    : std::true_type {};

template <class T, class = void> struct is_range : std::false_type {};
template <class T>
struct is_range<T, void_t<decltype(std::declval<const T &>().begin() != std::declval<const T &>().end())>>
    : std::true_type {};

template <class T, class = void> struct is_pair : std::false_type {};
template <class T>
struct is_pair<T, void_t<typename T::first_type, typename T::second_type, decltype(std::declval<const T &>().first)>>
    : std::true_type {};

template <class T, class = void> struct is_optional : std::false_type {};
template <class T>
struct is_optional<T, void_t<decltype(std::declval<const T &>().has_value()), decltype(*std::declval<const T &>())>>
    : std::true_type {};

template <class T, class = void> struct is_smart_pointer : std::false_type {};
template <class T>
struct is_smart_pointer<T, void_t<typename T::element_type, decltype(std::declval<const T &>().get())>>
    : std::is_pointer<decltype(std::declval<const T &>().get())> {};

template <class T, class = void> struct has_string : std::false_type {};
template <class T>
struct has_string<T, std::enable_if_t<std::is_convertible_v<decltype(std::declval<const T &>().string()), std::string>>>
    : std::true_type {};

template <class T> void print_range(Out &out, const T &range) {
  if (out.pasting()) {
    out.put(type_name<T>());
  }
  out.put(out.pasting() ? "{" : "[");
  std::size_t printed = 0;
  for (const auto &element : range) {
    if (printed != 0) {
      out.put(", ");
    }
    if (printed == 32 && !out.pasting()) {
      out.put("...");
      break;
    }
    print(out, element);
    ++printed;
  }
  out.put(out.pasting() ? "}" : "]");
}

} // namespace detail

/// Prints any value. A type of the project's own may say how, by a function `void tripwire_print(tripwire::seam::Out &,
/// const T &)` beside it; what nobody can print shows its type and size.
template <class T> void print(Out &out, const T &value) {
  if constexpr (detail::has_own_print<T>::value) {
    tripwire_print(out, value);
  } else if constexpr (std::is_same_v<T, bool>) {
    out.put(value ? "true" : "false");
  } else if constexpr (std::is_same_v<T, char>) {
    out.put_character(value);
  } else if constexpr (std::is_same_v<T, std::nullptr_t>) {
    out.put("nullptr");
  } else if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
    out.put_signed(static_cast<long long>(value));
  } else if constexpr (std::is_integral_v<T>) {
    out.put_unsigned(static_cast<unsigned long long>(value));
  } else if constexpr (std::is_same_v<T, float>) {
    out.put_floating(value);
  } else if constexpr (std::is_floating_point_v<T>) {
    out.put_floating(static_cast<double>(value));
  } else if constexpr (std::is_enum_v<T>) {
    if (out.pasting()) {
      out.put("static_cast<").put(type_name<T>()).put(">(");
    }
    print(out, static_cast<std::underlying_type_t<T>>(value));
    if (out.pasting()) {
      out.put(")");
    }
  } else if constexpr (std::is_same_v<T, const char *>) {
    if (value == nullptr) {
      out.put("nullptr");
    } else {
      out.put_quoted(value);
    }
  } else if constexpr (std::is_pointer_v<T>) {
    if constexpr (std::is_function_v<std::remove_pointer_t<T>>) {
      out.put_address(reinterpret_cast<const void *>(value));
    } else {
      out.put_address(const_cast<const void *>(static_cast<const volatile void *>(value)));
    }
  } else if constexpr (std::is_array_v<T> && std::is_same_v<std::remove_cv_t<std::remove_extent_t<T>>, char>) {
    const std::string_view whole(value, std::extent_v<T>);
    out.put_quoted(whole.substr(0, whole.find('\0')));
  } else if constexpr (std::is_convertible_v<const T &, std::string_view>) {
    out.put_quoted(value);
  } else if constexpr (detail::is_optional<T>::value) {
    if (value.has_value()) {
      print(out, *value);
    } else {
      out.put(out.pasting() ? "std::nullopt" : "nothing");
    }
  } else if constexpr (detail::is_pair<T>::value) {
    if (out.pasting()) {
      out.put(type_name<T>());
    }
    out.put("{");
    print(out, value.first);
    out.put(", ");
    print(out, value.second);
    out.put("}");
  } else if constexpr (detail::has_string<T>::value) {
    out.put_quoted(value.string());
  } else if constexpr (detail::is_range<T>::value) {
    using Element = std::remove_cv_t<std::remove_reference_t<decltype(*value.begin())>>;
    if constexpr (std::is_same_v<Element, T>) {
      out.put_opaque(type_name<T>(), sizeof(T));
    } else {
      constexpr bool can_be_pasted =
          std::is_constructible_v<T, std::initializer_list<Element>> && std::is_copy_constructible_v<Element>;
      if (!can_be_pasted && out.pasting()) {
        out.put("tripwire::anything");
      } else {
        detail::print_range(out, value);
      }
    }
  } else if constexpr (detail::is_smart_pointer<T>::value) {
    if (out.pasting()) {
      out.put("tripwire::anything");
    } else {
      out.put_address(const_cast<const void *>(static_cast<const volatile void *>(value.get())));
    }
  } else {
    out.put_opaque(type_name<T>(), sizeof(T));
  }
}

/// One member of a struct, for `print_fields`. Holds a reference; lives as long as the full expression.
template <class T> struct Field {
  std::string_view name;
  const T &value;
};

template <class T> Field<T> field(std::string_view name, const T &value) noexcept { return {name, value}; }

namespace detail {

void open_fields(Out &out, std::string_view type);
void open_field(Out &out, std::string_view type, std::string_view name, bool first);
void close_field(Out &out);
void close_fields(Out &out);

} // namespace detail

/// A struct by field: `acme_receipt{id: "ch_1", cents: 5000}`; to paste, as the matcher `tripwire::fields(...)`. \p
/// type is its name in C++.
template <class... T> void print_fields(Out &out, std::string_view type, Field<T>... fields) {
  detail::open_fields(out, type);
  [[maybe_unused]] bool first = true;
  ((detail::open_field(out, type, fields.name, first), print(out, fields.value), detail::close_field(out),
    first = false),
   ...);
  detail::close_fields(out);
}

} // namespace tripwire::seam

#endif
