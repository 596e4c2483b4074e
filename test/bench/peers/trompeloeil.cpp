// The calls through an interface that Trompeloeil implements.
#include "bench.hpp"
#include "interface.hpp"

#include <trompeloeil.hpp>

#include <memory>
#include <vector>

namespace {

using trompeloeil::_;

struct Mock : Interface {
  MAKE_MOCK3(plain, int(int, const void *, size_t), override);
};

void call_through(const bench::Way &way, Interface &object) {
  bench::measure(way, [&](int number) { return object.plain(number, nullptr, 3); });
}

} // namespace

int main(int argc, char **argv) {
  const bench::Way way = bench::way_of(argc, argv);
  Real real;
  Mock mock;
  if (way.name == "plain") {
    call_through(way, real);
  } else if (way.name == "delegated") {
    ALLOW_CALL(mock, plain(_, _, _)).LR_RETURN(real.plain(_1, _2, _3));
    call_through(way, mock);
  } else if (way.name == "mocked") {
    ALLOW_CALL(mock, plain(_, _, _)).RETURN(5);
    call_through(way, mock);
  } else if (way.name == "mocks=") {
    std::vector<std::unique_ptr<trompeloeil::expectation>> mocks;
    for (int i = 0; i < way.mocks; ++i) {
      mocks.push_back(NAMED_ALLOW_CALL(mock, plain(i, _, _)).RETURN(i));
    }
    call_through(way, mock);
  } else if (way.name == "threads") {
    ALLOW_CALL(mock, plain(_, _, _)).RETURN(5);
    bench::measure_threads(way, [&](int number) { return mock.plain(number, nullptr, 3); });
  } else {
    return bench::unknown();
  }
  return 0;
}
