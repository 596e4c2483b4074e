// Memory that ends at any allocation while tests register, calls are made, assertions are checked and tests end: the
// program goes on, what was answered is recorded, what is not recorded was refused, and the test fails.
#include "acme_seams.hpp"
#include "link_seams.hpp"
#include "real_calls.hpp"
#include "violations.hpp"

#include <tripwire/adapter.hpp>
#include <tripwire/tripwire.hpp>

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <string>

namespace {

enum class Memory : unsigned char { lacks_once, stays_away };

constexpr long never = LONG_MAX;
thread_local long left = never; ///< allocations of this thread that succeed
thread_local Memory memory = Memory::lacks_once;
thread_local int failed = 0;

bool fails_now() noexcept {
  if (left == never) {
    return false;
  }
  if (left > 0) {
    --left;
    return false;
  }
  ++failed;
  left = memory == Memory::lacks_once ? never : 0;
  return true;
}

/// The allocations behind the \p allowed next ones fail while this lives.
class Lack {
public:
  Lack(long allowed, Memory how) noexcept {
    failed = 0;
    memory = how;
    left = allowed;
  }
  Lack(const Lack &) = delete;
  Lack &operator=(const Lack &) = delete;
  ~Lack() { left = never; }
};

} // namespace

void *operator new(std::size_t size) {
  if (fails_now()) {
    throw std::bad_alloc();
  }
  if (void *given = std::malloc(size)) {
    return given;
  }
  throw std::bad_alloc();
}
void operator delete(void *given) noexcept { std::free(given); }
void operator delete(void *given, std::size_t) noexcept { std::free(given); }
// Where a sanitizer has its own of these, they would not come here by themselves.
void *operator new[](std::size_t size) { return operator new(size); }
void *operator new[](std::size_t size, const std::nothrow_t &) noexcept {
  try {
    return operator new(size);
  } catch (const std::bad_alloc &) {
    return nullptr;
  }
}
void operator delete[](void *given) noexcept { std::free(given); }
void operator delete[](void *given, std::size_t) noexcept { std::free(given); }

