// A test program with tests of every kind, through what framework adapters call.
//   program all|exit|abort|abort-at-once|fork|child-with-tests|often|one
#include "acme_seams.hpp"
#include "shop.hpp"

#include <tripwire/adapter.hpp>
#include <tripwire/tripwire.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <thread>

namespace {

using tripwire::adapter::Outcome;

int status = 0;

template <class Body> void test(std::string_view name, Body body, Outcome outcome = Outcome::passed) {
  tripwire::adapter::begin_test(name, __FILE__);
  {
    const tripwire::adapter::Body guarded;
    tripwire::adapter::contain(body);
  }
  for (const tripwire::adapter::Report &report : tripwire::adapter::end_test(outcome)) {
    std::fprintf(stderr, "%s\n", report.text.c_str());
    status = report.kind == tripwire::adapter::Report::Kind::failure ? 1 : status;
  }
}

void charges_the_card() {
  auto &charge = tripwire::mock<&acme_charge>();
  charge.when("acct_1", 5000, tripwire::anything).returns(ACME_OK).writes<2>(acme_receipt{"ch_1", 5000});
  {
    tripwire::Sandbox sandbox;
    shop::pay("acct_1", 5000);
  }
  charge.assert_call("acct_1", 5000, tripwire::anything).returned(ACME_OK);
}

void says_what_is_no_text() {
  auto &send = tripwire::mock<tripwire::overload<int(std::string_view)>(&acme::send)>();
  send.returns(1).raises(std::runtime_error("</script>"));
  {
    tripwire::Sandbox sandbox;
    shop::say("</script><img src=x><b>\xff\xfe\x01 \xc3\xa9\n");
    try {
      shop::say("again");
    } catch (const std::runtime_error &) {
    }
  }
  send.assert_call("</script><img src=x><b>\xff\xfe\x01 \xc3\xa9\n").returned(1);
  send.assert_call("again").raised("</script>");
}

void logs_in() {
  auto &login = tripwire::mock<&acme_login>();
  login.returns(1);
  {
    tripwire::Sandbox sandbox;
    shop::log_in("hunter2");
  }
  login.assert_call("ann", tripwire::anything).returned(1);
}

void leaves_things_behind() {
  tripwire::mock<&acme_plain>().returns(1).returns(2);
  tripwire::Sandbox sandbox;
  shop::plain(1);
}

void swallows_a_violation() {
  tripwire::Sandbox sandbox;
  try {
    shop::plain(2);
  } catch (...) {
  }
}

void expects_a_violation() {
  {
    tripwire::Sandbox sandbox;
    try {
      shop::plain(3);
    } catch (const tripwire::UnmockedInteractionError &) {
    }
  }
  tripwire::take_violations();
}

void lets_calls_through() {
  auto permit = tripwire::allow(tripwire::M("mock").function("acme_plain"));
  shop::plain(4);
  tripwire::Sandbox sandbox;
  std::thread([] { shop::plain(5); }).join();
}

void calls_in_a_child() {
  auto &plain = tripwire::mock<&acme_plain>();
  plain.returns(7);
  {
    tripwire::Sandbox sandbox;
    if (fork() == 0) {
      std::exit(shop::plain(6) == 7 ? 0 : 1);
    }
    wait(nullptr);
  }
  plain.assert_call(6, nullptr, 1u).returned(7);
}

void calls_very_often() {
  auto &plain = tripwire::mock<&acme_plain>();
  plain.returns(1).always();
  tripwire::Sandbox sandbox;
  for (int i = 0; i < 10003; ++i) {
    shop::plain(i);
  }
}

void stops(const char *how) {
  tripwire::mock<&acme_plain>().returns(1);
  tripwire::Sandbox sandbox;
  shop::plain(8);
  if (std::string_view(how) == "exit") {
    std::exit(3);
  }
  std::abort();
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 2) {
    return 2;
  }
  const std::string_view what = argv[1];
  if (what == "abort-at-once") {
    test("Payments.Stops", [] { stops("abort"); });
  }
  test("Payments.ChargesTheCard", charges_the_card);
  if (what == "one") {
    return status;
  }
  if (what == "child-with-tests") {
    if (fork() == 0) {
      test("Payments.InTheChild", charges_the_card);
      std::exit(status);
    }
    wait(nullptr);
    test("Payments.InTheParent", charges_the_card);
    return status;
  }
  if (what == "often") {
    test("Payments.CallsVeryOften", calls_very_often, Outcome::skipped);
    return status;
  }
  if (what == "fork") {
    test("Payments.CallsInAChild", calls_in_a_child);
    return status;
  }
  if (what != "all") {
    test("Payments.Stops", [&] { stops(argv[1]); });
  }
  test("Payments.SaysWhatIsNoText", says_what_is_no_text);
  test("Payments.LogsIn", logs_in);
  test("Payments.LeavesThingsBehind", leaves_things_behind);
  test("Payments.SwallowsAViolation", swallows_a_violation);
  test("Payments.ExpectsAViolation", expects_a_violation);
  test("Payments.LetsCallsThrough", lets_calls_through);
  test(
      "Payments.IsSkipped", [] {}, Outcome::skipped);
  return status;
}
