// References that are no calls: the address, taken, kept, passed and called later
//
// A virtual call goes through the wrapper of the function that is named, to the one that overrides it:
// exempt: pointers_to_virtual_members _ZNK4acme7Gateway5speakEi -1 to Louder
// exempt: pointers_to_virtual_members _ZNK4acme6Louder5speakEi 1 named as Gateway's
#include "acme/acme.hpp"
#include "form.h"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <thread>
#include <vector>

namespace {
int (*at_namespace_scope)(int) = acme_inc;
int (*const with_address)(int) = &acme::plain;
int (&reference)(int) = acme::plain;
constexpr int (*constant)(int) = &acme_inc;
const acme_table table = {acme_add, &acme_inc};
const acme_unary functions[] = {acme_inc, &acme_square};
} // namespace

FORM(tables_of_functions) {
  SHOW(at_namespace_scope(1));
  SHOW(with_address(2));
  SHOW(reference(3));
  SHOW(constant(4));
  SHOW(table.add(5, 6) + table.one(7));
  for (const acme_unary each : functions)
    SHOW(each(8));
  static const struct {
    const char *name;
    int (*function)(int);
  } local[] = {{"plain", acme::plain}, {"deep", &acme::inner::deep}};
  for (const auto &each : local)
    SHOW(each.function(9));
#if __cplusplus >= 202002L
  const acme_table designated = {.add = acme_add, .one = acme_square};
  SHOW(designated.add(1, 2) + designated.one(3));
#endif
}

FORM(local_pointers) {
  int (*one)(int) = acme_inc;
  int (*two)(int) = &acme::plain;
  auto three = acme_add;
  auto *four = &acme_square;
  decltype(&acme::quiet) five = acme::quiet;
  int (&six)(int) = acme::inner::deep;
  SHOW(one(1) + (*two)(2) + three(3, 4) + four(5) + five(6) + six(7));
  one = acme_square;
  SHOW(one(8));
  one = acme_step(0) ? acme_inc : acme_square;
  SHOW(one(9));
  SHOW((acme_step(1) ? acme_inc : acme_square)(10));
  SHOW(((void)0, acme_inc)(11));
  SHOW(acme_inc == acme_inc && one != acme_inc && &acme_inc != nullptr);
  SHOW(static_cast<int (*)(int)>(acme_inc)(12));
  SHOW(reinterpret_cast<int (*)(unsigned)>(acme_inc)(13));
  void *plain_pointer = reinterpret_cast<void *>(&acme_inc);
  SHOW(plain_pointer != nullptr);
  SHOW((+acme_inc)(14));
  SHOW(acme_choose(0) == acme_pick(0));
}

FORM(overloads_by_target) {
  int (*integer)(int) = acme::send;
  int (*real)(double) = &acme::send;
  int (*text)(const char *) = &acme::send;
  int (*mode)(acme::Mode) noexcept = acme::send;
  int (*two)(int, int) = acme::send;
  SHOW(integer(1) + real(2) * 10 + text("") * 100);
  SHOW(mode(acme::Mode::fast) + two(1, 2));
  SHOW(static_cast<int (*)(bool)>(&acme::send)(true));
  SHOW(((int (*)(long))acme::send)(1L));
  const auto by_parameter = [](int (*function)(char)) { return function('c'); };
  SHOW(by_parameter(acme::send));
  int (*weigh)(const acme::parcels::Parcel &, int) = acme::parcels::weigh;
  SHOW(weigh({2}, 3));
}

namespace {
int call(int (*function)(int), int number) { return function(number); }
template <class Function> int call_any(Function function, int number) { return function(number); }
template <class Function> int call_forwarded(Function &&function, int number) {
  return std::forward<Function>(function)(number);
}
template <int (*function)(int)> int call_constant(int number) { return function(number); }
template <auto function> int call_auto(int number) { return function(number); }
template <int (&function)(int)> int call_reference(int number) { return function(number); }
template <int (*function)(int) = acme_inc> struct Holder {
  static int run(int number) { return function(number); }
};
} // namespace
FORM(as_arguments) {
  SHOW(call(acme_inc, 1) + call(&acme::plain, 2));
  SHOW(call_any(acme_inc, 3) + call_any(&acme::plain, 4) + call_any(acme::quiet, 5));
  SHOW(call_forwarded(acme_inc, 6) + call_forwarded(&acme_inc, 7));
  SHOW(acme::by_function(acme_square));
  SHOW(acme_apply(acme_inc, 8) + acme_apply(&acme::plain, 9) + acme_apply(*acme_square, 10));
}
FORM(as_template_arguments) {
  SHOW(call_constant<acme_inc>(1) + call_constant<&acme::plain>(2));
  SHOW(call_auto<&acme_inc>(3) + call_auto<acme::quiet>(4));
  SHOW(call_reference<acme::plain>(5));
  SHOW(Holder<>::run(6) + Holder<acme_square>::run(7));
  using Named = Holder<&acme::inner::deep>;
  SHOW(Named::run(8));
}

