// A word that is not known --> the known word that was probably meant.
#ifndef TRIPWIRE_SRC_CONFIG_NEAREST_HPP
#define TRIPWIRE_SRC_CONFIG_NEAREST_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tripwire::config {

/// How many letters have to be put in, left out, changed or swapped with their neighbour to make \p to from \p from.
std::size_t distance(const std::string &from, const std::string &to);

/// The known word closest to \p word, when one is close enough to have been meant; of equals the first.
std::optional<std::string> nearest(const std::string &word, const std::vector<std::string> &known);

/// `; did you mean 'x'?`, or nothing.
std::string did_you_mean(const std::string &word, const std::vector<std::string> &known);

/// `'a', 'b' and 'c'`
std::string listed(const std::vector<std::string> &words, const char *last = "and");

} // namespace tripwire::config

#endif
