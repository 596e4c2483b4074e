// The plugin kit: a plugin describes and converts, the core decides
#include "acme_seams.hpp"
#include "real_calls.hpp"
#include "violations.hpp"

#include <tripwire/plugin.hpp>
#include <tripwire/seam/definition.hpp>

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using tripwire::Place;
using tripwire::plugin::Decision;
using tripwire::plugin::Description;
using tripwire::plugin::Difference;
using tripwire::plugin::Need;
using tripwire::plugin::Visit;
using tripwire::plugin::Watch;

constexpr tripwire::plugin::Manifest sender_manifest{"sender"};

/// "send" of acme as a library of its own: text goes out, a number comes back.
class Sender final : public tripwire::plugin::Plugin {
public:
  class Mock : public tripwire::plugin::Mock {
  public:
    Mock(std::string data, long answer) : data_(std::move(data)), answer_(answer) {}
    bool matches(const Description &call) const override {
      const auto *data = call.get<std::string>("data");
      return data != nullptr && *data == data_;
    }
    std::string key() const override { return data_; }
    std::string describe() const override { return "SEND \"" + data_ + "\""; }
    std::vector<Difference> compare(const Description &call) const override {
      const auto *data = call.get<std::string>("data");
      return {{"data", "\"" + data_ + "\"", "\"" + *data + "\"", *data == data_}};
    }
    long answer() const { return answer_; }

  private:
    std::string data_;
    long answer_;
  };

  class State final : public Mock {
  public:
    State(std::string data, long answer) : Mock(std::move(data), answer) { set_always(); }
    bool must_be_asserted() const noexcept override { return false; }
  };

  class Default final : public Mock {
  public:
    using Mock::Mock;
    bool yields() const noexcept override { return true; }
  };

  class Through final : public tripwire::plugin::Mock {
  public:
    bool matches(const Description &) const override { return true; }
    std::string describe() const override { return "SEND anything"; }
    bool passes_through() const noexcept override { return true; }
  };

  Sender() : Plugin(sender_manifest, "<sender.hpp>") {
    handle<long(const void *, std::size_t, int)>(
        "acme_send", [](Visit &visit, const void *data, std::size_t size, int flags) -> long {
          Description description;
          const std::string text(static_cast<const char *>(data), size);
          description.request("SEND " + text).field("data", text).secret("token").key(text);
          description.field("flags", flags, Need::optional).firewall("host", "localhost");
          if (text.compare(0, 5, "taken") == 0) {
            description.taken_unmocked();
          }
          const Decision decision = visit.present(std::move(description));
          latest = decision.recorded;
          if (decision.taken) {
            decision.recorded.field("sent", 0L);
            return 0;
          }
          if (decision.real()) {
            visit.make_real();
            decision.recorded.field("sent", visit.result<long>());
            return visit.result<long>();
          }
          const long answer = decision.as<Mock>()->answer();
          if (answer < 0) {
            decision.recorded.raised(tripwire::AnyValue(std::string("refused")));
          } else {
            decision.recorded.field("sent", answer);
          }
          return answer;
        });
    observe(
        "acme_login",
        [](Visit &visit) {
          ++logins;
          EXPECT_EQ(visit.count(), 2u);
          EXPECT_STREQ(*visit.argument_as<const char *>(0), "me");
          EXPECT_EQ(visit.argument_as<int>(0), nullptr);
        },
        Watch::always);
    observe("acme_close", [](Visit &) { Sender::assert_send("inside"); });
    handle<int(int)>("acme_receive", [](Visit &, int) { return 0; });
    handle<int(int)>("acme::twice", [](Visit &, int value) { return 100 + value; });
  }

  std::string mock_line(const Description &call) const override {
    return "sender.mock_send(\"" + *call.get<std::string>("data") + "\", 0);";
  }
  std::string assert_line(const Description &call) const override {
    return "sender.assert_send(\"" + *call.get<std::string>("data") + "\");";
  }
  void activate() override {
    if (fails_to_activate) {
      throw std::runtime_error("no network");
    }
    ++active;
  }
  void deactivate() override { --active; }

