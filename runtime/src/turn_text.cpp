// a call that its session does not have next --> the violation, with the state, the step and the line to paste
#include "turn_text.hpp"

#include "c/in_c.hpp"
#include "hint.hpp"
#include "message.hpp"
#include "registry.hpp"
#include "turn.hpp"
#include "verifier_state.hpp"

#include <algorithm>
#include <cstdio>
#include <mutex>
#include <set>

namespace tripwire::runtime {

namespace {

Facts facts_of(ViolationKind kind, const seam::Call &call, const Route &route, const std::string &sentence) {
  Facts facts;
  facts.kind = kind;
  facts.source = call.slot.facts.plugin.empty() ? call.slot.facts.name : call.slot.facts.plugin;
  facts.site = call_site(call.site);
  facts.sandbox = route.sandbox;
  facts.text = std::string(name_of(kind)) + ": " + sentence + "\n  at " + facts.site.text() +
               thread_text(thread_number(context()), route.verifier->home.load(std::memory_order_relaxed)) + "\n  " +
               call_text(call);
  return facts;
}

std::string quoted(std::string_view state) { return "'" + std::string(state) + "'"; }

/// `the session from payments_test.cpp:12, of handle 3`
std::string session_text(const Found &found) {
  return "the session from " + text_of(found.session->place) +
         (found.is_bound ? ", of handle " + text_of(found.handle) : std::string());
}

/// The seams of this program that a machine allows in that state.
std::set<std::string> allowed_in(std::string_view machine, std::string_view state) {
  std::set<std::string> names;
  for (const seam::Slot *slot : Registry::instance().all()) {
    for (const seam::Transition &transition : slot->facts.transitions) {
      if (transition.machine == machine && transition.from == state) {
        names.emplace(slot->facts.name);
      }
    }
  }
  return names;
}

/// Of its `expect`, else of its session.
std::string place_of(const Queue &step, const Place &session) {
  if (step.rest().place.line > 0) {
    return text_of(step.rest().place);
  }
  const CallSite site = call_site(step.rest().site);
  return site.file.empty() ? text_of(session) : site.file + ":" + std::to_string(site.line);
}

/// `acme_send(link: 3, text: "hello")`, as far as the step says.
std::string step_text(const Queue &step) {
  const seam::Slot &slot = step.rest().mocked->slot;
  std::string text = std::string(slot.facts.name) + "(";
  for (std::size_t index = 0; index < step.rest().conditions.size(); ++index) {
    text += (index == 0 ? "" : ", ") + argument_name(slot, index) + ": " +
            described(step.rest().conditions[index], &parameter_of(slot, index));
  }
  return text + (step.rest().conditions.empty() && slot.facts.parameters.size() > 0 ? "..." : "") + ")";
}

} // namespace

std::string text_of(const Handle &handle) {
  if (!handle.is_pointer) {
    return std::to_string(static_cast<std::int64_t>(handle.bits));
  }
  char text[24];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(handle.bits));
  return text;
}

Facts invalid_state(const seam::Call &call, const Route &route, const Found &found) {
  const std::string name(call.slot.facts.name);
  const std::string &machine = found.session->machine;
  std::string valid;
  for (const seam::Transition &transition : call.slot.facts.transitions) {
    if (transition.machine == machine) {
      valid += (valid.empty() ? "" : ", ") + quoted(transition.from);
    }
  }
  const bool is_closed = found.stage == Stage::closed;
  Facts facts =
      facts_of(ViolationKind::invalid_state, call, route,
               name + (is_closed ? " was called with a handle that is closed, in state " : " is not valid in state ") +
                   quoted(found.state) + " of " + machine);
  facts.text +=
      "\n  " + session_text(found) + ", is in state " + quoted(found.state) + "\n  " + name + " is valid in: " + valid;
  std::string allowed;
  for (const std::string &one : allowed_in(machine, found.state)) {
    allowed += (allowed.empty() ? "" : ", ") + one;
  }
  if (!allowed.empty()) {
    facts.text += "\n  valid in " + quoted(found.state) + ": " + allowed;
  }
  return facts;
}

Facts wrong_step(const seam::Call &call, const Route &route, const Found &found) {
  const std::string name(call.slot.facts.name);
  const bool is_over = found.steps.empty();
  Facts facts =
      facts_of(ViolationKind::unmocked_interaction, call, route,
               name + (is_over ? " goes beyond its session of " : " is not the next step of its session of ") +
                   found.session->machine);
  facts.text += "\n  " + session_text(found) + ", has ";
  if (is_over) {
    facts.text += "no step left\n  to expect the call, paste this at the end of that session:\n    ";
  } else {
    // Those in front of it may be left out, so it is the one that is missed.
    const Queue &step = *found.steps.back();
    facts.text += "as its next step " + step_text(step) + ", from " + place_of(step, found.session->place);
    if (&step.rest().mocked->slot == &call.slot) {
      facts.text += differences(step, call);
    }
    facts.text += "\n  to expect the call, paste this in front of that step:\n    ";
  }
  facts.text += expect_line(call);
  return facts;
}

