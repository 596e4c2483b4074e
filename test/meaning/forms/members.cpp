// Member functions, by every way to name one
//
// A virtual call goes through the wrapper of the function that is named, to the one that overrides it:
// exempt: virtual_calls _ZNK4acme7Gateway5speakEi -3 to Louder and to the project
// exempt: virtual_calls _ZNK4acme6Louder5speakEi 2 named as Gateway's
// exempt: virtual_calls _ZNK4acme5Shape5sidesEv -1 to the project
#include "acme/acme.hpp"
#include "form.h"

#include <memory>
#include <utility>

FORM(qualifiers_of_members) {
  acme::Gateway gateway(1);
  const acme::Gateway constant(2);
  volatile acme::Gateway changing(3);
  const volatile acme::Gateway both(4);
  static_assert(noexcept(gateway.read()) && !noexcept(gateway.charge(1L)) && noexcept(std::declval<acme::Gateway>().right_quiet()));
  SHOW(gateway.charge(1L) + gateway.charge("") + gateway.add(1) + gateway.read());
  SHOW(constant.charge(1L) + constant.read());
  SHOW(changing.watch() + changing.left_volatile());
  SHOW(both.watch_const());
  SHOW(gateway.left() + gateway.left_const() + constant.left_const());
  SHOW(acme::Gateway(5).right() + std::move(gateway).right_const() + acme::Gateway(6).right_quiet());
  SHOW(gateway.by() + constant.by() * 10);
  SHOW(std::move(gateway).by() + std::move(constant).by() * 10);
  SHOW(acme::Gateway().by());
  gateway.slot() = 9;
  static_assert(std::is_same_v<decltype(gateway.slot()), int &>);
  static_assert(std::is_same_v<decltype(constant.slot()), const int &>);
  SHOW(gateway.slot() + constant.slot());
  SHOW(gateway.chain(1).chain(2).chain(3).read());
  SHOW(gateway.needed() + gateway.inline_member(4));
}

FORM(receivers) {
  acme::Gateway gateway(1);
  acme::Gateway *pointer = &gateway;
  acme::Gateway &reference = gateway;
  acme::Gateway several[2] = {acme::Gateway(2), acme::Gateway(3)};
  const auto owned = std::make_unique<acme::Gateway>(4);
  const auto shared = std::make_shared<acme::Louder>(5);
  SHOW(pointer->read() + (*pointer).read() + (&gateway)->read() + reference.read() + (gateway).read());
  SHOW(several[1].read() + several->read() + (several + 1)->read());
  SHOW(owned->read() + (*owned).read() + owned.get()->read() + shared->read());
  SHOW(acme::Gateway(6).read() + acme::Gateway{7}.read());
  SHOW(acme::Gateway::make(8).read() + acme::Gateway::instance().read() + (&acme::Gateway::instance())->read());
  SHOW((acme_step(1) ? gateway : several[0]).read());
  SHOW((acme_step(1), gateway).read());
  SHOW(gateway.acme::Gateway::read() + pointer->Gateway::read());
  SHOW([&] { return gateway.read(); }() + [=] { return pointer->read(); }() + [gateway] { return gateway.read(); }());
  SHOW((new acme::Gateway(9))->read());
  SHOW((gateway = acme::Gateway(10)).read());
  SHOW(gateway /* the one */
           .read());
  SHOW(gateway
           .chain(1)
           .chain(2)
           .read());
  const acme::Outer::Inside inside;
  SHOW(inside.nested(1) + acme::Outer::Inside::nested_static(2) + inside.nested_static(3));
}

FORM(static_members) {
  acme::Gateway gateway;
  acme::Louder louder;
  SHOW(acme::Gateway::count(1) + gateway.count(2) + (&gateway)->count(3));
  SHOW(acme::Louder::count(4) + louder.count(5));
  using Alias = acme::Gateway;
  SHOW(Alias::count(6));
  SHOW(decltype(gateway)::count(7));
}

namespace {
class Project : public acme::Gateway {
public:
  using acme::Gateway::charge;
  using acme::Gateway::guarded;
  using Base = acme::Gateway;

  explicit Project(int number) : acme::Gateway(number), from_seam_(count(number)) {}

  int implicit() { return charge(1L) + add(2) + read() + count(3); }
  int explicit_this() { return this->charge(1L) + this->add(2) + (*this).read() + this->count(3); }
  int qualified() { return Gateway::charge(1L) + acme::Gateway::add(2) + this->Gateway::read() + Gateway::count(3); }
  int through_alias() { return Base::read() + Base::count(4); }
  int in_lambdas() {
    const auto copied = [=, this] { return read() + charge(1L); };
    const auto referred = [&] { return read() + this->charge(2L); };
    const auto star = [*this] { return read(); };
    const auto generic = [&](auto number) { return charge(static_cast<long>(number)) + read(); };
    return copied() + referred() + star() + generic(3);
  }
  int use_protected() { return guarded(1) + this->guarded(2) + guarded_static(3) + Gateway::guarded_static(4); }
  int pointer_to_protected() { return (this->*&Project::guarded)(5); }
  template <class T> int in_template(T number) { return charge(number) + this->read() + Gateway::count(1); }
  int in_const() const { return read() + charge(""); }
  int default_argument(int number = count(8)) const { return number; }
  int from_seam() const { return from_seam_; }
  friend int reading(const Project &project) { return project.read() + count(5); }

private:
  int from_seam_;
  int member_initialiser_ = read() + count(6);
};
} // namespace
FORM(derived_in_the_project) {
  Project project(1);
  SHOW(project.implicit());
  SHOW(project.explicit_this());
  SHOW(project.qualified());
  SHOW(project.through_alias());
  SHOW(project.in_lambdas());
  SHOW(project.use_protected());
  SHOW(project.pointer_to_protected());
  SHOW(project.in_template(1L) + project.in_template("x"));
  SHOW(project.in_const() + project.default_argument() + project.from_seam());
  SHOW(reading(project));
  SHOW(project.guarded(7) + project.charge(8L) + project.Gateway::charge("x"));
}

