// A word that is not known --(distance)--> the known word that was probably meant.
#include "nearest.hpp"

#include <algorithm>
#include <cctype>

namespace tripwire::config {

namespace {

std::string lower(const std::string &word) {
  std::string out;
  for (char letter : word)
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return out;
}

/// A quarter of the longer word may be wrong, and always one letter of a word that has three.
std::size_t tolerance(const std::string &word, const std::string &known) {
  std::size_t longer = std::max(word.size(), known.size());
  return longer < 3 ? 0 : std::max<std::size_t>(1, (longer + 1) / 4);
}

} // namespace

std::size_t distance(const std::string &from, const std::string &to) {
  std::vector<std::size_t> before(to.size() + 1), last(to.size() + 1), now(to.size() + 1);
  for (std::size_t j = 0; j <= to.size(); ++j)
    last[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      std::size_t changed = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, changed});
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
        now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before = last;
    last = now;
  }
  return last[to.size()];
}

std::optional<std::string> nearest(const std::string &word, const std::vector<std::string> &known) {
  // Long words are nobody's typing error, and the table would grow with them.
  if (word.size() > 200)
    return std::nullopt;
  std::optional<std::string> best;
  std::size_t best_distance = 0;
  for (const std::string &candidate : known) {
    std::size_t apart = distance(lower(word), lower(candidate));
    bool begins = word.size() >= 3 && candidate.compare(0, word.size(), word) == 0;
    if (apart > tolerance(word, candidate) && !begins)
      continue;
    if (best && apart >= best_distance)
      continue;
    best = candidate;
    best_distance = apart;
  }
  return best;
}

std::string did_you_mean(const std::string &word, const std::vector<std::string> &known) {
  std::optional<std::string> meant = nearest(word, known);
  return meant ? "; did you mean '" + *meant + "'?" : std::string();
}

std::string listed(const std::vector<std::string> &words, const char *last) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0)
      out += i + 1 == words.size() ? std::string(" ") + last + ' ' : std::string(", ");
    out += '\'' + words[i] + '\'';
  }
  return out;
}

} // namespace tripwire::config
