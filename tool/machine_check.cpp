// the state machines of the configuration --(machine_check)--> those that name a call which is no seam
#include "tool/machine_check.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

#include <limits>
#include <optional>
#include <set>

namespace tripwire::tool {
namespace {

bool names_calls(const config::Seam &seam) {
  return seam.kind == config::SeamKind::function || seam.kind == config::SeamKind::method;
}

/// Whether an entry of `seams:` makes \p call a seam, or may: what a header declares is known when it is parsed.
bool may_be_seam(const std::string &call, const config::Configuration &configuration) {
  const config::Pattern pattern = config::parse_pattern(call);
  const bool is_one_of_several = pattern.parameters || !pattern.file.empty();
  return llvm::any_of(configuration.seams, [&](const config::Seam &seam) {
    if (is_one_of_several)
      return seam.pattern == call; // as its entry says it
    if (seam.kind == config::SeamKind::header)
      return true;
    if (!names_calls(seam) || seam.only_hands_over)
      return false;
    return seam.pattern == call || config::names(seam, pattern.name);
  });
}

/// The seam that was probably meant.
std::optional<std::string> seam_like(const std::string &call, const config::Configuration &configuration) {
  std::optional<std::string> best;
  unsigned least = std::numeric_limits<unsigned>::max();
  for (const config::Seam &seam : configuration.seams) {
    if (!names_calls(seam) || !config::is_exact(seam.pattern))
      continue;
    const unsigned distance = llvm::StringRef(seam.pattern).edit_distance(call);
    if (distance < least && distance <= 2 + call.size() / 8) {
      least = distance;
      best = seam.pattern;
    }
  }
  return best;
}

} // namespace

std::vector<Diagnostic> check_machines(const config::Configuration &configuration) {
  std::vector<Diagnostic> errors;
  std::set<std::string> seen;
  for (const config::Machine &machine : configuration.machines)
    for (const config::Transition &transition : machine.transitions) {
      if (transition.handle.empty() || may_be_seam(transition.call, configuration) ||
          !seen.insert(transition.call).second)
        continue;
      const std::optional<std::string> meant = seam_like(transition.call, configuration);
      Diagnostic error;
      error.place = {transition.place.file, static_cast<unsigned>(transition.place.line),
                     static_cast<unsigned>(transition.place.column)};
      error.message = "state machine '" + machine.name + "' names a call that is no seam: '" + transition.call + "'" +
                      (meant ? "; did you mean '" + *meant + "'?" : "");
      error.notes.push_back({Severity::note, {}, "name it in 'seams:' as well, as a function or a method", {}});
      errors.push_back(std::move(error));
    }
  return errors;
}

} // namespace tripwire::tool
