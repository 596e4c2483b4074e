// The calls through an interface that GoogleMock implements.
#include "bench.hpp"
#include "interface.hpp"

#include <gmock/gmock.h>

namespace {

using testing::_;

struct Mock : Interface {
  MOCK_METHOD(int, plain, (int a, const void *b, size_t c), (override));
};

void call_through(const bench::Way &way, Interface &object) {
  bench::measure(way, [&](int number) { return object.plain(number, nullptr, 3); });
}

} // namespace

int main(int argc, char **argv) {
  const bench::Way way = bench::way_of(argc, argv);
  int none = 0;
  testing::InitGoogleMock(&none, static_cast<char **>(nullptr));
  Real real;
  testing::NiceMock<Mock> mock;
  if (way.name == "plain") {
    call_through(way, real);
  } else if (way.name == "delegated") {
    ON_CALL(mock, plain).WillByDefault([&](int a, const void *b, size_t c) { return real.plain(a, b, c); });
    call_through(way, mock);
  } else if (way.name == "mocked") {
    EXPECT_CALL(mock, plain(_, _, _)).WillRepeatedly(testing::Return(5));
    call_through(way, mock);
  } else if (way.name == "mocks=") {
    for (int i = 0; i < way.mocks; ++i) {
      EXPECT_CALL(mock, plain(i, _, _)).WillRepeatedly(testing::Return(i));
    }
    call_through(way, mock);
  } else if (way.name == "threads") {
    EXPECT_CALL(mock, plain(_, _, _)).WillRepeatedly(testing::Return(5));
    bench::measure_threads(way, [&](int number) { return mock.plain(number, nullptr, 3); });
  } else {
    return bench::unknown();
  }
  return 0;
}
