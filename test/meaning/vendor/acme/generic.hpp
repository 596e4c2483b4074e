// Templates of the vendor's: the library itself instantiates them, for the types that the forms use.
#ifndef ACME_GENERIC_HPP
#define ACME_GENERIC_HPP

#include <cstddef>
#include <string>

namespace acme {
namespace generic {

template <class T> T any(T number);
template <class T> T any(T *number);
int any(const char *text);
template <class T> T single(T number);
template <class T, class... More> std::size_t several(const T &first, More &&...more) noexcept;
enum class Size { small, large };
template <Size size, int times = 2> int sized(int number = 1);
template <class Result, class T> Result converted(T number);
template <class T> T rejecting(T number);

template <class T> class Basket {
public:
  explicit Basket(T number) : number_(number) {}
  int put(T more);
  int look() const &;
  int look() &&;
  T &kept();
  static Basket make(T number);
  static int counted(T number) noexcept;
  template <class U> U as(U more) const;
  struct Handle {
    int open(const T &number) const;
  };

protected:
  int inside(T more) const;

private:
  T number_;
};
template <class T> class Basket<T *> {
public:
  int look() const;
};
template <> class Basket<char> {
public:
  int look() const;
  static int counted(char number);
};

template <class Derived> class Named {
public:
  int name() const;
};
struct Jane : Named<Jane> {
  int age = 30;
};

struct Mixed {
  template <class T> int add(T number) const;
  template <int number> int add() const;
  int add(const char *text) const;
};

// The compiler calls these itself where it has to. Nobody counts in them.
constexpr int known(int number, int more = 1) { return number + more; }
constexpr double known(double number) { return number + 0.5; }
template <class T> constexpr T known_any(T number) { return static_cast<T>(number * 2); }

} // namespace generic
} // namespace acme
#endif
