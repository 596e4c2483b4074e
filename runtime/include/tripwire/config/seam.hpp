// A seam as its file describes it: what is named, what its parameters mean, and how it says that it failed.
#ifndef TRIPWIRE_CONFIG_SEAM_HPP
#define TRIPWIRE_CONFIG_SEAM_HPP

#include <tripwire/config/diagnostic.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tripwire::config {

enum class SeamKind { function, method, constructor, type, header };

/// The key that names a kind in a seam file: `function`, `method` and so on.
const char *word(SeamKind kind) noexcept;

/// What one parameter, or the result, means to the record of a call.
struct Semantics {
  enum class Direction { none, in, out, in_out };
  enum class Shape { value, text, bytes, object };

  Direction direction = Direction::none;
  Shape shape = Shape::value;
  std::string
      size; ///< how many bytes: a C++ expression over the parameters' names and `result`; empty when none is given
  std::string enumeration;         ///< the enumeration whose enumerators name the value; empty for none
  bool secret = false;             ///< never recorded, never printed
  std::vector<std::string> bits;   ///< the constants that the value is put together from
  std::vector<std::string> fields; ///< the fields to print, in this order
  Place place;
};

/// What the seam answers when a call is refused without an exception. At least one of the two is given.
struct Failure {
  std::string returns;    ///< a C++ expression; empty when nothing is returned
  std::string errno_name; ///< `EPERM`, or a number; empty when errno stays
  Place place;
};

/// Which arguments of a function are work that another thread may do, in the context of whoever handed it over.
struct HandOver {
  std::vector<unsigned> callables; ///< numbers of parameters, from 0; at least one
  std::optional<unsigned> data;    ///< for pointers to functions: the parameter that these get back
  Place place;
};

/// One entry of `seams:`.
struct Seam {
  SeamKind kind = SeamKind::function;
  std::string pattern;                         ///< as written: see parse_pattern; for a header a path glob
  std::vector<std::string> except;             ///< patterns of the same kind that the seam leaves alone
  std::string include;                         ///< the header that declares it, as it is included; empty when not given
  std::map<std::string, Semantics> parameters; ///< by the name in the real declaration
  std::optional<Semantics> result;
  std::optional<Failure> failure;
  std::string becomes; ///< type seams: what stands in for the type
  /// Type seams: patterns of functions that do nothing but use what they are given. Calls with the drop-in stay as they
  /// are, since it sees all that they do.
  std::vector<std::string> answers;
  std::string mode; ///< empty, or "symbol"
  std::optional<HandOver> hands_over;
  bool only_hands_over = false;   ///< the entry is `propagates:` alone: calls are neither recorded nor refused
  std::string plugin;             ///< empty for the project's own
  std::vector<std::string> layer; ///< the headers of that plugin's layer
  Place place;                    ///< of the pattern
  Place mode_place;               ///< of the mode's value, when there is one
};

/// A pattern taken apart: `config.cpp:parse_line(const char *)`.
struct Pattern {
  std::string file;                      ///< `config.cpp`; empty when none is named
  std::string name;                      ///< `parse_line`; may hold `*`, `**` and `?`
  std::optional<std::string> parameters; ///< what is written in the parentheses; absent without them
  std::string qualifiers;                ///< what follows the parentheses: `const`, `&&`
};

/// Takes a seam's pattern apart. A leading `::` of the name is dropped.
Pattern parse_pattern(const std::string &pattern);

/// Whether a name pattern names \p qualified_name (`acme::v1::open`, no leading `::`). `*` and `?` stay within one
/// component of the scope,
/// `**` spans any number of them, none included. A file or a parameter list in the pattern is not looked at.
bool matches(const std::string &pattern, const std::string &qualified_name);

/// Whether the seam's pattern names \p qualified_name and none of its exceptions does. Not for headers.
bool names(const Seam &seam, const std::string &qualified_name);

/// Whether the type seam says that what stands in for the type answers calls of \p function, a qualified name.
bool answers(const Seam &seam, const std::string &function);

/// Whether a name pattern has no `*` and no `?`: it names one thing.
bool is_exact(const std::string &pattern);

} // namespace tripwire::config

#endif
