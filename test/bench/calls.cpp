// A number of calls in one of several ways: what one of them costs is the difference of two runs.
//   calls direct|unwatched|mocked|keyed COUNT
#include "acme_seams.hpp"

#include <tripwire/tripwire.hpp>

#include <cstdlib>
#include <string_view>

namespace {

constexpr int mocks = 1000;

int call_direct(int count) {
  int sum = 0;
  for (int i = 0; i < count; ++i) {
    sum += acme_plain(i, nullptr, 3);
  }
  return sum;
}

int call_through_the_wrapper(int count, int different) {
  int sum = 0;
  for (int i = 0; i < count; ++i) {
    sum += tripwire_may_throw_acme_plain(different == 0 ? i : i & (different - 1), nullptr, 3);
  }
  return sum;
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 3) {
    return 2;
  }
  const std::string_view way = argv[1];
  const int count = std::atoi(argv[2]);
  if (way == "direct") {
    return call_direct(count) == 1;
  }
  const tripwire::Verifier verifier;
  if (way == "unwatched") {
    return call_through_the_wrapper(count, 0) == 1;
  }
  auto &plain = tripwire::mock<&acme_plain>();
  plain.returns(5).always();
  int different = 0;
  if (way == "keyed") {
    different = 512;
    for (int i = 0; i < mocks; ++i) {
      plain.when(i, tripwire::anything, tripwire::anything).returns(i).always();
    }
  }
  const tripwire::Sandbox sandbox;
  return call_through_the_wrapper(count, different) == 1;
}
