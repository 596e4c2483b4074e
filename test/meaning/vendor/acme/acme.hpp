// The vendor's C++ interface.
#ifndef ACME_ACME_HPP
#define ACME_ACME_HPP

#include "acme/acme.h"

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace acme {

struct Token {
  int value = 0;
};

struct MoveOnly {
  explicit MoveOnly(int number) : value(number) {}
  MoveOnly(MoveOnly &&other) noexcept : value(other.value) { other.value = -1; }
  MoveOnly &operator=(MoveOnly &&other) noexcept {
    value = other.value;
    other.value = -1;
    return *this;
  }
  MoveOnly(const MoveOnly &) = delete;
  MoveOnly &operator=(const MoveOnly &) = delete;
  int value;
};

struct Immovable {
  explicit Immovable(int number) : value(number) {}
  Immovable(const Immovable &) = delete;
  Immovable &operator=(const Immovable &) = delete;
  int value;
};

struct Pair {
  int first;
  int second;
};
struct Numbers {
  int values[3];
  const int *begin() const { return values; }
  const int *end() const { return values + 3; }
};
enum class Mode : unsigned char { slow, fast };

int plain(int number);
int quiet(int number) noexcept;
int conditional(int number) noexcept(sizeof(int) == 4);
void nothing();
[[nodiscard]] int wanted(int number);
[[deprecated("use plain")]] int aged(int number);
[[noreturn]] void fail(int number);
auto trailing(int number) -> int;
const Token constant(int number);
int &place(int index);
const int &peek(int index);
int &&moved(int index);
int (&row())[3];

// Overloads
int send(int number);
int send(unsigned number);
int send(long number);
int send(double number);
int send(bool yes);
int send(char letter);
int send(const char *text);
int send(const void *block);
int send(std::nullptr_t);
int send(const Token &token);
int send(Token &token);
int send(Token &&token);
int send(std::initializer_list<int> list);
int send(Mode mode) noexcept;
int send(int left, int right);
int zero(int number);
int zero(const void *block);

// Default arguments
int scaled(int value, int factor = 2);
int scaled_more(int value, int factor = 2 + 1, const char *text = "a, b; }", Token token = Token{4});
int compared(int value, bool less = (1 < 2), bool more = 3 > 2);

// Arguments of every kind
int take(MoveOnly item);
int look(const Immovable &item);
MoveOnly make_moving(int number);
Immovable make_fixed(int number);
int by_reference(int &number);
int by_const_reference(const int &number);
int by_rvalue(int &&number);
int by_array(const int (&values)[3]);
int by_function(int (&function)(int));
int by_text(std::string text);
int by_view(std::string_view text);
std::string text(int number);
Pair pair(int number);
Numbers numbers(int first);
int listed(std::initializer_list<int> list);
int with_unnamed(int, double, const char *);

inline int inlined(int number) {
  acme_counts_inline("_ZN4acme7inlinedEi");
  return number + 1000;
}

namespace inner {
int deep(int number);
namespace most {
int deeper(int number);
}
} // namespace inner
inline namespace v1 {
int versioned(int number);
}

// Found by argument-dependent lookup
namespace parcels {
struct Parcel {
  int weight = 1;
};
int weigh(const Parcel &parcel);
int weigh(const Parcel &parcel, int times);
} // namespace parcels

class Gateway {
public:
  explicit Gateway(int number = 1) : number_(number) {}
  virtual ~Gateway() = default;

  int charge(long cents) const;
  int charge(const char *text) const;
  int add(int number);
  int add_default(int number, int more = 5);
  int read() const noexcept;
  int watch() volatile;
  int watch_const() const volatile;
  int left() &;
  int left_const() const &;
  int right() &&;
  int right_const() const &&;
  int right_quiet() && noexcept;
  int left_volatile() volatile &;
  int by() &;
  int by() const &;
  int by() &&;
  int by() const &&;
  Gateway &chain(int number);
  int variadic(int count, ...) const;
  [[nodiscard]] int needed() const;
  [[noreturn]] void leave() const;
  int &slot();
  const int &slot() const;

  static int count(int number);
  static Gateway make(int number);
  static Gateway &instance();

  virtual int speak(int number) const;
  virtual int shout(int number) {
    acme_counts_inline("_ZN4acme7Gateway5shoutEi");
    return number + 7;
  }

  int inline_member(int number) const {
    acme_counts_inline("_ZNK4acme7Gateway13inline_memberEi");
    return number_ + number;
  }

protected:
  int guarded(int number) const;
  static int guarded_static(int number);

private:
  int number_;
};

class Louder : public Gateway {
public:
  explicit Louder(int number = 2) : Gateway(number) {}
  int speak(int number) const override;
  int only_here(int number) const;
};

struct Left {
  int same(int number) const;
  int left = 1;
};
struct Right {
  int other(int number) const;
  int right = 2;
};
struct Both : Left, Right {
  int both(int number) const;
};
struct Shape {
  virtual ~Shape() = default;
  virtual int sides() const = 0;
  int doubled() const;
};

struct Outer {
  struct Inside {
    int nested(int number) const;
    static int nested_static(int number);
  };
};

} // namespace acme
#endif