  static Mock &mock_send(std::string data, long answer, Place place = Place::here());
  static void state(std::string data, long answer, Place place = Place::here());
  static void mock_by_default(std::string data, long answer, Place place = Place::here());
  static void pass_through(Place place = Place::here());
  static void assert_send(const std::string &data, Place place = Place::here());
  static void assert_send(const std::string &data, long sent, Place place = Place::here());

  static inline tripwire::plugin::Recorded latest; ///< what was recorded last
  static inline int logins = 0;
  static inline int active = 0;
  static inline bool fails_to_activate = false;
};

Sender sender;

Sender::Mock &Sender::mock_send(std::string data, long answer, Place place) {
  return tripwire::plugin::add(sender, std::make_unique<Mock>(std::move(data), answer), place);
}
void Sender::state(std::string data, long answer, Place place) {
  tripwire::plugin::add(sender, std::make_unique<State>(std::move(data), answer), place);
}
void Sender::mock_by_default(std::string data, long answer, Place place) {
  tripwire::plugin::add(sender, std::make_unique<Default>(std::move(data), answer), place).set_always();
}
void Sender::pass_through(Place place) { tripwire::plugin::add(sender, std::make_unique<Through>(), place); }
void Sender::assert_send(const std::string &data, Place place) {
  tripwire::plugin::Assertion(sender, "sender.assert_send(...)", place)
      .field("data", tripwire::matcher_of(data))
      .check();
}
void Sender::assert_send(const std::string &data, long sent, Place place) {
  tripwire::plugin::Assertion(sender, "sender.assert_send(...)", place)
      .field("data", tripwire::matcher_of(data))
      .field("sent", tripwire::matcher_of(sent))
      .check();
}

/// One of two libraries that share a function: their handles are told apart by what they opened.
template <int from> class Sharer final : public tripwire::plugin::Plugin {
public:
  explicit Sharer(const tripwire::plugin::Manifest &manifest) : Plugin(manifest, "<sharer.hpp>") {
    if (from == 1000) {
      handle<int(int, const void *, std::size_t)>("acme_plain", &answer);
    } else {
      observe("acme_plain", [](Visit &visit) {
        const int handle = *visit.argument_as<int>(0);
        if (!is_own(handle)) {
          visit.pass_on();
        } else {
          visit.answer<int>(answer(visit, handle, nullptr, 0));
        }
      });
    }
  }
  std::string mock_line(const Description &) const override { return "sharer.mock();"; }
  std::string assert_line(const Description &) const override { return "sharer.assert();"; }

  static inline int offered = 0;

private:
  static bool is_own(int handle) {
    ++offered;
    return handle >= from && handle < from + 1000;
  }
  static int answer(Visit &visit, int handle, const void *, std::size_t) {
    if (!is_own(handle)) {
      return visit.pass_on<int>();
    }
    if (handle == from + 999) {
      visit.present(Description().request("the last one"));
    }
    return -handle;
  }
};
constexpr tripwire::plugin::Manifest thousands_manifest{"thousands"};
Sharer<1000> thousands(thousands_manifest);
constexpr tripwire::plugin::Manifest two_thousands_manifest{"two_thousands"};
Sharer<2000> two_thousands(two_thousands_manifest);

// Of a template there is one slot for each specialisation.
namespace tw = ::tripwire::seam;

int twice(int value) { return value + value; }
constexpr tw::Parameter twice_parameters[] = {tw::parameter("value")};
tw::Slot twice_slot(tw::SlotFacts{"acme::twice<int>", "_ZN4acme5twiceIiEET_S1_", "", "tripwire.yaml:1",
                                  tw::key<&twice>(), tw::key<&twice>(), tw::signature<int(int)>(), twice_parameters,
                                  tw::result(), tw::Failure{}});
const tw::Registration twice_registration(twice_slot);
__attribute__((noinline)) int call_twice(int value) {
  return tw::invoke<tw::Refusal::throws, int, int>(
      twice_slot, __builtin_return_address(0), [](int given) { return twice(given); }, value);
}

class Plugins : public ::testing::Test {
protected:
  Plugins() { real_calls = 0; }
  tripwire::Verifier verifier;
};

