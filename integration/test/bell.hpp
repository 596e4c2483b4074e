// A seam and code that calls it, rewritten by hand: the adapter's tests need no tool.
#pragma once

namespace bell {

/// The outside world: how often it rang. Rings for real otherwise.
int ring(int times);
int tripwire_seam_ring(int times);
int tripwire_may_throw_ring(int times);

/// How often the real bell rang.
int rung();

/// The code under test.
int call_to_dinner(int guests);
bool try_to_call(int guests);

} // namespace bell
