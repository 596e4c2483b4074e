// mock<>, spy<> and their answers (semantics 18 to 28)
#include "acme_seams.hpp"
#include "real_calls.hpp"

#include <tripwire/tripwire.hpp>

#include <gtest/gtest.h>

#include <cerrno>
#include <stdexcept>

namespace {

using tripwire::anything;

class Mocks : public ::testing::Test {
protected:
  Mocks() { real_calls = 0; }
  tripwire::Verifier verifier;
};

// semantics 18
TEST_F(Mocks, AnswersAreGivenInTheOrderInWhichTheyWereRegistered) {
  tripwire::mock<&acme_plain>().returns(1).returns(2).fails(-1, EAGAIN);
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 1);
    EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 2);
    errno = 0;
    EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), -1);
    EXPECT_EQ(errno, EAGAIN);
  }
  EXPECT_EQ(real_calls, 0);
  for (int i = 0; i < 3; ++i) {
    tripwire::assert_call<&acme_plain>(1, nullptr, 2);
  }
  verifier.verify_all();
}

} // namespace
