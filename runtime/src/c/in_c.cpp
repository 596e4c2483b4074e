// a test that is written in C --> messages in its language, and a way out of it where nothing can be thrown
#include "c/in_c.hpp"

#include "context.hpp"
#include "verifier_state.hpp"

#include "tripwire/adapter.hpp"

#include <unistd.h>

#include <cstdlib>
#include <mutex>
#include <string>

namespace tripwire::runtime {

namespace {

VerifierState &current() { return Process::instance().current(context()); }

/// What a framework is told last, which must outlive the jump. One thread leaves a test.
struct LastWords {
  std::string file;
  std::string text;
};
LastWords &last_words() {
  static auto *const words = new LastWords;
  return *words;
}

} // namespace

bool speaks_c() noexcept { return current().in_c; }

bool can_leave() noexcept {
  const VerifierState &verifier = current();
  return verifier.leave != nullptr && verifier.process == ::getpid() &&
         verifier.home.load(std::memory_order_relaxed) == thread_number(context());
}

void leave(Latched &latched) {
  VerifierState &verifier = current();
  {
    const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
    latched.reported = true;
    latched.fate.store(Fate::escaped, std::memory_order_release);
  }
  last_words().file = latched.facts.site.file;
  last_words().text = latched.facts.text;
  verifier.leave(last_words().file.c_str(), latched.facts.site.line, last_words().text.c_str());
  std::abort(); // it was to end the test
}

namespace c {

Latched *stopped(const Violation &violation, Place place) noexcept {
  Latched &latched = latched_of(violation);
  latched.fate.store(Fate::noted, std::memory_order_release);
  if (latched.facts.site.file.empty()) {
    latched.facts.site.file = place.file;
    latched.facts.site.line = place.line;
  }
  return &latched;
}

void refuse_use(std::string_view source, const std::string &why) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = source;
  facts.text = "ConfigurationError: " + why;
  raise(std::move(facts));
}

} // namespace c

} // namespace tripwire::runtime

namespace tripwire::adapter {

void test_is_in_c(Leave leave) {
  if (runtime::VerifierState *verifier = runtime::Process::instance().test()) {
    verifier->in_c = true;
    verifier->leave = leave;
    verifier->process = ::getpid();
  }
}

} // namespace tripwire::adapter
