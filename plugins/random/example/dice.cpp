// A game of dice: production code, without a word of tripwire.
#include "dice.hpp"

#include <cstddef>
#include <cstdlib>
#include <ctime>

#include <sys/random.h>

namespace dice {

std::vector<int> thrown(int count) {
  std::srand(static_cast<unsigned>(std::time(nullptr)));
  std::vector<int> numbers;
  for (; count > 0; --count)
    numbers.push_back(std::rand() % 6 + 1);
  return numbers;
}

std::string invitation() {
  unsigned char bytes[8];
  std::size_t got = 0;
  while (got < sizeof bytes) { // a signal may end the call early
    const ssize_t more = getrandom(bytes + got, sizeof bytes - got, 0);
    got += more < 0 ? 0 : static_cast<std::size_t>(more);
  }
  std::string name;
  for (const unsigned char byte : bytes)
    name += static_cast<char>('a' + byte % 26);
  return name;
}

} // namespace dice
