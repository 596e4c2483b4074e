// Templates: of functions, of classes, of variables, of aliases; concepts; what depends and what does not
#include "acme/acme.hpp"
#include "form.h"

#include <type_traits>
#include <utility>
#include <vector>

namespace {
template <class T> int not_dependent(T number) { return acme_inc(1) + static_cast<int>(number); }
template <class T> int overloaded(T number) { return acme::send(number); }
template <class T> int unqualified(const T &parcel) { return weigh(parcel) + weigh(parcel, 2); }
template <class T> int qualified(T number) { return ::acme::inner::deep(number) + acme_add(number, number); }
template <class T> int member_of(T &gateway) { return gateway.read() + gateway.charge(1L) + gateway.charge(""); }
template <class T> int member_of_pointer(T gateway) { return gateway->read() + (*gateway).charge(2L); }
template <class T> int static_member() { return T::count(3) + T::make(4).read(); }
template <class T> int pointer_to_member(T &gateway) { return (gateway.*&T::read)() + (gateway.*&T::add)(1); }
template <class... T> int folded(T... numbers) { return (acme_inc(numbers) + ... + acme_inc(100)); }
template <class... T> int expanded(T... numbers) {
  const int values[] = {acme_step(numbers)..., 0};
  return values[0] + acme_sum(static_cast<int>(sizeof...(numbers)), numbers...);
}
template <int number> int constant() { return acme_inc(number) + acme::plain(number); }
template <class T> int chosen(T number) {
  if constexpr (std::is_integral_v<T>)
    return acme_inc(number);
  else
    return static_cast<int>(acme_half(number));
}
template <class T> T recursive(T number) { return number <= 0 ? acme_inc(0) : acme_inc(recursive(number - 1)); }
template <class T, class = decltype(acme::send(std::declval<T>()))> int sendable(int) { return acme_inc(1); }
template <class T> int sendable(...) { return acme_inc(50); }
template <class T> auto trailing(T number) -> decltype(acme_add(number, number)) { return acme_add(number, number); }
template <class T> auto quiet(T number) noexcept(noexcept(acme::quiet(number))) { return acme::quiet(number); }
template <class T> int with_default(T number, int more = acme_inc(5)) { return static_cast<int>(number) + more; }
template <class T> int with_dependent_default(T number, int more = acme::send(T{})) {
  return static_cast<int>(number) + more;
}
template <class T> int with_static(T) {
  static int kept = acme_next();
  return kept;
}
template <class T> int with_lambda(T number) {
  return [&](auto other) { return acme_add(static_cast<int>(number), other) + acme_inc(1); }(2);
}
template <class T> decltype(auto) forwarding(T &&token) { return acme::send(std::forward<T>(token)); }
template <class T> int variable = acme_inc(static_cast<int>(sizeof(T)));
template <class T> acme_unary pointer = &acme_inc;
} // namespace
FORM(function_templates) {
  acme_reset();
  SHOW(not_dependent(1) + not_dependent(2.0));
  SHOW(overloaded(1) + overloaded(1.0) * 10 + overloaded("") * 100);
  SHOW(unqualified(acme::parcels::Parcel{4}));
  SHOW(qualified(1));
  acme::Gateway gateway(1);
  acme::Louder louder(2);
  SHOW(member_of(gateway) + member_of(std::as_const(louder)));
  SHOW(member_of_pointer(&gateway));
  SHOW(static_member<acme::Gateway>() + static_member<acme::Louder>());
  SHOW(pointer_to_member(gateway));
  SHOW(folded(1, 2, 3));
  SHOW(expanded(4, 5, 6));
  SHOW(constant<7>());
  SHOW(chosen(8) + chosen(9.0));
  SHOW(recursive(2));
  SHOW(sendable<int>(0) + sendable<std::vector<int>>(0));
  SHOW(trailing(3));
  static_assert(noexcept(quiet(1)) && std::is_same_v<decltype(trailing(1)), int>);
  SHOW(quiet(10) + with_default(1) + with_default(1.0, 2));
  SHOW(with_dependent_default(1) + with_dependent_default(1L));
  SHOW(with_static(1) + with_static(1) + with_static(1L));
  SHOW(with_lambda(1) + with_lambda(2L));
  acme::Token token;
  SHOW(forwarding(token) * 10000 + forwarding(std::as_const(token)) * 100 + forwarding(acme::Token{}));
  SHOW(variable<int> + variable<char> + pointer<int>(1));
}

