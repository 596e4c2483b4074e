// where something was written in the source
#ifndef TRIPWIRE_PLACE_HPP
#define TRIPWIRE_PLACE_HPP

#include <string>

namespace tripwire {

/// A line of the user's source, known when it was compiled. The text has static storage.
struct Place {
  const char *file = "";
  int line = 0;

  /// The place of the expression that uses this as a default argument.
  static constexpr Place here(const char *file = __builtin_FILE(), int line = __builtin_LINE()) noexcept {
    return {file, line};
  }
};

/// Where a call came from, resolved from a return address by debug information.
struct CallSite {
  std::string file;     ///< empty when there is no debug information
  int line = 0;         ///< 0 when there is no debug information
  std::string function; ///< the innermost enclosing function, inlined ones included; empty when nobody knows
  std::string object;   ///< the program or library the address lies in

  /// `payments.cpp:42 in create_charge`, or a plain word where debug information is missing.
  std::string text() const;
};

/// Resolves a return address. Slow (reads debug information on first use); only for messages and reports. Thread-safe.
CallSite call_site(const void *return_address);

} // namespace tripwire

#endif
