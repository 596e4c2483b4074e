// levels and rules of tripwire.yaml, of the test's file and of the open scopes --> what becomes of a real call
#include "rule_stack.hpp"

#include "context.hpp"
#include "pattern.hpp"
#include "settings.hpp"
#include "verifier_state.hpp"

#include "tripwire/config/configuration.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <iterator>

namespace tripwire::runtime {

namespace {

std::atomic<std::uint64_t> next_scope{1};
std::atomic<std::uint64_t> rules_state{1};

/// A predicate of a rule runs on this thread.
thread_local bool is_judging = false;

/// Whether a rule is about the request; one whose predicate throws is so when \p otherwise says it.
bool matches(const ActiveRule &rule, const Request &request, bool otherwise) {
  struct Judging {
    Judging() { is_judging = true; }
    ~Judging() { is_judging = false; }
  } const judging;
  try {
    return rule.pattern->matches(request);
  } catch (...) {
    return otherwise;
  }
}

const ActiveRule *find(const std::vector<ActiveRule> &rules, const Request &request, bool otherwise) {
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [&](const ActiveRule &rule) { return matches(rule, request, otherwise); });
  return found == rules.end() ? nullptr : &*found;
}

/// What one level says; absent when none of its rules matches.
std::optional<Verdict> asked(const RuleLevel &level, const Request &request, Verdict::By by) {
  if (const ActiveRule *rule = find(level.deny, request, true)) {
    return Verdict{false, by, rule->from};
  }
  if (const ActiveRule *rule = find(level.allow, request, false)) {
    return Verdict{true, by, rule->from};
  }
  return std::nullopt;
}

/// The scopes that hold for this thread: those of the whole program outside of those of the test.
class Visible {
public:
  Visible(VerifierState &verifier, Context &of) : thread_(thread_number(of)) {
    VerifierState &program = Process::instance().whole_program();
    if (&program != &verifier) {
      of_program_ = take(program);
    }
    of_test_ = take(verifier);
  }

  /// Asks one after the other until one of the answers is true. \return whether one was.
  template <class Ask> bool outermost_first(const Ask &ask) const {
    return std::any_of(of_program_.begin(), of_program_.end(), seen(of_program_, ask)) ||
           std::any_of(of_test_.begin(), of_test_.end(), seen(of_test_, ask));
  }
  template <class Ask> bool innermost_first(const Ask &ask) const {
    using std::make_reverse_iterator;
    return std::any_of(make_reverse_iterator(of_test_.end()), make_reverse_iterator(of_test_.begin()),
                       seen(of_test_, ask)) ||
           std::any_of(make_reverse_iterator(of_program_.end()), make_reverse_iterator(of_program_.begin()),
                       seen(of_program_, ask));
  }
  /// Whether all threads of the test see the same.
  bool is_everybodys() const {
    const auto is_so = [](const Taken &taken) {
      return taken.home == 0 || std::all_of(taken.begin(), taken.end(),
                                            [&](const ScopeStack::Scope &scope) { return scope.thread == taken.home; });
    };
    return is_so(of_program_) && is_so(of_test_);
  }

private:
  struct Taken {
    std::shared_ptr<const ScopeStack::Scopes> scopes; ///< may be null
    std::uint32_t home = 0;

    const ScopeStack::Scope *begin() const noexcept { return scopes == nullptr ? nullptr : scopes->data(); }
    const ScopeStack::Scope *end() const noexcept { return scopes == nullptr ? nullptr : begin() + scopes->size(); }
  };

  static Taken take(VerifierState &verifier) {
    return {verifier.scopes.now(), verifier.home.load(std::memory_order_relaxed)};
  }
  template <class Ask> auto seen(const Taken &taken, const Ask &ask) const {
    return [this, &taken, &ask](const ScopeStack::Scope &scope) {
      return (taken.home == 0 || scope.thread == taken.home || scope.thread == thread_) && ask(scope);
    };
  }

  std::uint32_t thread_;
  Taken of_program_;
  Taken of_test_;
};

std::vector<ActiveRule> active(const std::vector<config::Rule> &rules, const Vocabulary &vocabulary,
                               std::string_view effect, std::string &problems) {
  std::vector<ActiveRule> ready;
  for (const config::Rule &rule : rules) {
    std::string wrong;
    const std::string place = config::text(rule.place);
    if (const auto node = node_of(rule, vocabulary, wrong)) {
      auto pattern = Pattern::make(*node, vocabulary, Origin::file);
      if (auto *made = std::get_if<Pattern>(&pattern)) {
        ready.push_back({std::make_shared<const Pattern>(std::move(*made)), std::string(effect) + " at " + place});
      } else {
        wrong = std::get<std::string>(pattern);
      }
    }
    if (!wrong.empty()) {
      problems += "\n  " + place + ": error: " + wrong;
    }
  }
  return ready;
}

} // namespace