namespace {
template <class T> struct Box {
  T kept = static_cast<T>(acme_inc(1));
  int list[2] = {acme_step(2), acme::send(T{})};
  inline static int shared = acme_inc(3);
  static int later;

  Box() : more(acme_inc(4)) {}
  explicit Box(T number) : kept(number), more(acme::send(number)) {}
  int method() const { return acme_inc(5) + acme::send(kept); }
  template <class U> int inner(U number) const { return acme::send(number) + acme::send(kept); }
  static int shared_method(T number = static_cast<T>(acme_inc(6))) { return acme::send(number); }
  operator int() const { return acme_inc(7); }
  struct Inside {
    int value = acme::send(T{});
  };
  friend int boxed(const Box &box) { return acme::send(box.kept) + acme_inc(8); }
  int more;
};
template <class T> int Box<T>::later = acme::send(T{});
template <> int Box<char>::method() const { return acme_inc(9); }
template <class T> struct Box<T *> {
  int method() const { return acme_inc(10); }
};
template struct Box<unsigned>;
template <class Derived> struct Crtp {
  int run() { return static_cast<Derived *>(this)->value() + acme_inc(11); }
};
struct Crtped : Crtp<Crtped> {
  int value() const { return acme_inc(12); }
};
template <class Base> struct Mixin : Base {
  int mixed() const { return this->read() + Base::charge(1L) + Base::count(2); }
};
} // namespace
FORM(class_templates) {
  Box<int> box;
  SHOW(box.kept + box.list[0] + box.list[1] + box.more + Box<int>::shared + Box<int>::later);
  SHOW(Box<double>(2.0).more + Box<double>(2.0).method() + Box<double>::later);
  SHOW(box.inner(1.0) + Box<long>::shared_method() + Box<int>::shared_method(1) + static_cast<int>(box));
  SHOW(Box<long>::Inside().value + boxed(box) + Box<char>('c').method() + Box<int *>().method());
  SHOW(Box<unsigned>::shared);
  SHOW(Crtped().run());
  SHOW(Mixin<acme::Gateway>().mixed() + Mixin<acme::Louder>().mixed());
}

namespace {
const auto generic = [](auto &&number) { return acme::send(std::forward<decltype(number)>(number)); };
const auto dependent_member = [](const auto &gateway) { return gateway.read() + gateway.charge(1L); };
const auto generic_parcel = [](auto parcel) { return weigh(parcel); };
} // namespace
FORM(generic_lambdas) {
  SHOW(generic(1) + generic("") * 10 + generic(acme::Token{}) * 100);
  SHOW(dependent_member(acme::Gateway(1)) + dependent_member(acme::Louder(2)));
  SHOW(generic_parcel(acme::parcels::Parcel{3}));
}

#if __cplusplus >= 202002L
namespace {
template <class T>
concept Sendable = requires(T value) {
  { acme::send(value) } -> std::convertible_to<int>;
  requires noexcept(acme::quiet(1));
  requires sizeof(acme::plain(1)) == sizeof(int);
};
template <class T>
concept Readable = requires(const T &gateway) {
  gateway.read();
  T::count(1);
  weigh(acme::parcels::Parcel{});
};
template <Sendable T> int constrained(T value) { return acme::send(value); }
template <class T>
  requires Readable<T> && (sizeof(acme::plain(1)) > 0)
int constrained(const T &gateway) {
  return gateway.read();
}
int abbreviated(Sendable auto value) { return acme::send(value) + acme_inc(1); }
int asking(auto value) {
  if constexpr (requires { acme::send(value); })
    return acme::send(value);
  else
    return acme_inc(70);
}
consteval int at_compile_time() { return sizeof(acme::plain(1)); }
constexpr int perhaps(int number) {
  if (std::is_constant_evaluated())
    return number;
  return acme_inc(number);
}
} // namespace
FORM(concepts) {
  static_assert(Sendable<int> && !Sendable<std::vector<int>> && Readable<acme::Gateway> && !Readable<int>);
  SHOW(constrained(1) + constrained(acme::Gateway(4)) + abbreviated(2.0));
  SHOW(asking(1) + asking(std::vector<int>()));
  constexpr int fixed = perhaps(at_compile_time());
  volatile int number = 5;
  SHOW(fixed + perhaps(number));
}
#endif
