// The conformance kit: it finds nothing in a plugin that keeps its promises, and each one that is broken
#include "acme_seams.hpp"
#include "real_calls.hpp"

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/tripwire.hpp>

#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace {

using tripwire::Matcher;
using tripwire::matcher_of;
using tripwire::Place;
using tripwire::conformance::broken_promises;
using tripwire::conformance::Finding;
using tripwire::conformance::Hint;
using tripwire::conformance::Pasted;
using tripwire::conformance::Step;
using tripwire::conformance::Subject;
using tripwire::conformance::Use;
using tripwire::plugin::Description;
using tripwire::plugin::Visit;

/// What the plugin does wrong.
enum class Fault {
  none,
  prints_its_secret,
  answers_and_calls,
  forgets_where,
  hides_the_error,
  compares_nothing,
  demands_what_is_optional,
  swallows_what_passes,
  swallows_refusals,
  tells_a_line_that_does_not_help,
};
Fault fault = Fault::none;
bool takes = false;

tripwire::plugin::Manifest parcels_manifest{"parcels"};

/// "send" of acme as a library of its own.
class Parcels final : public tripwire::plugin::Plugin {
public:
  class Answer final : public tripwire::plugin::Mock {
  public:
    Answer(long sent, bool is_real) : sent_(sent), is_real_(is_real) {}
    bool matches(const Description &) const override { return true; }
    std::string describe() const override { return "PARCEL"; }
    bool passes_through() const noexcept override { return is_real_; }
    long sent() const { return sent_; }

  private:
    long sent_;
    bool is_real_;
  };

  Parcels() : Plugin(parcels_manifest, "<parcels.hpp>") {
    handle<long(const void *, std::size_t, int)>("acme_send", &Parcels::send);
  }

  bool takes_unmocked() const noexcept override { return takes; }
  std::string mock_line(const Description &) const override { return "parcels.mock_send(7);"; }
  std::string assert_line(const Description &call) const override {
    return call.find("raised") != nullptr ? "parcels.assert_refused();" : "parcels.assert_send();";
  }

private:
  static long send(Visit &visit, const void *data, std::size_t size, int) {
    Description description;
    const std::string text(static_cast<const char *>(data), size);
    description.request(fault == Fault::prints_its_secret ? "PARCEL " + text : "PARCEL");
    description.field("size", size).secret("data");
    if (fault == Fault::swallows_refusals) {
      try {
        return answer(visit, visit.present(std::move(description)));
      } catch (...) {
        return 0;
      }
    }
    return answer(visit, visit.present(std::move(description)));
  }

  static long answer(Visit &visit, const tripwire::plugin::Decision &decision) {
    if ((decision.real() && fault != Fault::swallows_what_passes) || fault == Fault::answers_and_calls) {
      visit.make_real();
    }
    const long sent = decision.mock == nullptr ? 0 : decision.as<Answer>()->sent();
    if (sent < 0 && fault != Fault::hides_the_error) {
      decision.recorded.raised(tripwire::AnyValue(std::string("refused")));
    }
    return sent;
  }
};

Parcels parcels;

Parcels::Answer &mock_send(long sent, Place place = Place::here()) {
  const Place kept = fault == Fault::forgets_where ? Place() : place;
  return tripwire::plugin::add(parcels, std::make_unique<Parcels::Answer>(sent, false), kept);
}

tripwire::plugin::Assertion sent(std::size_t size, Place place = Place::here()) {
  const Matcher expected = fault == Fault::compares_nothing ? matcher_of(size) || !matcher_of(size) : matcher_of(size);
  tripwire::plugin::Assertion assertion(parcels, "parcels.assert_send(...)", place);
  assertion.field("size", expected);
  return assertion;
}

void assert_refused() {
  auto assertion = sent(6);
  if (fault != Fault::hides_the_error) {
    assertion.field("raised", matcher_of(std::string("refused")));
  }
  assertion.check();
}

