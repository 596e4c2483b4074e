// states and operations of a plugin --(Machine)--> where a handle is behind an operation
#include "tripwire/plugin_machine.hpp"

namespace tripwire::plugin {

const char *Machine::after(std::string_view state, std::string_view operation) const noexcept {
  for (const Transition &transition : transitions) {
    if (transition.operation == operation && transition.from == state) {
      return transition.to;
    }
  }
  return nullptr;
}

std::string Machine::valid_in(std::string_view operation) const {
  std::string states;
  for (const Transition &transition : transitions) {
    if (transition.operation == operation) {
      states += (states.empty() ? "'" : ", '") + std::string(transition.from) + "'";
    }
  }
  return states;
}

} // namespace tripwire::plugin
