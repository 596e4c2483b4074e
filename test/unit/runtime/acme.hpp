// The same outside world in C++: overloads, members, move-only and immovable values.
#ifndef ACME_HPP
#define ACME_HPP

#include "acme.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace acme {

enum class Level { low, high };

int send(std::string_view text);
int send(int number);
std::string greet(const std::string &name);
std::unique_ptr<int> give(std::unique_ptr<int> taken);
int &counter();
void swap_in(std::vector<std::unique_ptr<int>> list);
int quiet(int number) noexcept;
Level level_of(Level level);

struct Pinned {
  explicit Pinned(int given) : number(given) {}
  Pinned(const Pinned &) = delete;
  Pinned &operator=(const Pinned &) = delete;
  int number;
};
Pinned pin(int number);
[[noreturn]] void give_up(int code);

class Client {
public:
  explicit Client(int start) : number_(start) {}
  int charge(int cents);
  int charge(std::string_view text) const;
  static int count(int from);

  // What the tool declares behind each declaration.
  int tripwire_seam_charge(int cents);
  int tripwire_may_throw_charge(int cents);
  int tripwire_seam_charge(std::string_view text) const;
  int tripwire_may_throw_charge(std::string_view text) const;
  static int tripwire_seam_count(int from);
  static int tripwire_may_throw_count(int from);

private:
  int number_;
};

} // namespace acme
#endif