FORM(standard_library_takes_functions) {
  using std::placeholders::_1;
  SHOW(std::invoke(acme_inc, 1));
  SHOW(std::invoke(&acme::plain, 2));
  SHOW(std::bind(acme_add, 3, 4)());
  SHOW(std::bind(&acme_add, _1, 5)(6));
  SHOW(std::bind(acme_add, std::bind(acme_inc, _1), _1)(7));
  const std::function<int(int)> function = acme_inc;
  const std::function<int(int)> other(&acme::plain);
  SHOW(function(8) + other(9));
  const std::map<std::string, std::function<int(int)>> named = {{"inc", acme_inc}, {"square", &acme_square}};
  for (const auto &[name, each] : named)
    SHOW(each(10));
  std::vector<int> values = {3, 1, 2};
  std::transform(values.begin(), values.end(), values.begin(), acme_inc);
  std::sort(values.begin(), values.end(), [](int a, int b) { return acme_compare(&a, &b) < 0; });
  for (const int each : values)
    SHOW(each);
  int numbers[] = {9, 7, 8};
  acme_sort(numbers, 3, acme_compare);
  SHOW(numbers[0]);
  SHOW(std::ref(acme_inc)(11));
  SHOW(std::not_fn(acme::plain)(12));
  SHOW(std::apply(acme_add, std::make_pair(13, 14)));
  const std::vector<int (*)(int)> list = {acme_inc, &acme::plain, acme_square};
  for (const auto each : list)
    SHOW(each(15));
  std::thread(acme_inc, 16).join();
  std::thread([] { acme_step(17); }).join();
  std::unique_ptr<void, void (*)(void *)> first(acme_alloc(1), acme_free);
  std::unique_ptr<void, decltype(&acme_free)> second(acme_alloc(2), &acme_free);
  std::shared_ptr<void> third(acme_alloc(3), acme_free);
  SHOW(first && second && third);
#if __cplusplus >= 202002L
  SHOW(std::bind_front(acme_add, 18)(19));
#endif
}

namespace {
struct FreeDeleter {
  void operator()(void *block) const { acme_free(block); }
};
template <auto function> struct ConstantDeleter {
  template <class T> void operator()(T *block) const { function(block); }
};
} // namespace
FORM(deleters) {
  const std::unique_ptr<void, FreeDeleter> first(acme_alloc(1));
  const std::unique_ptr<void, ConstantDeleter<acme_free>> second(acme_alloc(2));
  const std::unique_ptr<void, ConstantDeleter<&acme_free>> third(acme_alloc(3));
  SHOW(first && second && third);
}

namespace {
int (acme::Gateway::*const member_at_namespace_scope)(int) = &acme::Gateway::add;
struct Row {
  int (acme::Gateway::*member)() const noexcept;
  int (*function)(int);
};
const Row rows[] = {{&acme::Gateway::read, &acme::Gateway::count}};
template <class Object, class Member> int call_member(Object &object, Member member) { return (object.*member)(1); }
template <int (acme::Gateway::*member)(int)> int call_constant_member(acme::Gateway &object) {
  return (object.*member)(2);
}
} // namespace
FORM(pointers_to_members) {
  acme::Gateway gateway(1);
  acme::Louder louder(2);
  acme::Gateway *pointer = &gateway;
  int (acme::Gateway::*charge)(long) const = &acme::Gateway::charge;
  int (acme::Gateway::*charge_text)(const char *) const = &acme::Gateway::charge;
  auto read = &acme::Gateway::read;
  SHOW((gateway.*charge)(1) + (pointer->*charge_text)("") + (gateway.*read)());
  SHOW((pointer->*&acme::Gateway::watch)());
  SHOW((gateway.*member_at_namespace_scope)(3));
  SHOW((gateway.*rows[0].member)() + rows[0].function(4));
  SHOW(call_member(gateway, &acme::Gateway::add));
  SHOW(call_constant_member<&acme::Gateway::add>(gateway));
  SHOW(std::invoke(&acme::Gateway::read, gateway) + std::invoke(&acme::Gateway::add, pointer, 5));
  SHOW(std::mem_fn(&acme::Gateway::read)(gateway));
  SHOW(std::bind(&acme::Gateway::add, &gateway, std::placeholders::_1)(6));
  const std::function<int(const acme::Gateway &)> function = &acme::Gateway::read;
  SHOW(function(gateway));
  auto quiet = &acme::Gateway::right_quiet;
  static_assert(noexcept((std::declval<acme::Gateway>().*quiet)()));
  static_assert(std::is_same_v<decltype(quiet), int (acme::Gateway::*)() && noexcept>);
  SHOW((acme::Gateway(7).*quiet)());
  SHOW((gateway.*static_cast<int (acme::Gateway::*)() const &>(&acme::Gateway::by))());
  int (acme::Louder::*inherited)(int) = &acme::Louder::add;
  SHOW((louder.*inherited)(8));
  int (acme::Louder::*only)(int) const = &acme::Louder::only_here;
  SHOW((louder.*only)(9));
  int (*counting)(int) = &acme::Gateway::count;
  int (*counting_too)(int) = acme::Louder::count;
  SHOW(counting(10) + counting_too(11));
  int (acme::Both::*from_left)(int) const = &acme::Both::same;
  const acme::Both both;
  SHOW((both.*from_left)(12));
  SHOW(&acme::Gateway::read == read && read != nullptr);
}
FORM(pointers_to_virtual_members) {
  const acme::Louder louder(2);
  const acme::Gateway &base = louder;
  int (acme::Gateway::*speak)(int) const = &acme::Gateway::speak;
  SHOW((base.*speak)(1));
}
