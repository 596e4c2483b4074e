// What -g1 leaves out is read off the symbols. Compiled with -g1.
#include "acme_seams.hpp"
#include "violations.hpp"

#include <gtest/gtest.h>

namespace outer {
namespace {

int ping() { return tripwire_may_throw_acme_plain(1, nullptr, 2) + 1; }

} // namespace

static int pong() { return tripwire_may_throw_acme_plain(1, nullptr, 2) + 1; }

} // namespace outer

namespace {

template <class Action> std::string function_of(Action action) {
  const tripwire::Verifier verifier;
  tripwire::Sandbox sandbox;
  try {
    action();
  } catch (const tripwire::Violation &violation) {
    violations_seen();
    return violation.facts().site.function;
  }
  return "";
}

TEST(LittleDebugInformation, AFunctionThatNobodySeesIsNamedWithItsNamespaces) {
  EXPECT_EQ(function_of(outer::ping), "outer::(anonymous namespace)::ping");
  EXPECT_EQ(function_of(outer::pong), "outer::pong");
}

} // namespace