std::uint64_t ScopeStack::open(Scope scope) {
  scope.id = next_scope.fetch_add(1, std::memory_order_relaxed);
  const std::lock_guard<std::mutex> lock(mutex_);
  auto changed = scopes_ == nullptr ? std::make_shared<Scopes>() : std::make_shared<Scopes>(*scopes_);
  changed->push_back(std::move(scope));
  const std::uint64_t id = changed->back().id;
  scopes_ = std::move(changed);
  rules_changed();
  return id;
}

void ScopeStack::close(std::uint64_t id) noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (scopes_ == nullptr) {
    return;
  }
  auto changed = std::make_shared<Scopes>();
  std::copy_if(scopes_->begin(), scopes_->end(), std::back_inserter(*changed),
               [id](const Scope &scope) { return scope.id != id; });
  if (changed->empty()) {
    scopes_.reset();
  } else {
    scopes_ = std::move(changed);
  }
  rules_changed();
}

void ScopeStack::clear() noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  scopes_.reset();
  rules_changed();
}

std::shared_ptr<const ScopeStack::Scopes> ScopeStack::now() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return scopes_;
}

std::string FileRules::read(const config::Firewall &firewall, const std::string &folder) {
  std::string problems;
  const Vocabulary vocabulary = Vocabulary::now();
  folder_ = folder;
  project_.allow = active(firewall.allow, vocabulary, "allow", problems);
  project_.deny = active(firewall.deny, vocabulary, "deny", problems);
  for (const config::FileRules &of : firewall.files) {
    OfFiles made;
    made.glob = of.glob.value;
    made.rules.allow = active(of.allow, vocabulary, "allow", problems);
    made.rules.deny = active(of.deny, vocabulary, "deny", problems);
    files_.push_back(std::move(made));
  }
  if (!problems.empty()) {
    project_ = {};
    files_.clear();
  }
  return problems;
}

RuleLevel FileRules::of_file(std::string_view file) const {
  namespace fs = std::filesystem;
  RuleLevel level;
  if (files_.empty() || file.empty()) {
    return level;
  }
  // An absolute path is seen from the configuration's folder. A relative one was seen from a build folder that nobody
  // knows any more: without its way up it is taken to be below the configuration's.
  const fs::path path(file);
  fs::path seen;
  for (const fs::path &part :
       path.is_absolute() ? path.lexically_normal().lexically_relative(folder_) : path.lexically_normal()) {
    if (path.is_absolute() || part != "..") {
      seen /= part;
    }
  }
  for (const OfFiles &of : files_) {
    if (config::path_matches(of.glob, seen.generic_string()) ||
        config::path_matches(of.glob, path.lexically_normal().generic_string())) {
      level.allow.insert(level.allow.end(), of.rules.allow.begin(), of.rules.allow.end());
      level.deny.insert(level.deny.end(), of.rules.deny.begin(), of.rules.deny.end());
    }
  }
  return level;
}

std::uint64_t state_of_rules() noexcept { return rules_state.load(std::memory_order_acquire); }

void rules_changed() noexcept { rules_state.fetch_add(1, std::memory_order_release); }

std::optional<Guard> level_in_test(VerifierState &verifier, Context &of, std::string_view plugin) {
  const Visible visible(verifier, of);
  std::optional<Guard> level;
  visible.innermost_first([&](const ScopeStack::Scope &scope) {
    if (scope.level && (scope.plugin.empty() || scope.plugin == plugin)) {
      level = scope.level;
    }
    return level.has_value();
  });
  return level;
}

namespace {

Verdict judge_by(const Visible &visible, VerifierState &verifier, const Request &request) {
  std::optional<Verdict> verdict;
  visible.outermost_first([&](const ScopeStack::Scope &scope) {
    if (scope.rules != nullptr && !scope.rules->restrict.empty() &&
        find(scope.rules->restrict, request, false) == nullptr) {
      verdict = Verdict{false, Verdict::By::ceiling, scope.rules->restrict.front().from};
    }
    return verdict.has_value();
  });
  if (!verdict) {
    visible.innermost_first([&](const ScopeStack::Scope &scope) {
      verdict = scope.rules == nullptr ? std::nullopt : asked(*scope.rules, request, Verdict::By::scope);
      return verdict.has_value();
    });
  }
  if (!verdict) {
    verdict = asked(verifier.of_file, request, Verdict::By::file);
  }
  return verdict ? *std::move(verdict)
                 : asked(Settings::instance().rules().project(), request, Verdict::By::project).value_or(Verdict());
}

} // namespace

Verdict judge(VerifierState &verifier, Context &of, const Request &request) {
  if (is_judging) {
    return {true, Verdict::By::nothing, {}};
  }
  const Visible visible(verifier, of);
  Verdict verdict = judge_by(visible, verifier, request);
  verdict.hangs = visible.is_everybodys() ? request.hangs() : Hangs::on_call;
  return verdict;
}

} // namespace tripwire::runtime
