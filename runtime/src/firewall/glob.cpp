// letters with wildcards --> whether a text is one of those that they name
#include "glob.hpp"

namespace tripwire::runtime {

Glob Glob::of_path(const Letters &pattern) { return {pattern, u'/', false}; }

Glob Glob::of_host(const Letters &pattern) { return {pattern, u'.', true}; }

Glob::Glob(const Letters &pattern, char16_t separator, bool is_host) : separator_(separator) {
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char16_t letter = pattern[at];
    const bool begins = at == 0 || pattern[at - 1] == separator;
    const bool ends = at + 1 == pattern.size() || pattern[at + 1] == separator;
    if (letter == star && begins && ends) {
      tokens_.push_back({Step::one_inside, 0});
      tokens_.push_back({is_host && at == 0 ? Step::many : Step::many_inside, 0});
    } else if (letter == star) {
      tokens_.push_back({Step::many_inside, 0});
    } else if (letter == double_star && begins && ends && at + 1 < pattern.size()) {
      tokens_.push_back({Step::parts, 0});
      ++at;
    } else if (letter == double_star) {
      tokens_.push_back({Step::many, 0});
    } else {
      tokens_.push_back({Step::letter, letter});
    }
  }
}

bool Glob::matches(const Letters &text) const {
  // Which beginnings of the text the tokens so far can stand for, by length.
  std::vector<char> reached(text.size() + 1, 0);
  reached[0] = 1;
  for (const Token &token : tokens_) {
    std::vector<char> next(text.size() + 1, 0);
    bool may = false; // whether an open wildcard reaches this place
    for (std::size_t at = 0; at <= text.size(); ++at) {
      switch (token.step) {
      case Step::letter:
        next[at] = at > 0 && reached[at - 1] != 0 && text[at - 1] == token.letter;
        break;
      case Step::one_inside:
        next[at] = at > 0 && reached[at - 1] != 0 && text[at - 1] != separator_;
        break;
      case Step::many_inside:
        may = reached[at] != 0 || (may && at > 0 && text[at - 1] != separator_);
        next[at] = may;
        break;
      case Step::many:
        may = may || reached[at] != 0;
        next[at] = may;
        break;
      case Step::parts:
        next[at] = reached[at] != 0 || (may && at > 0 && text[at - 1] == separator_);
        may = may || reached[at] != 0;
        break;
      }
    }
    reached = std::move(next);
  }
  return reached[text.size()] != 0;
}

} // namespace tripwire::runtime
