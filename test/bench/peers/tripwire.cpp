// The calls as the tool writes them, with definitions written by hand: what a rewritten program does.
#include "bench.hpp"

#include "acme_seams.hpp"

#include <tripwire/tripwire.hpp>

#include <malloc.h>

namespace {

int call(int number) { return tripwire_may_throw_acme_plain(number, nullptr, 3); }

/// Bytes taken from the system's allocator for each interaction that is kept: all of it, the arguments and the answer
/// too.
void measure_memory(const bench::Way &way) {
  tripwire::mock<&acme_plain>().returns(5).always();
  const tripwire::Sandbox sandbox;
  call(0);
  const std::size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
  for (int i = 0; i < way.calls; ++i) {
    call(i);
  }
  const std::size_t after = mallinfo2().uordblks + mallinfo2().hblkhd;
  std::printf("%.1f\n", static_cast<double>(after - before) / way.calls);
}

void measure_mocks(const bench::Way &way) {
  auto &plain = tripwire::mock<&acme_plain>();
  for (int i = 0; i < way.mocks; ++i) {
    plain.when(i, tripwire::anything, tripwire::anything).returns(i).always();
  }
  const tripwire::Sandbox sandbox;
  bench::measure(way, call);
}

} // namespace

int main(int argc, char **argv) {
  const bench::Way way = bench::way_of(argc, argv);
  if (way.name == "plain") {
    bench::measure(way, call);
    return 0;
  }
  // Nothing is asserted here: the verifier's findings are not asked for.
  const tripwire::Verifier verifier;
  if (way.name == "delegated") {
    const auto permit = tripwire::allow(tripwire::M("mock").function("acme_plain"));
    const tripwire::Sandbox sandbox;
    bench::measure(way, call);
  } else if (way.name == "mocks=") {
    measure_mocks(way);
  } else if (way.name == "memory") {
    measure_memory(way);
  } else if (way.name == "mocked" || way.name == "threads") {
    tripwire::mock<&acme_plain>().returns(5).always();
    const tripwire::Sandbox sandbox;
    if (way.name == "mocked") {
      bench::measure(way, call);
    } else {
      bench::measure_threads(way, call);
    }
  } else {
    return bench::unknown();
  }
  return 0;
}
