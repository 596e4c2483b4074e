// a call that nothing covers --> the violation, and what the call site gets instead of an answer
#include "refuse.hpp"

#include "hint.hpp"
#include "message.hpp"

#include <cstdio>
#include <cstdlib>

namespace tripwire::runtime {

namespace {

Facts facts_of(ViolationKind kind, const seam::Call &call, const Route &route) {
  Facts facts;
  facts.kind = kind;
  facts.source = call.slot.facts.plugin.empty() ? call.slot.facts.name : call.slot.facts.plugin;
  facts.site = call_site(call.site);
  facts.sandbox = route.sandbox;
  return facts;
}

std::string where(const Facts &facts, const Route &route) {
  return "\n  at " + facts.site.text() +
         thread_text(thread_number(context()), route.verifier->home.load(std::memory_order_relaxed));
}

/// The entry of the seam file that would give the call site something to return.
std::string failure_advice(const seam::Call &call) {
  const seam::SlotFacts &facts = call.slot.facts;
  std::string text =
      "\n  this call site lets nothing be thrown, and no failure value is declared: say what " +
      std::string(facts.name) + " returns when it is refused, at " +
      (facts.asked_for.empty() ? std::string("its entry in the seam file") : std::string(facts.asked_for));
  text += call.place == nullptr ? "\n    failure: {errno: EPERM}" : "\n    failure: {returns: -1, errno: EPERM}";
  return text;
}

/// Nothing may be thrown here.
void answer_failure(seam::Call &call, Latched &latched) {
  const seam::Failure &failure = call.slot.facts.failure;
  if (failure.answer != nullptr && call.make != nullptr) {
    latched.answer = failure.text;
    latched.fate.store(Fate::answered, std::memory_order_release);
    failure.answer(call.place);
    call.answered = true;
    return;
  }
  std::fprintf(stderr, "%s%s\n", latched.facts.text.c_str(), failure_advice(call).c_str());
  std::fflush(stderr);
  std::abort();
}

} // namespace

void refuse(seam::Call &call, Facts facts, VerifierState &verifier) {
  const auto latched = latch(std::move(facts), &verifier);
  if (call.refusal == seam::Refusal::throws) {
    throw_latched(latched);
  }
  answer_failure(call, *latched);
}

void refuse_again(seam::Call &call, const Violation &violation) { answer_failure(call, latched_of(violation)); }

Facts unmocked(const seam::Call &call, const Route &route, bool is_mocked, const std::string &nearest) {
  Facts facts = facts_of(ViolationKind::unmocked_interaction, call, route);
  facts.text = "UnmockedInteractionError: " + std::string(call.slot.facts.name) +
               " was called in a sandbox, and nothing in the test answers this call" + where(facts, route) + "\n  " +
               call_text(call) + nearest + "\n  to answer it, paste one of these in front of the sandbox:\n    " +
               mock_line(call, is_mocked);
  if (!is_mocked) {
    facts.text += "\n    " + spy_line(call.slot);
  }
  return facts;
}

Facts uncovered(const seam::Call &call, const Route &route, const std::string &attempt, const std::string &mock_hint) {
  const std::string name(call.slot.facts.name);
  const std::string attempted = attempt.empty() ? call_text(call) : attempt;
  const std::string plugin(guarded_name(call.slot));
  const std::string hint = mock_hint.empty() ? mock_line(call, false) : mock_hint;
  Facts facts;
  switch (route.rule) {
  case Rule::guarded:
    facts = facts_of(ViolationKind::guarded_call, call, route);
    facts.text = "GuardedCallError: " + name + " (plugin " + plugin + ") was called outside of a sandbox" +
                 where(facts, route) + "\n  " + attempted +
                 "\n  to let it through, in the test:\n    auto level = tripwire::guard(\"" + plugin +
                 "\", tripwire::Guard::off);\n  or for the whole project, in tripwire.yaml:\n    guard: {" + plugin +
                 ": off}\n  or answer it inside a sandbox:\n    " + hint;
    break;
  case Rule::late:
    facts = facts_of(ViolationKind::post_sandbox_interaction, call, route);
    facts.text =
        "PostSandboxInteractionError: " + name + " was called by a thread that outlived sandbox " +
        std::to_string(route.sandbox) + where(facts, route) + "\n  " + attempted +
        "\n  join the thread before the sandbox closes; start the thread of a pool before the sandbox opens, and name "
        "the function that hands work to it in 'propagates:'";
    break;
  case Rule::ambiguous:
    facts = facts_of(ViolationKind::sandbox_not_active, call, route);
    facts.text =
        "SandboxNotActiveError: " + name +
        " was called by a thread that has no sandbox, while several other threads have one" + where(facts, route) +
        "\n  " + attempted +
        "\n  nothing tells to which of them the call belongs: start the thread inside of its sandbox, name the "
        "function that hands work to it in 'propagates:', or open a sandbox in the thread itself";
    break;
  case Rule::inactive:
    facts = facts_of(ViolationKind::sandbox_not_active, call, route);
    facts.text = "SandboxNotActiveError: " + name + " is mocked, and was called without a sandbox" +
                 where(facts, route) + "\n  " + attempted +
                 "\n  open one around the code under test:\n    tripwire::Sandbox sandbox;";
    break;
  case Rule::sandbox:
  case Rule::activation:
  case Rule::pass:
  case Rule::warn:
    break;
  }
  return facts;
}

void warn(const seam::Call &call, VerifierState &verifier, const std::string &attempt) {
  {
    const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
    if (!verifier.warned.insert(call.site).second) {
      return;
    }
  }
  const std::string text =
      call_site(call.site).text() + ": warning: " + std::string(call.slot.facts.name) +
      " is called for real, outside of a sandbox: " + (attempt.empty() ? call_text(call) : attempt);
  std::fprintf(stderr, "%s\n", text.c_str());
}

} // namespace tripwire::runtime
