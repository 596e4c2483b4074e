// a call --> which rule decides on it: a sandbox, an activated mock, the guard, or none
#include "route.hpp"

#include "firewall/request.hpp"
#include "firewall/vocabulary.hpp"
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
  return book->is_mocked || book->is_scripted;
}

} // namespace

std::string_view guarded_name(const seam::Slot &slot) noexcept {
  return slot.facts.plugin.empty() ? core_name : slot.facts.plugin;
}

Guard guard_level(VerifierState &verifier, Context &of, std::string_view plugin) {
  const std::optional<Guard> set = level_in_test(verifier, of, plugin);
  return set ? *set : Settings::instance().guard_level(plugin);
}

Route route_outside(Context &of, const seam::Slot &slot, std::string_view plugin) {
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
    switch (guard_level(current, of, plugin.empty() ? guarded_name(slot) : plugin)) {
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
