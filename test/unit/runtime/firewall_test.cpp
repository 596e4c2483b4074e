// Which real calls pass: patterns of requests, the stack of rules, the levels of the guard
#include "acme_seams.hpp"
#include "real_calls.hpp"
#include "violations.hpp"

#include <tripwire/adapter.hpp>
#include <tripwire/plugin.hpp>
#include <tripwire/tripwire.h>

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <regex>
#include <stdexcept>
#include <thread>

namespace {

using tripwire::allow;
using tripwire::cidr;
using tripwire::deny;
using tripwire::exact;
using tripwire::Guard;
using tripwire::M;
using tripwire::restrict;
using tripwire::plugin::Decision;
using tripwire::plugin::Description;
using tripwire::plugin::FieldKind;
using tripwire::plugin::Visit;

using Fields = std::vector<std::pair<std::string, std::string>>;

constexpr tripwire::plugin::RequestField net_request[] = {
    {"host", FieldKind::host},     {"port", FieldKind::port},      {"scheme", FieldKind::word},
    {"path", FieldKind::path},     {"method", FieldKind::word},    {"url", FieldKind::uri},
    {"database", FieldKind::file}, {"binary", FieldKind::program}, {"command", FieldKind::text}};
constexpr tripwire::plugin::Scheme net_schemes[] = {{"net", 80}, {"nets", 443}, {"file", 0}};
constexpr tripwire::plugin::Manifest net_manifest{"net", false, net_request, net_schemes};

/// A network of its own: sending makes a request with whatever fields the test says, receiving works on what was
/// opened.
class Net final : public tripwire::plugin::Plugin {
public:
  Net() : Plugin(net_manifest, "<net.hpp>") {
    handle<long(const void *, std::size_t, int)>("acme_send", [](Visit &visit, const void *, std::size_t, int) -> long {
      Description call;
      call.request("SEND").field("sent", std::string("it"));
      for (const auto &[name, text] : fields) {
        call.firewall(name, text);
      }
      const Decision decision = visit.present(std::move(call));
      visit.opened(7, decision);
      if (decision.real()) {
        visit.make_real();
      }
      return decision.real() ? visit.result<long>() : 0;
    });
    handle<long(void *, std::size_t)>("acme_receive", [](Visit &visit, void *, std::size_t) -> long {
      Description call;
      call.request("RECEIVE").field("received", 1).on(7);
      visit.present(std::move(call));
      visit.make_real();
      return visit.result<long>();
    });
    handle<void(int)>("acme_close", [](Visit &visit, int) {
      Description call;
      call.request("CLOSE").on(7);
      visit.present(std::move(call));
      visit.closed(7);
      visit.make_real();
    });
  }
  std::string mock_line(const Description &) const override { return "net.mock_send();"; }
  std::string assert_line(const Description &) const override { return "net.assert_send();"; }

  static inline Fields fields;
};

Net net;

bool reaches(void (*call)()) {
  const int before = real_calls;
  try {
    call();
  } catch (const tripwire::GuardedCallError &) {
    tripwire::take_violations();
  } catch (const tripwire::UnmockedInteractionError &) {
    tripwire::take_violations();
  }
  return real_calls > before;
}

bool sent() {
  return reaches([] { tripwire_may_throw_acme_send("abc", 3, 0); });
}

class Firewall : public ::testing::Test {
protected:
  Firewall() {
    real_calls = 0;
    Net::fields.clear();
    verifier.body_begins();
  }
  /// Whether a request with these fields passes where only the rule allows it.
  static bool passes(const tripwire::Rule &rule, Fields fields) {
    Net::fields = std::move(fields);
    const auto permit = allow(rule);
    return sent();
  }
  template <class Action> static std::string refused(Action action) {
    std::string text = text_of<tripwire::ConfigurationError>(action);
    tripwire::take_violations();
    return text;
  }

