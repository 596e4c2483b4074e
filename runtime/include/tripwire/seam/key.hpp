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
/// texts of two compilers differ (`same_type_text` of the runtime compares those of types). Static storage, no symbol
/// reference to \p F.
template <auto F, class T = decltype(F)> constexpr std::string_view key() noexcept { return __PRETTY_FUNCTION__; }

/// The text that stands for a constructor, written as a function from its parameters to its class.
template <class Construction> constexpr std::string_view construction_key() noexcept { return __PRETTY_FUNCTION__; }

namespace detail {

template <class Type> constexpr std::string_view pretty() noexcept { return __PRETTY_FUNCTION__; }

/// GCC separates what follows with ';', Clang closes with ']'; neither occurs in front of that place at bracket depth
/// zero. Either compiler's text is read, since the linker takes one of two copies of this function where objects of
/// both are linked.
constexpr std::string_view type_in(std::string_view text) noexcept {
  constexpr std::string_view before = "Type = ";
  text.remove_prefix(text.find(before) + before.size());
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
