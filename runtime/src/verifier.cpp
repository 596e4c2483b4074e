// what one test mocked, recorded and asserted --> what is left to complain about
#include "tripwire/verifier.hpp"

#include "context.hpp"
#include "leftovers.hpp"
#include "message.hpp"
#include "plugin_books.hpp"
#include "relay.hpp"
#include "report/report.hpp"
#include "settings.hpp"
#include "test.hpp"
#include "verifier_state.hpp"

#include <algorithm>
#include <cstdio>

namespace tripwire {

namespace runtime {

namespace {

/// Throws what is left; nothing of it will be reported again.
void verify(VerifierState &verifier) {
  const Leftovers leftovers = take_leftovers(verifier);
  if (leftovers.empty()) {
    return;
  }
  Facts facts;
  if (!leftovers.violations.empty()) {
    facts.kind = ViolationKind::verification;
    facts.text = "VerificationError: violations did not reach the test";
    for (const auto &latched : leftovers.violations) {
      facts.text += "\n" + indented(full_text(*latched), "  ");
    }
    if (!leftovers.unasserted.empty() || !leftovers.unused.empty()) {
      facts.text += "\n" + facts_of(leftovers).text;
    }
    facts.site = leftovers.violations.front()->facts.site;
  } else {
    facts = facts_of(leftovers);
  }
  const auto latched = latch(std::move(facts), &verifier);
  {
    const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
    latched->reported = true;
  }
  throw_latched(latched);
}

std::vector<Facts> take(VerifierState &verifier) {
  receive();
  std::vector<Facts> taken;
  const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
  for (const auto &latched : verifier.latched) {
    if (!latched->reported) {
      taken.push_back(latched->facts);
      taken.back().text = full_text(*latched);
      latched->reported = true;
      latched->taken = true;
    }
  }
  return taken;
}

/// A verifier of its own ends: how its test went, only what it found can tell.
void report_end(VerifierState &verifier) {
  if (!report::is_on()) {
    return;
  }
  bool has_failed = false;
  {
    const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
    has_failed = std::any_of(verifier.latched.begin(), verifier.latched.end(),
                             [](const auto &latched) { return !latched->taken; });
  }
  const std::string unwritten =
      report::ends(verifier, has_failed ? adapter::Outcome::failed : adapter::Outcome::passed);
  if (!unwritten.empty()) {
    std::fprintf(stderr, "tripwire: %s\n", unwritten.c_str());
  }
}

} // namespace

} // namespace runtime

Verifier::Verifier(std::string_view name, Place place) : state_(nullptr), previous_(nullptr) {
  runtime::end_start();
  runtime::check_plugins();
  runtime::Context &of = runtime::context();
  state_ = new runtime::VerifierState(name);
  state_->home.store(runtime::thread_number(of), std::memory_order_relaxed);
  state_->of_file = runtime::Settings::instance().rules().of_file(place.file);
  std::string problem = runtime::report::begins(*state_, place.file);
  if (!problem.empty()) {
    Facts facts;
    facts.kind = ViolationKind::configuration;
    facts.text = std::move(problem);
    runtime::latch(std::move(facts), state_)->fate.store(runtime::Fate::noted, std::memory_order_release);
  }
  previous_ = of.verifier;
  of.verifier = state_;
}

Verifier::~Verifier() {
  runtime::end_body(*state_);
  runtime::report_end(*state_);
  runtime::context().verifier = previous_;
  state_->close();
}

void Verifier::verify_all() { runtime::verify(*state_); }

std::vector<Facts> Verifier::take_violations() { return runtime::take(*state_); }

void Verifier::body_begins() { runtime::begin_body(*state_); }

void Verifier::body_ends() { runtime::end_body(*state_); }

void verify_all() { runtime::verify(runtime::Process::instance().current(runtime::context())); }

std::vector<Facts> take_violations() { return runtime::take(runtime::Process::instance().current(runtime::context())); }

} // namespace tripwire
