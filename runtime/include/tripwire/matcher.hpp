// what a test says of a value --> a matcher, which decides and describes itself
#ifndef TRIPWIRE_MATCHER_HPP
#define TRIPWIRE_MATCHER_HPP

#include "tripwire/value.hpp"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tripwire {

/// As what a matcher expects one value exactly, so that it can be found by hash.
enum class Exact : unsigned char { no, number, text, pointer };

/// Decides whether a value is the expected one. A handle: copies share an immutable body. The one without a body
/// accepts anything.
class Matcher {
public:
  class Body {
  public:
    Body() = default;
    Body(const Body &) = delete;
    Body &operator=(const Body &) = delete;
    virtual ~Body();
    /// What it throws counts as "no match".
    virtual bool matches(const Value &value) const = 0;
    /// Completes "expected ...". \p parameter prints an expected value as the real one is printed; may be null.
    virtual void describe(seam::Out &out, const seam::Parameter *parameter) const = 0;
    /// As what it expects one value exactly, and that value's hash.
    virtual Exact exact(std::uint64_t &hash) const noexcept;
  };

  constexpr Matcher() noexcept = default;
  explicit Matcher(std::shared_ptr<const Body> body) noexcept : body_(std::move(body)) {}

  bool is_wildcard() const noexcept { return body_ == nullptr; }
  /// Never throws: a comparison that throws is no match. \p threw becomes what it threw, if it did.
  bool matches(const Value &value) const noexcept;
  bool matches(const Value &value, std::exception_ptr &threw) const noexcept;
  /// The same for a matcher that is made of others: what the comparison throws goes through.
  bool holds(const Value &value) const { return body_ == nullptr || body_->matches(value); }
  void describe(seam::Out &out, const seam::Parameter *parameter = nullptr) const;
  Exact exact(std::uint64_t &hash) const noexcept { return body_ == nullptr ? Exact::no : body_->exact(hash); }

private:
  std::shared_ptr<const Body> body_;
};

Matcher operator!(Matcher matcher);
Matcher operator&&(Matcher left, Matcher right);
Matcher operator||(Matcher left, Matcher right);

/// Accepts anything; an assertion that says only this of every field says nothing and is an error.
struct Anything {
  operator Matcher() const noexcept { return Matcher(); } // NOLINT: stands for a matcher
};
inline constexpr Anything anything{};

/// Accepts any pointer but a null one.
struct NotNull {
  operator Matcher() const; // NOLINT: stands for a matcher
};
inline constexpr NotNull not_null{};

/// A number of any kind, with which numbers of any other kind compare by value.
struct Number {
  enum class Kind : unsigned char { negative_or_zero, positive, floating } kind;
  union {
    std::int64_t negative;
    std::uint64_t magnitude;
    double real;
  };

