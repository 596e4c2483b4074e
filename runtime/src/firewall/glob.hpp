// letters with wildcards --> whether a text is one of those that they name
#ifndef TRIPWIRE_SRC_FIREWALL_GLOB_HPP
#define TRIPWIRE_SRC_FIREWALL_GLOB_HPP

#include "letters.hpp"

#include <vector>

namespace tripwire::runtime {

/// A pattern over parts that a separator keeps apart. A `*` stays within one part and, when it is a whole part, stands
/// for one that is not empty; `**` stands for anything, and `**` with a separator behind it for any number of parts.
class Glob {
public:
  /// Of a path: parts end at `/`.
  static Glob of_path(const Letters &pattern);
  /// Of a host: parts end at `.`, and a `*` in front stands for any number of parts, but for at least one.
  static Glob of_host(const Letters &pattern);

  /// In time proportional to the product of both lengths, whatever the pattern.
  bool matches(const Letters &text) const;

private:
  enum class Step : unsigned char {
    letter,
    one_inside,  ///< any letter but the separator
    many_inside, ///< any number of these
    many,        ///< any letters
    parts,       ///< any number of parts, each with its separator
  };
  struct Token {
    Step step;
    char16_t letter;
  };
  Glob(const Letters &pattern, char16_t separator, bool is_host);

  std::vector<Token> tokens_;
  char16_t separator_;
};

} // namespace tripwire::runtime

#endif