  tripwire::Verifier verifier;
};

bool passes_from_elsewhere();

Fields host(std::string name) { return {{"host", std::move(name)}}; }
Fields path(std::string name) { return {{"path", std::move(name)}}; }
Fields url(std::string name) { return {{"url", std::move(name)}}; }

// 43, 45: a call that says a field again is a request of each
TEST_F(Firewall, ACallOfTwoPathsNeedsARuleForEach) {
  const Fields both = {{"path", "/garden/plan"}, {"path", "/attic/plan"}, {"method", "MOVE"}};
  EXPECT_FALSE(passes(M("net").path("/garden/*"), both));
  EXPECT_FALSE(passes(M("net").path("/attic/*"), both));
  EXPECT_TRUE(passes(M("net").path("/*/plan").method("MOVE"), both));
  const auto garden = allow(M("net").path("/garden/*"));
  Net::fields = both;
  const std::string text = text_of<tripwire::GuardedCallError>([] { tripwire_may_throw_acme_send("abc", 3, 0); });
  tripwire::take_violations();
  EXPECT_TRUE(contains(text, "tripwire::M(\"net\").path(\"/attic/plan\").method(\"MOVE\")")) << text;
  const auto attic = allow(M("net").path("/attic/*"));
  EXPECT_TRUE(sent());
  const tripwire::Sandbox sandbox;
  EXPECT_TRUE(sent());
  const auto no_attic = deny(M("net").path("/attic/*"));
  EXPECT_FALSE(sent());
}

// 40
TEST_F(Firewall, TheInnermostLevelOfThePluginDecides) {
  EXPECT_FALSE(sent());
  const auto all = tripwire::guard(Guard::off);
  EXPECT_TRUE(sent());
  {
    const auto one = tripwire::guard("net", Guard::error);
    EXPECT_FALSE(sent());
    EXPECT_TRUE(reaches([] { acme::tripwire_may_throw_send(1); })) << "another plugin keeps its level";
  }
  EXPECT_TRUE(sent());
}

// 40
TEST_F(Firewall, LevelsEndInAnyOrder) {
  std::optional<tripwire::GuardLevel> outer;
  outer.emplace("", Guard::off);
  std::optional<tripwire::GuardLevel> inner;
  inner.emplace("", Guard::error);
  outer.reset();
  EXPECT_FALSE(sent());
  inner.reset();
  EXPECT_FALSE(sent());
}

// 48
TEST_F(Firewall, ALevelOfAnUnknownPluginIsAConfigurationError) {
  const std::string text = refused([] { auto level = tripwire::guard("nte", Guard::off); });
  EXPECT_EQ(text,
            "ConfigurationError: guard(...) cannot be honoured: unknown plugin 'nte'; did you mean 'net'?; there are "
            "'mock' and 'net'");
}

// 41
TEST_F(Firewall, WarnWarnsOncePerCallSiteAndMakesTheRealCall) {
  const auto level = tripwire::guard(Guard::warn);
  ::testing::internal::CaptureStderr();
  for (int time = 0; time < 3; ++time) {
    tripwire_may_throw_acme_send("abc", 3, 0);
  }
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(real_calls, 3);
  EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
  EXPECT_TRUE(contains(said, "acme_send is called for real, outside of a sandbox: SEND (this may change something"))
      << said;
}

// 41
TEST_F(Firewall, WarnDoesNotTurnIntoAnErrorForADeniedCallAndNamesTheRule) {
  const auto level = tripwire::guard(Guard::warn);
  const auto ban = deny("net");
  const int line = __LINE__ - 1;
  ::testing::internal::CaptureStderr();
  EXPECT_TRUE(sent());
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_TRUE(contains(said, "(refused by deny at " __FILE__ ":" + std::to_string(line) + ")")) << said;
}

// 41
TEST_F(Firewall, WarnSaysNothingOfAnAllowedCall) {
  const auto level = tripwire::guard(Guard::warn);
  const auto permit = allow("net");
  ::testing::internal::CaptureStderr();
  EXPECT_TRUE(sent());
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

// 50
TEST_F(Firewall, OffPassesSilentlyWhateverTheRulesSay) {
  const auto level = tripwire::guard("net", Guard::off);
  const auto ban = deny("net");
  ::testing::internal::CaptureStderr();
  EXPECT_TRUE(sent());
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

// 44
TEST_F(Firewall, TheInnermostScopeWithARuleThatMatchesDecides) {
  Net::fields = host("a.test");
  EXPECT_FALSE(sent());
  const auto permit = allow("net");
  EXPECT_TRUE(sent());
  {
    const auto ban = deny(M("net").host("a.test"));
    EXPECT_FALSE(sent());
    Net::fields = host("b.test");
    EXPECT_TRUE(sent()) << "the inner scope says nothing of it";
    Net::fields = host("a.test");
    const auto again = allow(M("net").host("a.*"));
    EXPECT_TRUE(sent());
  }
  EXPECT_TRUE(sent());
}

// 44
TEST_F(Firewall, EveryCeilingMustMatchAndAllowsNothingItself) {
  Net::fields = host("a.test");
  const auto outer = restrict("net", "mock");
  EXPECT_FALSE(sent());
  const auto permit = allow("net");
  EXPECT_TRUE(sent());
  {
    const auto inner = restrict(M("net").host("b.test"));
    EXPECT_FALSE(sent());
    const auto more = allow("net");
    EXPECT_FALSE(sent()) << "nothing inside lifts a ceiling";
  }
  EXPECT_TRUE(sent());
}

// 44, 45
TEST_F(Firewall, ARuleEndsWithItsScopeAlsoByAnExceptionAndInAnyOrder) {
  try {
    const auto permit = allow("net");
    EXPECT_TRUE(sent());
    throw std::runtime_error("out");
  } catch (const std::runtime_error &) {
  }
  EXPECT_FALSE(sent());
  std::optional<tripwire::RuleScope> first;
  first.emplace(tripwire::RuleScope::Effect::allow, std::vector<tripwire::Rule>{"net"});
  std::optional<tripwire::RuleScope> second;
  second.emplace(tripwire::RuleScope::Effect::deny, std::vector<tripwire::Rule>{"net"});
  first.reset();
  EXPECT_FALSE(sent());
  second.reset();
  EXPECT_FALSE(sent());
}

// 45
TEST_F(Firewall, InsideASandboxAnAllowedCallIsRealListedAndNeedsNoAssertion) {
  const auto permit = allow("net", M("mock").function("acme::send"));
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_acme_send("abc", 3, 0), 3);
    EXPECT_EQ(acme::tripwire_may_throw_send(5), 5);
  }
  EXPECT_EQ(real_calls, 2);
  const std::string text =
      text_of<tripwire::InteractionMismatchError>([] { tripwire::assert_call<&acme_plain>(1, nullptr, 2u); });
  EXPECT_TRUE(contains(text, "\n  every recorded interaction is asserted"
                             "\n  allowed, and made for real; they need no assertion:"
                             "\n    [0] net SEND"
                             "\n    [1] acme::send(number: 5) returned 5"))
      << text;
  tripwire::take_violations();
  verifier.verify_all();
}

// 45
TEST_F(Firewall, AnAllowedCallCanBeAsserted) {
  const auto permit = allow("net", "mock");
  {
    const tripwire::Sandbox sandbox;
    tripwire_may_throw_acme_send("abc", 3, 0);
    acme::tripwire_may_throw_send(5);
  }
  tripwire::assert_call<tripwire::overload<int(int)>(&acme::send)>(5).returned(5);
  tripwire::plugin::Assertion(net, "", {}).field("sent", tripwire::matcher_of("it")).check();
  EXPECT_THROW(tripwire::plugin::Assertion(net, "", {}).field("sent", tripwire::matcher_of("it")).check(),
               tripwire::InteractionMismatchError);
  tripwire::take_violations();
  verifier.verify_all();
}

// 45
TEST_F(Firewall, AMockAnswersBeforeARuleAllowsAndBothCanBeAsserted) {
  const auto permit = allow("mock");
  tripwire::mock<tripwire::overload<int(int)>(&acme::send)>().when(1).returns(70);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(acme::tripwire_may_throw_send(5), 5);
    EXPECT_EQ(acme::tripwire_may_throw_send(1), 70);
  }
  EXPECT_EQ(real_calls, 1);
  tripwire::assert_call<tripwire::overload<int(int)>(&acme::send)>(5).returned(5);
  EXPECT_THROW(verifier.verify_all(), tripwire::UnassertedInteractionsError);
  tripwire::assert_call<tripwire::overload<int(int)>(&acme::send)>(1);
  verifier.verify_all();
}

