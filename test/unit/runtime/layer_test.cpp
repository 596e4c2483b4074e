// What the real code of a plugin's call that is let through calls belongs to that call
#include "mailer/mail.hpp"
#include "real_calls.hpp"
#include "violations.hpp"

#include <tripwire/plugin.hpp>
#include <tripwire/seam/definition.hpp>

#include <gtest/gtest.h>

#include <cerrno>

int tripwire_may_throw_mailer_mail(int number, MailProgress progress);
int tripwire_may_throw_mailer_mail_later(int number);

namespace {

namespace tw = tripwire::seam;

// A seam of the plugin `mailer`, whose own header stands in this folder.
constexpr tw::Parameter mail_parameters[] = {tw::parameter("number"), tw::parameter("progress")};
tw::Slot mail_slot(tw::SlotFacts{"mailer_mail",
                                 "mailer_mail",
                                 "mailer",
                                 "seams.yaml:4",
                                 tw::key<&::mailer_mail>(),
                                 tw::key<&::tripwire_may_throw_mailer_mail>(),
                                 tw::signature<decltype(::mailer_mail)>(),
                                 mail_parameters,
                                 tw::result(),
                                 {},
                                 false,
                                 {},
                                 "other/**\nmailer/mail.hpp"});
const tw::Registration mail_registration(mail_slot);

constexpr tw::Parameter later_parameters[] = {tw::parameter("number")};
tw::Slot later_slot(tw::SlotFacts{"mailer_mail_later",
                                  "mailer_mail_later",
                                  "",
                                  "seams.yaml:5",
                                  tw::key<&::mailer_mail_later>(),
                                  tw::key<&::tripwire_may_throw_mailer_mail_later>(),
                                  tw::signature<decltype(::mailer_mail_later)>(),
                                  later_parameters,
                                  tw::result(),
                                  {},
                                  false,
                                  {},
                                  "mailer/**"});
const tw::Registration later_registration(later_slot);

constexpr tripwire::plugin::Manifest mailer_manifest{"mailer"};

/// Lets every mail through.
class Mailer final : public tripwire::plugin::Plugin {
public:
  Mailer() : Plugin(mailer_manifest, "<mailer.hpp>") {
    using tripwire::plugin::Visit;
    handle<int(int, MailProgress)>("mailer_mail", [](Visit &visit, int number, MailProgress) {
      tripwire::plugin::Description call;
      call.request("mail").field("number", number);
      const auto decision = visit.present(std::move(call));
      visit.make_real();
      decision.recorded.field("sent", visit.result<int>());
      return visit.result<int>();
    });
  }
  std::string mock_line(const tripwire::plugin::Description &) const override { return "mailer.let_through();"; }
  std::string assert_line(const tripwire::plugin::Description &) const override { return "mailer.assert_mail();"; }

  class Through final : public tripwire::plugin::Mock {
  public:
    bool matches(const tripwire::plugin::Description &) const override { return true; }
    std::string describe() const override { return "mail"; }
    bool passes_through() const noexcept override { return true; }
  };
};

Mailer mailer;

void let_through() { tripwire::plugin::add(mailer, std::make_unique<Mailer::Through>(), tripwire::Place::here()); }

void assert_mail(int number, int sent) {
  tripwire::plugin::Assertion(mailer, "mailer.assert_mail(...)", tripwire::Place::here())
      .field("number", tripwire::matcher_of(number))
      .field("sent", tripwire::matcher_of(sent))
      .check();
}

int is_quiet(int) { return 0; }
int asks_acme(int number) { return tripwire_may_throw_acme_plain(number, nullptr, 0); }
int asks_the_library(int number) { return mailer_ask(number); }
[[noreturn]] int gives_up(int) { throw 7; }

class Layers : public ::testing::Test {
protected:
  Layers() { real_calls = 0; }
  ~Layers() override { violations_seen(); }
  tripwire::Verifier verifier;
};

// 67
TEST_F(Layers, WhatTheRealCodeOfAPluginCallsNeedsNoSecondMock) {
  let_through();
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_mailer_mail(2, &is_quiet), 4);
  }
  EXPECT_EQ(real_calls, 2);
  assert_mail(2, 4);
  verifier.verify_all();
}

// 67: a callback of the test's own is no part of the layer
TEST_F(Layers, ACallbackIsWatchedAlsoWhenItComesBackThroughTheLibrary) {
  let_through();
  for (const MailProgress progress : {&asks_acme, &asks_the_library}) {
    const tripwire::Sandbox sandbox;
    const std::string text =
        text_of<tripwire::UnmockedInteractionError>([&] { tripwire_may_throw_mailer_mail(2, progress); });
    EXPECT_TRUE(contains(text, "UnmockedInteractionError: acme_plain was called in a sandbox")) << text;
    let_through();
  }
  EXPECT_EQ(real_calls, 2) << "the library's own, one before each callback";
}

TEST_F(Layers, TheLibraryAloneIsWatched) {
  const tripwire::Sandbox sandbox;
  EXPECT_THROW(mailer_ask(2), tripwire::UnmockedInteractionError);
}

TEST_F(Layers, AnExceptionEndsTheCallAround) {
  let_through();
  const tripwire::Sandbox sandbox;
  EXPECT_THROW(tripwire_may_throw_mailer_mail(2, &gives_up), int);
  EXPECT_THROW(mailer_ask(2), tripwire::UnmockedInteractionError);
}

// 23, 67
TEST_F(Layers, AnAnswerThatCallsTheOriginalLetsItThrough) {
  tripwire::mock<&mailer_mail>().calls(
      [](int number, MailProgress progress) { return tripwire_may_throw_mailer_mail(number, progress) + 100; });
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_mailer_mail(2, &is_quiet), 104);
  }
  tripwire::assert_call<&mailer_mail>(2, tripwire::anything);
  EXPECT_EQ(real_calls, 2);
  verifier.verify_all();
}

TEST_F(Layers, WhatTheAnswerItselfCallsIsWatched) {
  tripwire::mock<&mailer_mail>().calls([](int number, MailProgress) { return mailer_ask(number); });
  const tripwire::Sandbox sandbox;
  EXPECT_THROW(tripwire_may_throw_mailer_mail(2, &is_quiet), tripwire::UnmockedInteractionError);
}

TEST_F(Layers, AThreadOfTheLibraryIsWatched) {
  tripwire::spy<&mailer_mail_later>();
  const tripwire::Sandbox sandbox;
  EXPECT_EQ(tripwire_may_throw_mailer_mail_later(2), -1);
  EXPECT_EQ(real_calls, 0);
}

// 17
TEST_F(Layers, ErrnoIsThatOfTheRealCall) {
  let_through();
  {
    const tripwire::Sandbox sandbox;
    errno = ENOENT;
    tripwire_may_throw_mailer_mail(2, &is_quiet);
    EXPECT_EQ(errno, ENOENT);
  }
  assert_mail(2, 4);
}

} // namespace

// These stand where the tool puts them.
#line 1 "layer_test.tripwire/definitions.cpp"
__attribute__((noinline)) int tripwire_may_throw_mailer_mail(int a0, MailProgress a1) {
  return tw::invoke<tw::Refusal::throws, int, int, MailProgress>(
      mail_slot, __builtin_return_address(0), [](int p0, MailProgress p1) { return ::mailer_mail(p0, p1); }, a0, a1);
}

__attribute__((noinline)) int tripwire_may_throw_mailer_mail_later(int a0) {
  return tw::invoke<tw::Refusal::throws, int, int>(
      later_slot, __builtin_return_address(0), [](int p0) { return ::mailer_mail_later(p0); }, a0);
}
