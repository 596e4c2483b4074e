// The vendor's library: never rewritten, and compiled so that each of its functions reports that it was entered
// (counter.cpp)
#include "acme/acme.hpp"
#include "acme/made.hpp"
#include "acme/money.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {
int next_number = 0;
int cells[3] = {10, 20, 30};
const acme_point origin = {0, 0};
} // namespace

extern "C" {
jmp_buf acme_landing;

int acme_add(int left, int right) { return left + right; }
int acme_inc(int number) { return number + 1; }
int acme_next() { return ++next_number; }
int acme_step(int number) {
  std::printf("[%d]", number);
  return number;
}
void acme_reset() { next_number = 0; }
long acme_long(long number) { return number * 2; }
double acme_half(double number) { return number / 2; }
float acme_float(float number) { return number / 4; }
long double acme_wide(long double number) { return number * 3; }
unsigned char acme_byte(unsigned char number) { return static_cast<unsigned char>(number + 1); }
acme_colour acme_mix(acme_colour left, acme_colour right) { return left > right ? left : right; }
acme_point acme_make(int x, int y) { return {x, y}; }
int acme_area(acme_point point) { return point.x * point.y; }
void acme_move(acme_point *point, int by) { point->x += by; }
const acme_point *acme_origin() { return &origin; }
int acme_word_of(acme_word word) { return word.number; }
int acme_total(const int *values, size_t count) {
  int total = 0;
  for (size_t i = 0; i < count; ++i)
    total += values[i];
  return total;
}
size_t acme_row(const int *row, const int (*rows)[3]) { return static_cast<size_t>(row[0] + rows[1][2]); }
char *acme_copy(char *to, const char *from, size_t size) {
  std::memcpy(to, from, size);
  return to;
}
int acme_set_errno(int number) {
  errno = number;
  return -1;
}
int acme_apply(acme_unary function, int value) { return function(value); }
int acme_visit(int (*visit)(void *, int), void *context) { return visit(context, 1) + visit(context, 2); }
acme_unary acme_pick(int which) { return which == 0 ? &acme_inc : &acme_square; }
int (*acme_choose(int which))(int) { return which == 0 ? &acme_inc : &acme_square; }
void acme_sort(int *values, size_t count, int (*compare)(const void *, const void *)) {
  std::qsort(values, count, sizeof *values, compare);
}
int acme_compare(const void *left, const void *right) {
  return *static_cast<const int *>(left) - *static_cast<const int *>(right);
}
int acme_sum(int count, ...) {
  va_list list;
  va_start(list, count);
  int total = 0;
  for (int i = 0; i < count; ++i)
    total += va_arg(list, int);
  va_end(list);
  return total;
}
int acme_vsum(int count, va_list list) {
  int total = 0;
  for (int i = 0; i < count; ++i)
    total += va_arg(list, int);
  return total;
}
int acme_log(const char *format, ...) {
  va_list list;
  va_start(list, format);
  const int written = std::vprintf(format, list);
  va_end(list);
  return written;
}
const char *acme_translate(const char *text) { return text; }
int acme_list(const char *first, ...) {
  va_list list;
  va_start(list, first);
  int count = 0;
  for (const char *each = first; each; each = va_arg(list, const char *))
    ++count;
  va_end(list);
  return count;
}
void *acme_alloc(size_t size) { return std::malloc(size ? size : 1); }
void acme_free(void *block) { std::free(block); }
size_t acme_length(const char *text) { return std::strlen(text); }
int acme_square(int number) { return number * number; }
int acme_old(int number) { return number + 11; }
int acme_shared(int number) { return number + 12; }
int acme_shared_too(int number) { return number + 13; }
int acme_renamed(int number) { return number + 14; }
int acme_renamed_too(int number) { return number + 15; }
int(acme_checked)(int number) { return number + 16; }
[[noreturn]] void acme_leave(int code) { longjmp(acme_landing, code); }
}