  template <class T> static Number of(T value) noexcept {
    Number number{};
    if constexpr (std::is_enum_v<T>) {
      return of(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (std::is_floating_point_v<T>) {
      number.kind = Kind::floating;
      number.real = static_cast<double>(value);
    } else if constexpr (std::is_signed_v<T>) {
      number.kind = value > 0 ? Kind::positive : Kind::negative_or_zero;
      if (value > 0) {
        number.magnitude = static_cast<std::uint64_t>(value);
      } else {
        number.negative = static_cast<std::int64_t>(value);
      }
    } else {
      number.kind = value > T{} ? Kind::positive : Kind::negative_or_zero;
      number.magnitude = static_cast<std::uint64_t>(value);
    }
    return number;
  }
};

namespace detail {

enum class Relation : unsigned char { equal, not_equal, less, at_most, greater, at_least };

Matcher compare_number(Relation relation, Number expected, const seam::Type &type);
Matcher compare_text(Relation relation, std::string expected);
Matcher equal_pointer(const void *expected);
Matcher matching(bool (*decide)(const void *state, const Value &value),
                 void (*describe)(seam::Out &, const void *state), std::shared_ptr<const void> state);

template <class T, class U, class = void> struct can_equal : std::false_type {};
template <class T, class U>
struct can_equal<
    T, U,
    std::enable_if_t<std::is_convertible_v<decltype(std::declval<const T &>() == std::declval<const U &>()), bool>>>
    : std::true_type {};

template <class T> constexpr bool is_number_v = std::is_arithmetic_v<T> || std::is_enum_v<T>;
template <class T>
constexpr bool is_text_v = std::is_convertible_v<const T &, std::string_view> && !std::is_same_v<T, std::nullptr_t>;

/// \p T is a callable that decides over values of \p P.
template <class T, class P, class = void> struct decides : std::false_type {};
template <class T, class P>
struct decides<
    T, P, std::enable_if_t<std::is_convertible_v<decltype(std::declval<const T &>()(std::declval<const P &>())), bool>>>
    : std::true_type {};

template <class P, class F> Matcher predicate(F decide) {
  return matching(
      [](const void *state, const Value &value) {
        const P *given = value.as<P>();
        return given != nullptr && static_cast<bool>((*static_cast<const F *>(state))(*given));
      },
      [](seam::Out &out, const void *) { out.put("a value that the predicate accepts"); },
      std::make_shared<const F>(std::move(decide)));
}

template <class P, class T> Matcher equal_object(T expected) {
  return matching(
      [](const void *state, const Value &value) {
        const P *given = value.as<P>();
        return given != nullptr && static_cast<bool>(*given == *static_cast<const T *>(state));
      },
      [](seam::Out &out, const void *state) { seam::print(out, *static_cast<const T *>(state)); },
      std::make_shared<const T>(std::move(expected)));
}

template <class T> Matcher relate(Relation relation, const T &expected) {
  if constexpr (is_text_v<T>) {
    return compare_text(relation, std::string(std::string_view(expected)));
  } else {
    static_assert(is_number_v<T>, "comparisons are for numbers, enumerations and text; use tripwire::that(predicate)");
    return compare_number(relation, Number::of(expected), seam::type_of<T>());
  }
}

} // namespace detail

/// Comparisons; numbers compare by value, text by characters.
template <class T> Matcher less_than(const T &bound) { return detail::relate(detail::Relation::less, bound); }
template <class T> Matcher at_most(const T &bound) { return detail::relate(detail::Relation::at_most, bound); }
template <class T> Matcher greater_than(const T &bound) { return detail::relate(detail::Relation::greater, bound); }
template <class T> Matcher at_least(const T &bound) { return detail::relate(detail::Relation::at_least, bound); }
template <class T> Matcher not_equal(const T &other) { return detail::relate(detail::Relation::not_equal, other); }
template <class T> Matcher between(const T &lowest, const T &highest) { return at_least(lowest) && at_most(highest); }

/// Text: of a string, of `const char *`, of a buffer whose length the seam file declares.
Matcher contains(std::string part);
Matcher starts_with(std::string start);
Matcher ends_with(std::string end);
/// The whole text matches the ECMAScript expression. A bad expression is a `ConfigurationError`.
Matcher regex(std::string expression);

/// A callable that takes the value and returns whether it is the expected one. In `when` and `assert_call` the callable
/// alone serves too.
template <class F> struct Predicate { F decide; };
template <class F> Predicate<F> that(F decide) { return {std::move(decide)}; }

/// What a test writes for a value of type \p P --> a matcher. Takes matchers, values, predicates.
template <class P, class T> Matcher matcher_for(const T &expected);

namespace detail {

template <class T> struct is_predicate : std::false_type {};
template <class F> struct is_predicate<Predicate<F>> : std::true_type {};

template <class P, class T> Matcher equal_to(const T &expected) {
  using Plain = std::remove_cv_t<std::remove_reference_t<P>>;
  if constexpr (is_number_v<Plain> && is_number_v<T>) {
    return compare_number(Relation::equal, Number::of(static_cast<Plain>(expected)), seam::type_of<Plain>());
  } else if constexpr (std::is_same_v<T, std::nullptr_t> && std::is_pointer_v<Plain>) {
    return equal_pointer(nullptr);
  } else if constexpr (is_text_v<T> && (std::is_pointer_v<Plain> || is_text_v<Plain>)) {
    return compare_text(Relation::equal, std::string(std::string_view(expected)));
  } else if constexpr (std::is_pointer_v<Plain> && std::is_pointer_v<T>) {
    if constexpr (std::is_function_v<std::remove_pointer_t<T>>) {
      return equal_pointer(reinterpret_cast<const void *>(expected));
    } else {
      return equal_pointer(const_cast<const void *>(static_cast<const volatile void *>(expected)));
    }
  } else if constexpr (std::is_convertible_v<const T &, Plain> && can_equal<Plain, Plain>::value &&
                       seam::detail::is_copyable<Plain>::value && !std::is_same_v<T, std::nullptr_t>) {
    return equal_object<Plain, Plain>(static_cast<Plain>(expected));
  } else {
    static_assert(
        can_equal<Plain, T>::value,
        "tripwire: this parameter cannot be compared with that value; use tripwire::fields, tripwire::that or "
        "tripwire::anything");
    return equal_object<Plain, T>(expected);
  }
}

} // namespace detail

template <class P, class T> Matcher matcher_for(const T &expected) {
  using Plain = std::remove_cv_t<std::remove_reference_t<P>>;
  if constexpr (std::is_convertible_v<const T &, Matcher>) {
    return expected;
  } else if constexpr (detail::is_predicate<T>::value) {
    return detail::predicate<Plain>(expected.decide);
  } else if constexpr (std::is_class_v<T> && detail::decides<T, Plain>::value) {
    return detail::predicate<Plain>(expected);
  } else {
    return detail::equal_to<P>(expected);
  }
}

/// For a value whose type is not known: a variadic argument, a field of a plugin. Numbers compare by value, text by
/// characters.
template <class T> Matcher matcher_of(const T &expected) {
  if constexpr (std::is_convertible_v<const T &, Matcher>) {
    return expected;
  } else if constexpr (detail::is_number_v<T>) {
    return detail::compare_number(detail::Relation::equal, Number::of(expected), seam::type_of<T>());
  } else if constexpr (std::is_same_v<T, std::nullptr_t>) {
    return detail::equal_pointer(nullptr);
  } else if constexpr (detail::is_text_v<T>) {
    return detail::compare_text(detail::Relation::equal, std::string(std::string_view(expected)));
  } else if constexpr (std::is_pointer_v<T>) {
    return detail::equal_to<T>(expected);
  } else {
    return detail::equal_object<T, T>(expected);
  }
}

/// Exactly this value.
template <class T> Matcher equals(const T &expected) { return matcher_of(expected); }

namespace detail {

struct FieldMatcher {
  std::string_view name;
  Matcher matcher;
  Value (*read)(const void *object, const void *member);
  std::shared_ptr<const void> member;
};

Matcher match_fields(const seam::Type &type, std::vector<FieldMatcher> fields);

template <class C, class M> struct FieldOf {
  using Class = C;
  FieldMatcher field;
};

template <class M> Value value_of_member(const M &member) noexcept {
  if constexpr (std::is_array_v<M> && std::is_same_v<std::remove_cv_t<std::remove_extent_t<M>>, char>) {
    const std::string_view whole(member, std::extent_v<M>);
    return {nullptr, &seam::type_of<const char *>(), nullptr, whole.substr(0, whole.find('\0')), true};
  } else {
    return {&member, &seam::type_of<M>(), nullptr, {}, false};
  }
}

} // namespace detail

/// One member of a struct and what is expected of it, for `fields`.
template <class C, class M, class T> detail::FieldOf<C, M> field(M C::*member, const T &expected) {
  using Compared = std::conditional_t<std::is_array_v<M>, const char *, M>;
  using Member = M C::*;
  return {{{},
           matcher_for<Compared>(expected),
           [](const void *object, const void *pointer) {
             return detail::value_of_member(static_cast<const C *>(object)->**static_cast<const Member *>(pointer));
           },
           std::make_shared<const Member>(member)}};
}

/// A struct, or what a pointer to one leads to, by some of its members: `fields(field(&acme_receipt::cents, 5000))`.
template <class First, class... Rest> Matcher fields(const First &first, const Rest &...rest) {
  using C = typename First::Class;
  static_assert((std::is_same_v<C, typename Rest::Class> && ...), "tripwire: the fields are of different structs");
  return detail::match_fields(seam::type_of<C>(), {first.field, rest.field...});
}

} // namespace tripwire

#endif
