// Calls, in every place of the language where one can be written
//
// A pointer that the library hands out leads to the library:
// exempt: nested_seams acme_inc 3 called through such a pointer
// exempt: nested_seams acme_square 2 called through such a pointer
// A function that the header renames by an asm label is counted under each name once:
// exempt: spellings_of_the_callee acme_renamed_v2 1 is acme_renamed
// exempt: spellings_of_the_callee acme_renamed -1 is acme_renamed_v2
#include "acme/acme.hpp"
#include "form.h"

#include <typeinfo>

namespace short_name = acme::inner;
namespace {
namespace again = short_name::most;
using acme::inner::deep;
using acme::parcels::Parcel;

int at_namespace_scope = acme::plain(1);
int const_at_namespace_scope = acme_add(1, 2) + acme_add(3, 4);
inline int inline_variable = acme_inc(41);
thread_local int per_thread = acme_inc(51);
int table_of_results[] = {acme_inc(1), acme::plain(2), acme::inner::deep(3)};

struct Static {
  static int member;
  inline static int inline_member = acme_inc(7);
};
int Static::member = acme_inc(8);
} // namespace

FORM(namespace_scope_initialisers) {
  SHOW(at_namespace_scope);
  SHOW(const_at_namespace_scope);
  SHOW(inline_variable);
  SHOW(per_thread);
  for (const int each : table_of_results)
    SHOW(each);
  SHOW(Static::member);
  SHOW(Static::inline_member);
}

namespace {
int once() {
  static int kept = acme_next();
  static const int table[] = {acme_next(), acme_next()};
  return kept * 100 + table[1];
}
} // namespace
FORM(static_locals) {
  acme_reset();
  SHOW(once());
  SHOW(once());
}

FORM(spellings_of_the_callee) {
  SHOW(acme::plain(1));
  SHOW(::acme::plain(2));
  SHOW((acme::plain)(3));
  SHOW((&acme::plain)(4));
  SHOW((*acme::plain)(5));
  SHOW((**acme::plain)(6));
  SHOW((*&acme::plain)(7));
  SHOW(((acme::plain))(8));
  SHOW(acme :: plain (9));
  SHOW(acme::
           plain(10));
  SHOW(acme::inner::most::deeper(11));
  SHOW(short_name::most::deeper(12));
  SHOW(again::deeper(13));
  SHOW(deep(14));
  SHOW(acme::versioned(15));
  SHOW(acme::v1::versioned(16));
  SHOW(acme_add /* why */ (17, // first
                           18));
  SHOW((acme_add)(19, 20));
  SHOW(::acme_add(21, 22));
  SHOW((acme_checked)(23));
  SHOW(acme_renamed(24));
  SHOW(acme_shared(25) + acme_shared_too(26));
}

FORM(using_declarations_and_directives) {
  using acme::plain;
  SHOW(plain(1));
  {
    using namespace acme::inner;
    SHOW(deep(2));
    SHOW(most::deeper(3));
  }
  using namespace acme;
  SHOW(quiet(4));
  SHOW(versioned(5));
  SHOW(inner::deep(6));
  using acme::parcels::weigh;
  SHOW(weigh(Parcel{3}, 2));
}

FORM(argument_dependent_lookup) {
  const Parcel parcel{4};
  SHOW(weigh(parcel));
  SHOW(weigh(parcel, 3));
  SHOW(acme::parcels::weigh({5}));
  SHOW(weigh(Parcel{6}));
}

FORM(comma_and_conditional) {
  SHOW((acme_step(1), acme_step(2)));
  SHOW(acme_step(0) ? acme_step(3) : acme_step(4));
  SHOW(acme_step(1) ?: acme_step(9));
  SHOW(acme_step(0) && acme_step(5));
  SHOW(acme_step(0) || acme_step(6));
  SHOW(!acme_step(7));
  SHOW(-acme_step(8) + ~acme_step(9));
  int number = 0;
  number = acme_step(1), number += acme_step(2), number <<= acme_step(3);
  SHOW(number);
  acme_step(1), (void)acme_step(2);
  acme::place(1) = acme_step(21);
  SHOW(acme::place(1)++ + acme::peek(1));
}