Use sending() {
  Use use;
  use.name = "six letters";
  use.call = [] { tripwire_may_throw_acme_send("hidden", 6, 0); };
  use.mock = [] { mock_send(7); };
  use.mock_optional = [] { mock_send(7).set_required(fault == Fault::demands_what_is_optional); };
  use.assert_mocked = [] { sent(6).check(); };
  use.wrong = {{"size", [] { sent(5).check(); }}};
  use.mock_failure = [] { mock_send(-1); };
  use.assert_failure = &assert_refused;
  use.pass_through = [] { tripwire::plugin::add(parcels, std::make_unique<Parcels::Answer>(0, true), Place::here()); };
  use.assert_real = use.assert_mocked;
  use.secret = "hidden";
  return use;
}

/// A manifest in a folder `parcels`, for as long as the program runs. \return its path.
std::string manifest(const std::string &text) {
  static const std::string folder = ::testing::TempDir() + "conformance-" + std::to_string(::getpid());
  const std::filesystem::path path = std::filesystem::path(folder) / "parcels" / "seams.yaml";
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << "version: 1\nplugin: parcels\n" << text;
  return path.string();
}

constexpr const char *whole_manifest = "fields: [size, raised]\nseams: [{function: acme_send}]\n";

Subject subject() {
  Subject made(parcels);
  made.manifest = manifest(whole_manifest);
  made.real_calls = [] { return static_cast<std::uint64_t>(real_calls.load()); };
  made.uses = {sending()};
  return made;
}

/// What the messages tell to paste, as if it was compiled.
std::vector<tripwire::conformance::PastedLine> lines() {
  return {
      {0, Hint::mock, "    parcels.mock_send(7);\n",
       [](const Step &rest) {
         if (fault != Fault::tells_a_line_that_does_not_help)
           mock_send(7);
         rest();
       }},
      {0, Hint::permit, "    auto permit = tripwire::allow(tripwire::M(\"parcels\").function(\"acme_send\"));\n",
       [](const Step &rest) {
         auto permit = tripwire::allow(tripwire::M("parcels").function("acme_send"));
         rest();
       }},
      {0, Hint::assert_mocked, "      parcels.assert_send();\n", [](const Step &) { sent(6).check(); }},
      {0, Hint::assert_failure,
       fault == Fault::hides_the_error ? "      parcels.assert_send();\n" : "      parcels.assert_refused();\n",
       [](const Step &) { assert_refused(); }},
      {0, Hint::assert_real, "      parcels.assert_send();\n", [](const Step &) { sent(6).check(); }},
  };
}

/// The sentences of the promises that are broken.
std::vector<std::string> sentences(const std::vector<Finding> &findings) {
  std::vector<std::string> all;
  for (const Finding &finding : findings)
    all.push_back(finding.promise);
  return all;
}

std::vector<std::string> broken_by(Fault made) {
  fault = made;
  const Pasted pasted(lines());
  const std::vector<Finding> findings = broken_promises(subject());
  fault = Fault::none;
  return sentences(findings);
}

using Sentences = std::vector<std::string>;

TEST(Conformance, FindsNothingInAPluginThatKeepsItsPromises) {
  const Pasted pasted(lines());
  for (const Finding &finding : broken_promises(subject()))
    ADD_FAILURE() << finding.promise << "\n" << finding.text;
}

TEST(Conformance, FindsNothingInAPluginThatTakesWhatNobodyMocked) {
  takes = true;
  const Pasted pasted(lines());
  for (const Finding &finding : broken_promises(subject()))
    ADD_FAILURE() << finding.promise << "\n" << finding.text;
  takes = false;
}

TEST(Conformance, FindsWhatIsBroken) {
  EXPECT_EQ(broken_by(Fault::prints_its_secret), Sentences{"a secret is printed nowhere"});
  EXPECT_EQ(broken_by(Fault::forgets_where), Sentences{"an unused answer is reported"});
  EXPECT_EQ(broken_by(Fault::hides_the_error), Sentences{"an error must be asserted as raised"});
  EXPECT_EQ(broken_by(Fault::compares_nothing), Sentences{"every field is compared"});
  EXPECT_EQ(broken_by(Fault::demands_what_is_optional), Sentences{"an optional answer may stay unused"});
}

