// a seam, as a template argument --> the text by which a test finds its slot
//
// The compiler itself makes the text, out of the name of a function template. It needs no symbol of the seam, it tells
// overloads and members apart, and it is the same in the test, in the generated definitions and across shared
// libraries.
#ifndef TRIPWIRE_SEAM_KEY_HPP
#define TRIPWIRE_SEAM_KEY_HPP

#include <string_view>

namespace tripwire::seam {

/// The text that stands for the function or member \p F. Equal texts mean the same entity, as seen by one compiler; the
/// texts of two compilers differ. Static storage, no symbol reference to \p F.
template <auto F, class T = decltype(F)> constexpr std::string_view key() noexcept { return __PRETTY_FUNCTION__; }

/// The text that stands for a constructor, written as a function from its parameters to its class.
template <class Construction> constexpr std::string_view construction_key() noexcept { return __PRETTY_FUNCTION__; }

namespace detail {

template <class Type> constexpr std::string_view pretty() noexcept { return __PRETTY_FUNCTION__; }

/// How many characters the compiler puts before and behind the type in `pretty`; measured on a type whose name is
/// known.
constexpr std::string_view pretty_int = pretty<int>();
constexpr std::string_view::size_type before_type = pretty_int.find("Type = int") + std::string_view("Type = ").size();

/// GCC separates what follows with ';', Clang closes with ']'; neither occurs in front of that place at bracket depth
/// zero.
constexpr std::string_view type_in(std::string_view text) noexcept {
  text.remove_prefix(before_type);
  int depth = 0;
  for (std::string_view::size_type at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if ((c == ']' || c == ';') && depth == 0) {
      return text.substr(0, at);
    }
    if (c == '(' || c == '<' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == '>' || c == ']' || c == '}') {
      --depth;
    }
  }
  return text;
}

} // namespace detail

/// The name of \p Type as the compiler prints it, for instance `int(const char*, long int)`.
template <class Type> constexpr std::string_view type_name() noexcept {
  return detail::type_in(detail::pretty<Type>());
}

} // namespace tripwire::seam

#endif