bool plain_passes(int a) {
  const int before = real_calls;
  try {
    tripwire_may_throw_acme_plain(a, nullptr, 0);
  } catch (const tripwire::UnmockedInteractionError &) {
    tripwire::take_violations();
  }
  return real_calls > before;
}

// 45
TEST_F(Firewall, ACallSiteThatWasLetThroughIsRefusedWhenTheRulesHaveChanged) {
  const tripwire::Sandbox sandbox;
  for (int times = 0; times < 2; ++times) {
    EXPECT_FALSE(plain_passes(1));
    const auto permit = allow(M("mock").function("acme_plain"));
    EXPECT_TRUE(plain_passes(1));
    EXPECT_TRUE(plain_passes(2));
    {
      const auto ban = deny(M("mock").function("acme_plain"));
      EXPECT_FALSE(plain_passes(1));
    }
    EXPECT_TRUE(plain_passes(1));
    const auto ceiling = restrict(M("mock").function("acme_close"));
    EXPECT_FALSE(plain_passes(1));
  }
}

// 45
TEST_F(Firewall, ARuleOfArgumentsIsAskedAtEachCall) {
  const auto permit = allow(M("mock").argument("a", 1), M("mock").argument("a", 3));
  const tripwire::Sandbox sandbox;
  for (int a = 0; a < 5; ++a) {
    EXPECT_EQ(plain_passes(a), a == 1 || a == 3) << a;
  }
}

// 45
TEST_F(Firewall, ARuleOfArgumentsOfAnotherSeamChangesNothing) {
  const auto ban = deny(M("mock").function("acme_login").argument("user", "root"));
  const auto permit = allow(M("mock").function("acme_plain"));
  const tripwire::Sandbox sandbox;
  EXPECT_TRUE(plain_passes(1));
  EXPECT_TRUE(plain_passes(2));
}

// 45
TEST_F(Firewall, APredicateIsAskedAtEachCall) {
  int asked = 0;
  const auto permit = allow(M("mock").function([&asked](std::string_view) { return ++asked % 2 == 1; }));
  const tripwire::Sandbox sandbox;
  EXPECT_TRUE(plain_passes(1));
  EXPECT_FALSE(plain_passes(1));
  EXPECT_TRUE(plain_passes(1));
}

// 45
TEST_F(Firewall, ARuleOfFilesIsAskedForEachCallSite) {
  const auto permit = allow(M("mock").file("elsewhere.cpp"));
  const tripwire::Sandbox sandbox;
  for (int times = 0; times < 2; ++times) {
    EXPECT_FALSE(plain_passes(1));
    EXPECT_TRUE(passes_from_elsewhere());
  }
}

// 45
TEST_F(Firewall, WhatAThreadAllowsItselfIsRefusedToTheNextOne) {
  const tripwire::Sandbox sandbox;
  std::thread([] {
    const auto permit = allow(M("mock").function("acme_plain"));
    EXPECT_TRUE(plain_passes(1));
    std::thread([] { EXPECT_FALSE(plain_passes(1)); }).join();
    EXPECT_TRUE(plain_passes(1));
  }).join();
  EXPECT_FALSE(plain_passes(1));
}

// 1, 45
TEST_F(Firewall, InsideASandboxWhatNoRuleAllowsIsRefused) {
  const auto permit = allow(M("mock").function("acme::greet"));
  const tripwire::Sandbox sandbox;
  EXPECT_FALSE(reaches([] { acme::tripwire_may_throw_send(5); }));
  EXPECT_TRUE(reaches([] { acme::tripwire_may_throw_greet("you"); }));
}