/// Where one fault breaks several promises, this is among them.
void expect_among(const char *sentence, const Sentences &broken) {
  EXPECT_NE(std::find(broken.begin(), broken.end(), sentence), broken.end())
      << sentence << " is not among the " << broken.size();
}

TEST(Conformance, FindsAnAnswerThatCallsTheLibraryAllTheSame) {
  const Sentences broken = broken_by(Fault::answers_and_calls);
  expect_among("an answered call is recorded", broken);
  expect_among("an assertion of every field passes", broken);
}

TEST(Conformance, FindsThatWhatPassesThroughIsNotMade) {
  const Sentences broken = broken_by(Fault::swallows_what_passes);
  expect_among("what passes through is made, recorded and asserted", broken);
  expect_among("a rule lets the call through", broken);
  expect_among("the guard refuses, warns or is off", broken);
}

TEST(Conformance, FindsAPluginThatSwallowsRefusals) {
  expect_among("a call that nothing answers is refused", broken_by(Fault::swallows_refusals));
}

// 62
TEST(Conformance, FindsALineThatDoesNotHelp) {
  EXPECT_EQ(broken_by(Fault::tells_a_line_that_does_not_help), Sentences{"every line to paste compiles and helps"});
}

TEST(Conformance, FindsLinesThatWereNotCompiled) {
  const std::vector<Finding> findings = broken_promises(subject());
  ASSERT_EQ(sentences(findings), Sentences{"every line to paste compiles and helps"});
  EXPECT_NE(findings[0].text.find("was not compiled into this program"), std::string::npos) << findings[0].text;
}

TEST(Conformance, FindsPromisesThatNoUseProves) {
  const Pasted pasted(lines());
  Subject with_less = subject();
  with_less.uses[0].secret.clear();
  with_less.uses[0].wrong.clear();
  EXPECT_EQ(sentences(broken_promises(with_less)),
            (Sentences{"every field is compared", "a secret is printed nowhere"}));
  with_less.lacks = {"wrong", "secret"};
  EXPECT_EQ(sentences(broken_promises(with_less)), Sentences{});
  with_less.uses[0].secret = "hidden";
  EXPECT_EQ(sentences(broken_promises(with_less)), Sentences{"a secret is printed nowhere"});
}

/// What is found in the plugin with that manifest.
std::string found_with(const std::string &text) {
  const Pasted pasted(lines());
  Subject made = subject();
  made.manifest = manifest(text);
  const std::vector<Finding> findings = broken_promises(made);
  EXPECT_EQ(sentences(findings), Sentences{"its manifest says what it does"});
  return findings.empty() ? "" : findings[0].text;
}

TEST(Conformance, FindsAManifestThatSaysSomethingElse) {
  EXPECT_EQ(found_with("fields: [size]\nseams: [{function: acme_sent}]\n"),
            "the plugin handles 'acme_send', which is no seam of the manifest\n"
            "an assertion has to name 'raised', which is none of the manifest's 'fields'\n");
  EXPECT_NE(found_with("field: []\n").find("seams.yaml:3:1: error: unknown key 'field'; did you mean 'fields'?"),
            std::string::npos);
}

/// A call that is refused, as a plugin with states does it.
void out_of_state(const char *state, const char *valid) {
  tripwire::Facts facts;
  facts.kind = tripwire::ViolationKind::invalid_state;
  facts.text = "InvalidStateError: send is not valid in state " + std::string(state) + "\n  send " + valid;
  tripwire::raise(std::move(facts));
}

constexpr tripwire::plugin::Transition transitions[] = {
    {"open", "none", "open"}, {"send", "open", "open"}, {"close", "open", "shut"}};
constexpr tripwire::plugin::Machine machines[] = {{"mail", "none", transitions}};