FORM(nested_seams) {
  SHOW(acme_add(acme_add(acme_step(1), acme_step(2)), acme_add(acme_inc(3), acme::plain(acme_inc(4)))));
  SHOW(acme::send(acme::send(acme::text(acme_inc(11)).c_str())));
  SHOW(acme_apply(acme_pick(acme_step(0)), acme_inc(acme_step(2))));
  SHOW(acme_pick(0)(acme_pick(1)(3)));
  SHOW(acme_choose(1)(acme_choose(0)(3)));
}

FORM(statements) {
  if (const int number = acme_step(1))
    SHOW(number);
  if (int number = acme_step(2); number == acme_step(2))
    SHOW(number);
  else
    SHOW(acme_step(99));
  switch (int number = acme_step(3); acme_step(number)) {
  case 3:
    SHOW(acme_step(33));
    [[fallthrough]];
  default:
    SHOW(acme_step(34));
  }
  acme_reset();
  for (int i = acme_next(), j = acme_next(); i < acme_inc(5); i += acme_next(), ++j)
    SHOW(i + j);
  while (acme_next() < 12)
    SHOW(acme_inc(0));
  do
    acme_step(5);
  while (acme_next() < 15);
  int count = 0;
again:
  if (acme_next() < 18) {
    ++count;
    goto again;
  }
  SHOW(count);
}

FORM(range_for_initialisers) {
  for (const int each : acme::numbers(4))
    SHOW(each);
  for (int &each : acme::row())
    SHOW(each += acme_inc(1));
  for (const char letter : acme::text(acme_inc(346)))
    SHOW(letter);
  for (const int each : {acme_inc(1), acme_inc(2)})
    SHOW(each);
#if __cplusplus >= 202002L
  for (const acme::Numbers made = acme::numbers(acme_step(6)); const int each : made)
    SHOW(each);
#endif
}

FORM(structured_bindings) {
  auto [first, second] = acme::pair(3);
  const auto &[third, fourth] = acme::pair(acme_inc(4));
  auto &[a, b, c] = acme::row();
  a = acme_inc(b);
  SHOW(first + second * 10 + third * 100 + fourth * 1000);
  SHOW(a + b + c);
  const auto [x, y] = acme_make(acme_inc(1), acme_inc(2));
  SHOW(x * 10 + y);
  if (auto [left, right] = acme::pair(7); left < right)
    SHOW(left);
}

namespace {
int with_default(int value = acme_step(1), int more = acme::plain(acme_inc(2))) { return value + more; }
struct Defaulted {
  explicit Defaulted(int value = acme_step(4)) : kept(value) {}
  int method(int value = acme_inc(5), int (*function)(int) = acme_inc, int (*other)(int) = &acme::plain) const {
    return kept + function(value) + other(value);
  }
  int kept;
};
} // namespace
FORM(own_default_arguments) {
  SHOW(with_default());
  SHOW(with_default(acme_step(2)));
  SHOW(with_default(1, 2));
  SHOW(Defaulted().kept);
  SHOW(Defaulted(1).method());
  SHOW(Defaulted(1).method(2, acme_square));
  const auto lambda = [](int value = acme_inc(8)) { return value; };
  SHOW(lambda());
}

FORM(default_arguments_of_seams) {
  SHOW(acme::scaled(3));
  SHOW(acme::scaled(3, 5));
  SHOW(acme::scaled_more(1));
  SHOW(acme::scaled_more(1, 2));
  SHOW(acme::scaled_more(1, 2, "xyz"));
  SHOW(acme::scaled_more(1, 2, "xyz", acme::Token{acme_inc(1)}));
  SHOW(acme::compared(1));
  SHOW(acme::compared(1, false));
  acme::Gateway gateway;
  SHOW(gateway.add_default(1));
  SHOW(gateway.add_default(1, 2));
}