// 45
TEST_F(Firewall, AnAllowedCallThatThrowsIsRecordedAsSuch) {
  const auto permit = allow("mock");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_THROW(acme::tripwire_may_throw_send(std::string_view("bad")), std::runtime_error);
  }
  tripwire::assert_call<tripwire::overload<int(std::string_view)>(&acme::send)>("bad").raised("bad text");
  verifier.verify_all();
}

// 46
TEST_F(Firewall, EveryNamedFieldMustExistAndMatch) {
  const M rule = M("net").host("a.test").method("GET");
  EXPECT_TRUE(passes(rule, {{"host", "a.test"}, {"method", "get"}}));
  EXPECT_FALSE(passes(rule, {{"host", "a.test"}, {"method", "POST"}}));
  EXPECT_FALSE(passes(rule, host("a.test")));
  EXPECT_TRUE(passes(M().host("a.test"), host("a.test")));
}

// 46
TEST_F(Firewall, AStarInAHostIsAnyDepthOfSubdomain) {
  const M rule = M("net").host("*.x.com");
  EXPECT_TRUE(passes(rule, host("a.x.com")));
  EXPECT_TRUE(passes(rule, host("a.b.x.com")));
  EXPECT_FALSE(passes(rule, host("x.com")));
  EXPECT_FALSE(passes(rule, host(".x.com")));
  EXPECT_FALSE(passes(rule, host("ax.com")));
  EXPECT_FALSE(passes(rule, host("a.x.com.evil.test")));
  EXPECT_TRUE(passes(M("net").host("api.*.com"), host("api.x.com")));
  EXPECT_FALSE(passes(M("net").host("api.*.com"), host("api.x.y.com")));
  EXPECT_TRUE(passes(M("net").host("api-*.x.com"), host("api-7.x.com")));
  EXPECT_TRUE(passes(M("net").host("*"), host("x")));
}

// 46
TEST_F(Firewall, AStarInAPathIsOneSegmentAndTwoAreAny) {
  EXPECT_TRUE(passes(M("net").path("/api/*"), path("/api/a")));
  EXPECT_FALSE(passes(M("net").path("/api/*"), path("/api/a/b")));
  EXPECT_FALSE(passes(M("net").path("/api/*"), path("/api/")));
  EXPECT_TRUE(passes(M("net").path("/api/**"), path("/api/a/b")));
  EXPECT_FALSE(passes(M("net").path("/api/**"), path("/apix")));
  EXPECT_TRUE(passes(M("net").path("/a/**/z"), path("/a/z")));
  EXPECT_TRUE(passes(M("net").path("/a/**/z"), path("/a/b/c/z")));
  EXPECT_FALSE(passes(M("net").path("/a/**/z"), path("/a/bz")));
  EXPECT_TRUE(passes(M("net").path("/v*/x"), path("/v12/x")));
}

// 46
TEST_F(Firewall, AStringIsExactAndAStarIsNoWildcardInPlainText) {
  EXPECT_FALSE(passes(M("net").path("/api"), path("/api/a")));
  EXPECT_FALSE(passes(M("net").command("rm *"), {{"command", "rm -rf"}}));
  EXPECT_TRUE(passes(M("net").command("rm *"), {{"command", "rm *"}}));
  EXPECT_TRUE(passes(M("net").path(exact("/a*b")), path("/a*b")));
  EXPECT_FALSE(passes(M("net").path(exact("/a*b")), path("/axb")));
  EXPECT_TRUE(passes(M("net").path("/a%2Ab"), path("/a*b")));
  EXPECT_FALSE(passes(M("net").path("/a%2Ab"), path("/axb"))) << "an escaped star is a star";
}

// 46
TEST_F(Firewall, BlocksExpressionsMatchersAndPredicatesServe) {
  EXPECT_TRUE(passes(M("net").host(cidr("10.0.0.0/8")), host("10.9.8.7")));
  EXPECT_FALSE(passes(M("net").host(cidr("10.0.0.0/8")), host("11.0.0.1")));
  EXPECT_FALSE(passes(M("net").host(cidr("10.0.0.0/8")), host("10.example.com")));
  EXPECT_TRUE(passes(M("net").host(cidr("2001:db8::/32")), host("[2001:DB8::1]")));
  EXPECT_TRUE(passes(M("net").path(tripwire::regex("/v[0-9]+/.*")), path("/v1/x")));
  EXPECT_FALSE(passes(M("net").path(tripwire::regex("/v[0-9]+/.*")), path("/w1/x")));
  EXPECT_TRUE(passes(M("net").path(tripwire::starts_with("/v")), path("/v1")));
  const auto is_short = [](std::string_view text) { return text.size() < 4; };
  EXPECT_TRUE(passes(M("net").path(is_short), path("/ab")));
  EXPECT_FALSE(passes(M("net").path(is_short), path("/abc")));
}

// 46
TEST_F(Firewall, PatternsCompose) {
  const M a = M("net").host("a.test");
  const M b = M("net").path("/b");
  const Fields both = {{"host", "a.test"}, {"path", "/b"}};
  EXPECT_TRUE(passes(a && b, both));
  EXPECT_FALSE(passes(a && b, host("a.test")));
  EXPECT_TRUE(passes(a || b, path("/b")));
  EXPECT_FALSE(passes(a || b, path("/c")));
  EXPECT_TRUE(passes(!a, host("b.test")));
  EXPECT_FALSE(passes(!a, host("a.test")));
  EXPECT_TRUE(passes((a || b).method("GET"), {{"host", "a.test"}, {"method", "GET"}}));
  EXPECT_FALSE(passes((a || b).method("GET"), host("a.test")));
}