TEST_F(Plugins, AMockAnswersAndTheInteractionIsRecordedWithWhatCameBack) {
  Sender::mock_send("abc", 7);
  Sender::mock_send("abc", 8);
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(Sender::active, 1);
    EXPECT_EQ(tripwire_may_throw_acme_send("abc", 3, 0), 7);
    EXPECT_EQ(tripwire_may_throw_acme_send("abc", 3, 0), 8);
  }
  EXPECT_EQ(Sender::active, 0);
  EXPECT_EQ(real_calls, 0);
  Sender::assert_send("abc", 7);
  Sender::assert_send("abc", 8);
  verifier.verify_all();
}

TEST_F(Plugins, AMockThatYieldsAnswersWhatNoOtherOneDoes) {
  Sender::pass_through();
  Sender::mock_by_default("abc", 9);
  Sender::mock_send("abc", 7);
  {
    tripwire::Sandbox sandbox;
    for (const long answer : {7, 9, 9}) {
      EXPECT_EQ(tripwire_may_throw_acme_send("abc", 3, 0), answer);
    }
  }
  EXPECT_EQ(real_calls, 0);
  for (const long answer : {7, 9, 9}) {
    Sender::assert_send("abc", answer);
  }
  verifier.verify_all();
}

TEST_F(Plugins, AStateIsReadWithoutEndAndNobodyAssertsEachRead) {
  Sender::state("now", 70);
  Sender::mock_send("abc", 7);
  {
    tripwire::Sandbox sandbox;
    for (int count = 0; count < 3; ++count) {
      EXPECT_EQ(tripwire_may_throw_acme_send("now", 3, 0), 70);
    }
    EXPECT_EQ(tripwire_may_throw_acme_send("abc", 3, 0), 7);
  }
  Sender::assert_send("abc", 7);
  Sender::assert_send("now", 70); // the first one can be asserted
  EXPECT_THROW(Sender::assert_send("now", 70), tripwire::InteractionMismatchError) << "there is but one";
  violations_seen();
  verifier.verify_all();
}

TEST_F(Plugins, ACallMaySayThatItIsTakenUnmocked) {
  Sender::mock_send("taken and mocked", 7);
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_acme_send("taken", 5, 0), 0);
    EXPECT_EQ(tripwire_may_throw_acme_send("taken and mocked", 16, 0), 7);
    EXPECT_THROW(tripwire_may_throw_acme_send("other", 5, 0), tripwire::UnmockedInteractionError);
  }
  violations_seen();
  EXPECT_EQ(real_calls, 0);
  Sender::assert_send("taken", 0);
  Sender::assert_send("taken and mocked", 7);
  verifier.verify_all();
}

/// What comes from a forked child as it is.
struct Parcel {
  std::vector<std::string> content;
  std::string packed() const { return content.at(0) + "," + content.at(1); }
  static Parcel unpacked(std::string_view packed) {
    const std::size_t comma = packed.find(',');
    return {{std::string(packed.substr(0, comma)), std::string(packed.substr(comma + 1))}};
  }
};
bool operator==(const Parcel &one, const Parcel &other) { return one.content == other.content; }

/// Runs in a forked child, which is waited for.
template <class Action> void in_child(Action action) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(30);
    action();
    _exit(0);
  }
  waitpid(child, nullptr, 0);
}

// 38
TEST_F(Plugins, AForkedChildAddsToWhatWasRecordedBefore) {
  Sender::mock_send("abc", 7);
  Sender::mock_send("next", 8);
  {
    tripwire::Sandbox sandbox;
    tripwire_may_throw_acme_send("abc", 3, 0);
    in_child([] { Sender::latest.field("note", std::string("from below")).field("parcel", Parcel{{"a", "b"}}); });
    Sender::latest.field("late", 3);
    tripwire_may_throw_acme_send("next", 4, 0);
  }
  const auto assertion = [](const Parcel &parcel) {
    tripwire::plugin::Assertion(sender, "sender.assert_send(...)", Place::here())
        .field("data", tripwire::matcher_of("abc"))
        .field("sent", tripwire::matcher_of(7))
        .field("note", tripwire::matcher_of("from below"))
        .field("parcel", tripwire::matcher_of(parcel))
        .field("late", tripwire::matcher_of(3))
        .check();
  };
  EXPECT_THROW(assertion(Parcel{{"a", "c"}}), tripwire::InteractionMismatchError);
  violations_seen();
  assertion(Parcel{{"a", "b"}});
  Sender::assert_send("next", 8);
  verifier.verify_all();
}

