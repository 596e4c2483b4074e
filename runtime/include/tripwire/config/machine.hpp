// A state machine as a seam file declares it: which calls move a handle from which state to which.
#ifndef TRIPWIRE_CONFIG_MACHINE_HPP
#define TRIPWIRE_CONFIG_MACHINE_HPP

#include <tripwire/config/diagnostic.hpp>

#include <string>
#include <vector>

namespace tripwire::config {

/// What one call does to a handle in one state. An entry that names several states is several of these.
struct Transition {
  std::string call;       ///< as the seam is named: a function or a method, one; or an operation of the plugin
  std::string handle;     ///< a parameter's name, `return` or `this`; empty for an operation, which is no call
  std::string from;       ///< the state that the call is valid in
  std::string to;         ///< the state after the call; `from` when the entry gives none
  std::string on_failure; ///< the state after a call that failed; `from` when the entry gives none
  Place place;            ///< of the call
  Place handle_place;
  Place from_place;
};

/// One entry of `states:`.
struct Machine {
  std::string name;
  std::string initial;
  std::vector<Transition> transitions;
  std::string plugin; ///< empty for the project's own
  Place place;        ///< of the name
};

/// Whether nothing leads out of \p state: a handle that gets there is closed.
bool is_final(const Machine &machine, const std::string &state);

/// Whether a call that is made in the initial state begins a session.
bool opens(const Machine &machine, const Transition &transition);

} // namespace tripwire::config

#endif