// 46, 11
TEST_F(Firewall, APredicateThatThrowsLetsNothingThrough) {
  const auto throws = [](std::string_view) -> bool { throw std::runtime_error("no"); };
  EXPECT_FALSE(passes(M("net").host(throws), host("a.test")));
  EXPECT_FALSE(passes(!M("net").host(throws), host("a.test")));
  Net::fields = host("a.test");
  const auto permit = allow("net");
  {
    const auto ban = deny(M("net").host(throws));
    EXPECT_FALSE(sent());
  }
  const auto ceiling = restrict(M("net").host(throws));
  EXPECT_FALSE(sent());
}

// 46
TEST_F(Firewall, CallsThatAPredicateMakesAreReal) {
  const auto asks = [](std::string_view) { return acme::tripwire_may_throw_send(5) == 5; };
  EXPECT_TRUE(passes(M("net").host(asks), host("a.test")));
  EXPECT_EQ(real_calls, 2);
}

// 47
TEST_F(Firewall, HostsHaveOneSpelling) {
  for (const char *written : {"API.Example.com", "api.example.com.", "api%2Eexample.com"}) {
    EXPECT_TRUE(passes(M("net").host("api.example.com"), host(written))) << written;
    EXPECT_TRUE(passes(M("net").host(written), host("api.example.com"))) << written;
  }
  EXPECT_TRUE(passes(M("net").host("*.EXAMPLE.com"), host("api.example.COM")));
  EXPECT_TRUE(passes(M("net").host("10.0.0.1"), host("[::ffff:10.0.0.1]")));
  EXPECT_TRUE(passes(M("net").host("10.0.0.1"), host("0x0a000001")));
  EXPECT_TRUE(passes(M("net").host("2001:db8::1"), host("[2001:0DB8:0:0::1]")));
}

// 47
TEST_F(Firewall, TheLoopbackIsOneHostAndLiesInItsBlocks) {
  const char *spellings[] = {"localhost", "LOCALHOST.", "127.0.0.1", "::1", "[::1]", "127.1", "[::ffff:127.0.0.1]"};
  for (const char *rule : spellings) {
    for (const char *request : spellings) {
      EXPECT_TRUE(passes(M("net").host(rule), host(request))) << rule << " " << request;
    }
  }
  for (const char *request : spellings) {
    EXPECT_TRUE(passes(M("net").host(cidr("127.0.0.0/8")), host(request))) << request;
    EXPECT_TRUE(passes(M("net").host(cidr("::1")), host(request))) << request;
    EXPECT_TRUE(passes(M("net").host("127.0.0.*"), host(request))) << request;
    EXPECT_FALSE(passes(M("net").host(cidr("10.0.0.0/8")), host(request))) << request;
  }
  EXPECT_FALSE(passes(M("net").host("localhost"), host("127.0.0.2")));
  EXPECT_TRUE(passes(M("net").host(cidr("127.0.0.0/8")), host("127.0.0.2")));
}

// 47
TEST_F(Firewall, PathsAreDecodedOnceAndResolved) {
  for (const char *written :
       {"/a/b", "/a//b", "/a/./b", "/a/x/../b", "//a/b", "/%61/b", "/a%2Fb", "/../a/b", "/a/x/%2e%2e/b"}) {
    EXPECT_TRUE(passes(M("net").path("/a/b"), path(written))) << written;
    EXPECT_TRUE(passes(M("net").path(written), path("/a/b"))) << written;
  }
  EXPECT_FALSE(passes(M("net").path("/a/b"), path("/%2561/b"))) << "once";
  EXPECT_TRUE(passes(M("net").path("/%2561"), path("/%2561")));
  EXPECT_FALSE(passes(M("net").path("/a/b"), path("/a/b/")));
  EXPECT_FALSE(passes(M("net").path("/public/**"), path("/public/..%2fsecret")));
}

// 47
TEST_F(Firewall, PortsAreNumbersAndASchemesOwnIsUnderstood) {
  EXPECT_TRUE(passes(M("net").port(80), {{"port", "080"}}));
  EXPECT_FALSE(passes(M("net").port(80), {{"port", "8080"}}));
  EXPECT_TRUE(passes(M("net").port("*"), {{"port", "8080"}}));
  EXPECT_TRUE(passes(M("net").url("net://h.test/"), url("NET://H.test:80")));
  EXPECT_TRUE(passes(M("net").url("net://h.test:80"), url("net://h.test")));
  EXPECT_FALSE(passes(M("net").url("net://h.test"), url("net://h.test:81")));
  EXPECT_FALSE(passes(M("net").url("net://h.test"), url("nets://h.test")));
  EXPECT_TRUE(passes(M("net").url("net://[::1]:*/x/**"), url("net://localhost:9/x/y/z?q=1")));
  EXPECT_TRUE(passes(M("net").url("*://*.test/a?q=*"), url("nets://h.test:443/%61?q=1")) == false)
      << "an unknown port is none";
  EXPECT_TRUE(passes(M("net").url("*://*.test:*/a?q=*"), url("nets://h.test:443/%61?q=1")));
  EXPECT_FALSE(passes(M("net").url("net://h.test/?q=1"), url("net://h.test/?q=2")));
}

