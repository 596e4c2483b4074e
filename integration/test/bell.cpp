#include "bell.hpp"

#include <tripwire/seam/definition.hpp>

namespace bell {
namespace {
int total = 0;
} // namespace

int ring(int times) { return total += times, times; }

int rung() { return total; }

int call_to_dinner(int guests) { return bell::tripwire_may_throw_ring(guests); }

bool try_to_call(int guests) {
  try {
    return bell::tripwire_may_throw_ring(guests) == guests;
  } catch (...) {
    return false;
  }
}

} // namespace bell

namespace {
namespace tw = ::tripwire::seam;

constexpr tw::Parameter parameters[] = {tw::parameter("times")};
tw::Slot slot(tw::SlotFacts{"bell::ring", "_ZN4bell4ringEi", "", "tripwire.yaml:3", tw::key<&::bell::ring>(),
                            tw::key<&::bell::tripwire_seam_ring>(), tw::signature<decltype(::bell::ring)>(), parameters,
                            tw::result(), tw::Failure{}});
const tw::Registration registration(slot);
const tw::Program program("cases", "");
} // namespace

namespace bell {
int tripwire_seam_ring(int times) {
  return tw::invoke<tw::Refusal::answers, int, int>(
      slot, __builtin_return_address(0), [](int count) -> int { return ::bell::ring(count); }, times);
}
int tripwire_may_throw_ring(int times) {
  return tw::invoke<tw::Refusal::throws, int, int>(
      slot, __builtin_return_address(0), [](int count) -> int { return ::bell::ring(count); }, times);
}
} // namespace bell
