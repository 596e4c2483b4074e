// Passes when the library that is linked was rewritten: without a mock, the real time is never 1234.
#include "seconds.h"

#include <tripwire/tripwire.hpp>

#include <cstdio>
#include <ctime>

int main() {
  auto &clock = tripwire::mock<&::time>();
  clock.returns(1234);
  long now = 0;
  {
    tripwire::Sandbox sandbox;
    now = seconds();
  }
  clock.assert_call(nullptr);
  tripwire::verify_all();
  std::printf("%ld\n", now);
  return now == 1234 ? 0 : 1;
}