// 38
TEST_F(Plugins, AChildOfAChildAddsToWhatTheChildRecorded) {
  Sender::mock_send("abc", 7);
  {
    tripwire::Sandbox sandbox;
    in_child([] {
      tripwire_may_throw_acme_send("abc", 3, 0);
      in_child([] { Sender::latest.field("note", 5); });
      Sender::latest.field("late", 3);
    });
  }
  tripwire::plugin::Assertion(sender, "sender.assert_send(...)", Place::here())
      .field("data", tripwire::matcher_of("abc"))
      .field("sent", tripwire::matcher_of(7))
      .field("note", tripwire::matcher_of(5))
      .field("late", tripwire::matcher_of(3))
      .check();
  verifier.verify_all();
}

TEST_F(Plugins, AStateThatNothingReadsIsUnused) {
  Sender::state("now", 70);
  const std::string text = text_of<tripwire::UnusedMocksError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "sender SEND \"now\"")) << text;
}

TEST(PluginsState, IsThatOfTheCurrentTestAndGoesWithIt) {
  const auto count = [] { return tripwire::plugin::state_of_test<int>(sender); };
  std::weak_ptr<int> left;
  {
    tripwire::Verifier verifier;
    *count() = 5;
    left = count();
    EXPECT_EQ(*count(), 5);
    std::thread([&] {
      const tripwire::Verifier beside;
      EXPECT_EQ(*count(), 0);
    }).join();
    EXPECT_EQ(*count(), 5);
  }
  EXPECT_TRUE(left.expired());
  const tripwire::Verifier next;
  EXPECT_EQ(*count(), 0);
}

TEST_F(Plugins, AnUnmockedInteractionIsRefusedWithTheNearestMockAndThePluginsLine) {
  Sender::mock_send("abd", 7).set_required(false);
  const int line = __LINE__ - 1;
  tripwire::Sandbox sandbox;
  const std::string text =
      text_of<tripwire::UnmockedInteractionError>([] { tripwire_may_throw_acme_send("abc", 3, 0); });
  EXPECT_TRUE(contains(text, "UnmockedInteractionError: sender SEND abc was attempted in a sandbox, and nothing in the "
                             "test answers it\n  at " __FILE__ ":" +
                                 std::to_string(__LINE__ - 3)))
      << text;
  EXPECT_TRUE(contains(text, "\n  through acme_send"
                             "\n    data: \"abc\""
                             "\n    token: (secret)"
                             "\n    flags: 0"
                             "\n  the nearest mock, SEND \"abd\" from " __FILE__ ":" +
                                 std::to_string(line) +
                                 ", does not match"
                                 "\n    data: expected \"abd\", got \"abc\""
                                 "\n  to answer it, paste this in front of the sandbox:"
                                 "\n    sender.mock_send(\"abc\", 0);"))
      << text;
  violations_seen();
}

TEST_F(Plugins, AMockThatDoesNotCompareItselfIsNotTheNearest) {
  class Other final : public tripwire::plugin::Mock {
  public:
    bool matches(const Description &) const override { return false; }
    std::string describe() const override { return "SEND what was sent before"; }
  };
  tripwire::plugin::add(sender, std::make_unique<Other>(), Place::here()).set_required(false);
  Sender::mock_send("abd", 7).set_required(false);
  tripwire::Sandbox sandbox;
  const std::string text =
      text_of<tripwire::UnmockedInteractionError>([] { tripwire_may_throw_acme_send("abc", 3, 0); });
  EXPECT_TRUE(contains(text, "the nearest mock, SEND \"abd\" from ")) << text;
  violations_seen();
}

