// a call of a machine's seam --(its handle, the state, the next step)--> the answer of that step, and the state after
// it
#include "turn.hpp"

#include "errno_keeper.hpp"
#include "refuse.hpp"
#include "turn_text.hpp"
#include "verifier_state.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <mutex>
#include <optional>

namespace tripwire::runtime {

namespace {

/// The bits of a value of that type: numbers of different widths that are equal have equal ones.
std::uint64_t bits_of(const seam::Type &type, const void *address) noexcept {
  std::uint64_t bits = 0;
  std::memcpy(&bits, address, type.size < sizeof bits ? type.size : sizeof bits);
  const bool is_signed =
      type.kind == seam::Kind::signed_integer || (type.kind == seam::Kind::enumeration && type.is_signed);
  if (is_signed && type.size < sizeof bits) {
    const unsigned shift = 64u - 8u * type.size;
    bits = static_cast<std::uint64_t>(static_cast<std::int64_t>(bits << shift) >> shift);
  }
  return bits;
}

std::optional<Handle> handle_at(const seam::Type &type, const void *address) noexcept {
  const Handle handle{bits_of(type, address),
                      type.kind == seam::Kind::pointer || type.kind == seam::Kind::constant_text};
  return handle.is_pointer && handle.bits == 0 ? std::nullopt : std::optional(handle);
}

/// The handle of a call; none where there is a null pointer in its place.
std::optional<Handle> handle_of(const seam::Call &call, const seam::Transition &transition) noexcept {
  switch (transition.handle_in) {
  case seam::HandleIn::result:
    return call.answered && call.place != nullptr ? handle_at(*transition.type, call.place) : std::nullopt;
  case seam::HandleIn::argument:
    return handle_at(*transition.type, call.arguments[transition.index]);
  case seam::HandleIn::pointee: {
    const void *pointer = nullptr;
    std::memcpy(&pointer, call.arguments[transition.index], sizeof pointer);
    return pointer != nullptr ? handle_at(*transition.type, pointer) : std::nullopt;
  }
  case seam::HandleIn::address:
    return handle_at(seam::type_of<const void *>(), &call.arguments[transition.index]);
  case seam::HandleIn::object:
    return handle_at(seam::type_of<const void *>(), &call.object);
  }
  return std::nullopt;
}

/// Whether the handle is there only when the call has returned.
bool is_made_by_the_call(const seam::Transition &transition) noexcept {
  return transition.handle_in == seam::HandleIn::result ||
         (transition.handle_in == seam::HandleIn::pointee && transition.is_opening);
}

} // namespace

std::optional<Handle> handle_before(const seam::Call &call, const seam::Transition &transition) noexcept {
  return is_made_by_the_call(transition) ? std::nullopt : handle_of(call, transition);
}

namespace {

/// Whether the step behind \p step may be next. The sessions are locked.
bool may_be_left_out(const Queue &step) {
  const std::lock_guard<Lock> lock(step.rest().mocked->mutex);
  for (std::size_t index = step.rest().head; index < step.rest().answers.size(); ++index) {
    const Answer &answer = *step.rest().answers[index];
    const bool served = answer.always && answer.used.load(std::memory_order_relaxed);
    if (answer.required && !served && !answer.exhausted()) {
      return false;
    }
  }
  return true;
}

bool is_spent(Queue &step) {
  const std::lock_guard<Lock> lock(step.rest().mocked->mutex);
  return step.exhausted();
}

/// The session of one machine that the call belongs to; null when there is none. \p named is a transition of the call
/// in that machine.
Scripted *find_session(Sessions &sessions, const seam::Call &call, const seam::Transition &named, bool may_open) {
  Scripted *bound = nullptr;
  if (const std::optional<Handle> handle = handle_before(call, named)) {
    const auto at = sessions.bound.find({std::string(named.machine), handle->bits});
    bound = at != sessions.bound.end() ? at->second : nullptr;
  }
  if (bound != nullptr && (bound->stage != Stage::closed || !may_open)) {
    return bound;
  }
  // A handle that was closed may be given out again.
  if (may_open) {
    const auto waiting = sessions.waiting.find(named.machine);
    if (waiting != sessions.waiting.end() && !waiting->second.empty()) {
      return waiting->second.front();
    }
  }
  return bound;
}

/// Takes the first machine of the call that has a session for it.
Found find(Sessions &sessions, const seam::Call &call) {
  Found found;
  const seam::Transitions &all = call.slot.facts.transitions;
  const std::lock_guard<std::mutex> lock(sessions.mutex);
  std::string_view machine;
  for (const seam::Transition &named : all) {
    if (named.machine == machine) {
      continue; // its transitions stand one after the other
    }
    machine = named.machine;
    const seam::Transition *opening = nullptr;
    for (const seam::Transition &one : all) {
      opening = one.machine == machine && one.is_opening ? &one : opening;
    }
    Scripted *session = find_session(sessions, call, opening != nullptr ? *opening : named, opening != nullptr);
    if (session == nullptr) {
      continue;
    }
    found.session = session;
    found.turns = session->turns;
    found.stage = session->stage;
    found.state = session->state;
    found.handle = session->handle;
    found.is_bound = session->is_bound;
    const bool begins = session->stage == Stage::waiting;
    for (const seam::Transition &one : all) {
      const bool holds = begins ? one.is_opening : one.from == session->state;
      found.transition = one.machine == machine && holds && session->stage != Stage::closed ? &one : found.transition;
    }
    for (std::size_t index = session->next; index < session->steps.size(); ++index) {
      Queue &step = *session->steps[index];
      if (is_spent(step)) {
        continue;
      }
      found.steps.push_back(&step);
      if (!may_be_left_out(step)) {
        break;
      }
    }
    return found;
  }
  return found;
}

/// Spends one use of the step, unless another thread was faster.
std::optional<Turn> claim(Sessions &sessions, const Found &found, Queue &step) {
  const std::lock_guard<std::mutex> lock(sessions.mutex);
  Scripted &session = *found.session;
  if (session.turns != found.turns) {
    return std::nullopt;
  }
  const std::lock_guard<Lock> book_lock(step.rest().mocked->mutex);
  if (step.exhausted()) {
    return std::nullopt;
  }
  Turn turn;
  turn.session = &session;
  turn.transition = found.transition;
  turn.step = &step;
  turn.answer = &step.next();
  turn.was_used = turn.answer->used.load(std::memory_order_relaxed);
  turn.begins = session.stage == Stage::waiting;
  ++session.turns;
  while (session.steps[session.next].get() != &step) {
    ++session.next;
  }
  if (turn.begins) {
    session.stage = Stage::opening;
    session.state = found.transition->from;
    Waiting &line = sessions.waiting.find(session.machine)->second;
    // Another may have been put in front of it.
    session.out_of_line.splice(session.out_of_line.end(), line, std::find(line.begin(), line.end(), &session));
  }
  turn.answer->spend();
  return turn;
}

/// Whether the next answer of the step says all that the call needs.
bool is_complete(const seam::Call &call, Queue &step) {
  const std::lock_guard<Lock> lock(step.rest().mocked->mutex);
  return call.place == nullptr || step.exhausted() || step.next().ending != Ending::open;
}

/// What the seam file says a failed call returns, or an answer that says so itself.
bool has_failed(const Turn &turn, const seam::Call &call) {
  if (turn.answer->sets_error) {
    return true;
  }
  constexpr std::size_t room = 64;
  const seam::Failure &failure = call.slot.facts.failure;
  if (call.place == nullptr || failure.answer == nullptr || call.result_type->is_reference ||
      !call.result_type->bitwise || call.result_type->size > room) {
    return false;
  }
  alignas(std::max_align_t) unsigned char value[room] = {};
  failure.answer(value);
  return std::memcmp(value, call.place, call.result_type->size) == 0;
}

/// Binds the session to the handle that it was opened with. \return who else has it and has not closed it.
const Scripted *bind(Sessions &sessions, Scripted &session, const Handle &handle) {
  const Scripted *other = nullptr;
  session.binding.key().second = handle.bits;
  auto placed = sessions.bound.insert(std::move(session.binding));
  if (!placed.inserted) {
    Scripted *&latest = placed.position->second;
    other = latest != &session && latest->stage == Stage::open ? latest : nullptr;
    latest = &session;
  }
  session.handle = handle;
  session.is_bound = true;
  return other;
}

void wait_in_front(Sessions &sessions, Scripted &session) noexcept {
  session.stage = Stage::waiting;
  Waiting &line = sessions.waiting.find(session.machine)->second;
  line.splice(line.begin(), session.out_of_line);
}

/// A session whose opening failed waits for the next attempt, as long as its script has one.
void wait_again(Sessions &sessions, Scripted &session) {
  session.stage = Stage::failed;
  for (std::size_t index = session.next; index < session.steps.size(); ++index) {
    if (!is_spent(*session.steps[index])) {
      wait_in_front(sessions, session);
      return;
    }
  }
}

} // namespace

Turn take_turn(seam::Call &call, const Route &route) {
  VerifierState &verifier = *route.verifier;
  Sessions &sessions = *verifier.sessions.load(std::memory_order_acquire);
  for (;;) {
    const Found found = find(sessions, call);
    if (found.session == nullptr) {
      return {};
    }
    Turn refused;
    refused.refused = true;
    if (found.transition == nullptr) {
      refuse(call, invalid_state(call, route, found), verifier);
      return refused;
    }
    // Conditions are the user's code, so no lock is held.
    const auto step = std::find_if(found.steps.begin(), found.steps.end(), [&](const Queue *one) {
      return &one->rest().mocked->slot == &call.slot && meets(*one, call);
    });
    if (step == found.steps.end()) {
      refuse(call, wrong_step(call, route, found), verifier);
      return refused;
    }
    if (!is_complete(call, **step)) {
      refuse(call, unfinished_step(call, route, found, **step), verifier);
      return refused;
    }
    if (const std::optional<Turn> turn = claim(sessions, found, **step)) {
      return *turn;
    }
  }
}

void give_back(const Turn &turn) noexcept {
  Scripted &session = *turn.session;
  Sessions &sessions = *session.verifier->sessions.load(std::memory_order_acquire);
  const std::lock_guard<std::mutex> lock(sessions.mutex);
  ++session.turns;
  {
    const std::lock_guard<Lock> book_lock(turn.step->rest().mocked->mutex);
    turn.answer->give_back(turn.was_used);
    turn.step->look_again();
  }
  // Another thread may have gone on behind it.
  while (session.next > 0 && session.steps[session.next].get() != turn.step) {
    --session.next;
  }
  if (turn.begins && session.stage == Stage::opening) {
    wait_in_front(sessions, session);
  }
}

void end_turn(const Turn &turn, seam::Call &call, const Route &route, Ended ended) {
  const ErrnoKeeper keeper;
  VerifierState &verifier = *route.verifier;
  Sessions &sessions = *verifier.sessions.load(std::memory_order_acquire);
  Scripted &session = *turn.session;
  const seam::Transition &transition = *turn.transition;
  const bool is_made = is_made_by_the_call(transition);
  std::optional<Handle> handle;
  if (!is_made || ended == Ended::returned) {
    handle = handle_of(call, transition);
  }
  const bool failed = ended == Ended::raised || has_failed(turn, call) || (transition.is_opening && is_made && !handle);
  const Scripted *other = nullptr;
  {
    const std::lock_guard<std::mutex> lock(sessions.mutex);
    ++session.turns;
    const bool is_closing = failed ? transition.is_closing_on_failure : transition.is_closing;
    // A call that was made meanwhile, by another thread or by the answer itself, may have moved on.
    if (session.stage != Stage::closed && (is_closing || session.state == transition.from)) {
      session.state = failed ? transition.next_on_failure : transition.next;
    }
    if (session.stage == Stage::opening) {
      if (!handle || (failed && is_made)) {
        wait_again(sessions, session);
        return;
      }
      session.stage = Stage::open;
      other = bind(sessions, session, *handle);
    }
    if (is_closing) {
      session.stage = Stage::closed;
    }
  }
  if (other != nullptr) {
    refuse(call, shared_handle(call, route, session, *other, *handle), verifier);
  }
}

} // namespace tripwire::runtime
