// allow(...), deny(...), restrict(...) and guard(...) --> scopes on the stack of the current test
#include "context.hpp"
#include "message.hpp"
#include "pattern.hpp"
#include "rule_stack.hpp"
#include "verifier_state.hpp"

#include "tripwire/config/configuration.hpp"
#include "tripwire/firewall.hpp"
#include "tripwire/guard.hpp"
#include "tripwire/violation.hpp"

namespace tripwire {

namespace {

using runtime::ActiveRule;

std::string_view word(RuleScope::Effect effect) noexcept {
  switch (effect) {
  case RuleScope::Effect::allow:
    return "allow";
  case RuleScope::Effect::deny:
    return "deny";
  case RuleScope::Effect::restrict:
    return "restrict";
  }
  return {};
}

[[noreturn]] void cannot_be_honoured(const std::string &what, const Place &place, const std::string &why) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.site.file = place.file;
  facts.site.line = place.line;
  facts.text = "ConfigurationError: " + what + " cannot be honoured: " + why;
  if (place.line > 0) {
    facts.text += "\n  at " + runtime::text_of(place);
  }
  raise(std::move(facts));
}

/// `mock: {function: acme_send}`, as an entry of `allow:` in tripwire.yaml.
bool is_map(const std::string &text) noexcept {
  const auto end = text.find_last_not_of(" \t\n");
  return end != std::string::npos && text[end] == '}' && text.find(": {") != std::string::npos;
}

config::RuleReading read_map(const std::string &text) {
  const auto read = config::load_text("version: 1\nfirewall:\n  allow:\n    - " + text + "\n", "the rule", {},
                                      config::Manifests::leave);
  config::RuleReading reading;
  if (read.value && read.value->firewall.allow.size() == 1) {
    reading.rule = read.value->firewall.allow.front();
  } else {
    reading.error = read.diagnostics.empty() ? "it is not one rule" : read.diagnostics.front().message;
  }
  return reading;
}

ActiveRule ready(const Rule &rule, RuleScope::Effect effect, const runtime::Vocabulary &vocabulary) {
  const std::string what = std::string(word(effect)) + "(...)";
  std::shared_ptr<const runtime::PatternNode> node = rule.pattern().node();
  if (rule.is_text()) {
    const config::RuleReading reading =
        is_map(rule.text()) ? read_map(rule.text()) : config::read_rule(rule.text(), vocabulary.rule_words);
    if (!reading.rule) {
      cannot_be_honoured(what, rule.place(), reading.error);
    }
    std::string wrong;
    node = runtime::node_of(*reading.rule, vocabulary, wrong);
    if (node == nullptr) {
      cannot_be_honoured(what, rule.place(),
                         wrong.empty() ? "this program does not link the plugin of '" + rule.text() + "'" : wrong);
    }
  }
  auto pattern = runtime::Pattern::make(*node, vocabulary, runtime::Origin::test);
  if (const auto *wrong = std::get_if<std::string>(&pattern)) {
    cannot_be_honoured(what, rule.place(), *wrong);
  }
  return {std::make_shared<const runtime::Pattern>(std::move(std::get<runtime::Pattern>(pattern))),
          std::string(word(effect)) + " at " + runtime::text_of(rule.place())};
}

runtime::VerifierState &current() { return runtime::Process::instance().current(runtime::context()); }

} // namespace

RuleScope::RuleScope(Effect effect, const std::vector<Rule> &rules) : verifier_(&current()), id_(0) {
  const runtime::Vocabulary vocabulary = runtime::Vocabulary::now();
  auto level = std::make_shared<runtime::RuleLevel>();
  for (const Rule &rule : rules) {
    ActiveRule made = ready(rule, effect, vocabulary);
    switch (effect) {
    case Effect::allow:
      level->allow.push_back(std::move(made));
      break;
    case Effect::deny:
      level->deny.push_back(std::move(made));
      break;
    case Effect::restrict:
      level->restrict.push_back(std::move(made));
      break;
    }
  }
  runtime::ScopeStack::Scope scope{};
  scope.thread = runtime::thread_number(runtime::context());
  scope.rules = std::move(level);
  id_ = verifier_->scopes.open(std::move(scope));
}

RuleScope::~RuleScope() { verifier_->scopes.close(id_); }

GuardLevel::GuardLevel(std::string_view plugin, Guard level) : verifier_(&current()), id_(0) {
  const runtime::Vocabulary vocabulary = runtime::Vocabulary::now();
  if (!plugin.empty() && vocabulary.find(plugin) == nullptr) {
    cannot_be_honoured("guard(...)", {}, vocabulary.unknown(plugin));
  }
  runtime::ScopeStack::Scope scope{};
  scope.thread = runtime::thread_number(runtime::context());
  scope.level = level;
  scope.plugin = plugin;
  id_ = verifier_->scopes.open(std::move(scope));
}

GuardLevel::~GuardLevel() { verifier_->scopes.close(id_); }

} // namespace tripwire
