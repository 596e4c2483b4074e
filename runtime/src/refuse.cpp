// a call that nothing covers --> the violation, and what the call site gets instead of an answer
#include "refuse.hpp"

#include "c/in_c.hpp"
#include "firewall/rule_hint.hpp"
#include "firewall/vocabulary.hpp"
#include "hint.hpp"
#include "message.hpp"
#include "report/report.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <vector>

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

/// `refused by deny at payments_test.cpp:12`
std::string decided_by(const Verdict &verdict) {
  return (verdict.by == Verdict::By::ceiling ? "left out by " : "refused by ") + verdict.from;
}

/// The narrowest rules as code and as YAML, as far as rules of that place would be heard: all that the call needs, so
/// that one paste is enough.
std::string ways_out(const std::vector<Refused> &refused) {
  const auto most = std::max_element(refused.begin(), refused.end(), [](const Refused &one, const Refused &other) {
    return one.verdict.by < other.verdict.by;
  });
  std::string left_out;
  std::vector<const Request *> requests;
  std::string yaml = "    firewall:\n      allow:";
  for (const Refused &one : refused) {
    requests.push_back(&one.request);
    yaml += "\n        " + rule_yaml(one.request);
    if (one.verdict.by == Verdict::By::ceiling) {
      left_out += (left_out.empty() ? "\n    " : ",\n    ") + rule_line(one.request);
    }
  }
  const std::string code = "\n" + indented(allow_line(requests), "    ");
  const std::string decided = "\n  " + decided_by(most->verdict);
  switch (most->verdict.by) {
  case Verdict::By::nothing:
    return "\n  to let it through, in the test:" + code + "\n  or for the whole project, in tripwire.yaml:\n" + yaml;
  case Verdict::By::project:
  case Verdict::By::file:
    return decided + "\n  to let it through all the same, in the test:" + code +
           "\n  or for the whole project: take that rule out of tripwire.yaml, and put this in:\n" + yaml;
  case Verdict::By::scope:
    return decided + "\n  to let it through all the same, in the test, behind that:" + code;
  case Verdict::By::ceiling:
    return decided + "\n  to let it through, name it there too:" + left_out + "\n  and allow it in the test:" + code;
  }
  return {};
}

bool has_failure_value(const seam::Call &call) noexcept {
  return call.slot.facts.failure.answer != nullptr && call.make != nullptr;
}

/// Nothing may be thrown here.
void answer_failure(seam::Call &call, Latched &latched) {
  const seam::Failure &failure = call.slot.facts.failure;
  if (has_failure_value(call)) {
    latched.answer = failure.text;
    latched.is_second = call.refusal == seam::Refusal::throws;
    latched.fate.store(Fate::answered, std::memory_order_release);
    failure.answer(call.place);
    call.answered = true;
    return;
  }
  if (can_leave()) {
    latched.facts.text += failure_advice(call);
    throw Leaving{&latched};
  }
  std::fprintf(stderr, "%s", latched.facts.text.c_str());
  try {
    std::fprintf(stderr, "%s", failure_advice(call).c_str());
  } catch (const std::bad_alloc &) {
    std::fputs("\n  this call site lets nothing be thrown, and no failure value is declared", stderr);
  }
  std::fputc('\n', stderr);
  std::fflush(stderr);
  std::abort();
}

} // namespace

bool may_throw(const seam::Call &call) noexcept {
  return call.refusal == seam::Refusal::throws && (std::uncaught_exceptions() == 0 || !has_failure_value(call));
}

void refuse(seam::Call &call, Facts facts, VerifierState &verifier) {
  const auto latched = latch(std::move(facts), &verifier);
  if (report::is_on()) {
    report::note_call(call, verifier, report::Went::refused);
  }
  if (may_throw(call)) {
    throw_latched(latched);
  }
  answer_failure(call, *latched);
}

void refuse_out_of_memory(seam::Call &call, VerifierState &verifier) {
  const auto latched = latch_out_of_memory(verifier, "deciding on a call of", call.slot.facts.name, call.site);
  if (may_throw(call)) {
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
  for (const seam::Transition &transition : call.slot.facts.transitions) {
    if (transition.is_opening) {
      facts.text += "\n    " + session_line(transition.machine, call);
    }
  }
  return facts;
}

Facts uncovered(const seam::Call &call, const Route &route, const std::string &attempt) {
  const std::string name(call.slot.facts.name);
  const std::string attempted = attempt.empty() ? call_text(call) : attempt;
  Facts facts;
  switch (route.rule) {
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
                 std::string(said("\n  open one around the code under test:\n    tripwire::Sandbox sandbox;",
                                  "\n  open one around the code under test:\n    tripwire_sandbox() { ... }"));
    break;
  case Rule::sandbox:
  case Rule::activation:
  case Rule::pass:
  case Rule::warn:
  case Rule::guarded:
    break;
  }
  return facts;
}

Facts guarded(const seam::Call &call, const Route &route, const std::vector<Refused> &refused,
              const std::string &attempt, const std::string &mock_hint) {
  const Request &request = refused.front().request;
  Facts facts = facts_of(ViolationKind::guarded_call, call, route);
  facts.source = request.plugin() == core_name ? std::string(call.slot.facts.name) : std::string(request.plugin());
  facts.text = "GuardedCallError: " + std::string(call.slot.facts.name) + " (plugin " + std::string(request.plugin()) +
               ") was called outside of a sandbox" + where(facts, route) + "\n  " +
               (attempt.empty() ? call_text(call) : attempt) + ways_out(refused) +
               "\n  or answer it inside a sandbox:\n" +
               indented(mock_hint.empty() ? mock_line(call, false) : mock_hint, "    ");
  return facts;
}

void warn(const seam::Call &call, VerifierState &verifier, const Verdict &verdict, const std::string &attempt) {
  {
    const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
    if (!verifier.warned.insert(call.site).second) {
      return;
    }
  }
  const std::string text =
      call_site(call.site).text() + ": warning: " + std::string(call.slot.facts.name) +
      " is called for real, outside of a sandbox: " + (attempt.empty() ? call_text(call) : attempt) +
      (verdict.from.empty() ? "" : " (" + decided_by(verdict) + ")");
  std::fprintf(stderr, "%s\n", text.c_str());
}

} // namespace tripwire::runtime
