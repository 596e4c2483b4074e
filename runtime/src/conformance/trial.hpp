// one step of a use --(trial)--> what is reported of it, and whether the real library was reached
#ifndef TRIPWIRE_CONFORMANCE_TRIAL_HPP
#define TRIPWIRE_CONFORMANCE_TRIAL_HPP

#include "tripwire/plugin_conformance.hpp"
#include "tripwire/sandbox.hpp"

#include <string>
#include <vector>

namespace tripwire::conformance {

/// A test that was run.
struct Trial {
  std::string text; ///< `findings` of it
  bool is_real = false;
};

inline Trial tried(const Subject &subject, const Step &body) {
  const std::uint64_t before = subject.real_calls();
  Trial trial;
  trial.text = findings(body);
  trial.is_real = subject.real_calls() != before;
  return trial;
}

/// The use's call in a sandbox of its own.
inline void call_in_sandbox(const Use &use) {
  const Sandbox sandbox;
  use.call();
}

/// The test with answers, the call in a sandbox, and the assertion; each may be empty.
inline Trial tried(const Subject &subject, const Use &use, const Step &answers, const Step &assertion = {}) {
  return tried(subject, [&] {
    if (answers) {
      answers();
    }
    call_in_sandbox(use);
    if (assertion) {
      assertion();
    }
  });
}

/// What an assertion about the next interaction must not leave out, when the call was answered so.
std::vector<std::string> required_fields(const Subject &subject, const Use &use, const Step &answers);

/// What plugin and manifest say differently; empty when nothing is.
std::string broken_manifest(const Subject &subject);

/// The statement of each kind that the messages about a use tell to paste; empty when there is none.
std::string said(const Subject &subject, const Use &use, Hint hint);

/// The rules for `tripwire.yaml` that a message about the use tells to paste, each as text for `allow`.
std::vector<std::string> said_rules(const Subject &subject, const Use &use);

/// Null when the statement of that use was not compiled into this program.
const PastedLine *pasted(std::size_t use, Hint hint);

/// What is wrong with the lines that the messages about a use tell to paste; empty when nothing is.
std::string broken_hints(const Subject &subject, const Use &use);

} // namespace tripwire::conformance

#endif
