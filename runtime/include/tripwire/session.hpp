// a plain main function as a test
#ifndef TRIPWIRE_SESSION_HPP
#define TRIPWIRE_SESSION_HPP

#include "tripwire/verifier.hpp"

#include <string_view>

namespace tripwire {

/// A test that is a program: make one at the start of `main` and return what `finish` returns. The guard is active from
/// then on.
///
///   int main() {
///     tripwire::Session session("payments");
///     ...
///     return session.finish();
///   }
///
/// A session that ends without `finish` prints what is left and, unless an exception is on its way, ends the program
/// with status 1.
class Session {
public:
  explicit Session(std::string_view name = "", Place place = Place::here());
  Session(const Session &) = delete;
  Session &operator=(const Session &) = delete;
  ~Session();

  /// Prints every finding to standard error. \return 0 when there is none, else 1.
  int finish();

private:
  bool finished_ = false;
};

} // namespace tripwire

#endif
