// the beginning and the end of a test, whoever announces them
#include "test.hpp"

#include "context.hpp"
#include "registry.hpp"

#include <cstdio>
#include <string>

namespace tripwire::runtime {

void end_start() {
  if (!Registry::starting()) {
    return;
  }
  Process::instance().make_whole_program(); // takes violations also when memory has run out
  std::string names;
  for (const seam::Slot *slot : Registry::instance().end_of_start()) {
    names += (names.empty() ? "" : ", ") + std::string(slot->facts.name);
  }
  if (!names.empty()) {
    std::fprintf(stderr, "tripwire: note: called before the first test, and let through: %s\n", names.c_str());
  }
}

void begin_body(VerifierState &verifier) {
  const std::uint32_t here = thread_number(context());
  if (verifier.home.exchange(here, std::memory_order_relaxed) != here) {
    rules_changed();
  }
  if (verifier.phase.exchange(Phase::body, std::memory_order_acq_rel) != Phase::body) {
    Registry::instance().watch_all();
  }
}

void end_body(VerifierState &verifier) {
  if (verifier.phase.exchange(Phase::fixture, std::memory_order_acq_rel) == Phase::body) {
    Registry::instance().unwatch_all();
  }
}

} // namespace tripwire::runtime