// 47
TEST_F(Firewall, ADatabaseInMemoryStaysAsItIs) {
  EXPECT_TRUE(passes(M("net").database(":memory:"), {{"database", ":memory:"}}));
  EXPECT_FALSE(passes(M("net").database(":memory:"), {{"database", "memory"}}));
  EXPECT_TRUE(passes(M("net").database("/data/*.db"), {{"database", "/data//x/../a.db"}}));
  EXPECT_FALSE(passes(M("net").database("/data/*.db"), {{"database", "/data/%61/b.db"}}));
  EXPECT_TRUE(passes(M("net").binary("rm"), {{"binary", "/usr//bin/rm"}})) << "a program by its name";
  EXPECT_TRUE(passes(M("net").binary("rm"), {{"binary", "rm"}}));
  EXPECT_FALSE(passes(M("net").binary("rm"), {{"binary", "/bin/rm-all"}}));
  EXPECT_TRUE(passes(M("net").binary("/bin/rm"), {{"binary", "/bin/rm"}}));
  EXPECT_FALSE(passes(M("net").binary("/bin/rm"), {{"binary", "/usr/bin/rm"}}));
}

// 44, 47
TEST_F(Firewall, RulesAsText) {
  EXPECT_TRUE(passes("net", host("x")));
  EXPECT_TRUE(passes("net:*", host("x")));
  EXPECT_TRUE(passes("net:*.x.com", host("a.x.com")));
  EXPECT_FALSE(passes("net:*.x.com", host("x.com")));
  EXPECT_TRUE(passes("net:h.test:81", {{"host", "h.test"}, {"port", "81"}}));
  EXPECT_FALSE(passes("net:h.test:81", {{"host", "h.test"}, {"port", "82"}}));
  const Fields local = {{"scheme", "net"}, {"host", "127.0.0.1"}, {"port", "8080"}, {"path", "/a"}};
  EXPECT_TRUE(passes("net://localhost:*", local));
  EXPECT_FALSE(passes("net://localhost", local)) << "without a port it is the scheme's own";
  EXPECT_FALSE(passes("nets://localhost:*", local));
  EXPECT_TRUE(passes("NET://[::1]:8080/a", local));
  EXPECT_FALSE(passes("net://localhost:*/b/**", local));
  EXPECT_TRUE(passes(std::string("net:localhost:*"), local));
}

// 48
TEST_F(Firewall, ARuleThatCannotBeHonouredIsAConfigurationError) {
  const auto wrong = [](const tripwire::Rule &rule) {
    std::string text = refused([&] { auto permit = allow(rule); });
    const std::string start = "ConfigurationError: allow(...) cannot be honoured: ";
    EXPECT_EQ(text.compare(0, start.size(), start), 0) << text;
    EXPECT_TRUE(contains(text, "\n  at " __FILE__ ":")) << text;
    return text.size() < start.size() ? text : text.substr(start.size(), text.find("\n  at ") - start.size());
  };
  EXPECT_EQ(wrong("nte"), "unknown plugin 'nte'; did you mean 'net'?; there are 'mock' and 'net'");
  EXPECT_EQ(wrong(""), "unknown plugin ''; there are 'mock' and 'net'");
  EXPECT_EQ(wrong("nte://h"), "unknown scheme 'nte' in 'nte://h'; did you mean 'net'?");
  EXPECT_EQ(wrong("net:"), "'net:' says nothing behind the colon; write 'net:*' for all of its calls");
  EXPECT_EQ(wrong("net://"), "'net://' lacks its host");
  EXPECT_EQ(wrong("net://h:"), "'net://h:' lacks its port");
  EXPECT_EQ(wrong("net://me@h/"), "'net://me@h/' names a user, a query or a fragment, which a rule's URL cannot");
  EXPECT_EQ(wrong("net://h:99999"), "field 'port': '99999' is no port");
  EXPECT_EQ(wrong(M("htp")), "unknown plugin 'htp'; there are 'mock' and 'net'");
  EXPECT_EQ(wrong(M("net").field("hots", "x")),
            "requests of 'net' have no field 'hots'; did you mean 'host'?; they have 'host', 'port', 'scheme', 'path', "
            "'method', 'url', 'database', 'binary', 'command', 'function' and 'file'");
  EXPECT_EQ(wrong(M().field("hots", "x")), "no requests have a field 'hots'; did you mean 'host'?");
  EXPECT_EQ(wrong(M("net").host(cidr("10.0.0.0/33"))),
            "field 'host': '10.0.0.0/33' is no block of addresses, as 10.0.0.0/8 and fe80::/10 are");
  EXPECT_EQ(wrong(M("net").host(cidr("10.0.0.1/8"))),
            "field 'host': '10.0.0.1/8' is no block of addresses, as 10.0.0.0/8 and fe80::/10 are");
  EXPECT_EQ(wrong(M("net").path(cidr("10.0.0.0/8"))), "field 'path': cidr(\"10.0.0.0/8\") is for a host");
  EXPECT_EQ(wrong(M("net").host("h:80")), "field 'host': 'h:80' is no host alone: its port is a field of its own");
  EXPECT_EQ(wrong(M("net").host("10.0.0.0/8")),
            "field 'host': '10.0.0.0/8' is no host: it holds a '/'; a block of addresses is cidr(...)");
  EXPECT_EQ(wrong(M("net").path("api/*")), "field 'path': 'api/*' is no path: it does not begin with '/'");
  EXPECT_EQ(wrong(M("net").path("/*/../x")),
            "field 'path': '/*/../x' has a '..' behind a wildcard, which names nothing");
  EXPECT_EQ(wrong(M("net").url("h/x")), "field 'url': 'h/x' is no URI: it has no '://'");
  EXPECT_EQ(wrong(M("mock").argument("txet", "x")),
            "no seam of this program has a parameter 'txet'; did you mean 'text'?");
  EXPECT_EQ(wrong(M("net") || !M("nte")), "unknown plugin 'nte'; did you mean 'net'?; there are 'mock' and 'net'");
  EXPECT_FALSE(sent()) << "nothing of it holds";
}

