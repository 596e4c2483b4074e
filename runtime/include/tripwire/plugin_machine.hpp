// states and operations of a plugin --(Machine)--> where a handle is behind an operation
#ifndef TRIPWIRE_PLUGIN_MACHINE_HPP
#define TRIPWIRE_PLUGIN_MACHINE_HPP

#include <string>
#include <string_view>
#include <vector>

namespace tripwire::plugin {

/// What an operation does to a handle in one state.
struct Transition {
  const char *operation; ///< all of static storage
  const char *from;
  const char *to;
};

/// The states through which a plugin moves its handles by itself, where calls alone do not tell: what `states:` of the
/// manifest says by `operation`, to which the conformance proof holds it.
struct Machine {
  const char *name; ///< of static storage, as is the other
  const char *initial;
  std::vector<Transition> transitions;

  /// The state behind \p operation in \p state; null where it is not valid.
  const char *after(std::string_view state, std::string_view operation) const noexcept;
  /// The states that the operation is valid in, for messages: `'connected', 'ready'`.
  std::string valid_in(std::string_view operation) const;
};

} // namespace tripwire::plugin

#endif
