// Operators, between their operands and called by name
//
// A wrapper is that of the static type, and runs the overrider:
// exempt: operators_of_bases _ZNK4acme5CoinsgtERKNS_5MoneyE 2 by the wrapper of the base
// exempt: operators_of_bases _ZNK4acme5MoneygtERKS0_ -2 lead to the overrider
#include "acme/acme.h"
#include "acme/money.hpp"
#include "form.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

using acme::Money;

#define PLUS(left, right) left + right
#define ADD_TO(left, ...) ((left) += (__VA_ARGS__))

static Money money(int number) {
  printf("<%d>", number);
  return Money(number);
}
static Money &seen(Money &one) {
  printf("{%d}", one.value);
  return one;
}
static void show(const Money &one) { printf("%d ", one.value); }

FORM(members_as_signs) {
  Money one(1), two(2);
  one += two;
  one += one += two;
  one -= acme_inc(1);
  (one) += Money(5);
  show(one);
  show(-one), show(- -two), show(-(-two)), show(++one), show(one++), show(++++one);
  SHOW((!one ? 1 : 2) + !Money() + (not two));
  SHOW(one[3] + one["name"] + one[acme_inc(1)] + one(2) + one(2, 3) + one());
  one["other"] = 4;
  ++one["third"];
  show(one * 2), show(one * 2 * 3), show(-one * 2), show(-(one * 2)), show(one * (2 + 1));
  show((one, two)), show((one, two, one));
  show(*(one->*&Money::value));
  Money *pointer = &one;
  SHOW((*pointer)[2] + (*pointer)(1) + (-*pointer).value + pointer[0][1]);
  static_assert(noexcept(one -= 1) && !noexcept(one += two) && noexcept(!one));
  static_assert(std::is_same_v<decltype(one["x"]), int &> && std::is_same_v<decltype(one[1]), int>);
  static_assert(sizeof(one * 2) == sizeof(Money));
}

FORM(arrows) {
  acme::Pointer smart;
  smart->value = 3;
  smart->operator+=(Money(6));
  Money &inside = *smart;
  *smart += inside;
  SHOW(smart->value + (*smart).value + (*smart)[1] + smart.operator->()->value);
}

FORM(assignments) {
  Money one(1), two(2);
  one = two;
  one = two = Money(3);
  one = (two = money(4));
  if ((one = money(5)) == two)
    SHOW(1);
  seen(one) = two;
  seen(one) += two;
  one |= money(8);
  ADD_TO(one, two);
  show(one), show(two);
  std::vector<Money> several{Money(1), Money(2)};
  several[1] = several[0];
  several[0] += several[1];
  show(several[0]);
}

FORM(signs_between) {
  const Money one(1), two(2);
  const bool same = one == two, less = one < two, equal = one + one == two;
  int limit = 7;
  SHOW(same + less * 2 + equal * 4 + (one < &limit) + (one > two) + (two > one));
  SHOW((one && two) + (one and Money()));
  for (Money each(0); each < two; ++each)
    show(each);
  SHOW(one == two ? 1 : one + two == Money(3) ? 2 : 3);
}

FORM(free_operators) {
  Money one(1), two(2);
  const Money sum = one + two + 3 + (one + two), inverse = ~sum;
  Money all = PLUS(one, two);
  all << 1 << two << 3;
  all << acme_inc(4);
  const Money left = one-- + two;
  const Money nested = ~(one + ~two) + -one;
  show(sum), show(inverse), show(all), show(left), show(nested);
  show(two + one--), show(-one + -two), show(one + two * 3 + 4), show((one + two) * 3), show(one * 2 + acme_inc(2));
  show(acme_inc(1) == 2 ? one + two : two + two);
}

FORM(templates_of_operators) {
  const Money one(17);
  show(one % 5), show(one % 6L), show(one / 2), show(one / 4.0), show(one.operator%(7)), show(operator/(one, 3));
  acme::Purse<int> purse{3};
  acme::Purse<long> other{5};
  purse += 4;
  (other += 2) += 3L;
  SHOW(purse[2] + other[3] + purse.operator[](1));
}

FORM(enumerations) {
  acme::Flag flags = acme::Flag::one | acme::Flag::two;
  flags |= acme::Flag::none;
  const bool has_none = (flags | acme::Flag::none) == acme::Flag::none;
  SHOW(static_cast<int>(flags) + has_none);
}

FORM(operators_of_bases) {
  acme::Coins coins(3), more(4);
  const Money &base = coins;
  show(coins * 2), show(coins * more), show(coins + more), show(-coins);
  coins += "a";
  coins += more;
  SHOW((coins > more) + (base > more) + (base > base) + coins.Money::operator>(coins) + coins[1]);
}

FORM(operators_by_name) {
  Money one(1), two(2);
  one.operator+=(two);
  Money *pointer = &one;
  pointer->operator-=(1);
  pointer->Money::operator++();
  SHOW(one.operator()(1, 2) + one.operator()() + one.operator[](3) + pointer->operator-().value);
  show(operator+(one, two)), show(acme::operator+(one, 4)), show(::acme::operator~(two)), show(one.operator*(2));
  show(one.operator , (two));
  acme::operator<<(one, 5);
  operator<<(one, two);
  Money &(Money::*add)(const Money &) = &Money::operator+=;
  (one.*add)(two);
  bool (*equal)(const Money &, const Money &) = acme::operator==;
  bool (*less)(const Money &, const Money &) = &acme::operator<;
  SHOW(equal(one, two) + less(two, one) + std::invoke(&Money::operator!, one));
  std::vector<Money> several{Money(3), Money(2)};
  show(*std::max_element(several.begin(), several.end(), less));
}

FORM(order_of_operands) {
  Money one(1);
  one += money(2);
  SHOW(one[acme_step(9)]);
  SHOW(one(acme_step(1)) + money(4)(acme_step(2)));
  show(one * acme_step(3)), show(money(5) * 3);
  SHOW(money(6)[acme_step(4)]);
  show(money(7) + money(8)), show(money(9) + acme_step(5));
  SHOW(money(10) == money(11));
  seen(one) << 3 << 4;
  one << acme_step(6);
  show((money(12), money(13)));
  show(Money(one)), show(money(14) + money(15) + money(16));
}

template <class T> static int in_template(T number) {
  Money one(static_cast<int>(number));
  one += Money(2);
  show(one + one);
  show(operator+(one, 3));
  return one[1] + !one;
}
template <class T> struct Held {
  Money kept = Money(3) + Money(4);
  int look() const { return kept[2]; }
};

FORM(operators_in_templates) {
  SHOW(in_template(1) + in_template('a') + Held<int>().look() + Held<char>().look());
  const auto generic = [](auto number) { return -Money(number) + Money(1); };
  show(generic(1));
  show(generic('a'));
}

static Money at_start = Money(1) + Money(2);
struct Kept {
  Money one = Money(1) + Money(2), two = -one;
  Kept() : three(one + two) { one += two; }
  Money three;
};
static int with_default(const Money &one = Money(4) + Money(5)) { return one.value; }

FORM(operators_in_initialisers) {
  const Kept kept;
  show(kept.one + kept.three), show(at_start);
  const Money captured(5);
  const auto lambda = [&, more = captured + 1](int index) { return captured[index] + more[index]; };
  SHOW(lambda(7) + with_default() + with_default(captured));
  Money in_braces{captured + 2}, list[] = {captured + 3, -captured};
  show(in_braces + list[0] + list[1]);
  switch (Money(1)[2]) {
  case 2:
    show(-captured);
    break;
  default:
    break;
  }
}
