// the sandboxes open where a thread is started or work is handed over --> the context of that thread, of that work
#include "inherit.hpp"

#include "verifier_state.hpp"

namespace tripwire::runtime {

namespace {

/// Made before any thread-local object of the thread's own, so gone after the last of them.
struct Birth {
  Inheritance *inheritance = nullptr;
  Birth() = default;
  Birth(const Birth &) = delete;
  Birth &operator=(const Birth &) = delete;
  ~Birth() {
    Context &of = context();
    if (of.inherited == inheritance) {
      of.inherited = nullptr;
    }
    release(inheritance);
  }
};

thread_local Birth birth;

} // namespace

Inheritance *capture(const Context &of) {
  if (of.sandbox == nullptr && of.verifier == nullptr) {
    return hold(of.inherited);
  }
  auto *made = new Inheritance;
  for (SandboxState *at = of.sandbox; at != nullptr; at = at->outer) {
    made->levels.push_back({at, at->id.load(std::memory_order_relaxed), at->verifier.load(std::memory_order_relaxed)});
  }
  if (of.inherited != nullptr) {
    made->levels.insert(made->levels.end(), of.inherited->levels.begin(), of.inherited->levels.end());
  }
  made->verifier = of.sandbox != nullptr ? of.sandbox->verifier.load(std::memory_order_relaxed) : of.verifier;
  return made;
}

Inheritance *hold(Inheritance *inheritance) noexcept {
  if (inheritance != nullptr) {
    inheritance->holders.fetch_add(1, std::memory_order_relaxed);
  }
  return inheritance;
}

void release(Inheritance *inheritance) noexcept {
  if (inheritance != nullptr && inheritance->holders.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    delete inheritance;
  }
}

void inherit_for_life(Inheritance *inheritance) noexcept {
  birth.inheritance = inheritance;
  context().inherited = inheritance;
}

bool inherited_route(const Context &of, Inherited &found) noexcept {
  const Inheritance &inherited = *of.inherited;
  for (const Inheritance::Level &level : inherited.levels) {
    if (level.sandbox->id.load(std::memory_order_acquire) == level.id) {
      found = {level.verifier, level.id, true};
      return true;
    }
  }
  if (inherited.levels.empty()) {
    return false;
  }
  const Inheritance::Level &innermost = inherited.levels.front();
  const bool lives = !innermost.verifier->closed.load(std::memory_order_acquire);
  found = {lives ? innermost.verifier : nullptr, innermost.id, false};
  return true;
}

VerifierState *inherited_verifier(const Context &of) noexcept {
  VerifierState *verifier = of.inherited->verifier;
  return verifier != nullptr && !verifier->closed.load(std::memory_order_acquire) ? verifier : nullptr;
}

} // namespace tripwire::runtime
