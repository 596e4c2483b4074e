/* What of the vendor's is refused where it is used. */
#ifndef ACME_REFUSED_H
#define ACME_REFUSED_H

#ifdef __cplusplus
extern "C" {
#endif
int acme_twin(int number) __attribute__((returns_twice));
int acme_sum_of(int count, ...);
void acme_clean(int *number);
#ifndef __cplusplus
int acme_unprototyped();
#endif
#ifdef __cplusplus
}

namespace acme {
template <class T> int of_local(T number);
constexpr int in_constant(int number) { return number + 1; }
inline auto deduced(int number) { return number + 2; }
struct Opened {
  explicit operator bool() const;
  Opened &operator+=(int number);
  int operator()(int number) const;
};
bool operator==(const Opened &left, const Opened &right);
int operator""_acme(unsigned long long number);
struct Range {
  const int *begin() const;
  const int *end() const;
};
struct Hidden {
  friend int hidden(const Hidden &) { return 1; }
};
struct Fixed {
  explicit Fixed(int number) : value(number) {}
  Fixed(const Fixed &) = delete;
  int value;
};
int consume(Fixed item);
struct Point {
  int x;
};
} // namespace acme
#endif
#endif