namespace acme {

int plain(int number) { return number + 1; }
int quiet(int number) noexcept { return number + 2; }
int conditional(int number) noexcept(sizeof(int) == 4) { return number + 3; }
void nothing() { std::printf("nothing\n"); }
int wanted(int number) { return number + 4; }
int aged(int number) { return number + 5; }
void fail(int number) { throw number; }
auto trailing(int number) -> int { return number + 6; }
const Token constant(int number) { return Token{number}; }
int &place(int index) { return cells[index]; }
const int &peek(int index) { return cells[index]; }
int &&moved(int index) { return static_cast<int &&>(cells[index]); }
int (&row())[3] { return cells; }

int send(int) { return 1; }
int send(unsigned) { return 2; }
int send(long) { return 3; }
int send(double) { return 4; }
int send(bool) { return 5; }
int send(char) { return 6; }
int send(const char *) { return 7; }
int send(const void *) { return 8; }
int send(std::nullptr_t) { return 9; }
int send(const Token &) { return 10; }
int send(Token &) { return 11; }
int send(Token &&) { return 12; }
int send(std::initializer_list<int>) { return 13; }
int send(Mode) noexcept { return 14; }
int send(int, int) { return 15; }
int zero(int) { return 1; }
int zero(const void *) { return 2; }

int scaled(int value, int factor) { return value * factor; }
int scaled_more(int value, int factor, const char *text, Token token) {
  return value * factor + static_cast<int>(std::strlen(text)) + token.value;
}
int compared(int value, bool less, bool more) { return value + less + more; }

int take(MoveOnly item) { return item.value; }
int look(const Immovable &item) { return item.value; }
MoveOnly make_moving(int number) { return MoveOnly(number); }
Immovable make_fixed(int number) { return Immovable(number); }
int by_reference(int &number) { return number++; }
int by_const_reference(const int &number) { return number + 20; }
int by_rvalue(int &&number) { return number + 21; }
int by_array(const int (&values)[3]) { return values[0] + values[2]; }
int by_function(int (&function)(int)) { return function(5); }
int by_text(std::string text) { return static_cast<int>(text.size()); }
int by_view(std::string_view text) { return static_cast<int>(text.size()); }
std::string text(int number) { return std::to_string(number); }
Pair pair(int number) { return {number, number + 1}; }
Numbers numbers(int first) { return {{first, first + 1, first + 2}}; }
int listed(std::initializer_list<int> list) { return static_cast<int>(list.size()); }
int with_unnamed(int number, double, const char *) { return number; }

namespace inner {
int deep(int number) { return number + 30; }
namespace most {
int deeper(int number) { return number + 31; }
} // namespace most
} // namespace inner
inline namespace v1 {
int versioned(int number) { return number + 32; }
} // namespace v1
namespace parcels {
int weigh(const Parcel &parcel) { return parcel.weight; }
int weigh(const Parcel &parcel, int times) { return parcel.weight * times; }
} // namespace parcels

int Gateway::charge(long cents) const { return number_ + static_cast<int>(cents); }
int Gateway::charge(const char *) const { return number_ + 50; }
int Gateway::add(int number) { return number_ += number; }
int Gateway::add_default(int number, int more) { return number_ + number + more; }
int Gateway::read() const noexcept { return number_; }
int Gateway::watch() volatile { return number_ + 60; }
int Gateway::watch_const() const volatile { return number_ + 61; }
int Gateway::left() & { return number_ + 62; }
int Gateway::left_const() const & { return number_ + 63; }
int Gateway::right() && { return number_ + 64; }
int Gateway::right_const() const && { return number_ + 65; }
int Gateway::right_quiet() &&noexcept { return number_ + 66; }
int Gateway::left_volatile() volatile & { return number_ + 67; }
int Gateway::by() & { return 70; }
int Gateway::by() const & { return 71; }
int Gateway::by() && { return 72; }
int Gateway::by() const && { return 73; }
Gateway &Gateway::chain(int number) {
  number_ += number;
  return *this;
}
int Gateway::variadic(int count, ...) const {
  va_list list;
  va_start(list, count);
  int total = number_;
  for (int i = 0; i < count; ++i)
    total += va_arg(list, int);
  va_end(list);
  return total;
}
int Gateway::needed() const { return number_ + 80; }
void Gateway::leave() const { throw number_; }
int &Gateway::slot() { return number_; }
const int &Gateway::slot() const { return number_; }
int Gateway::count(int number) { return number + 81; }
Gateway Gateway::make(int number) { return Gateway(number); }
Gateway &Gateway::instance() {
  static Gateway only(5);
  return only;
}
int Gateway::speak(int number) const { return number_ + number; }
int Gateway::guarded(int number) const { return number_ + number + 82; }
int Gateway::guarded_static(int number) { return number + 83; }
int Louder::speak(int number) const { return number * 100; }
int Louder::only_here(int number) const { return number + 84; }
int Left::same(int number) const { return left + number; }
int Right::other(int number) const { return right + number; }
int Both::both(int number) const { return left + right + number; }
int Shape::doubled() const { return 2 * sides(); }
int Outer::Inside::nested(int number) const { return number + 90; }
int Outer::Inside::nested_static(int number) { return number + 91; }

Made::Made() noexcept : number_(4) {}
Made::Made(int number, int more) : number_(number * more) {}
Made::Made(const Amount &amount) : number_(amount.number) {}
Made::Made(const char *name) noexcept(false) : number_(static_cast<int>(std::string(name).size())), name_(name) {}
Made::Made(std::unique_ptr<int> owned) : number_(*owned) {}
Made::Made(long number, char secret) : number_(static_cast<int>(number) + secret) {}
Made::Made(int *left, long right) : number_(right > 0 ? *left : 0) {}
Made Maker::make() { return Made(5L, 'c'); }
Made::~Made() { number_ = -1; }
Pinned::Pinned(int value) : number(value) {}
Listed::Listed(std::initializer_list<int> numbers) : number(static_cast<int>(numbers.size()) * 100) {}
Listed::Listed(int left, int right) : number(left * 10 + right) {}
Root::Root(int value) : number(value) {}
Root::~Root() = default;
Branch::Branch(int value) : Root(value + 1) {}
Failing::Failing(int number) {
  if (number > 2)
    throw number;
}

Money &Money::operator=(const Money &other) {
  value = other.value;
  return *this;
}
Money &Money::operator+=(const Money &other) {
  value += other.value;
  return *this;
}
Money &Money::operator-=(int number) & noexcept {
  value -= number;
  return *this;
}
Money Money::operator-() const { return Money(-value); }
Money &Money::operator++() {
  ++value;
  return *this;
}
Money Money::operator++(int) { return Money(value++); }
bool Money::operator!() const noexcept { return value == 0; }
int Money::operator[](int index) const { return value * index; }
int &Money::operator[](const std::string &) { return value; }
int Money::operator()(int left, int right) const { return value + left * right; }
int Money::operator()() const { return value + 1000; }
Money Money::operator*(int times) const { return Money(value * times); }
Money Money::operator,(const Money &other) const { return Money(value * 100 + other.value); }
Money *Money::operator->*(int Money::*) { return this; }
template <class T> Money Money::operator%(T divisor) const { return Money(value % static_cast<int>(divisor)); }
template Money Money::operator%(int) const;
template Money Money::operator%(long) const;
bool Money::operator>(const Money &other) const { return value > other.value; }
Money operator+(const Money &left, const Money &right) { return Money(left.value + right.value); }
Money operator+(const Money &left, int right) { return Money(left.value + right); }
Money operator~(const Money &money) { return Money(~money.value); }
bool operator==(const Money &left, const Money &right) noexcept { return left.value == right.value; }
bool operator<(const Money &left, const Money &right) { return left.value < right.value; }
bool operator&&(const Money &left, const Money &right) { return left.value != 0 && right.value != 0; }
Money &operator<<(Money &left, int right) {
  left.value += right;
  return left;
}
Money &operator<<(Money &left, const Money &right) {
  left.value += right.value;
  return left;
}
Money &operator|=(Money &left, Money right) {
  left.value |= right.value;
  return left;
}
Money operator--(Money &money, int) { return Money(money.value--); }
template <class T> Money operator/(const Money &left, T right) { return Money(left.value / static_cast<int>(right)); }
template Money operator/(const Money &, int);
template Money operator/(const Money &, double);
template <class T> bool operator<(const Money &left, T *right) { return left.value < *right; }
template bool operator< <int>(const Money &, int *);
Money *Pointer::operator->() const { return &money; }
Money &Pointer::operator*() const { return money; }
Coins Coins::operator*(const Coins &other) const { return Coins(value * other.value); }
Money &Coins::operator+=(const char *text) {
  value += *text;
  return *this;
}
bool Coins::operator>(const Money &other) const { return value >= other.value; }
template <class T> T Purse<T>::operator[](int index) const { return static_cast<T>(kept * index); }
template <class T> Purse<T> &Purse<T>::operator+=(T more) {
  kept = static_cast<T>(kept + more);
  return *this;
}
template struct Purse<int>;
template struct Purse<long>;
Flag operator|(Flag left, Flag right) { return static_cast<Flag>(static_cast<int>(left) | static_cast<int>(right)); }
Flag &operator|=(Flag &left, Flag right) {
  left = static_cast<Flag>(static_cast<int>(left) | static_cast<int>(right));
  return left;
}

} // namespace acme