namespace {

using tripwire::anything;

const std::string long_name = "a name that is too long for the string itself";

/// What the code under test saw.
struct Seen {
  int answered = 0; ///< calls that got the answer of their mock, or the real one
  int refused = 0;  ///< that got a violation or a failure value instead
  int strange = 0;  ///< anything else
};

template <class Call> void note(Seen &seen, Call call) {
  try {
    ++(call() ? seen.answered : seen.refused);
  } catch (const tripwire::Violation &) {
    ++seen.refused;
  } catch (const std::runtime_error &) {
    ++seen.answered; // so the mock says
  } catch (...) {
    ++seen.strange;
  }
}

/// Calls of every kind: bits, text, what the user's code answers, what it throws, out-parameters, real ones, and from
/// where nothing may be thrown.
void make_calls(Seen &seen) noexcept {
  for (int i = 0; i < 9; ++i) {
    note(seen, [&] { return tripwire_may_throw_acme_plain(i, nullptr, 1) == 5; });
  }
  note(seen, [] { return tripwire_may_throw_acme_plain(100, nullptr, 1) == 6; });
  note(seen, [] { return acme::tripwire_may_throw_greet(long_name) == "hi"; });
  note(seen, [] { return tripwire_may_throw_acme_send("twelve bytes", 12, 0) == 12; });
  note(seen, [] { return tripwire_may_throw_acme_send("raises", 6, 0) == 0; });
  note(seen, [] {
    char buffer[8] = {};
    return tripwire_may_throw_acme_receive(buffer, sizeof buffer) == 3 && std::string_view(buffer) == "abc";
  });
  note(seen, [] { return tripwire_seam_acme_charge("me", 5, nullptr) == ACME_DECLINED; });
  note(seen, [] { return acme::tripwire_seam_quiet(3) != -1; });
  note(seen, [] { return acme::tripwire_may_throw_quiet(4) != -1; });
}
constexpr int calls = 9 + 8;

void register_mocks() {
  auto &plain = tripwire::mock<&acme_plain>();
  plain.returns(5).always().optional();
  plain.when(100, anything, anything).calls([] { return 6; }).optional();
  tripwire::mock<&acme::greet>().returns("hi").optional();
  auto &send = tripwire::mock<&acme_send>();
  send.when(std::string("raises"), anything, anything).raises(std::runtime_error("so it is")).optional();
  send.returns(12L).optional();
  tripwire::mock<&acme_receive>().returns(3L).writes<0>(std::string("abc")).optional();
  tripwire::mock<&acme_charge>().fails(ACME_DECLINED, EBUSY).optional();
  tripwire::spy<&acme::quiet>();
  tripwire::new_session("link").optional().expect<&link_open>("host").returns(3);
}

/// How many interactions the verifier lists; and takes them for reported.
int listed(tripwire::Verifier &verifier) {
  try {
    verifier.verify_all();
  } catch (const tripwire::UnassertedInteractionsError &left_over) {
    const std::string text = left_over.what();
    return std::atoi(text.c_str() + text.find(": ") + 2);
  }
  return 0;
}

std::string all_of(const std::vector<tripwire::Facts> &violations) {
  std::string text;
  for (const tripwire::Facts &one : violations) {
    text += one.text + "\n";
  }
  return text;
}

class OutOfMemory : public ::testing::TestWithParam<Memory> {};

TEST_P(OutOfMemory, InACallRefusesItAndLosesNoneThatWasAnswered) {
  bool has_failed = true;
  for (long allowed = 0; has_failed; ++allowed) {
    SCOPED_TRACE(allowed);
    tripwire::Verifier verifier;
    register_mocks();
    Seen seen;
    {
      const tripwire::Sandbox sandbox;
      const Lack lack(allowed, GetParam());
      make_calls(seen);
      has_failed = failed > 0;
    }
    EXPECT_EQ(seen.strange, 0);
    EXPECT_EQ(seen.answered + seen.refused, calls);
    const auto violations = verifier.take_violations();
    if (seen.refused > 0) {
      EXPECT_TRUE(contains(all_of(violations), "VerificationError: out of memory while ")) << all_of(violations);
      EXPECT_TRUE(contains(all_of(violations), "\n  at " __FILE__ ":")) << all_of(violations);
    }
    EXPECT_EQ(has_failed, !violations.empty()) << all_of(violations);
    EXPECT_EQ(listed(verifier), seen.answered);
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
}

TEST_P(OutOfMemory, SpendsNoAnswerOfACallThatIsRefused) {
  bool was_refused = true;
  for (long allowed = 0; was_refused; ++allowed) {
    SCOPED_TRACE(allowed);
    tripwire::Verifier verifier;
    tripwire::mock<&acme::greet>().returns("hi");
    const tripwire::Sandbox sandbox;
    was_refused = false;
    try {
      const Lack lack(allowed, GetParam());
      acme::tripwire_may_throw_greet(long_name);
    } catch (const tripwire::Violation &) {
      was_refused = true;
    }
    if (was_refused) {
      EXPECT_EQ(acme::tripwire_may_throw_greet("x"), "hi");
      EXPECT_EQ(violations_seen(), 1U);
    }
  }
}

TEST_P(OutOfMemory, InASessionRefusesTheCallAndItsStepWaits) {
  bool was_refused = true;
  for (long allowed = 0; was_refused; ++allowed) {
    SCOPED_TRACE(allowed);
    tripwire::Verifier verifier;
    tripwire::new_session("link")
        .expect<&link_open>(long_name.c_str())
        .returns(3)
        .expect<&link_send>(3, anything)
        .returns(12)
        .expect<&link_close>(3);
    {
      const tripwire::Sandbox sandbox;
      int done = 0;
      const auto go_on = [&done] {
        if (done == 0) {
          done += tripwire_may_throw_link_open(long_name.c_str()) == 3;
        }
        if (done == 1) {
          done += tripwire_may_throw_link_send(3, "twelve bytes") == 12;
        }
        if (done == 2) {
          tripwire_may_throw_link_close(3);
          ++done;
        }
      };
      was_refused = false;
      try {
        const Lack lack(allowed, GetParam());
        go_on();
      } catch (const tripwire::Violation &) {
        was_refused = true;
      }
      go_on();
      EXPECT_EQ(done, 3);
    }
    EXPECT_EQ(violations_seen(), was_refused ? 1U : 0U);
    EXPECT_EQ(listed(verifier), 3);
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
}

TEST_P(OutOfMemory, InARefusalKeepsTheViolationAlsoWhereTheCodeSwallowsIt) {
  bool has_failed = true;
  for (long allowed = 0; has_failed; ++allowed) {
    SCOPED_TRACE(allowed);
    tripwire::Verifier verifier;
    tripwire::mock<&acme_plain>().when(7, anything, anything).returns(1).optional();
    bool went_on = false;
    {
      const tripwire::Sandbox sandbox;
      const Lack lack(allowed, GetParam());
      try {
        tripwire_may_throw_acme_plain(8, nullptr, 1);
        went_on = true;
      } catch (...) {
      }
      went_on = went_on || tripwire_seam_acme_charge("me", 5, nullptr) != ACME_BUSY;
      has_failed = failed > 0;
    }
    EXPECT_FALSE(went_on);
    const auto violations = verifier.take_violations();
    ASSERT_FALSE(violations.empty());
    const std::string text = all_of(violations);
    EXPECT_TRUE(violations.size() == 2 || contains(text, " more, of which there was no memory to say anything"))
        << text;
    if (!has_failed) {
      EXPECT_TRUE(contains(text, "UnmockedInteractionError: acme_plain")) << text;
      EXPECT_TRUE(contains(text, "UnmockedInteractionError: acme_charge")) << text;
    }
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
}

TEST_P(OutOfMemory, InTheTestItselfIsAnExceptionAndAssertsNothing) {
  bool has_failed = true;
  for (long allowed = 0; has_failed; ++allowed) {
    SCOPED_TRACE(allowed);
    tripwire::Verifier verifier;
    auto &plain = tripwire::mock<&acme_plain>();
    plain.returns(5).always();
    Seen seen;
    {
      const tripwire::Sandbox sandbox;
      note(seen, [] { return tripwire_may_throw_acme_plain(1, nullptr, 1) == 5; });
      note(seen, [] { return tripwire_may_throw_acme_plain(2, nullptr, 1) == 5; });
    }
    ASSERT_EQ(seen.answered, 2);
    int asserted = 0;
    int wrong = 0;
    {
      const Lack lack(allowed, GetParam());
      try {
        plain.assert_call(1, nullptr, 1U);
        ++asserted;
        plain.assert_call(9, nullptr, 1U); // it was 2
        ++asserted;
      } catch (const tripwire::InteractionMismatchError &) {
        ++wrong;
      } catch (const std::bad_alloc &) {
      }
      has_failed = failed > 0;
    }
    EXPECT_LE(asserted, 1);
    if (wrong > 0) {
      EXPECT_EQ(verifier.take_violations().size(), 1U);
    }
    EXPECT_EQ(listed(verifier), 2 - asserted);
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
}

TEST_P(OutOfMemory, WhileMocksAndSandboxesAreMadeEndsNeitherTheProgramNorTheNextTest) {
  bool has_failed = true;
  for (long allowed = 0; has_failed; ++allowed) {
    SCOPED_TRACE(allowed);
    bool is_done = false;
    {
      const Lack lack(allowed, GetParam());
      try {
        const tripwire::Verifier verifier;
        register_mocks();
        const tripwire::Sandbox outer;
        const tripwire::Sandbox inner;
        is_done = true;
      } catch (const std::bad_alloc &) {
      }
      has_failed = failed > 0;
    }
    EXPECT_TRUE(is_done || has_failed);
    tripwire::Verifier verifier;
    register_mocks();
    Seen seen;
    {
      const tripwire::Sandbox sandbox;
      make_calls(seen);
    }
    EXPECT_EQ(seen.answered, calls);
    EXPECT_EQ(listed(verifier), calls);
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
}

TEST_P(OutOfMemory, AtTheEndOfATestFailsItAllTheSame) {
  bool has_failed = true;
  for (long allowed = 0; has_failed; ++allowed) {
    SCOPED_TRACE(allowed);
    tripwire::adapter::begin_test("a test", __FILE__);
    tripwire::mock<&acme_plain>().returns(5).always();
    {
      const tripwire::Sandbox sandbox;
      tripwire_may_throw_acme_plain(1, nullptr, 1);
    }
    std::vector<tripwire::adapter::Report> reports;
    {
      const Lack lack(allowed, GetParam());
      reports = tripwire::adapter::end_test(tripwire::adapter::Outcome::passed);
      has_failed = failed > 0;
    }
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports.front().kind, tripwire::adapter::Report::Kind::failure);
    EXPECT_TRUE(contains(reports.front().text, has_failed ? "VerificationError: out of memory while listing"
                                                          : "1 interaction was never asserted"))
        << reports.front().text;
    EXPECT_FALSE(tripwire::adapter::in_test());
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
}

TEST_P(OutOfMemory, InAForkedChildLosesNothingThatTheParentDoesNotHearOf) {
  bool has_failed = true;
  for (long allowed = 0; has_failed; ++allowed) {
    SCOPED_TRACE(allowed);
    tripwire::Verifier verifier;
    tripwire::mock<&acme::greet>().returns("hi").optional();
    int status = -1;
    {
      const tripwire::Sandbox sandbox;
      const pid_t child = fork();
      if (child == 0) {
        alarm(30);
        Seen seen;
        {
          const Lack lack(allowed, GetParam());
          note(seen, [] { return acme::tripwire_may_throw_greet(long_name) == "hi"; });
          note(seen, [] { return tripwire_may_throw_acme_plain(8, nullptr, 1) != 0; });
        }
        _exit(seen.strange > 0 || seen.answered + seen.refused != 2 ? 99 : 2 * seen.answered + (failed > 0 ? 1 : 0));
      }
      ASSERT_EQ(waitpid(child, &status, 0), child);
    }
    ASSERT_TRUE(WIFEXITED(status)) << status;
    const int answered = WEXITSTATUS(status) / 2;
    has_failed = WEXITSTATUS(status) % 2 != 0;
    ASSERT_LE(answered, 1);
    const std::string heard = all_of(verifier.take_violations());
    EXPECT_NE(heard, "");
    const bool says_lost = contains(heard, " lost: there was no room left, or no memory\n");
    EXPECT_TRUE(says_lost || listed(verifier) == answered) << heard;
    EXPECT_TRUE(has_failed || contains(heard, "UnmockedInteractionError: acme_plain")) << heard;
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
}

TEST(OutOfMemoryDeathTest, WhereNothingMayBeThrownAndNothingIsDeclaredTheProgramEndsWithAMessage) {
  EXPECT_DEATH(
      {
        const tripwire::Verifier verifier;
        tripwire::mock<&acme_send>().returns(1L);
        const tripwire::Sandbox sandbox;
        const Lack lack(0, Memory::stays_away);
        tripwire_seam_acme_send("x", 1, 0);
      },
      "VerificationError: out of memory while deciding on a call of acme_send");
}

INSTANTIATE_TEST_SUITE_P(Memory, OutOfMemory, ::testing::Values(Memory::lacks_once, Memory::stays_away),
                         [](const auto &how) { return how.param == Memory::lacks_once ? "LacksOnce" : "StaysAway"; });

} // namespace
