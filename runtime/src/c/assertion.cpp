// tripwire_assert_call in a test in C --> an Expectation, checked at once
#include "c/in_c.hpp"
#include "c/mock.hpp"
#include "c/value.hpp"

#include "context.hpp"
#include "expectation.hpp"
#include "message.hpp"
#include "mocked.hpp"
#include "verifier_state.hpp"

#include "tripwire/tripwire.h"
#include "tripwire/verifier.hpp"

#include <vector>

using namespace tripwire;
using namespace tripwire::runtime;

namespace {

namespace c = tripwire::runtime::c;

/// How the call ended, as the test says.
ExpectedField ending(const seam::Slot &slot, const tripwire_value &value) {
  switch (value.role) {
  case TRIPWIRE_ERRNO:
    return {"errno", c::matcher_for(value, {&seam::type_of<int>(), nullptr, "errno"}), nullptr};
  case TRIPWIRE_RAISED:
    return {"raised", c::matcher_for(value, {}), nullptr};
  case TRIPWIRE_RETURNED:
  case TRIPWIRE_ARGUMENT:
    break;
  }
  return {"returned", c::matcher_for(value, c::result_target(slot)), nullptr};
}

void assert_call(const char *name, const tripwire_value *values, std::size_t count, Place place) {
  seam::Slot &slot = only_slot_of_name(c::seam_named(name));
  Expectation expectation;
  expectation.slot = &slot;
  expectation.place = place;
  const std::vector<Matcher> matchers = c::matchers_for(slot, values, count, true);
  for (std::size_t index = 0; index < matchers.size(); ++index) {
    expectation.fields.push_back({argument_name(slot, index), matchers[index], nullptr});
  }
  for (std::size_t index = matchers.size(); index < count; ++index) {
    expectation.fields.push_back(ending(slot, values[index]));
  }
  VerifierState &verifier = Process::instance().current(context());
  Interaction *found = nullptr;
  if (check(verifier, expectation, found) == Checked::ending_missing) {
    throw_latched(latch(missing_ending(verifier, expectation), &verifier));
  }
}

} // namespace

extern "C" {

void tripwire_assert_call_at(const void *frame, const char *name, const tripwire_value *values, size_t count,
                             const char *file, int line) {
  c::close_left_blocks(frame);
  c::finish(c::run({file, line}, [&] { assert_call(name, values, count, {file, line}); }));
}

void tripwire_verify_all_at(const void *frame, const char *file, int line) {
  c::close_left_blocks(frame);
  c::finish(c::run({file, line}, [] { verify_all(); }));
}

} // extern "C"
