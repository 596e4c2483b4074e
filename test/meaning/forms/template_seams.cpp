// Seams that are templates themselves, or members of class templates
#include "acme/generic.hpp"
#include "form.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

using namespace acme::generic;

namespace {
template <class T> T dependent(T number) { return any(number) + acme::generic::any<T>(number) + any(&number); }
template <class T> int only_int(T number) { return any(&number) + any(1) + any("x"); }
template <class T> int explicitly(T number) {
  return static_cast<int>(acme::generic::template converted<long>(number));
}
template <class... T> int all(T... numbers) { return (static_cast<int>(any(numbers)) + ...); }
template <class T, T (*function)(T)> T through(T number) { return function(number); }
int with_default(int number = any(4)) { return number; }
} // namespace
FORM(function_templates_called) {
  int number = 3;
  SHOW(any(1) + any(2L) + any(2.5) + any(&number) + any("a"));
  SHOW(any<long>(7) + ::acme::generic::any<int>(8) + (any<int>)(9) + (*&single<int>)(10));
  SHOW(several(1) + several(std::string("a"), number, 2.0));
  static_assert(noexcept(several(1)) && !noexcept(any(1)), "");
  SHOW(sized<Size::small>() + (sized<Size::large, -3>(4)));
  SHOW(converted<long>(5) + static_cast<long>(converted<std::string>("abc").size()));
  static_assert(std::is_same<decltype(any(1L)), long>::value && sizeof(any(1.0)) == sizeof(double), "");
  SHOW(any(any(any(1))) + with_default() + with_default(1));
}
FORM(function_templates_in_templates) {
  SHOW(only_int(1) + explicitly(2) + all(1, 2L, 3.0));
  SHOW((through<int, any<int>>(4)) + (through<long, &any>(5L)));
  SHOW([](auto value) { return any(value) + single(value); }(6));
  SHOW([](auto... values) { return (any(values) + ...); }(1, 2));
}
FORM(function_templates_as_values) {
  int (*pointer)(int) = any;
  int (*const other)(int) = &any<int>;
  long (*table[])(long) = {any, any<long>};
  SHOW(pointer(1) + other(2) + table[0](3) + table[1](4));
  std::vector<int> numbers = {1, 2};
  std::transform(numbers.begin(), numbers.end(), numbers.begin(), single<int>);
  SHOW(numbers[0] + numbers[1] + std::bind(&single<int>, 5)());
  std::function<int(int)> function = static_cast<int (*)(int)>(any);
  SHOW(function(6));
}
FORM(function_templates_that_throw) {
  try {
    SHOW(rejecting(1));
    SHOW(rejecting(-1));
  } catch (int thrown) {
    SHOW(thrown);
  }
}

namespace {
template <class T> int any_basket(T &basket) {
  return basket.look() + basket.kept() + T::counted(3) + basket.template as<long>(4) + typename T::Handle().open(5);
}
template <class T> int any_pointer(T basket) { return basket->look() + (*basket).put(1); }
template <class T> struct Derived : Basket<T> {
  using Basket<T>::Basket;
  using Basket<T>::look;
  int own() const { return this->look() + Basket<T>::inside(1) + this->inside(2) + Derived::counted(3); }
};
struct Plain : Basket<int> {
  Plain() : Basket(6), first(counted(1)) {}
  int own() {
    return look() + put(1) + [this] { return look() + this->put(2); }() + inside(3);
  }
  int first;
  int second = Basket<int>::counted(7);
};
template <class T> int static_through() { return T::counted(1) + T::make(2).look(); }
} // namespace
FORM(class_templates_members) {
  Basket<int> basket(1);
  const Basket<double> constant(2.5);
  SHOW(basket.put(2) + constant.look() + Basket<int>(4).look() + std::as_const(basket).look());
  basket.kept() = 9;
  SHOW(basket.kept() + Basket<int>::make(5).put(1) + Basket<int>::counted(6));
  static_assert(noexcept(Basket<int>::counted(1)) && std::is_same<decltype(basket.kept()), int &>::value, "");
  SHOW(basket.as(7L) + constant.as<int>(8) + Basket<int>::Handle().open(9));
  SHOW(Basket<int *>().look() + Basket<char>().look() + Basket<char>::counted('a'));
  auto owned = std::make_unique<Basket<int>>(3);
  SHOW(owned->look() + owned->put(4) + owned->Basket::look());
}
FORM(class_templates_in_templates) {
  Basket<int> basket(1);
  SHOW(any_basket(basket) + any_pointer(&basket));
  SHOW(static_through<Basket<int>>() + Plain().own() + Plain().first + Plain().second);
  SHOW(Derived<int>(3).own() + std::as_const(basket).look());
  SHOW([](auto &any) { return any.put(1) + any.look(); }(basket));
}
FORM(class_templates_as_values) {
  Basket<int> basket(1);
  int (Basket<int>::*look)() const & = &Basket<int>::look;
  SHOW((basket.*look)());
  int (Basket<int>::*put)(int) = &Basket<int>::put;
  int (*counted)(int) = Basket<int>::counted;
  SHOW((basket.*put)(2) + (&basket->*put)(3) + counted(4) + std::invoke(&Basket<int>::put, basket, 5));
  SHOW(std::mem_fn(&Basket<int>::kept)(basket));
}
FORM(curious_recursion) {
  const Jane jane;
  SHOW(jane.name() + jane.Named::name() + static_cast<const Named<Jane> &>(jane).name());
}
FORM(member_templates) {
  Mixed mixed;
  const Mixed &constant = mixed;
  SHOW(mixed.add(1) + constant.add(2.0) + mixed.add<5>() + mixed.add("c") + mixed.add<int>(6));
  int (Mixed::*member)(int) const = &Mixed::add<int>;
  SHOW((mixed.*member)(7));
}

// exempt: constexpr_calls _ZN4acme7generic5knownEii -4 nobody counts in a constexpr function
// exempt: constexpr_calls _ZN4acme7generic5knownEd -1 nobody counts in a constexpr function
// exempt: constexpr_calls _ZN4acme7generic9known_anyIiEET_S2_ -3 nobody counts in a constexpr function
// exempt: constexpr_calls _ZN4acme7generic9known_anyIlEET_S2_ -1 nobody counts in a constexpr function
namespace {
constexpr int fixed = known(1);
const int folded = known_any(fixed);
int begins = known(folded);
template <class T> T known_in_template(T number) {
  constexpr int three = known(2);
  int list[known_any(2)] = {three};
  return known_any(number) + static_cast<T>(list[0]);
}
} // namespace
FORM(constexpr_calls) {
  int number = 4;
  const int constant = known(5);
  static_assert(known(1, 2) == 3 && known_any(2.0) > 3.0, "");
  SHOW(known(number) + constant + known(number, begins) + static_cast<int>(known(1.0)));
  SHOW(known_in_template(1) + known_in_template(2L));
  int (*const pointer)(int, int) = &known;
  SHOW(pointer(1, 2) + [](int value) { return known_any(value); }(3));
  switch (number) {
  case known(3):
    SHOW(known(known_any(number)));
  }
}
