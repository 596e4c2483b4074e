// a verifier at the end of its test --> what nobody asserted, what nobody used, what somebody swallowed
#ifndef TRIPWIRE_SRC_LEFTOVERS_HPP
#define TRIPWIRE_SRC_LEFTOVERS_HPP

#include "verifier_state.hpp"

#include "tripwire/violation.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tripwire::runtime {

/// One thing to complain about.
struct Leftover {
  CallSite site; ///< of the call, or of the registration
  std::string text;
};

/// Things of one kind: those that a message shows, and how many there are.
class Pile {
public:
  bool empty() const noexcept { return count_ == 0; }
  std::size_t count() const noexcept { return count_; }
  const std::vector<Leftover> &shown() const noexcept { return shown_; }

  /// One more; \p make says which, and is asked only while a message has room.
  template <class Make> void add(Make make) {
    if (shown_.size() < most_shown) {
      shown_.push_back(make());
    }
    ++count_;
  }

private:
  static constexpr std::size_t most_shown = 20;
  std::vector<Leftover> shown_;
  std::size_t count_ = 0;
};

struct Leftovers {
  std::vector<std::shared_ptr<Latched>> violations; ///< written down and not reported yet
  Pile unasserted;
  Pile unused;

  bool empty() const noexcept { return violations.empty() && unasserted.empty() && unused.empty(); }
};

/// Collects everything that was not reported yet, and counts it as reported.
Leftovers take_leftovers(VerifierState &verifier);

/// The violation of unasserted interactions and unused mocks: one of the two kinds, or both in one. Only when there are
/// some.
Facts facts_of(const Leftovers &leftovers);

} // namespace tripwire::runtime

#endif