Facts unfinished_step(const seam::Call &call, const Route &route, const Found &found, const Queue &step) {
  const std::string name(call.slot.facts.name);
  Facts facts = facts_of(ViolationKind::configuration, call, route,
                         "the step " + step_text(step) + " does not say what " + name + " returns");
  facts.text += std::string(said("\n  put .returns(...) behind the .expect<...>(...) at ",
                                 "\n  put tripwire_returns(...) around the tripwire_expect(...) at ")) +
                place_of(step, found.session->place);
  return facts;
}

Facts shared_handle(const seam::Call &call, const Route &route, const Scripted &session, const Scripted &other,
                    const Handle &handle) {
  Facts facts = facts_of(ViolationKind::configuration, call, route,
                         "two sessions of " + session.machine + " have the handle " + text_of(handle));
  facts.text += "\n  the session from " + text_of(other.place) + " has it and is not closed\n  the session from " +
                text_of(session.place) + " was opened with it: let it answer another one";
  return facts;
}

std::string why_no_session(VerifierState &verifier, const seam::Call &call) {
  std::string text;
  Sessions *sessions = verifier.sessions.load(std::memory_order_acquire);
  if (sessions == nullptr) {
    return text;
  }
  const std::lock_guard<std::mutex> lock(sessions->mutex);
  std::string_view machine;
  for (const seam::Transition &transition : call.slot.facts.transitions) {
    const auto is_of_it = [&](const auto &session) { return session->machine == transition.machine; };
    if (transition.machine == machine || std::none_of(sessions->all.begin(), sessions->all.end(), is_of_it)) {
      continue;
    }
    machine = transition.machine;
    if (const std::optional<Handle> handle = handle_before(call, transition)) {
      text += "\n  no session of " + std::string(machine) + " has the handle " + text_of(*handle);
    }
    if (transition.is_opening) {
      text += "\n  every session of " + std::string(machine) + " is taken";
    }
  }
  return text;
}

namespace {

/// What is left of a session, as it was when the sessions were locked.
struct Rest {
  const Scripted *session = nullptr;
  const Queue *step = nullptr; ///< null: the session was never opened
  std::string state;
  std::string handle;
};

/// Whether an answer of the step is required and unused; it then counts as reported.
bool is_left_over(Queue &step) {
  const std::lock_guard<Lock> lock(step.rest().mocked->mutex);
  bool is_left = false;
  for (Answer *answer : step.rest().answers) {
    const bool served = answer->always && answer->used.load(std::memory_order_relaxed);
    if (answer->required && !answer->reported && !answer->exhausted() && !served) {
      answer->reported = true;
      is_left = true;
    }
  }
  return is_left;
}

std::vector<Rest> rest_of(Sessions &sessions) {
  std::vector<Rest> rest;
  const std::lock_guard<std::mutex> lock(sessions.mutex);
  for (const auto &session : sessions.all) {
    const std::string handle = session->is_bound ? text_of(session->handle) : std::string();
    const bool was_opened = session->turns > 0;
    if (!was_opened) {
      if (session->required && !session->reported) {
        session->reported = true;
        rest.push_back({session.get(), nullptr, {}, handle});
      }
      continue;
    }
    for (std::size_t index = session->next; index < session->steps.size(); ++index) {
      if (is_left_over(*session->steps[index])) {
        rest.push_back({session.get(), session->steps[index].get(), std::string(session->state), handle});
      }
    }
  }
  return rest;
}

Leftover leftover_of(const Rest &rest) {
  const Scripted &session = *rest.session;
  Leftover leftover;
  if (rest.step == nullptr) {
    leftover.site.file = session.place.file;
    leftover.site.line = session.place.line;
    leftover.text = "session of " + session.machine + ", never opened" +
                    (session.steps.empty() ? std::string() : ": it begins with " + step_text(*session.steps.front())) +
                    "\n    made at " + text_of(session.place) +
                    std::string(said("\n    to let it stay unopened, begin it so:\n      tripwire::new_session(\"",
                                     "\n    to let it stay unopened, put this behind it:\n      "
                                     "tripwire_optional_session(session);")) +
                    (speaks_c() ? std::string() : session.machine + "\").optional()");
    return leftover;
  }
  leftover.site = call_site(rest.step->rest().site);
  if (rest.step->rest().place.line > 0) {
    leftover.site.file = rest.step->rest().place.file;
    leftover.site.line = rest.step->rest().place.line;
  }
  leftover.text = "session of " + session.machine + ": " + step_text(*rest.step) + "\n    expected at " +
                  place_of(*rest.step, session.place) + "\n    the session from " + text_of(session.place) +
                  (rest.handle.empty() ? "" : ", of handle " + rest.handle) + ", is in state " + quoted(rest.state) +
                  std::string(said("\n    to let it be left out, paste this behind its answer:\n      .optional()",
                                   "\n    to let it be left out, put tripwire_optional(...) around its answer"));
  return leftover;
}

} // namespace

void take_unused_of_sessions(VerifierState &verifier, Leftovers &into) {
  Sessions *sessions = verifier.sessions.load(std::memory_order_acquire);
  if (sessions == nullptr) {
    return;
  }
  // What a condition says of itself may be the user's text: no lock is held.
  for (const Rest &rest : rest_of(*sessions)) {
    into.unused.add([&rest] { return leftover_of(rest); });
  }
}

} // namespace tripwire::runtime
