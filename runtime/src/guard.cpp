// how strict a test is about calls outside of a sandbox
#include "tripwire/guard.hpp"

#include "context.hpp"
#include "verifier_state.hpp"

#include <string>

namespace tripwire {

GuardLevel::GuardLevel(std::string_view plugin, Guard level) {
  runtime::VerifierState &verifier = runtime::Process::instance().current(runtime::context());
  const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
  verifier.guards.push_back({std::string(plugin), level});
}

GuardLevel::~GuardLevel() {
  runtime::VerifierState &verifier = runtime::Process::instance().current(runtime::context());
  const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
  if (!verifier.guards.empty()) {
    verifier.guards.pop_back();
  }
}

} // namespace tripwire
