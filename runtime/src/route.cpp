// a call --> which rule decides on it: a sandbox, an activated mock, the guard, or none
#include "route.hpp"

#include "settings.hpp"

namespace tripwire::runtime {

namespace {

bool is_activated(VerifierState &verifier, const seam::Slot &slot) {
  MockedSlot *book = verifier.find_book(slot);
  if (book == nullptr) {
    return false;
  }
  const std::lock_guard<Lock> lock(book->mutex);
  return book->activations > 0;
}

bool is_mocked(VerifierState &verifier, const seam::Slot &slot) {
  MockedSlot *book = verifier.find_book(slot);
  if (book == nullptr) {
    return false;
  }
  const std::lock_guard<Lock> lock(book->mutex);
  return book->is_mocked;
}

} // namespace

std::string_view guarded_name(const seam::Slot &slot) noexcept {
  return slot.facts.plugin.empty() ? std::string_view("mock") : slot.facts.plugin;
}

Guard guard_level(VerifierState &verifier, std::string_view plugin) {
  {
    const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
    for (auto at = verifier.guards.rbegin(); at != verifier.guards.rend(); ++at) {
      if (at->plugin.empty() || at->plugin == plugin) {
        return at->level;
      }
    }
  }
  return Settings::instance().guard_level(plugin);
}

Route route_outside(Context &of, const seam::Slot &slot) {
  Process &process = Process::instance();
  VerifierState &current = process.current(of);
  const bool foreign = !of.opened && thread_number(of) != current.home.load(std::memory_order_relaxed);
  if (foreign) {
    if (SandboxState *only = process.only()) {
      const std::uint64_t id = only->id.load(std::memory_order_relaxed);
      of.last_sandbox = id;
      of.last_verifier = only->verifier.load(std::memory_order_acquire);
      return {Rule::sandbox, of.last_verifier, id};
    }
    if (process.several()) {
      return {Rule::ambiguous, &current, 0};
    }
  }
  const Visitor visitor(current);
  if (!visitor) {
    return {Rule::pass, &current, 0};
  }
  if (is_activated(current, slot)) {
    return {Rule::activation, &current, 0};
  }
  if (foreign && of.last_sandbox != 0) {
    const bool lives = of.last_verifier != nullptr && !of.last_verifier->closed.load(std::memory_order_acquire);
    return {Rule::late, lives ? of.last_verifier : &current, of.last_sandbox};
  }
  const Phase phase = current.phase.load(std::memory_order_acquire);
  if (phase == Phase::body) {
    switch (guard_level(current, guarded_name(slot))) {
    case Guard::error:
      return {Rule::guarded, &current, 0};
    case Guard::warn:
      return {Rule::warn, &current, 0};
    case Guard::off:
      break;
    }
  }
  if (phase != Phase::fixture && current.sandboxes.load(std::memory_order_acquire) == 0 && is_mocked(current, slot)) {
    return {Rule::inactive, &current, 0};
  }
  return {Rule::pass, &current, 0};
}

} // namespace tripwire::runtime
