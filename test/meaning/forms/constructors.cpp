// Constructions, by every way to write one
//
// A destructor is no seam, and the library constructs for itself:
// exempt: temporaries _ZN4acme4MadeC1Elc 1 by Maker itself
// exempt: temporaries _ZN4acme5Maker4makeEv 1 left out of the seams
// exempt: bases _ZN4acme4RootC1Ei 1 by Branch itself, where it is the whole object
#include "acme/acme.h"
#include "acme/made.hpp"
#include "form.h"

#include <deque>
#include <list>
#include <memory>
#include <new>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#define MAKE(number) acme::Made(number, number)
#define DECLARE(name) acme::Made name

using Alias = acme::Made;

static_assert(noexcept(acme::Made()) && !noexcept(acme::Made(1)) && std::is_nothrow_default_constructible_v<acme::Made>);
static_assert(!std::is_convertible_v<int, acme::Made> && std::is_convertible_v<acme::Amount, acme::Made>);
static_assert(std::is_constructible_v<acme::Made, int, int> && !std::is_constructible_v<acme::Made, long, char>);

static acme::Made at_namespace_scope(7);
static thread_local acme::Made in_thread{8};
static int take(acme::Made made) { return made.number(); }
static int refer(const acme::Made &made) { return made.number(); }
static int with_default(const acme::Made &made = acme::Made(31)) { return made.number(); }
static acme::Made give(acme::Amount amount) { return amount; }
static acme::Made give_list() { return {"four"}; }
static acme::Pinned pin(int number) { return acme::Pinned(number); }

FORM(declarations) {
  acme::Made plain, two(2), braced{3}, several(4, 5);
  acme::Made empty{};
  Alias by_alias(6);
  acme::Made assigned = acme::Made(7);
  acme::Made converted = acme::Amount{8};
  acme::Made from_list = {"nine"};
  const acme::Made &bound = acme::Amount{10};
  const acme::Made &&moved = Alias(11);
  static acme::Made once(12);
  acme::Made marked __attribute__((unused));
  [[maybe_unused]] acme::Made marked_too;
  auto deduced = acme::Made{13};
  DECLARE(by_macro);
  SHOW(plain.number() + two.number() + braced.number() + several.number() + empty.number() + by_alias.number());
  SHOW(assigned.number() + converted.number() + from_list.number() + bound.number() + moved.number() + once.number());
  SHOW(deduced.number() + by_macro.number() + at_namespace_scope.number() + in_thread.number());
  if (acme::Made inside; inside.number() == 4)
    SHOW(1);
  for (acme::Made step(0); step.number() < 2; step = acme::Made(step.number() + 1))
    SHOW(step.number());
  switch (acme::Made(3).number()) {
  case 3:
    SHOW(acme::Made(14).number());
  }
}

FORM(temporaries) {
  SHOW(acme::Made().number() + acme::Made(1).number() + acme::Made{2}.number() + Alias("three").number());
  SHOW(take(acme::Made(4)) + take({acme::Amount{5}}) + take({}) + take(acme::Amount{6}) + refer(acme::Amount{7}) + refer("eight"));
  SHOW(with_default() + give({9}).number() + give_list().number());
  SHOW(acme::Made(acme_inc(acme::Made(acme_inc(1)).number())).number());
  SHOW((acme_inc(1) > 1 ? acme::Made(2) : acme::Made(3)).number());
  SHOW((acme_step(1), acme::Made(4)).number());
  SHOW(MAKE(5).number());
  SHOW(acme::Made(std::make_unique<int>(6)).number());
  int number = 7;
  SHOW(acme::Made(&number, 1L).number());
  SHOW(acme::Maker::make().number() > 0);
  auto lambda = [made = acme::Made(8)](int more) { return acme::Made(made.number() + more); };
  SHOW(lambda(9).number());
  acme::Made several[] = {acme::Made(10), acme::Made(11)};
  SHOW(several[0].number() + several[1].number());
  SHOW(static_cast<int>(sizeof(acme::Made(12)) > 0) + static_cast<int>(noexcept(acme::Made("no"))));
}

