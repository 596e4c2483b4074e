#ifndef DICE_HPP
#define DICE_HPP

#include <string>
#include <vector>

namespace dice {

/// Throws a die \p count times: numbers from 1 to 6.
std::vector<int> thrown(int count);

/// A name for a table to play at, that nobody can guess: eight letters.
std::string invitation();

} // namespace dice

#endif
