// the tables of a plugin's manifest --(Machine, Manifest)--> where a handle is behind an operation
#include "tripwire/plugin_manifest.hpp"

#include <stdexcept>

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

const Machine &Manifest::machine(std::string_view machine_name) const {
  for (const Machine &one : machines) {
    if (one.name == machine_name) {
      return one;
    }
  }
  throw std::logic_error("the manifest of plugin '" + std::string(name) + "' has no machine '" +
                         std::string(machine_name) + "' with operations");
}

} // namespace tripwire::plugin