TEST(Conformance, ProvesCallsThatTheStateDoesNotAllow) {
  EXPECT_STREQ(machines[0].after("none", "open"), "open");
  EXPECT_EQ(machines[0].after("none", "send"), nullptr);
  EXPECT_EQ(machines[0].valid_in("send"), "'open'");
  EXPECT_EQ(machines[0].valid_in("connect"), "");
  parcels_manifest.machines = machines;
  EXPECT_STREQ(parcels_manifest.machine("mail").initial, "none");
  EXPECT_THROW(parcels_manifest.machine("post"), std::logic_error);
  const Pasted pasted(lines());
  Subject made = subject();
  made.out_of_state = {{"mail", "none", "send", [] { out_of_state("'none' of mail", "is valid in: 'open'"); }}};
  EXPECT_EQ(sentences(broken_promises(made)), Sentences{});
  parcels_manifest.machines = {};
}

/// What a call does not keep of the promise, on a machine that the mail has.
std::string found_out_of_state(tripwire::conformance::OutOfState one) {
  const Pasted pasted(lines());
  parcels_manifest.machines = machines;
  Subject made = subject();
  if (one.test)
    made.out_of_state = {std::move(one)};
  const std::vector<Finding> findings = broken_promises(made);
  parcels_manifest.machines = {};
  return findings.empty() ? "" : findings[0].promise + ": " + findings[0].text;
}

TEST(Conformance, FindsCallsThatTheStateDoesNotAllowAndThatAreNotRefused) {
  const std::string promise = "a call that the state does not allow is refused: ";
  const std::string expected =
      promise + "expected a refusal that says state and valid states, and no real call, got:\n";
  EXPECT_EQ(found_out_of_state({}), promise + "no call that 'mail' does not allow is given\n");
  EXPECT_EQ(found_out_of_state({"post", "none", "send", [] {}}), promise + "'post' is none of the plugin's machines\n");
  EXPECT_EQ(found_out_of_state({"mail", "open", "send", [] {}}), promise + "'send' is valid in state 'open'\n");
  EXPECT_EQ(found_out_of_state({"mail", "none", "send", [] {}}),
            expected + "nothing was reported\nthe real library was not reached\n");
  const auto of = [&](const char *state, const char *valid, const char *given = "none") {
    return found_out_of_state({"mail", given, "send", [=] { out_of_state(state, valid); }});
  };
  EXPECT_EQ(of("'none' of mail", "is valid in: 'open'"), "");
  EXPECT_EQ(of("'shut' of mail", "nothing is valid in: 'shut'", "shut"), "");
  EXPECT_EQ(of("'none' of mail", "nothing is valid in: 'none'").find(expected), 0U); // it can be opened
  EXPECT_EQ(of("'none' of mail", "is valid in: 'none'").find(expected), 0U);
  EXPECT_EQ(of("'open' of mail", "is valid in: 'open'").find(expected), 0U);
}

/// A header for as long as the program runs. \return its path.
std::string header(const std::string &text) {
  const std::filesystem::path path =
      std::filesystem::path(manifest(whole_manifest)).parent_path().parent_path() / "acme.h";
  std::ofstream(path) << text;
  return path.string();
}

std::string found_of_header(const std::string &text, std::vector<tripwire::conformance::Harmless> harmless) {
  const Pasted pasted(lines());
  Subject made = subject();
  made.headers = {header(text)};
  made.handles = {"struct acme *", "acme_link *"};
  made.harmless = std::move(harmless);
  const std::vector<Finding> findings = broken_promises(made);
  return findings.empty() ? "" : findings[0].text;
}

