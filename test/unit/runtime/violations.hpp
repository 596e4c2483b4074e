// Catching a violation and looking at it, in one line.
#ifndef VIOLATIONS_HPP
#define VIOLATIONS_HPP

#include <tripwire/tripwire.hpp>

#include <string>

/// What \p action throws as \p Expected; empty when it throws nothing. Any other exception goes on.
template <class Expected, class Action> std::string text_of(Action action) {
  try {
    action();
  } catch (const Expected &violation) {
    return violation.what();
  }
  return {};
}

/// Counts as seen, so that the end of the test does not complain.
inline std::size_t violations_seen() { return tripwire::take_violations().size(); }

inline bool contains(const std::string &text, const std::string &part) { return text.find(part) != std::string::npos; }

#endif
