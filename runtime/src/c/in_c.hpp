// a test that is written in C --> messages in its language, and a way out of it where nothing can be thrown
#ifndef TRIPWIRE_SRC_C_IN_C_HPP
#define TRIPWIRE_SRC_C_IN_C_HPP

#include "latched.hpp"

#include "tripwire/place.hpp"
#include "tripwire/violation.hpp"

#include <string_view>

namespace tripwire::runtime {

struct VerifierState;

/// Whether the lines that messages tell to paste are to be C: the current test is.
bool speaks_c() noexcept;

/// What to say in a test of either language.
inline std::string_view said(std::string_view in_cpp, std::string_view in_c) noexcept {
  return speaks_c() ? in_c : in_cpp;
}

/// Thrown inside of the runtime only, by a call that can be answered by nothing: caught where the call came in, and the
/// test is left from there.
struct Leaving {
  Latched *latched;
};

/// Whether this thread may leave the test by what its framework gave: it is the one that runs it, in the same process.
bool can_leave() noexcept;

/// Hands the violation to the framework, which ends the test; does not return. Only where `can_leave`, and where no
/// frame in between has anything to destroy.
[[noreturn]] void leave(Latched &latched);

/// Closes what the blocks of this thread's test have left open, because they were left by a jump. Before the test ends.
void close_blocks() noexcept;

namespace c {

/// Runs one step of what a C function of ours does. \return the violation that ended it; null when none did. It counts
/// as reported at \p place, unless it knows a better one.
template <class Step> Latched *run(Place place, Step step) noexcept;

/// What a C function of ours does about it: leaves the test, where that can be done. Else the violation is reported at
/// the end of the test. Last, when nothing is left to destroy.
inline void finish(Latched *violation) {
  if (violation != nullptr && can_leave()) {
    leave(*violation);
  }
}

/// A violation that reached C: it goes no further.
Latched *stopped(const Violation &violation, Place place) noexcept;

template <class Step> Latched *run(Place place, Step step) noexcept {
  try {
    step();
  } catch (const Violation &violation) {
    return stopped(violation, place);
  }
  return nullptr;
}

/// Closes the blocks whose functions were left by a jump: \p frame is that of a function which runs. Null: none is
/// known.
void close_left_blocks(const void *frame) noexcept;

/// A wrong use of C functions of ours, as a violation.
[[noreturn]] void refuse_use(std::string_view source, const std::string &why);

} // namespace c

} // namespace tripwire::runtime

#endif
