// Operators.
#ifndef ACME_MONEY_HPP
#define ACME_MONEY_HPP

#include <string>

namespace acme {

struct Money {
  explicit Money(int number = 0) : value(number) {}
  Money(const Money &other) = default;
  Money &operator=(const Money &other);
  Money &operator+=(const Money &other);
  Money &operator-=(int number) & noexcept;
  Money operator-() const;
  Money &operator++();
  Money operator++(int);
  bool operator!() const noexcept;
  int operator[](int index) const;
  int &operator[](const std::string &name);
  int operator()(int left, int right = 5) const;
  int operator()() const;
  Money operator*(int times) const;
  Money operator,(const Money &other) const;
  Money *operator->*(int Money::*member);
  template <class T> Money operator%(T divisor) const;
  virtual bool operator>(const Money &other) const;

  int value;
};
Money operator+(const Money &left, const Money &right);
Money operator+(const Money &left, int right);
Money operator~(const Money &money);
bool operator==(const Money &left, const Money &right) noexcept;
bool operator<(const Money &left, const Money &right);
bool operator&&(const Money &left, const Money &right);
Money &operator<<(Money &left, int right);
Money &operator<<(Money &left, const Money &right);
Money &operator|=(Money &left, Money right);
Money operator--(Money &money, int);
template <class T> Money operator/(const Money &left, T right);
template <class T> bool operator<(const Money &left, T *right);

struct Pointer {
  Money *operator->() const;
  Money &operator*() const;
  mutable Money money;
};

struct Farther {
  Pointer operator->() const;
};

struct Coins : Money {
  using Money::Money;
  using Money::operator*;
  using Money::operator+=;
  Coins operator*(const Coins &other) const;
  Money &operator+=(const char *text);
  bool operator>(const Money &other) const override;
};

template <class T> struct Purse {
  T operator[](int index) const;
  Purse &operator+=(T more);
  T kept;
};

enum class Flag { none, one, two };
Flag operator|(Flag left, Flag right);
Flag &operator|=(Flag &left, Flag right);

} // namespace acme
#endif