namespace {
struct Initialised {
  int first = acme_step(1);
  int second{acme::plain(2)};
  int (*third)(int) = acme_inc;
  int list[2] = {acme_step(3), acme_step(4)};
  acme::Gateway gateway = acme::Gateway::make(acme_step(5));
};
struct Base {
  explicit Base(int number) : base(number) {}
  int base;
};
struct Derived : Base {
  Derived() : Base(acme_step(1)), first(acme_step(2)), gateway(acme_step(4)) {}
  explicit Derived(int number) : Base{acme_step(number)}, first{acme::plain(number)} {}
  explicit Derived(char) : Derived(acme_step(7)) {}
  explicit Derived(double number) try : Base(acme_step(8)), first(acme::quiet(static_cast<int>(number))) {
    acme_step(10);
  } catch (...) {
    acme_step(11);
  }
  int first;
  int second = acme_step(3);
  acme::Gateway gateway;
};
struct Aggregate {
  int a = acme_step(20);
  int b = acme_step(a + 1);
  struct {
    int c;
  } inside{acme_step(22)};
};
} // namespace
FORM(member_initialisers) {
  const Initialised made;
  SHOW(made.first + made.second + made.third(1) + made.list[1] + made.gateway.read());
  SHOW(Derived().first);
  SHOW(Derived(5).first);
  SHOW(Derived('c').first);
  SHOW(Derived(1.5).first);
  const Aggregate all{};
  const Aggregate some{acme_step(5)};
  SHOW(all.b + some.b + some.inside.c);
#if __cplusplus >= 202002L
  const Aggregate named{.a = acme_step(30), .b = acme_step(31), .inside = {.c = acme_step(32)}};
  SHOW(named.b);
#endif
}

FORM(new_and_delete) {
  const int *one = new int(acme_step(1));
  const int *several = new int[static_cast<std::size_t>(acme_step(2))]{acme_step(3), acme_step(4)};
  acme::Gateway *gateway = new acme::Gateway(acme_step(5));
  alignas(acme::Gateway) unsigned char room[sizeof(acme::Gateway)];
  acme::Gateway *placed = new (room) acme::Gateway{acme::plain(6)};
  SHOW(*one + several[1] + gateway->read() + placed->read());
  placed->~Gateway();
  delete one;
  delete[] several;
  delete gateway;
  struct Deleter {
    ~Deleter() { acme_step(77); }
  };
  delete new Deleter;
}

namespace {
int returning() { return acme_step(1); }
acme::Pair returning_list() { return {acme_step(2), acme_step(3)}; }
acme::MoveOnly returning_move_only() { return acme::make_moving(acme_step(4)); }
acme::Immovable returning_immovable() { return acme::make_fixed(acme_step(5)); }
void returning_void() { return acme::nothing(); }
int &returning_reference() { return acme::place(2); }
decltype(auto) returning_decltype_auto() { return acme::place(2); }
decltype(auto) returning_parentheses() { return (acme::place(2)); }
auto returning_auto() { return acme::place(2); }
auto &&returning_universal() { return acme::place(2); }
int throwing(int number) { throw acme_step(number); }
} // namespace
FORM(return_and_throw) {
  SHOW(returning());
  SHOW(returning_list().second);
  SHOW(returning_move_only().value);
  SHOW(returning_immovable().value);
  returning_void();
  static_assert(std::is_same_v<decltype(returning_decltype_auto()), int &>);
  static_assert(std::is_same_v<decltype(returning_parentheses()), int &>);
  static_assert(std::is_same_v<decltype(returning_auto()), int>);
  static_assert(std::is_same_v<decltype(returning_universal()), int &>);
  SHOW(returning_reference() + returning_decltype_auto() + returning_parentheses() + returning_auto() +
       returning_universal());
  try {
    throwing(5);
  } catch (int number) {
    SHOW(number);
  }
  try {
    acme::fail(6);
  } catch (int number) {
    SHOW(number);
  }
  try {
    SHOW(acme_step(1) ? throw acme_step(8) : acme_step(9));
  } catch (int number) {
    SHOW(number);
  }
}

FORM(lambdas) {
  const int outside = acme_inc(1);
  const auto plain = [] { return acme_inc(2); };
  const auto capturing = [outside, made = acme_inc(3)] { return outside + made + acme_inc(4); };
  const auto quiet = []() noexcept { return acme_inc(5); };
  const auto trailing = [](int number) -> decltype(acme_long(number)) { return acme_long(number); };
  const auto nested = [&] { return [&] { return acme_add(outside, acme_inc(6)); }(); };
  auto changing = [count = acme_inc(0)]() mutable { return count += acme_inc(count); };
  const auto generic = [](auto number) { return acme::send(number); };
  int (*pointer)(int) = [](int number) { return acme_inc(number); };
  const auto pack = [](auto... numbers) { return (acme_inc(numbers) + ...); };
  static_assert(noexcept(quiet()) && !noexcept(plain()));
  SHOW(plain() + capturing() + quiet() + trailing(7) + nested());
  SHOW(changing() + changing());
  SHOW(generic(1) * 100 + generic("x") * 10 + generic(2.0));
  SHOW(pointer(8));
  SHOW(pack(1, 2, 3));
  SHOW([](int number = acme_inc(9)) { return number; }());
#if __cplusplus >= 202002L
  const auto with_template = []<class T>(T number) { return acme::send(static_cast<T>(number)); };
  SHOW(with_template(3L));
#endif
}