namespace {
struct Overrider : acme::Gateway {
  int speak(int number) const override { return number * 1000 + acme_inc(number); }
};
struct Square : acme::Shape {
  int sides() const override { return acme_inc(3); }
};
} // namespace
namespace {
struct Extending : acme::Louder {
  int speak(int number) const override { return Louder::speak(number) + acme::Gateway::speak(number) + quiet(number); }
  int quiet(int number) const noexcept { return this->acme::Gateway::speak(number); }
  int shout(int number) override { return Gateway::shout(number) + 1; }
};
template <class Base> struct ExtendingAny : Base {
  int speak(int number) const override { return Base::speak(number) + this->Base::speak(number); }
};
} // namespace
FORM(calls_past_overriders) {
  const Extending extending;
  const acme::Gateway &reference = extending;
  SHOW(reference.Gateway::speak(1));
  SHOW(extending.speak(2));
  SHOW(extending.Louder::speak(3) + extending.acme::Gateway::speak(4));
  SHOW((&reference)->acme::Gateway::speak(5));
  SHOW(Extending().shout(6));
  SHOW(ExtendingAny<acme::Gateway>().speak(7) + ExtendingAny<acme::Louder>().speak(8));
}

namespace {
class Private : acme::Gateway {
public:
  using Gateway::add, Gateway::read;
  using acme::Gateway::count;
  using Gateway::charge;
  int charge(double) const { return -1; }
  int own() const { return charge(1L) + read(); }
};
template <class Base> struct Using : private Base {
  using Base::charge;
  using Base::read;
};
} // namespace
FORM(using_declarations_in_classes) {
  Private object;
  SHOW(object.add(1) + object.read() + Private::count(2) + object.charge(3L) + object.charge("") + object.own());
  SHOW(object.charge(1.0));
  SHOW(Using<acme::Gateway>().read() + Using<acme::Louder>().charge(4L));
}

FORM(virtual_calls) {
  const acme::Gateway gateway(1);
  const acme::Louder louder(2);
  const Overrider overrider;
  const acme::Gateway *all[] = {&gateway, &louder, &overrider};
  for (const acme::Gateway *each : all)
    SHOW(each->speak(3));
  SHOW(louder.speak(4) + overrider.speak(5));
  const acme::Gateway &reference = louder;
  SHOW(reference.speak(6));
  const Square square;
  const acme::Shape &shape = square;
  SHOW(shape.sides() + shape.doubled());
}

FORM(several_bases) {
  const acme::Both both;
  SHOW(both.same(1) + both.other(2) + both.both(3));
  SHOW(both.Left::same(4) + both.Right::other(5) + both.acme::Left::same(6));
  const acme::Right &right = both;
  SHOW(right.other(7));
}

FORM(variadic_members) {
  const acme::Gateway gateway(1);
  SHOW(gateway.variadic(0));
  SHOW(gateway.variadic(2, 3, 4));
}

FORM(members_that_do_not_return) {
  const acme::Gateway gateway(3);
  try {
    gateway.leave();
  } catch (int number) {
    SHOW(number);
  }
}

namespace {
struct Smart {
  acme::Gateway *operator->() { return &gateway; }
  acme::Gateway &operator*() { return gateway; }
  operator acme::Gateway &() { return gateway; }
  explicit operator bool() const { return gateway.read() != 0; }
  operator int() const { return gateway.charge(1L) + acme_inc(1); }
  int operator()(int number) const { return gateway.charge(static_cast<long>(number)); }
  int operator[](int number) const { return acme_inc(number); }
  Smart &operator+=(int number) {
    gateway.add(acme_inc(number));
    return *this;
  }
  friend bool operator==(const Smart &left, const Smart &right) { return left.gateway.read() == right.gateway.read(); }
  acme::Gateway gateway{4};
};
int operator""_acme(unsigned long long number) { return acme_inc(static_cast<int>(number)); }
int friendly(const acme::Gateway &gateway) { return gateway.read(); }
} // namespace
FORM(inside_operators_and_conversions) {
  Smart smart;
  SHOW(smart->read() + (*smart).read() + smart.operator->()->read());
  if (smart)
    SHOW(int{smart} + static_cast<int>(smart));
  SHOW(smart(1) + smart.operator()(2) + smart[3]);
  smart += 5;
  SHOW(smart == Smart());
  SHOW(12_acme);
  acme::Gateway &converted = smart;
  SHOW(friendly(converted));
}