TEST(Conformance, FindsFunctionsOfAHeaderThatNobodyThoughtOf) {
  constexpr const char *text = R"(
#define ACME_OPEN(x) \
  acme_no_function(acme_link *x);
/* int acme_old(acme_link *); */ // int acme_older(acme_link *);
typedef void (*acme_callback)(acme_link *);
struct acme { void (*member)(acme_link *); };
#ifdef __cplusplus
extern "C" {
#endif
ACME_API int acme_send(acme_link *link, const char *text);
#ifdef ACME_SECRETS
__attribute__((format(printf, 2, 3))) ACME_API const char *
  acme_print(const acme_link *, const char *format, ...) __attribute__((cold));
#endif
void acme_watch(void (*callback)(struct acme *, int), void *);
static inline int acme_inline(acme_link *link) { return acme_send(link, "{;"); }
int acme_open(const char *host, acme_link **link);
int acme_count(int);
int acme_count_all(struct acme *all, int (*which)(int));
#ifdef __cplusplus
}
#endif
)";
  EXPECT_EQ(found_of_header(text, {{"it counts", {"acme_count_all"}}}),
            "'acme_print' takes a 'acme_link *', and is neither a seam that the plugin handles nor named harmless\n"
            "'acme_watch' takes a 'struct acme *', and is neither a seam that the plugin handles nor named harmless\n"
            "'acme_inline' takes a 'acme_link *', and is neither a seam that the plugin handles nor named harmless\n");
  EXPECT_EQ(
      found_of_header(text, {{"it counts", {"acme_count_all", "acme_print", "acme_watch"}}, {"", {"acme_inline"}}}),
      "");
  EXPECT_EQ(found_of_header("int acme_count(int);", {{"it was one", {"acme_send"}}}),
            "'acme_send' is named harmless (it was one), and is a seam of the manifest\n");
  EXPECT_NE(found_of_header("/* nothing */", {}).find("no function is declared in '"), std::string::npos);
}

TEST(Conformance, FindsThatNothingCouldBeProved) {
  Subject without = subject();
  without.real_calls = nullptr;
  EXPECT_EQ(sentences(broken_promises(without)), Sentences{"the promises can be proved"});
  Subject without_manifest = subject();
  without_manifest.manifest.clear();
  EXPECT_EQ(sentences(broken_promises(without_manifest)), Sentences{"the promises can be proved"});
}

TEST(Conformance, TheSourceOfTheLinesIsWhatTheMessagesSay) {
  Subject made = subject();
  made.further_lines = {"parcels.flush();"};
  EXPECT_EQ(tripwire::conformance::pasted_source(made),
            R"x(// What the messages of plugin parcels tell to paste: made by its conformance program.
#include <parcels.hpp>
#include <tripwire/plugin_conformance.hpp>
#include <tripwire/tripwire.hpp>

namespace {

using tripwire::conformance::Hint;
using tripwire::conformance::Step;

const tripwire::conformance::Pasted pasted({
{0, Hint::mock, "    parcels.mock_send(7);\n", [](const Step &rest) {
    parcels.mock_send(7);
rest();
}},
{0, Hint::permit, "    auto permit = tripwire::allow(tripwire::M(\"parcels\").function(\"acme_send\"));\n", [](const Step &rest) {
    auto permit = tripwire::allow(tripwire::M("parcels").function("acme_send"));
rest();
}},
{0, Hint::assert_mocked, "      parcels.assert_send();\n", [](const Step &rest) {
      parcels.assert_send();
rest();
}},
{0, Hint::assert_failure, "      parcels.assert_refused();\n", [](const Step &rest) {
      parcels.assert_refused();
rest();
}},
{0, Hint::assert_real, "      parcels.assert_send();\n", [](const Step &rest) {
      parcels.assert_send();
rest();
}},
});

[[maybe_unused]] void further_lines() {
{
parcels.flush();
}
}

} // namespace
)x");
}

TEST(Findings, AreWhatATestReports) {
  using tripwire::conformance::findings;
  EXPECT_EQ(findings([] {}), "");
  EXPECT_EQ(findings([] { tripwire_may_throw_acme_send("x", 1, 0); }).rfind("GuardedCallError: acme_send", 0), 0U);
  EXPECT_EQ(tripwire::conformance::without_folders("at /a/b.cpp:1 in f\n  a/c:2"), "at b.cpp:1 in f\n  c:2");
}

} // namespace