#include "acme/generic.hpp"

namespace acme {
namespace generic {

template <class T> T any(T number) { return static_cast<T>(number + number); }
template <class T> T any(T *number) { return static_cast<T>(*number + 1); }
int any(const char *text) { return text[0]; }
template <class T, class... More> std::size_t several(const T &, More &&...) noexcept { return 1 + sizeof...(More); }
template <Size size, int times> int sized(int number) { return static_cast<int>(size) * 100 + times * 10 + number; }
template <class Result, class T> Result converted(T number) { return static_cast<Result>(number); }
template <class T> T rejecting(T number) {
  if (number < 0)
    throw number;
  return number;
}
template <class T> T single(T number) { return number + 5; }
template int single(int);
template int any(int);
template long any(long);
template double any(double);
template int any(int *);
template std::size_t several(const int &) noexcept;
template std::size_t several(const std::string &, int &, double &&) noexcept;
template int sized<Size::small>(int);
template int sized<Size::large, -3>(int);
template long converted<long>(int);
template std::string converted<std::string>(const char *);
template int rejecting(int);

template <class T> int Basket<T>::put(T more) { return static_cast<int>(number_ += more); }
template <class T> int Basket<T>::look() const & { return static_cast<int>(number_); }
template <class T> int Basket<T>::look() && { return static_cast<int>(number_) + 1000; }
template <class T> T &Basket<T>::kept() { return number_; }
template <class T> Basket<T> Basket<T>::make(T number) { return Basket(number); }
template <class T> int Basket<T>::counted(T number) noexcept { return static_cast<int>(number) + 1; }
template <class T> template <class U> U Basket<T>::as(U more) const { return static_cast<U>(number_) + more; }
template <class T> int Basket<T>::Handle::open(const T &number) const { return static_cast<int>(number) + 2; }
template <class T> int Basket<T>::inside(T more) const { return static_cast<int>(number_ + more); }
template <class T> int Basket<T *>::look() const { return 20; }
int Basket<char>::look() const { return 30; }
int Basket<char>::counted(char number) { return number; }
template <class Derived> int Named<Derived>::name() const { return static_cast<const Derived *>(this)->age; }
template <class T> int Mixed::add(T number) const { return static_cast<int>(number) + 1; }
template <int number> int Mixed::add() const { return number; }
int Mixed::add(const char *) const { return 3; }
template class Basket<int>;
template class Basket<double>;
template class Basket<int *>;
template long Basket<int>::as(long) const;
template int Basket<double>::as(int) const;
template class Named<Jane>;
template int Mixed::add(int) const;
template int Mixed::add(double) const;
template int Mixed::add<5>() const;

} // namespace generic
} // namespace acme