// 46
TEST_F(Firewall, ProjectSeamsHaveTheirNameAndArgumentsAsFields) {
  const auto greets = [] { return reaches([] { acme::tripwire_may_throw_greet("you"); }); };
  EXPECT_FALSE(greets());
  {
    const auto permit = allow("mock:acme::greet");
    EXPECT_TRUE(greets());
    EXPECT_FALSE(sent());
  }
  {
    const auto permit = allow(M("mock").argument("name", "you"));
    EXPECT_TRUE(greets());
  }
  {
    const auto permit = allow(M("mock").function("acme::greet").argument("name", "me"));
    EXPECT_FALSE(greets());
  }
  {
    const auto permit = allow(M("mock").argument("number", tripwire::at_least(5)));
    EXPECT_TRUE(reaches([] { acme::tripwire_may_throw_send(5); }));
    EXPECT_FALSE(reaches([] { acme::tripwire_may_throw_send(4); }));
  }
  {
    const auto permit = allow(M("mock").file("firewall_test.cpp"));
    EXPECT_TRUE(greets());
  }
  {
    const auto permit = allow(M("mock").file("other_test.cpp"));
    EXPECT_FALSE(greets());
  }
  {
    const auto permit = allow(M("mock").argument("password", "x"));
    EXPECT_FALSE(reaches([] { tripwire_may_throw_acme_login("me", "x"); })) << "a secret is never compared";
  }
}

// 49
TEST_F(Firewall, CallsOnWhatAnAllowedCallOpenedPass) {
  const auto receives = [] {
    return reaches([] {
      char buffer[4];
      tripwire_may_throw_acme_receive(buffer, 4);
    });
  };
  Net::fields = host("a.test");
  EXPECT_FALSE(receives());
  {
    const auto permit = allow(M("net").host("a.test"));
    EXPECT_TRUE(sent());
  }
  EXPECT_TRUE(receives());
  EXPECT_TRUE(reaches([] { tripwire_may_throw_acme_close(7); }));
  EXPECT_FALSE(receives()) << "it is closed";
}

// 49
TEST_F(Firewall, ARefusedOpeningForgetsAnOlderOneOfTheSameHandle) {
  const auto closes = [] { return reaches([] { tripwire_may_throw_acme_close(7); }); };
  {
    const auto permit = allow("net");
    EXPECT_TRUE(sent());
  }
  {
    const tripwire::Verifier other;
    tripwire::Verifier guarded;
    guarded.body_begins();
    EXPECT_FALSE(closes()) << "another test knows nothing of it";
  }
  EXPECT_TRUE(closes());
}

// 49, 45
TEST_F(Firewall, InsideASandboxCallsOnWhatWasOpenedAreListedAsAllowed) {
  {
    const auto permit = allow(M("net").host("a.test"));
    Net::fields = host("a.test");
    const tripwire::Sandbox sandbox;
    EXPECT_TRUE(sent());
    char buffer[4];
    EXPECT_EQ(tripwire_may_throw_acme_receive(buffer, 4), 4);
  }
  verifier.verify_all();
  tripwire::plugin::Assertion(net, "", {}).field("received", tripwire::matcher_of(1)).check();
}

// 45, 34
TEST(FirewallThreads, AScopeOfAnotherThreadHoldsForThatThreadAlone) {
  tripwire::Session session("threads");
  std::thread([] {
    const auto permit = allow("net");
    EXPECT_TRUE(sent());
    std::thread([] { EXPECT_FALSE(sent()); }).join();
  }).join();
  EXPECT_FALSE(sent());
  const auto permit = allow("net");
  std::thread([] { EXPECT_TRUE(sent()) << "what the test opens holds for all of its threads"; }).join();
  EXPECT_EQ(session.finish(), 0);
}

// 45
TEST_F(Firewall, AScopeOpenedOutsideOfATestHoldsInIt) {
  namespace adapter = tripwire::adapter;
  std::string text;
  std::thread([&] { // a thread of its own has no verifier of its own
    const auto permit = allow(M("net").host("a.test"));
    adapter::begin_test("inner");
    adapter::body_begins();
    Net::fields = host("a.test");
    EXPECT_TRUE(sent());
    Net::fields = host("b.test");
    EXPECT_FALSE(sent());
    adapter::body_ends();
    EXPECT_TRUE(adapter::end_test(adapter::Outcome::passed).empty());
  })
      .join();
}

// 42
TEST_F(Firewall, WhatFixturesDoReachesTheRealFunctionsWhateverTheRules) {
  const auto ban = deny("net");
  verifier.body_ends();
  EXPECT_TRUE(sent());
  verifier.body_begins();
  EXPECT_FALSE(sent());
}

