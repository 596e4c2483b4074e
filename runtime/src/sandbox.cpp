// a scope in which seamed calls meet mocks: opening and closing it
#include "tripwire/sandbox.hpp"

#include "context.hpp"
#include "plugin_books.hpp"
#include "registry.hpp"
#include "test.hpp"
#include "verifier_state.hpp"

namespace tripwire {

Sandbox::Sandbox() : state_(nullptr) {
  using namespace runtime;
  end_start();
  Context &of = context();
  VerifierState &verifier = Process::instance().current(of);
  state_ = Process::instance().open(of, verifier);
  verifier.sandboxes.fetch_add(1, std::memory_order_acq_rel);
  Registry::instance().watch_all();
  try {
    activate_plugins();
  } catch (...) {
    Registry::instance().unwatch_all();
    Process::instance().close(of, state_);
    verifier.sandboxes.fetch_sub(1, std::memory_order_acq_rel);
    throw;
  }
}

Sandbox::~Sandbox() {
  using namespace runtime;
  deactivate_plugins();
  Registry::instance().unwatch_all();
  Process::instance().close(context(), state_);
}

std::uint64_t Sandbox::id() const noexcept { return state_->id.load(std::memory_order_relaxed); }

} // namespace tripwire
