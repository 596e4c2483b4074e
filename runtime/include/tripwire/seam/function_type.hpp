// a function type, in any of its spellings --> its result, its parameters, its plain form
#ifndef TRIPWIRE_SEAM_FUNCTION_TYPE_HPP
#define TRIPWIRE_SEAM_FUNCTION_TYPE_HPP

#include <cstddef>

namespace tripwire::seam {

/// \p T itself: lets generated text declare `type_t<void (*)(int)> a0` without a declarator around the name.
template <class T> using type_t = T;

/// What a constructor is taken to return: an object that only itself can make.
struct Made {
  Made(const Made &) = delete;
  Made &operator=(const Made &) = delete;
};

/// A list of types, passed about as a value.
template <class... T> struct Types { static constexpr std::size_t size = sizeof...(T); };

namespace detail {

template <std::size_t I, class... T> struct Nth;
template <std::size_t I, class First, class... Rest> struct Nth<I, First, Rest...> : Nth<I - 1, Rest...> {};
template <class First, class... Rest> struct Nth<0, First, Rest...> { using type = First; };

} // namespace detail

/// What a function type is made of. `Plain` is the type without `noexcept`, cv- and ref-qualifiers: what a call needs
/// to know.
template <class Function> struct FunctionType;

// NOLINTBEGIN(bugprone-macro-parentheses): qualifiers are no expression
#define TRIPWIRE_FUNCTION_TYPE(QUALIFIERS)                                                                             \
  template <class R, class... P> struct FunctionType<R(P...) QUALIFIERS> {                                             \
    using Result = R;                                                                                                  \
    using Parameters = Types<P...>;                                                                                    \
    using Plain = R(P...);                                                                                             \
    static constexpr std::size_t count = sizeof...(P);                                                                 \
    static constexpr bool variadic = false;                                                                            \
    template <std::size_t I> using parameter = typename detail::Nth<I, P...>::type;                                    \
  };                                                                                                                   \
  template <class R, class... P> struct FunctionType<R(P..., ...) QUALIFIERS> {                                        \
    using Result = R;                                                                                                  \
    using Parameters = Types<P...>;                                                                                    \
    using Plain = R(P..., ...);                                                                                        \
    static constexpr std::size_t count = sizeof...(P);                                                                 \
    static constexpr bool variadic = true;                                                                             \
    template <std::size_t I> using parameter = typename detail::Nth<I, P...>::type;                                    \
  };
#define TRIPWIRE_FUNCTION_TYPE_REF(CV)                                                                                 \
  TRIPWIRE_FUNCTION_TYPE(CV)                                                                                           \
  TRIPWIRE_FUNCTION_TYPE(CV &)                                                                                         \
  TRIPWIRE_FUNCTION_TYPE(CV &&)                                                                                        \
  TRIPWIRE_FUNCTION_TYPE(CV noexcept)                                                                                  \
  TRIPWIRE_FUNCTION_TYPE(CV &noexcept)                                                                                 \
  TRIPWIRE_FUNCTION_TYPE(CV &&noexcept)
// NOLINTEND(bugprone-macro-parentheses)
TRIPWIRE_FUNCTION_TYPE_REF()
TRIPWIRE_FUNCTION_TYPE_REF(const)
TRIPWIRE_FUNCTION_TYPE_REF(volatile)
TRIPWIRE_FUNCTION_TYPE_REF(const volatile)
#undef TRIPWIRE_FUNCTION_TYPE_REF
#undef TRIPWIRE_FUNCTION_TYPE

/// The type of parameter \p I of a function type, as declared.
template <std::size_t I, class Function> using parameter_t = typename FunctionType<Function>::template parameter<I>;

/// What a function type returns.
template <class Function> using result_t = typename FunctionType<Function>::Result;

/// What a pointer to a function or to a member function points to.
template <class Pointer> struct Pointee;
template <class Function> struct Pointee<Function *> {
  using Type = Function;
  using Class = void;
};
template <class Function, class C> struct Pointee<Function C::*> {
  using Type = Function;
  using Class = C;
};

} // namespace tripwire::seam

#endif
