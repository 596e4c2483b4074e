// levels and rules of tripwire.yaml, of the test's file and of the open scopes --> what becomes of a real call
#ifndef TRIPWIRE_SRC_FIREWALL_RULE_STACK_HPP
#define TRIPWIRE_SRC_FIREWALL_RULE_STACK_HPP

#include "request.hpp"

#include "tripwire/firewall.hpp"
#include "tripwire/guard.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripwire::config {
struct Firewall;
}

namespace tripwire::runtime {

struct Context;
struct VerifierState;
class Pattern;

/// A rule that is in force.
struct ActiveRule {
  std::shared_ptr<const Pattern> pattern;
  std::string from; ///< `deny at payments_test.cpp:12`
};

/// One level of rules. A `deny` of it beats an `allow` of it.
struct RuleLevel {
  std::vector<ActiveRule> allow;
  std::vector<ActiveRule> deny;
  std::vector<ActiveRule> restrict; ///< one of them must match, when there are any

  bool empty() const noexcept { return allow.empty() && deny.empty() &&restrict.empty(); }
};

/// What the rules say of a call.
struct Verdict {
  enum class By : unsigned char {
    nothing, ///< no rule matches
    project, ///< a rule of tripwire.yaml decided
    file,    ///< one of tripwire.yaml for the test's file
    scope,   ///< one of the test
    ceiling, ///< a `restrict` leaves it out
  };
  bool allowed = false;
  By by = By::nothing;
  std::string from; ///< which rule; empty when none matches
  Hangs hangs = Hangs::on_call;
};

/// That the rules have let calls of one slot through, and which others they let through as well.
struct Permit {
  std::uint64_t rules = 0;    ///< the state of the rules; none has this number
  const void *site = nullptr; ///< of those calls; null: from anywhere

  bool holds(std::uint64_t now, const void *call_site) const noexcept {
    return rules == now && (site == nullptr || site == call_site);
  }
};

/// Which rules and levels are in force anywhere: another number after each change of them. The number of a moment holds
/// for what is asked afterwards.
std::uint64_t state_of_rules() noexcept;
/// To be told of what changes them from outside of a `ScopeStack`: which are the test's file and its thread.
void rules_changed() noexcept;

/// The scopes that are open in one test, outermost first. Thread-safe; readers take no part in each other.
class ScopeStack {
public:
  struct Scope {
    std::uint64_t id;
    std::uint32_t thread;       ///< whose calls it is for, unless it is the one that runs the test
    std::optional<Guard> level; ///< a level, for `plugin`, or
    std::string plugin;         ///< empty for all
    std::shared_ptr<const RuleLevel> rules;
  };
  using Scopes = std::vector<Scope>;

  /// \return the id to close it by.
  std::uint64_t open(Scope scope);
  void close(std::uint64_t id) noexcept;
  void clear() noexcept;
  /// Null when none is open.
  std::shared_ptr<const Scopes> now() const;

private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Scopes> scopes_;
};

/// The rules of tripwire.yaml.
class FileRules {
public:
  /// What is wrong with them, a line each; empty when they can all be honoured. Those that cannot allow nothing.
  std::string read(const config::Firewall &firewall, const std::string &folder);

  const RuleLevel &project() const noexcept { return project_; }
  /// The rules for tests of that source file, as the compiler spells it. They are one level.
  RuleLevel of_file(std::string_view file) const;

private:
  struct OfFiles {
    std::string glob;
    RuleLevel rules;
  };
  std::string folder_;
  RuleLevel project_;
  std::vector<OfFiles> files_;
};

/// The innermost level that the test has set for a plugin; absent when it has set none.
std::optional<Guard> level_in_test(VerifierState &verifier, Context &of, std::string_view plugin);

/// What the rules say: all ceilings must match, then the innermost rule that matches decides. A predicate that throws
/// lets nothing through. Calls that a predicate makes are real.
Verdict judge(VerifierState &verifier, Context &of, const Request &request);

} // namespace tripwire::runtime

#endif
