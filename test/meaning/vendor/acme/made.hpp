// Classes whose constructors are seams.
#ifndef ACME_MADE_HPP
#define ACME_MADE_HPP

#include <initializer_list>
#include <memory>
#include <string>

namespace acme {

struct Amount {
  int number;
};

class Made {
public:
  Made() noexcept;
  explicit Made(int number, int more = 1);
  Made(const Amount &amount);
  Made(const char *name) noexcept(false);
  explicit Made(std::unique_ptr<int> owned);
  Made(int *left, long right);
  ~Made();
  Made(const Made &other) = default;
  Made &operator=(const Made &other) = default;
  int number() const { return number_; }

private:
  friend struct Maker;
  Made(long number, char secret);
  int number_;
  std::string name_;
};

struct Maker {
  static Made make();
};

/// Can be neither copied nor moved.
class Pinned {
public:
  explicit Pinned(int number);
  Pinned(const Pinned &) = delete;
  int number;
};

class Listed {
public:
  Listed(std::initializer_list<int> numbers);
  Listed(int left, int right);
  int number;
};

/// A virtual base, and a constructor that others inherit.
class Root {
public:
  explicit Root(int number = 6);
  virtual ~Root();
  int number;
};
class Branch : public virtual Root {
public:
  explicit Branch(int number);
};

/// Throws from its constructor.
class Failing {
public:
  explicit Failing(int number);
};

} // namespace acme
#endif