// 43
TEST_F(Firewall, ARefusalSaysWhichRuleRefusesAndWhatWouldBeHeard) {
  Net::fields = {{"host", "H.test"}, {"port", "80"}, {"path", "/a*b"}, {"url", "net://secret"}};
  const auto say = [] {
    std::string text = text_of<tripwire::GuardedCallError>([] { tripwire_may_throw_acme_send("abc", 3, 0); });
    tripwire::take_violations();
    return text.substr(text.find("\n  SEND") + 7);
  };
  const std::string rule = R"(tripwire::M("net").host("h.test").port(80).path(tripwire::exact("/a*b")))";
  EXPECT_EQ(say(), "\n  to let it through, in the test:\n    auto permit = tripwire::allow(" + rule +
                       ");\n  or for the whole project, in tripwire.yaml:\n    firewall:\n      allow:\n"
                       "        - net: {host: h.test, port: 80, path: {exact: \"/a*b\"}}\n"
                       "  or answer it inside a sandbox:\n    net.mock_send();");
  {
    const int line = __LINE__ + 1;
    const auto ban = deny("net");
    EXPECT_EQ(say(),
              "\n  refused by deny at " __FILE__ ":" + std::to_string(line) +
                  "\n  to let it through all the same, in the test, behind that:\n    auto permit = tripwire::allow(" +
                  rule + ");\n  or answer it inside a sandbox:\n    net.mock_send();");
  }
  const int line = __LINE__ + 1;
  const auto ceiling = restrict("mock");
  EXPECT_EQ(say(), "\n  left out by restrict at " __FILE__ ":" + std::to_string(line) +
                       "\n  to let it through, name it there too:\n    " + rule +
                       "\n  and allow it in the test:\n    auto permit = tripwire::allow(" + rule +
                       ");\n  or answer it inside a sandbox:\n    net.mock_send();");
}

TEST_F(Firewall, ARefusalNamesTheRulesForAllThatTheCallAsks) {
  Net::fields = {{"host", "one.test"}, {"host", "two.test"}, {"host", "three.test"}};
  const auto say = [] {
    std::string text = text_of<tripwire::GuardedCallError>([] { tripwire_may_throw_acme_send("abc", 3, 0); });
    tripwire::take_violations();
    return text.substr(text.find("\n  SEND") + 7);
  };
  const auto allowed = allow(M("net").host("two.test"));
  EXPECT_EQ(say(), R"(
  to let it through, in the test:
    auto permit = tripwire::allow(tripwire::M("net").host("one.test"),
                                  tripwire::M("net").host("three.test"));
  or for the whole project, in tripwire.yaml:
    firewall:
      allow:
        - net: {host: one.test}
        - net: {host: three.test}
  or answer it inside a sandbox:
    net.mock_send();)");
  const int line = __LINE__ + 1;
  const auto ban = deny(M("net").host("three.test"));
  EXPECT_EQ(say(), "\n  refused by deny at " __FILE__ ":" + std::to_string(line) + R"(
  to let it through all the same, in the test, behind that:
    auto permit = tripwire::allow(tripwire::M("net").host("one.test"),
                                  tripwire::M("net").host("three.test"));
  or answer it inside a sandbox:
    net.mock_send();)");
  const int last = __LINE__ + 1;
  const auto ceiling = restrict(M("net").host("one.test"));
  EXPECT_EQ(say(), "\n  left out by restrict at " __FILE__ ":" + std::to_string(last) + R"(
  to let it through, name it there too:
    tripwire::M("net").host("two.test"),
    tripwire::M("net").host("three.test")
  and allow it in the test:
    auto permit = tripwire::allow(tripwire::M("net").host("one.test"),
                                  tripwire::M("net").host("two.test"),
                                  tripwire::M("net").host("three.test"));
  or answer it inside a sandbox:
    net.mock_send();)");
}

TEST(FirewallInC, ARefusalNamesTheRulesForAllThatTheCallAsks) {
  Net::fields = {{"host", "one.test"}, {"host", "two.test"}};
  tripwire::adapter::begin_test("in C");
  tripwire::adapter::test_is_in_c(nullptr);
  tripwire::adapter::body_begins();
  const auto say = [] {
    return text_of<tripwire::GuardedCallError>([] { tripwire_may_throw_acme_send("abc", 3, 0); });
  };
  const std::string free = say();
  tripwire_restrict("mock", "net: {host: three.test}");
  const std::string restricted = say();
  tripwire::adapter::body_ends();
  tripwire::adapter::end_test(tripwire::adapter::Outcome::failed);
  EXPECT_TRUE(contains(free, R"(
  to let it through, in the test:
    tripwire_allow("net: {host: one.test}",
                   "net: {host: two.test}");
  or for)"))
      << free;
  EXPECT_TRUE(contains(restricted, R"(
  to let it through, name it there too:
    "net: {host: one.test}",
    "net: {host: two.test}"
  and allow it in the test:
    tripwire_allow("net: {host: one.test}",
                   "net: {host: two.test}");
)")) << restricted;
}

bool passes_from_elsewhere() {
  const int before = real_calls;
#line 1 "elsewhere.cpp"
  tripwire_may_throw_acme_plain(1, nullptr, 0);
  return real_calls > before;
}

} // namespace