TEST_F(Plugins, TheCoreChecksFieldsForEveryPlugin) {
  Sender::mock_send("abc", 7);
  {
    tripwire::Sandbox sandbox;
    tripwire_may_throw_acme_send("abc", 3, 0);
  }
  const std::string missing = text_of<tripwire::MissingAssertionFieldsError>([] { Sender::assert_send("abc"); });
  EXPECT_TRUE(contains(missing, "the assertion of sender does not say sent\n  asserted at " __FILE__ ":" +
                                    std::to_string(__LINE__ - 2) + "\n  sender.assert_send(...)"))
      << missing;
  const std::string other = text_of<tripwire::InteractionMismatchError>([] { Sender::assert_send("abd", 7); });
  EXPECT_TRUE(contains(other, "\n    data: expected \"abd\", got \"abc\"\n    sent: 7 matches\n  as it was:\n    "
                              "sender.assert_send(\"abc\");"))
      << other;
  EXPECT_THROW(tripwire::plugin::Assertion(sender, "", {})
                   .field("data", tripwire::anything)
                   .field("sent", tripwire::anything)
                   .check(),
               tripwire::AllWildcardAssertionError);
  Sender::assert_send("abc", 7);
  violations_seen();
  verifier.verify_all();
}

// 21
TEST_F(Plugins, WhatWasRaisedIsARequiredField) {
  Sender::mock_send("abc", -1);
  {
    tripwire::Sandbox sandbox;
    tripwire_may_throw_acme_send("abc", 3, 0);
  }
  const std::string text = text_of<tripwire::MissingAssertionFieldsError>([] { Sender::assert_send("abc"); });
  EXPECT_TRUE(contains(text, "does not say raised")) << text;
  tripwire::plugin::Assertion(sender, "", {})
      .field("data", tripwire::matcher_of("abc"))
      .field("raised", tripwire::matcher_of("refused"))
      .check();
  violations_seen();
  verifier.verify_all();
}

// 24, 25
TEST_F(Plugins, APassThroughRuleMakesTheRealCallAfterTheMocksAndIsNeverUnused) {
  Sender::pass_through();
  Sender::mock_send("abc", 7);
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_acme_send("abc", 3, 0), 7);
    EXPECT_EQ(tripwire_may_throw_acme_send("abc", 3, 0), 3);
    EXPECT_EQ(real_calls, 1);
  }
  Sender::assert_send("abc", 7);
  EXPECT_THROW(verifier.verify_all(), tripwire::UnassertedInteractionsError);
  Sender::assert_send("abc", 3);
  Sender::pass_through();
  verifier.verify_all();
}

TEST_F(Plugins, AnUnusedMockIsReportedWithItsPlace) {
  Sender::mock_send("abc", 7);
  const std::string text = text_of<tripwire::UnusedMocksError>([&] { verifier.verify_all(); });
  EXPECT_EQ(text, "UnusedMocksError: 1 answer was never used; remove what is not needed, or mark it .optional()\n"
                  "  sender SEND \"abc\"\n"
                  "      registered at " __FILE__ ":" +
                      std::to_string(__LINE__ - 5));
}

TEST_F(Plugins, TheTestsOwnMockOfThePluginsSeamWins) {
  tripwire::mock<&acme_send>().returns(99);
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_acme_send("abc", 3, 0), 99);
  }
  tripwire::assert_call<&acme_send>("abc", 3u, 0);
  verifier.verify_all();
}

TEST_F(Plugins, AnObserverSeesEveryCallAndTheRealOneIsMadeForIt) {
  const int before = Sender::logins;
  EXPECT_EQ(tripwire_may_throw_acme_login("me", "x"), 1);
  EXPECT_EQ(Sender::logins, before + 1) << "also outside of tests, as it asked for";
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_acme_login("me", "x"), 1);
  }
  EXPECT_EQ(Sender::logins, before + 2);
  EXPECT_EQ(real_calls, 2);
  verifier.verify_all();
}

TEST_F(Plugins, AHandlerOfATemplateHandlesEachSpecialisation) {
  tripwire::Sandbox sandbox;
  EXPECT_EQ(call_twice(7), 107);
}

