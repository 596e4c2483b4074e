// what messages tell to paste --> a source file, and its statements once it is compiled
#include "trial.hpp"

#include "tripwire/firewall.hpp"

#include <string>
#include <vector>

namespace tripwire::conformance {

namespace {

std::vector<PastedLine> &compiled() {
  static auto *const lines = new std::vector<PastedLine>; // made before `main`, in any order
  return *lines;
}

constexpr Hint all_hints[] = {Hint::mock, Hint::permit, Hint::assert_mocked, Hint::assert_failure, Hint::assert_real};

std::string name_of(Hint hint) {
  switch (hint) {
  case Hint::mock:
    return "mock";
  case Hint::permit:
    return "permit";
  case Hint::assert_mocked:
    return "assert_mocked";
  case Hint::assert_failure:
    return "assert_failure";
  case Hint::assert_real:
    return "assert_real";
  }
  return {};
}

std::string quoted(const std::string &text) {
  std::string shown;
  seam::Out out(shown, seam::Style::paste);
  out.put_quoted(text);
  return shown;
}

/// Whether messages about the use must have such a statement.
bool is_due(const Use &use, Hint hint) {
  switch (hint) {
  case Hint::mock:
  case Hint::permit:
    return true;
  case Hint::assert_mocked:
    return static_cast<bool>(use.mock);
  case Hint::assert_failure:
    return static_cast<bool>(use.mock_failure);
  case Hint::assert_real:
    return static_cast<bool>(use.pass_through);
  }
  return false;
}

/// The compiled statement, when it is the one that is said; else \p wrong says why not.
const PastedLine *current(const Subject &subject, const Use &use, Hint hint, std::string &wrong) {
  const std::string statement = said(subject, use, hint);
  const auto index = static_cast<std::size_t>(&use - subject.uses.data());
  const PastedLine *line = pasted(index, hint);
  if (statement.empty()) {
    wrong = "no message has a line to paste for " + name_of(hint);
  } else if (line == nullptr) {
    wrong = "the line for " + name_of(hint) +
            " was not compiled into this program; build it by tripwire_plugin_conformance:\n" + statement;
  } else if (line->said != statement) {
    wrong = "the line for " + name_of(hint) + " is another one each time:\n" + line->said + statement;
  } else {
    return line;
  }
  return nullptr;
}

bool begins(const std::string &text, const char *words) { return text.rfind(words, 0) == 0; }

/// What is wrong with the trial of a pasted statement.
std::string wrong_with(const Subject &subject, const Use &use, Hint hint, const PastedLine &line) {
  const auto paste = [&line] { line.run([] {}); };
  Trial trial;
  switch (hint) {
  case Hint::mock:
    trial = tried(subject, use, paste);
    return begins(trial.text, "UnassertedInteractionsError") && !trial.is_real ? "" : trial.text + "(nothing else)\n";
  case Hint::permit:
    trial = tried(subject, [&] { line.run(use.call); });
    return trial.text.empty() && !trial.is_real ? "the call was not made\n" : trial.text;
  case Hint::assert_mocked:
    return tried(subject, use, use.mock, paste).text;
  case Hint::assert_failure:
    return tried(subject, use, use.mock_failure, paste).text;
  case Hint::assert_real:
    return tried(subject, use, use.pass_through, paste).text;
  }
  return {};
}

std::string broken_rules(const Subject &subject, const Use &use) {
  const std::vector<std::string> rules = said_rules(subject, use);
  if (rules.empty()) {
    return "no message has a rule for tripwire.yaml\n";
  }
  const Trial trial = tried(subject, [&] {
    const RuleScope permit(RuleScope::Effect::allow, {rules.begin(), rules.end()});
    use.call();
  });
  if (trial.is_real && trial.text.empty()) {
    return {};
  }
  std::string wrong = "the rules for tripwire.yaml do not let it through:\n";
  for (const std::string &rule : rules) {
    wrong += "  " + rule + "\n";
  }
  return wrong + trial.text;
}

} // namespace

Pasted::Pasted(std::vector<PastedLine> lines) {
  for (PastedLine &line : lines) {
    compiled().push_back(std::move(line));
  }
}

Pasted::~Pasted() { compiled().clear(); }

const PastedLine *pasted(std::size_t use, Hint hint) {
  for (const PastedLine &line : compiled()) {
    if (line.use == use && line.hint == hint) {
      return &line;
    }
  }
  return nullptr;
}

std::string pasted_source(const Subject &subject) {
  std::string text = "// What the messages of plugin " + std::string(subject.plugin.name()) +
                     " tell to paste: made by its conformance program.\n#include " + subject.plugin.include() +
                     "\n#include <tripwire/plugin_conformance.hpp>\n#include <tripwire/tripwire.hpp>\n\nnamespace {\n\n"
                     "using tripwire::conformance::Hint;\nusing tripwire::conformance::Step;\n\n"
                     "const tripwire::conformance::Pasted pasted({\n";
  for (std::size_t index = 0; index < subject.uses.size(); ++index) {
    for (const Hint hint : all_hints) {
      const std::string statement = said(subject, subject.uses[index], hint);
      if (!statement.empty()) {
        text += "{" + std::to_string(index) + ", Hint::" + name_of(hint) + ", " + quoted(statement) +
                ", [](const Step &rest) {\n" + statement + "rest();\n}},\n";
      }
    }
  }
  text += "});\n\n[[maybe_unused]] void further_lines() {\n";
  for (const std::string &line : subject.further_lines) {
    text += "{\n" + line + "\n}\n";
  }
  return text + "}\n\n} // namespace\n";
}

std::string broken_hints(const Subject &subject, const Use &use) {
  std::string broken;
  for (const Hint hint : all_hints) {
    if (!is_due(use, hint)) {
      continue;
    }
    std::string wrong;
    if (const PastedLine *line = current(subject, use, hint, wrong)) {
      wrong = wrong_with(subject, use, hint, *line);
      if (!wrong.empty()) {
        wrong = "the line for " + name_of(hint) + " does not help:\n" + line->said + wrong;
      }
    }
    broken += wrong;
  }
  return broken + broken_rules(subject, use);
}

} // namespace tripwire::conformance
