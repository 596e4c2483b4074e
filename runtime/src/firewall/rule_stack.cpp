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

namespace tripwire::runtime {

namespace {

std::atomic<std::uint64_t> next_scope{1};

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

/// The scopes that hold for this thread, outermost first: those of the whole program, then those of the test.
class Visible {
public:
  Visible(VerifierState &verifier, Context &of) {
    VerifierState &program = Process::instance().whole_program();
    if (&program != &verifier) {
      take(program, of);
    }
    take(verifier, of);
  }
  const std::vector<const ScopeStack::Scope *> &all() const noexcept { return scopes_; }

private:
  void take(VerifierState &verifier, Context &of) {
    auto now = verifier.scopes.now();
    if (now == nullptr) {
      return;
    }
    const std::uint32_t home = verifier.home.load(std::memory_order_relaxed);
    for (const ScopeStack::Scope &scope : *now) {
      if (home == 0 || scope.thread == home || scope.thread == thread_number(of)) {
        scopes_.push_back(&scope);
      }
    }
    kept_.push_back(std::move(now));
  }

  std::vector<std::shared_ptr<const ScopeStack::Scopes>> kept_;
  std::vector<const ScopeStack::Scope *> scopes_;
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
}

void ScopeStack::clear() noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  scopes_.reset();
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

std::optional<Guard> level_in_test(VerifierState &verifier, Context &of, std::string_view plugin) {
  const Visible visible(verifier, of);
  for (auto at = visible.all().rbegin(); at != visible.all().rend(); ++at) {
    if ((*at)->level && ((*at)->plugin.empty() || (*at)->plugin == plugin)) {
      return (*at)->level;
    }
  }
  return std::nullopt;
}

Verdict judge(VerifierState &verifier, Context &of, const Request &request) {
  if (is_judging) {
    return {true, Verdict::By::nothing, {}};
  }
  const Visible visible(verifier, of);
  for (const ScopeStack::Scope *scope : visible.all()) {
    if (scope->rules != nullptr && !scope->rules->restrict.empty() &&
        find(scope->rules->restrict, request, false) == nullptr) {
      return {false, Verdict::By::ceiling, scope->rules->restrict.front().from};
    }
  }
  for (auto at = visible.all().rbegin(); at != visible.all().rend(); ++at) {
    if ((*at)->rules == nullptr) {
      continue;
    }
    if (auto verdict = asked(*(*at)->rules, request, Verdict::By::scope)) {
      return *verdict;
    }
  }
  if (auto verdict = asked(verifier.of_file, request, Verdict::By::file)) {
    return *verdict;
  }
  return asked(Settings::instance().rules().project(), request, Verdict::By::project).value_or(Verdict());
}

} // namespace tripwire::runtime