TEST_F(Plugins, ASeamOfSeveralPluginsIsAnsweredByTheOneThatDoesNotPassItOn) {
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_acme_plain(1001, nullptr, 2), -1001);
    EXPECT_EQ(tripwire_may_throw_acme_plain(2002, nullptr, 2), -2002);
    EXPECT_EQ(real_calls, 0);
  }
  verifier.verify_all();
}

TEST_F(Plugins, ACallThatAllPluginsPassOnIsRealAndUnrecorded) {
  verifier.body_begins();
  const int before = Sharer<1000>::offered + Sharer<2000>::offered;
  errno = ENOENT;
  EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 3) << "also under the guard";
  EXPECT_EQ(errno, ENOENT);
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 3);
  }
  EXPECT_EQ(Sharer<1000>::offered + Sharer<2000>::offered, before + 4);
  EXPECT_EQ(real_calls, 2);
  verifier.verify_all();
}

TEST_F(Plugins, ACallThatOnePluginRefusesIsOfferedToNoOther) {
  tripwire::Sandbox sandbox;
  EXPECT_THROW(tripwire_may_throw_acme_plain(1999, nullptr, 2), tripwire::UnmockedInteractionError);
  EXPECT_THROW(tripwire_may_throw_acme_plain(2999, nullptr, 2), tripwire::UnmockedInteractionError);
  EXPECT_EQ(real_calls, 0);
  violations_seen();
}

TEST_F(Plugins, TheTestsOwnMockGoesBeforeAllPlugins) {
  tripwire::mock<&acme_plain>().returns(99);
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_acme_plain(1001, nullptr, 2), 99);
  }
  tripwire::assert_call<&acme_plain>(1001, nullptr, 2u);
  verifier.verify_all();
}

// 12
TEST_F(Plugins, APluginThatAssertsWhileRecordingIsAnAutoAssertError) {
  tripwire::Sandbox sandbox;
  EXPECT_THROW(tripwire_may_throw_acme_close(1), tripwire::AutoAssertError);
  violations_seen();
}

TEST_F(Plugins, WhereNothingMayBeThrownTheFailureValueIsReturned) {
  {
    tripwire::Sandbox sandbox;
    tripwire_seam_acme_close(1);
  }
  const auto violations = tripwire::take_violations();
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_TRUE(contains(violations[0].text, "it was answered instead (returns)")) << violations[0].text;
}

TEST_F(Plugins, AHandlerOfAnotherTypeThanTheSeamIsAConfigurationError) {
  tripwire::Sandbox sandbox;
  char buffer[4];
  const std::string text = text_of<tripwire::ConfigurationError>([&] { tripwire_may_throw_acme_receive(buffer, 4); });
  // Each compiler spells the type in its own way.
  EXPECT_TRUE(contains(text, "plugin sender handles acme_receive as int(int), but here it is long") ||
              contains(text, "plugin sender handles acme_receive as int (int), but here it is long"))
      << text;
  violations_seen();
}

// 30
TEST_F(Plugins, APluginThatCannotBeActivatedLeavesNoSandboxOpen) {
  Sender::fails_to_activate = true;
  EXPECT_THROW(static_cast<void>(tripwire::Sandbox()), std::runtime_error);
  Sender::fails_to_activate = false;
  EXPECT_EQ(Sender::active, 0);
  EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 3);
}

// 40, 43
TEST_F(Plugins, OutsideOfASandboxTheGuardSpeaksForThePlugin) {
  verifier.body_begins();
  const std::string text = text_of<tripwire::GuardedCallError>([] { tripwire_may_throw_acme_send("abc", 3, 0); });
  EXPECT_TRUE(contains(text, "\n  SEND abc\n")) << text;
  EXPECT_TRUE(contains(text, "sender.mock_send(\"abc\", 0);")) << text;
  EXPECT_EQ(real_calls, 0);
  const auto level = tripwire::guard(tripwire::Guard::off);
  EXPECT_EQ(tripwire_may_throw_acme_send("abc", 3, 0), 3);
  violations_seen();
  verifier.verify_all();
}

} // namespace