FORM(unevaluated_operands) {
  static_assert(sizeof(acme::plain(1)) == sizeof(int));
  static_assert(std::is_same_v<decltype(acme::place(1)), int &>);
  static_assert(std::is_same_v<decltype(acme::constant(1)), const acme::Token>);
  static_assert(std::is_same_v<decltype(acme::moved(1)), int &&>);
  static_assert(std::is_same_v<decltype(acme::row()), int (&)[3]>);
  static_assert(std::is_same_v<decltype(acme::plain), int(int)>);
  static_assert(std::is_same_v<decltype(&acme::plain), int (*)(int)>);
  static_assert(std::is_same_v<decltype(&acme::quiet), int (*)(int) noexcept>);
  static_assert(std::is_same_v<decltype((acme::plain)), int (&)(int)>);
  static_assert(!noexcept(acme::plain(1)) && noexcept(acme::quiet(1)) && noexcept(acme::conditional(1)));
  static_assert(!noexcept(acme_add(1, 2)));
  static_assert(alignof(decltype(acme::pair(1))) == alignof(int));
  SHOW(typeid(acme::plain(1)) == typeid(int));
  SHOW(typeid(acme::Gateway::instance()) == typeid(acme::Gateway));
  SHOW(sizeof(acme::text(1)) == sizeof(std::string));
  decltype(acme::plain(1)) number = acme::plain(2);
  SHOW(number);
  int variable_length = 3;
  SHOW(__builtin_constant_p(acme::plain(variable_length)));
}

FORM(noexcept_contexts) {
  struct Quiet {
    ~Quiet() { acme_step(1); }
    int operator()() const noexcept { return acme::plain(1); }
    int conditional() const noexcept(noexcept(acme::quiet(1))) { return acme::quiet(1); }
    int may() const noexcept(false) { return acme::quiet(3); }
  };
  const Quiet quiet;
  static_assert(noexcept(quiet()) && noexcept(quiet.conditional()) && !noexcept(quiet.may()));
  SHOW(quiet() + quiet.conditional() + quiet.may());
  const auto dependent = [](auto function) noexcept(noexcept(function(1))) { return function(1); };
  static_assert(noexcept(dependent(acme::quiet)) && !noexcept(dependent(acme::plain)));
  SHOW(dependent(acme::quiet) + dependent(acme::plain));
}

FORM(statement_expressions) {
  SHOW(({ const int number = acme_step(1); acme_add(number, acme_step(2)); }));
}

FORM(casts_and_arrays) {
  SHOW(static_cast<long>(acme_inc(1)));
  SHOW((long)acme_inc(2));
  SHOW(long(acme_inc(3)));
  SHOW(int{acme_inc(4)});
  const int values[] = {5, 6, 7, 8};
  SHOW(values[acme_step(1)] + acme_step(2)[values]);
  SHOW(acme::row()[acme_step(1)] != 0);
  SHOW(const_cast<int &>(acme::peek(0)) = 9);
  SHOW(reinterpret_cast<std::size_t>(&acme::place(0)) == reinterpret_cast<std::size_t>(&acme::peek(0)));
  SHOW(*&acme::place(0) + sizeof acme::place(0));
}

namespace {
int shadowed(int acme_inc) { return acme_inc + 1; }
struct Same {
  int acme_inc = 5;
  int plain(int number) const { return number; }
  enum { acme_add = 4 };
};
namespace other {
int plain(int number) { return -number; }
} // namespace other
} // namespace
FORM(other_things_of_the_same_name) {
  int acme_next = 3;
  SHOW(acme_next + shadowed(4));
  const Same same;
  SHOW(same.acme_inc + same.plain(6) + Same::acme_add + other::plain(7));
  goto acme_add;
acme_add:
  const auto plain = [](int number) { return number * 2; };
  SHOW(plain(8));
  using acme_inc = long;
  SHOW(acme_inc{9});
  SHOW(::acme_inc(10));
}
