// what a test says in new_session, expect --> the sessions of the current verifier
#include "tripwire/script.hpp"

#include "context.hpp"
#include "latched.hpp"
#include "message.hpp"
#include "registry.hpp"
#include "scripted.hpp"
#include "verifier_state.hpp"

#include <algorithm>
#include <set>

namespace tripwire::runtime {

namespace {

std::string joined(const std::set<std::string> &names) {
  std::string text;
  for (const std::string &name : names) {
    text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

bool is_machine(std::string_view name) {
  for (const seam::Slot *slot : Registry::instance().all()) {
    for (const seam::Transition &transition : slot->facts.transitions) {
      if (transition.machine == name) {
        return true;
      }
    }
  }
  return false;
}

/// The machines that slots of this program belong to.
std::set<std::string> machines() {
  std::set<std::string> names;
  for (const seam::Slot *slot : Registry::instance().all()) {
    for (const seam::Transition &transition : slot->facts.transitions) {
      names.emplace(transition.machine);
    }
  }
  return names;
}

/// The seams of this program that a machine names, or those of them that open a session.
std::set<std::string> calls_of(std::string_view machine, bool only_opening) {
  std::set<std::string> names;
  for (const seam::Slot *slot : Registry::instance().all()) {
    for (const seam::Transition &transition : slot->facts.transitions) {
      if (transition.machine == machine && (transition.is_opening || !only_opening)) {
        names.emplace(slot->facts.name);
      }
    }
  }
  return names;
}

Sessions &sessions_of(VerifierState &verifier) {
  const std::lock_guard<std::mutex> lock(verifier.books_mutex);
  Sessions *sessions = verifier.sessions.load(std::memory_order_relaxed);
  if (sessions == nullptr) {
    verifier.owned_sessions = std::make_unique<Sessions>();
    sessions = verifier.owned_sessions.get();
    verifier.sessions.store(sessions, std::memory_order_release);
  }
  return *sessions;
}

/// That the machine has such a call, and that a session can begin with it when it is the first.
void check_step(const std::string &machine, const seam::Slot &slot, bool is_first) {
  const std::string name(slot.facts.name);
  bool is_call = false;
  bool is_opening = false;
  for (const seam::Transition &transition : slot.facts.transitions) {
    is_call = is_call || transition.machine == machine;
    is_opening = is_opening || (transition.machine == machine && transition.is_opening);
  }
  if (!is_call) {
    fail(ViolationKind::configuration, name,
         "no transition of " + machine + " names " + name + "\n  it has: " + joined(calls_of(machine, false)));
  }
  if (is_first && !is_opening) {
    fail(ViolationKind::configuration, name,
         name + " does not open a session of " + machine +
             ", so no script begins with it\n  these do: " + joined(calls_of(machine, true)));
  }
}

} // namespace

Scripted &add_session(std::string_view machine, Place place) {
  if (!is_machine(machine)) {
    const std::set<std::string> known = machines();
    fail(ViolationKind::unknown_seam, machine,
         "nothing in this program calls a seam of a state machine '" + std::string(machine) + "'\n  " +
             (known.empty() ? "it calls none of any: 'states:' in tripwire.yaml declares them"
                            : "the state machines that it calls are: " + joined(known)));
  }
  VerifierState &verifier = Process::instance().current(context());
  Sessions &sessions = sessions_of(verifier);
  auto made = std::make_unique<Scripted>();
  Scripted &session = *made;
  session.verifier = &verifier;
  session.machine = machine;
  session.place = place;
  session.out_of_line.push_back(&session);
  BoundSessions binding;
  session.binding = binding.extract(binding.emplace(Bound(machine, 0), &session).first);
  const std::lock_guard<std::mutex> lock(sessions.mutex);
  Waiting &line = sessions.waiting[session.machine];
  sessions.all.push_back(std::move(made));
  line.splice(line.end(), session.out_of_line);
  return session;
}

Queue &add_step(Scripted &session, seam::Slot &slot, const Matcher *conditions, std::size_t count,
                const void *return_address) {
  Sessions &sessions = *session.verifier->sessions.load(std::memory_order_acquire);
  bool is_first = false;
  {
    const std::lock_guard<std::mutex> lock(sessions.mutex);
    is_first = session.steps.empty();
  }
  check_step(session.machine, slot, is_first);
  refuse_conditions_on_secrets(slot, conditions, count);
  MockedSlot &book = session.verifier->book(slot);
  auto step = std::make_unique<WholeQueue>();
  step->rest().mocked = &book;
  step->rest().is_step = true;
  step->listed = true; // calls find it through its session
  step->rest().site = return_address;
  step->rest().conditions.assign(conditions, conditions + count);
  // So that a step that returns nothing need not say so, and one that was not made knows where it was expected.
  step->add().rest().place = session.place;
  Queue &made = *step;
  {
    const std::lock_guard<Lock> lock(book.mutex);
    if (!book.is_scripted) {
      book.is_scripted = true;
      Registry::instance().mocked(slot);
    }
  }
  const std::lock_guard<std::mutex> lock(sessions.mutex);
  session.steps.push_back(std::move(step));
  return made;
}

void set_optional(Scripted &session) {
  const std::lock_guard<std::mutex> lock(session.verifier->sessions.load(std::memory_order_acquire)->mutex);
  session.required = false;
}

} // namespace tripwire::runtime