FORM(allocations) {
  std::unique_ptr<acme::Made> plain(new acme::Made), two(new acme::Made(2)), braced(new acme::Made{3}), none(new acme::Made());
  SHOW(plain->number() + two->number() + braced->number() + none->number());
  alignas(acme::Made) unsigned char room[sizeof(acme::Made)];
  auto *placed = ::new (static_cast<void *>(room)) acme::Made(4);
  SHOW(placed->number());
  placed->~Made();
  std::unique_ptr<acme::Made> quiet(new (std::nothrow) acme::Made(acme::Amount{5}));
  SHOW(quiet->number());
}

FORM(handed_to_the_library) {
  SHOW(std::make_unique<acme::Made>(1)->number() + std::make_unique<Alias>()->number());
  SHOW(std::make_shared<acme::Made>("three")->number());
  std::vector<acme::Made> all;
  all.reserve(8);
  all.emplace_back(4);
  all.emplace_back();
  all.push_back(acme::Made(5));
  all.push_back(Alias("six"));
  all.emplace(all.begin(), 7, 8);
  for (const acme::Made &each : all)
    SHOW(each.number());
  std::list<acme::Pinned> pinned;
  pinned.emplace_back(9);
  SHOW(pinned.emplace_front(10).number + pinned.back().number);
  std::optional<acme::Pinned> maybe;
  SHOW(maybe.emplace(11).number);
  std::deque<acme::Made> queue;
  queue.emplace_front(acme::Amount{12});
  SHOW(queue.front().number());
}

FORM(immovable) {
  acme::Pinned direct(1);
  acme::Pinned elided = acme::Pinned(2);
  acme::Pinned returned = pin(3);
  acme::Pinned listed{4};
  SHOW(direct.number + elided.number + returned.number + listed.number + pin(5).number);
}

FORM(initializer_lists) {
  acme::Listed list{1, 2, 3}, pair(4, 5), assigned = {6, 7}, in_parentheses({8, 9, 10});
  SHOW(list.number + pair.number + assigned.number + in_parentheses.number);
  SHOW(acme::Listed{}.number + acme::Listed{11}.number + (new acme::Listed{12, 13})->number);
}

namespace {

struct Members {
  acme::Made by_default{1};
  acme::Made assigned = acme::Made(2);
  acme::Made first;
  acme::Made second{};
  explicit Members(int number) : first(number) {}
  Members(int number, int more) : assigned{acme::Amount{number}}, first(more), second("three") {}
  Members() noexcept(false);
};
Members::Members() : by_default(acme_inc(3)), first{5} {}

struct Nothing {};
template <class... Bases> struct All : Bases... {};
struct Grown : acme::Branch {
  explicit Grown(int number) : Root(number), Branch(number + 1) {}
};
struct Sprout : acme::Root {
  using acme::Root::Root;
  Sprout() : acme::Root{} {}
};
struct Aggregate {
  acme::Made made{6};
  int number = 0;
};

} // namespace

FORM(members) {
  Members one(1), two(2, 3), none;
  SHOW(one.by_default.number() + one.assigned.number() + one.first.number() + one.second.number());
  SHOW(two.by_default.number() + two.assigned.number() + two.first.number() + two.second.number());
  SHOW(none.by_default.number() + none.assigned.number() + none.first.number() + none.second.number());
  Aggregate whole{}, given{acme::Made(7), 8};
  SHOW(whole.made.number() + given.made.number() + given.number);
}

FORM(bases) {
  Grown grown(1);
  Sprout sprout, inherited(2), listed{3};
  acme::Branch branch(4);
  std::unique_ptr<acme::Root> root(new Sprout(5));
  SHOW(grown.number + sprout.number + inherited.number + listed.number + branch.number + root->number);
}

namespace {

template <class T> int make_from(T value) {
  acme::Made made(value);
  acme::Made *other = new acme::Made{value};
  const int sum = made.number() + other->number() + acme::Made(value).number();
  delete other;
  return sum;
}
template <class... T> int make_all(T... values) { return (acme::Made(values).number() + ...); }

} // namespace

FORM(templates_of_the_project) {
  SHOW(make_from(1));
  SHOW(make_all(2, 3, 4));
  auto generic = [](auto value) { return acme::Made(value, 2).number(); };
  SHOW(generic(5));
}

FORM(exceptions) {
  for (int number = 1; number < 5; ++number)
    try {
      acme::Failing failing(number);
      SHOW(number);
    } catch (int thrown) {
      SHOW(-thrown);
    }
  try {
    throw acme::Made(6);
  } catch (const acme::Made &made) {
    SHOW(made.number());
  }
}
