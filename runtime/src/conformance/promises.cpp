// a plugin and the uses of its library --(broken_promises)--> the promises that it does not keep
#include "trial.hpp"

#include "tripwire/adapter.hpp"
#include "tripwire/firewall.hpp"
#include "tripwire/guard.hpp"

#include <algorithm>
#include <string_view>

namespace tripwire::conformance {

namespace {

bool begins(const std::string &text, std::string_view words) { return text.compare(0, words.size(), words) == 0; }
bool has(const std::string &text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string shown(const Trial &trial) {
  return (trial.text.empty() ? std::string("nothing was reported\n") : trial.text) +
         (trial.is_real ? "the real library was reached\n" : "the real library was not reached\n");
}

/// Empty when the test was reported as a violation with that name, and the library reached or not, as said.
std::string wrong_unless(const Trial &trial, std::string_view violation, bool is_real) {
  const bool is_right = violation.empty() ? trial.text.empty() : begins(trial.text, violation);
  return is_right && trial.is_real == is_real
             ? ""
             : "expected " + (violation.empty() ? std::string("a test that passes") : std::string(violation)) +
                   (is_real ? " and a real call" : " and no real call") + ", got:\n" + shown(trial);
}

constexpr std::string_view unasserted = "UnassertedInteractionsError";

std::string refused(const Subject &subject, const Use &use) {
  const Trial trial = tried(subject, use, {});
  if (subject.plugin.takes_unmocked() || use.is_taken_unmocked) {
    return wrong_unless(trial, unasserted, false);
  }
  const std::string wrong =
      wrong_unless(trial, "UnmockedInteractionError: " + std::string(subject.plugin.name()) + " ", false);
  if (has(trial.text, "swallowed by")) {
    return wrong + "the violation does not leave the call:\n" + shown(trial);
  }
  return has(trial.text, unasserted) ? wrong + "what was refused is recorded:\n" + shown(trial) : wrong;
}

std::string swallowed(const Subject &subject, const Use &use) {
  if (subject.plugin.takes_unmocked() || use.is_taken_unmocked) {
    return {};
  }
  const Trial trial = tried(subject, [&] {
    const Sandbox sandbox;
    try {
      use.call();
    } catch (...) { // as code under test does
    }
  });
  return has(trial.text, "swallowed by") ? wrong_unless(trial, "UnmockedInteractionError", false)
                                         : "expected a swallowed violation, got:\n" + shown(trial);
}

std::string recorded(const Subject &subject, const Use &use) {
  return wrong_unless(tried(subject, use, use.mock), unasserted, false);
}

std::string asserted(const Subject &subject, const Use &use) {
  return wrong_unless(tried(subject, use, use.mock, use.assert_mocked), "", false);
}

std::string compared(const Subject &subject, const Use &use) {
  std::string wrong;
  for (const std::string &field : required_fields(subject, use, use.mock)) {
    if (std::none_of(use.wrong.begin(), use.wrong.end(), [&](const Wrong &one) { return one.field == field; })) {
      wrong += "no assertion is given that is wrong in '" + field + "'\n";
    }
  }
  for (const Wrong &one : use.wrong) {
    std::vector<std::string> fields;
    const Trial trial = tried(subject, use, use.mock, [&] {
      try {
        one.assertion();
      } catch (const InteractionMismatchError &mismatch) {
        fields = mismatch.facts().fields;
        throw;
      }
    });
    if (fields != std::vector<std::string>{one.field} || !has(trial.text, " never asserted")) {
      wrong += "expected a mismatch in '" + one.field + "' that consumes nothing, got:\n" + shown(trial);
    }
  }
  return wrong;
}

std::string unused(const Subject &subject, const Use &use) {
  const Trial trial = tried(subject, [&] {
    use.mock();
    const Sandbox sandbox;
  });
  const std::string file = without_folders(subject.place.file) + ":";
  return has(without_folders(trial.text), "registered at " + file)
             ? wrong_unless(trial, "UnusedMocksError", false)
             : "expected an unused answer that was registered at " + file + ", got:\n" + shown(trial);
}

std::string optional(const Subject &subject, const Use &use) {
  const auto unused_trial = tried(subject, [&] {
    use.mock_optional();
    const Sandbox sandbox;
  });
  return wrong_unless(unused_trial, "", false) +
         wrong_unless(tried(subject, use, use.mock_optional), unasserted, false);
}

std::string raised(const Subject &subject, const Use &use) {
  const std::vector<std::string> fields = required_fields(subject, use, use.mock_failure);
  const std::string wrong = std::find(fields.begin(), fields.end(), "raised") == fields.end()
                                ? "the interaction does not demand the field 'raised'\n"
                                : "";
  return wrong + wrong_unless(tried(subject, use, use.mock_failure), unasserted, false) +
         wrong_unless(tried(subject, use, use.mock_failure, use.assert_failure), "", false);
}

std::string passed_through(const Subject &subject, const Use &use) {
  const Trial never_used = tried(subject, [&] {
    use.pass_through();
    const Sandbox sandbox;
  });
  return wrong_unless(tried(subject, use, use.pass_through), unasserted, true) +
         wrong_unless(tried(subject, use, use.pass_through, use.assert_real), "", true) +
         wrong_unless(never_used, "", false);
}

std::string allowed(const Subject &subject, const Use &use) {
  const Trial outside = tried(subject, [&] {
    const RuleScope permit = allow(subject.plugin.name());
    use.call();
  });
  const Trial inside = tried(subject, [&] {
    const RuleScope permit = allow(subject.plugin.name());
    call_in_sandbox(use);
  });
  return wrong_unless(outside, "", true) + wrong_unless(inside, "", true);
}

std::string guarded(const Subject &subject, const Use &use) {
  const auto at_level = [&](Guard level) {
    return tried(subject, [&] {
      const GuardLevel scope = guard(subject.plugin.name(), level);
      use.call();
    });
  };
  const Trial refusal = at_level(Guard::error);
  const std::string named = "(plugin " + std::string(subject.plugin.name()) + ")";
  return wrong_unless(refusal, "GuardedCallError: ", false) +
         (has(refusal.text, named) ? "" : "the plugin is not named:\n" + shown(refusal)) +
         wrong_unless(at_level(Guard::warn), "", true) + wrong_unless(at_level(Guard::off), "", true);
}

std::string set_up(const Subject &subject, const Use &use) {
  const std::uint64_t before = subject.real_calls();
  Trial trial;
  adapter::begin_test("fixture");
  try {
    use.call();
  } catch (const Violation &violation) {
    trial.text = std::string(violation.what()) + "\n";
    adapter::exception_escaped();
  }
  for (const adapter::Report &report : adapter::end_test(adapter::Outcome::passed)) {
    trial.text += report.text + "\n";
  }
  trial.is_real = subject.real_calls() != before;
  return wrong_unless(trial, "", true);
}

std::string kept_secret(const Subject &subject, const Use &use) {
  std::string text = tried(subject, use, {}).text + tried(subject, use.call).text;
  for (const Step &answers : {use.mock, use.mock_failure, use.pass_through}) {
    if (answers) {
      text += tried(subject, use, answers).text;
    }
  }
  for (const Wrong &one : use.wrong) {
    text += tried(subject, use, use.mock, one.assertion).text;
  }
  const std::size_t at = text.find(use.secret);
  return at == std::string::npos
             ? ""
             : "the secret is printed:\n" + text.substr(text.rfind('\n', at) + 1, text.find('\n', at) - at) + "\n";
}

/// Whether the refusal says where the operation is valid; where nothing leads out of the state, it may say that
/// instead.
bool says_what_is_valid(const std::string &text, const plugin::Machine &machine, const OutOfState &one) {
  const std::string valid = machine.valid_in(one.operation);
  const bool is_final = std::none_of(machine.transitions.begin(), machine.transitions.end(),
                                     [&](const plugin::Transition &it) { return it.from == one.state; });
  return (!valid.empty() && has(text, "is valid in: " + valid)) ||
         (is_final && has(text, "nothing is valid in: '" + one.state + "'"));
}

std::string refused_by_state(const Subject &subject, const OutOfState &one) {
  const plugin::Rows<plugin::Machine> machines = subject.plugin.manifest().machines;
  const plugin::Machine *const machine =
      std::find_if(machines.begin(), machines.end(), [&](const plugin::Machine &it) { return it.name == one.machine; });
  if (machine == machines.end()) {
    return "'" + one.machine + "' is none of the plugin's machines\n";
  }
  if (machine->after(one.state, one.operation) != nullptr) {
    return "'" + one.operation + "' is valid in state '" + one.state + "'\n";
  }
  const Trial trial = tried(subject, one.test);
  const bool is_right = has(trial.text, "InvalidStateError: ") && says_what_is_valid(trial.text, *machine, one) &&
                        has(trial.text, "in state '" + one.state + "' of " + one.machine) && !trial.is_real;
  return is_right ? "" : "expected a refusal that says state and valid states, and no real call, got:\n" + shown(trial);
}

/// One finding for each call that is not refused, and for each machine of which none is given.
void prove_states(const Subject &subject, std::vector<Finding> &broken) {
  constexpr const char *sentence = "a call that the state does not allow is refused";
  for (const OutOfState &one : subject.out_of_state) {
    if (std::string wrong = refused_by_state(subject, one); !wrong.empty()) {
      broken.push_back({sentence, one.operation + " in " + one.state, std::move(wrong)});
    }
  }
  for (const plugin::Machine &machine : subject.plugin.manifest().machines) {
    if (std::none_of(subject.out_of_state.begin(), subject.out_of_state.end(),
                     [&](const OutOfState &one) { return one.machine == machine.name; })) {
      broken.push_back({sentence, "", "no call that '" + std::string(machine.name) + "' does not allow is given\n"});
    }
  }
}

struct Promise {
  const char *sentence;
  const char *part; ///< of `Use`, without which it cannot be proved
  bool (*can)(const Use &use);
  std::string (*prove)(const Subject &subject, const Use &use);
};

const Promise promises[] = {
    {"a call that nothing answers is refused", "call", [](const Use &use) { return bool(use.call); }, &refused},
    {"a refusal that is swallowed fails the test", "call", [](const Use &use) { return bool(use.call); }, &swallowed},
    {"an answered call is recorded", "mock", [](const Use &use) { return bool(use.mock); }, &recorded},
    {"an assertion of every field passes", "assert_mocked",
     [](const Use &use) { return use.mock && use.assert_mocked; }, &asserted},
    {"every field is compared", "wrong", [](const Use &use) { return use.mock && !use.wrong.empty(); }, &compared},
    {"an unused answer is reported", "mock", [](const Use &use) { return bool(use.mock); }, &unused},
    {"an optional answer may stay unused", "mock_optional", [](const Use &use) { return bool(use.mock_optional); },
     &optional},
    {"an error must be asserted as raised", "mock_failure",
     [](const Use &use) { return use.mock_failure && use.assert_failure; }, &raised},
    {"what passes through is made, recorded and asserted", "pass_through",
     [](const Use &use) { return use.pass_through && use.assert_real; }, &passed_through},
    {"a rule lets the call through", "call", [](const Use &use) { return bool(use.call); }, &allowed},
    {"the guard refuses, warns or is off", "call", [](const Use &use) { return bool(use.call); }, &guarded},
    {"what a fixture does is real", "call", [](const Use &use) { return bool(use.call); }, &set_up},
    {"a secret is printed nowhere", "secret", [](const Use &use) { return !use.secret.empty(); }, &kept_secret},
    {"every line to paste compiles and helps", "call", [](const Use &use) { return bool(use.call); }, &broken_hints},
};

/// What makes the proof itself impossible; empty when nothing does.
std::string wrong_with(const Subject &subject) {
  if (adapter::in_test()) {
    return "a test is open; link no adapter of a test framework to this program\n";
  }
  if (!subject.real_calls) {
    return "'real_calls' is missing: nothing would tell a real call from an answered one\n";
  }
  if (subject.manifest.empty()) {
    return "'manifest' is missing: what tests link could not be compared with what the tool reads\n";
  }
  for (const Use &use : subject.uses) {
    if (!use.call) {
      return "the use '" + use.name + "' has no 'call'\n";
    }
  }
  return {};
}

bool is_lacking(const Subject &subject, std::string_view part) {
  return std::find(subject.lacks.begin(), subject.lacks.end(), part) != subject.lacks.end();
}

} // namespace

std::vector<std::string> required_fields(const Subject &subject, const Use &use, const Step &answers) {
  std::vector<std::string> fields;
  tried(subject, use, answers, [&] {
    try {
      plugin::Assertion(subject.plugin, "an assertion without a field", Place::here()).check();
    } catch (const MissingAssertionFieldsError &missing) {
      fields = missing.facts().fields;
    }
  });
  return fields;
}

std::vector<Finding> broken_promises(const Subject &subject) {
  if (const std::string wrong = wrong_with(subject); !wrong.empty()) {
    return {{"the promises can be proved", "", wrong}};
  }
  std::vector<Finding> broken;
  if (std::string wrong = broken_manifest(subject); !wrong.empty()) {
    broken.push_back({"its manifest says what it does", "", std::move(wrong)});
  }
  prove_states(subject, broken);
  for (const Promise &promise : promises) {
    bool is_proved = false;
    for (const Use &use : subject.uses) {
      if (!promise.can(use)) {
        continue;
      }
      is_proved = true;
      if (std::string wrong = promise.prove(subject, use); !wrong.empty()) {
        broken.push_back({promise.sentence, use.name, std::move(wrong)});
      }
    }
    if (!is_proved && !is_lacking(subject, promise.part)) {
      broken.push_back({promise.sentence, "",
                        "no use has what proves it: '" + std::string(promise.part) +
                            "'; where the library has no such thing, name it in 'lacks'\n"});
    }
    if (is_proved && is_lacking(subject, promise.part)) {
      broken.push_back({promise.sentence, "", "'" + std::string(promise.part) + "' is there, and named in 'lacks'\n"});
    }
  }
  return broken;
}

} // namespace tripwire::conformance
