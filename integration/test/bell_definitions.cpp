// What the tool makes of the seams of bell.h.
extern "C" {
#include "bell.h"
extern __typeof__(bell_ring) tripwire_seam_bell_ring;
extern __typeof__(bell_toll) tripwire_seam_bell_toll;
}

#include <tripwire/seam/definition.hpp>

namespace {
namespace tw = ::tripwire::seam;

constexpr tw::Parameter parameters[] = {tw::parameter("times")};
tw::Slot ring_slot(tw::SlotFacts{"bell_ring", "bell_ring", "", "tripwire.yaml:3", tw::key<&::bell_ring>(),
                                 tw::key<&::tripwire_seam_bell_ring>(), tw::signature<decltype(::bell_ring)>(),
                                 parameters, tw::result(),
                                 tw::Failure{"returns -1, errno EPERM", [](void *result) noexcept {
                                               errno = EPERM;
                                               ::new (result) int(-1);
                                             }}});
tw::Slot toll_slot(tw::SlotFacts{"bell_toll", "bell_toll", "", "tripwire.yaml:5", tw::key<&::bell_toll>(),
                                 tw::key<&::tripwire_seam_bell_toll>(), tw::signature<decltype(::bell_toll)>(),
                                 parameters, tw::result(), tw::Failure{}});
const tw::Registration ring_registration(ring_slot);
const tw::Registration toll_registration(toll_slot);
const tw::Program program("cases", "");
} // namespace

extern "C" {
int tripwire_seam_bell_ring(int times) {
  return tw::invoke<tw::Refusal::answers, int, int>(
      ring_slot, __builtin_return_address(0), [](int count) -> int { return ::bell_ring(count); }, times);
}
int tripwire_seam_bell_toll(int times) {
  return tw::invoke<tw::Refusal::answers, int, int>(
      toll_slot, __builtin_return_address(0), [](int count) -> int { return ::bell_toll(count); }, times);
}
}
