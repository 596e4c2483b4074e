// what an assertion says --> the interaction it is about, or the violation
#include "expectation.hpp"

#include "context.hpp"
#include "hint.hpp"
#include "message.hpp"
#include "relay.hpp"
#include "report/report.hpp"

#include <algorithm>

namespace tripwire::runtime {

namespace {

bool is_about(const Expectation &expectation, const Interaction &interaction) noexcept {
  return expectation.slot != nullptr ? interaction.slot == expectation.slot
                                     : interaction.slot == nullptr && interaction.plugin->plugin == expectation.plugin;
}

/// The names by which an interaction can be listed in `in_any_order`.
bool is_listed(const OrderScope &scope, const Interaction &interaction) {
  const auto has = [&scope](std::string_view name) {
    return !name.empty() && std::find(scope.sources.begin(), scope.sources.end(), name) != scope.sources.end();
  };
  return interaction.slot != nullptr ? has(interaction.slot->facts.name) || has(interaction.slot->facts.plugin)
                                     : has(interaction.plugin->plugin->name());
}

bool is_relaxed_for_all(const VerifierState &verifier) noexcept {
  return std::any_of(verifier.any_order.begin(), verifier.any_order.end(),
                     [](const OrderScope &scope) { return scope.sources.empty(); });
}

/// The named scope that an interaction belongs to; null when it keeps its place.
const OrderScope *scope_of(const VerifierState &verifier, const Interaction &interaction) {
  for (const OrderScope &scope : verifier.any_order) {
    if (!scope.sources.empty() && is_listed(scope, interaction)) {
      return &scope;
    }
  }
  return nullptr;
}

/// In order, until \p is_last says of one that it is.
template <class IsLast> void each_unasserted(VerifierState &verifier, IsLast is_last) {
  const std::uint64_t size = verifier.timeline->size();
  bool leading = true;
  for (std::uint64_t sequence = verifier.first_unasserted; sequence < size; ++sequence) {
    Interaction *entry = verifier.timeline->at(sequence);
    const bool is_done = entry != nullptr && entry->is(asserted);
    if (leading && is_done) {
      verifier.first_unasserted = sequence + 1;
    }
    leading = leading && is_done;
    if (entry != nullptr && !is_done && is_last(*entry)) {
      return;
    }
  }
}

/// The first one in the order of the timeline that must be asserted next.
Interaction *next_in_order(VerifierState &verifier) {
  Interaction *next = nullptr;
  each_unasserted(verifier, [&](Interaction &entry) {
    if (!entry.is(enforced) || scope_of(verifier, entry) != nullptr) {
      return false;
    }
    next = &entry;
    return true;
  });
  return next;
}

/// Which interactions the assertion may be about, in order, until \p is_it says of one that it is.
template <class IsIt> void each_candidate(VerifierState &verifier, const Expectation &expectation, IsIt is_it) {
  const bool any = is_relaxed_for_all(verifier);
  const Interaction *next = nullptr;
  if (!any) {
    Interaction *in_order = next_in_order(verifier);
    if (in_order != nullptr && is_about(expectation, *in_order)) {
      if (is_it(*in_order) || !verifier.has_unenforced.load(std::memory_order_relaxed)) {
        return;
      }
      next = in_order;
    }
  }
  each_unasserted(verifier, [&](Interaction &entry) {
    return &entry != next && is_about(expectation, entry) &&
           (any || !entry.is(enforced) || scope_of(verifier, entry) != nullptr) && is_it(entry);
  });
}

/// The first of them; null when there is none.
Interaction *first_candidate(VerifierState &verifier, const Expectation &expectation) {
  Interaction *first = nullptr;
  each_candidate(verifier, expectation, [&first](Interaction &entry) {
    first = &entry;
    return true;
  });
  return first;
}

const ExpectedField *find(const Expectation &expectation, std::string_view name) {
  for (const ExpectedField &field : expectation.fields) {
    if (field.name == name) {
      return &field;
    }
  }
  return nullptr;
}

bool is_ending(std::string_view name) noexcept { return name == "returned" || name == "raised"; }

std::vector<std::string> missing_fields(const Expectation &expectation, const std::vector<FieldView> &fields) {
  std::vector<std::string> missing;
  for (const FieldView &field : fields) {
    if (field.required && find(expectation, field.name) == nullptr) {
      missing.push_back(field.name);
    }
  }
  return missing;
}

/// Whether the assertion says nothing although there is something to say.
bool says_nothing(const Expectation &expectation, const std::vector<FieldView> &fields) {
  bool can_say = false;
  for (const FieldView &field : fields) {
    const ExpectedField *expected = find(expectation, field.name);
    if (expected != nullptr && (!expected->matcher.is_wildcard() || expected->is != nullptr)) {
      return false;
    }
    // What could not be copied cannot be compared either.
    const bool is_known = field.value.address != nullptr || field.value.has_content;
    can_say = can_say || (!field.secret && is_known && (field.required || expected != nullptr));
  }
  return can_say;
}

bool matches(const ExpectedField &expected, const FieldView &field, const Interaction &entry,
             std::exception_ptr &threw) {
  if (field.secret) {
    return expected.matcher.is_wildcard();
  }
  if (expected.is != nullptr &&
      !(entry.slot != nullptr && entry.is(has_raised) && expected.is(entry.outcome->raised))) {
    return false;
  }
  return expected.matcher.matches(field.value, threw);
}

struct Comparison {
  bool matches = true;
  std::string text; ///< field by field
  std::vector<std::string> fields;
};

std::string shown(const FieldView &field, const Interaction &entry) {
  if (field.name == "raised" && entry.slot != nullptr) {
    return entry.outcome->raised_text;
  }
  return printed(field.value);
}

Comparison compare(const Expectation &expectation, const std::vector<FieldView> &fields, const Interaction &entry) {
  Comparison result;
  for (const FieldView &field : fields) {
    const ExpectedField *expected = find(expectation, field.name);
    if (expected == nullptr) {
      continue;
    }
    std::exception_ptr threw;
    const bool same = matches(*expected, field, entry, threw);
    result.text += "\n    " + field.name + ": ";
    if (same) {
      result.text += shown(field, entry) + (expected->matcher.is_wildcard() ? "" : " matches");
    } else {
      std::string wanted = expected->matcher.is_wildcard() ? std::string("an exception of another type")
                                                           : described(expected->matcher, field.value.parameter);
      result.text += "expected " + wanted + ", got " + shown(field, entry) + threw_text(threw);
      result.fields.push_back(field.name);
      result.matches = false;
    }
  }
  for (const ExpectedField &expected : expectation.fields) {
    const auto has =
        std::find_if(fields.begin(), fields.end(), [&](const FieldView &field) { return field.name == expected.name; });
    // A function that returns nothing has returned, when it has not raised.
    const bool just_returned = expected.name == "returned" && expected.matcher.is_wildcard() && entry.slot != nullptr &&
                               entry.is(finished) && !entry.is(has_raised);
    if (has == fields.end() && !just_returned) {
      result.text += "\n    " + expected.name + ": expected " + described(expected.matcher, nullptr) +
                     ", the interaction has no such field";
      result.fields.push_back(expected.name);
      result.matches = false;
    }
  }
  return result;
}

constexpr std::size_t shown_interactions = 8;

/// What the firewall let through, which needs no assertion.
std::string allowed_calls(VerifierState &verifier) {
  if (!verifier.has_unenforced.load(std::memory_order_relaxed)) {
    return {};
  }
  std::string text;
  std::size_t count = 0;
  each_unasserted(verifier, [&](const Interaction &entry) {
    if (entry.is(allowed) && ++count <= shown_interactions) {
      text += "\n    [" + std::to_string(entry.sequence) + "] " + call_text(entry) + outcome_text(entry);
    }
    return false;
  });
  if (count > shown_interactions) {
    text += "\n    and " + std::to_string(count - shown_interactions) + " more";
  }
  return count == 0 ? text : "\n  allowed, and made for real; they need no assertion:" + text;
}

std::string remaining(VerifierState &verifier) {
  std::string text;
  std::size_t count = 0;
  each_unasserted(verifier, [&](const Interaction &entry) {
    if (entry.is(enforced) && ++count <= shown_interactions) {
      text += "\n    [" + std::to_string(entry.sequence) + "] " + call_text(entry) + outcome_text(entry);
    }
    return false;
  });
  if (count > shown_interactions) {
    text += "\n    and " + std::to_string(count - shown_interactions) + " more";
  }
  text = count == 0 ? "\n  every recorded interaction is asserted" : "\n  not asserted yet:" + text;
  return text + allowed_calls(verifier);
}

Facts facts_of(ViolationKind kind, const Expectation &expectation, const Interaction *entry) {
  Facts facts;
  facts.kind = kind;
  facts.source = expectation.source();
  // The assertion is what the reader may have to change; the call it speaks of stands in the text.
  facts.site = expectation.asserted_at();
  if (entry != nullptr) {
    facts.site = facts.site.file.empty() ? call_site(entry->site) : facts.site;
    facts.sandbox = entry->sandbox;
  }
  return facts;
}

std::string headline(const Expectation &expectation, ViolationKind kind, const std::string &text) {
  const CallSite at = expectation.asserted_at();
  return std::string(name_of(kind)) + ": " + text +
         (at.file.empty() ? "" : "\n  asserted at " + at.file + ":" + std::to_string(at.line)) +
         (expectation.line.empty() ? "" : "\n  " + expectation.line);
}

std::string about(const Interaction &entry) {
  return "\n  [" + std::to_string(entry.sequence) + "] " + call_text(entry) + outcome_text(entry) + "\n      at " +
         call_site(entry.site).text();
}

std::string joined(const std::vector<std::string> &names) {
  std::string text;
  for (const std::string &name : names) {
    text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

[[noreturn]] void no_candidate(VerifierState &verifier, const Expectation &expectation) {
  Interaction *next = is_relaxed_for_all(verifier) ? nullptr : next_in_order(verifier);
  Facts facts = facts_of(ViolationKind::interaction_mismatch, expectation, next);
  std::string text;
  if (next != nullptr) {
    text = "the next interaction is one of " + source_of(*next) + ", not of " + expectation.source();
  } else {
    text = "no interaction of " + expectation.source() + " is left to assert";
  }
  facts.text = headline(expectation, facts.kind, text);
  if (next != nullptr) {
    facts.text += about(*next);
  }
  facts.text += remaining(verifier);
  if (next != nullptr) {
    facts.text += "\n  to assert the next one first:\n" + indented(assert_line(*next), "    ");
  }
  throw_latched(latch(std::move(facts), &verifier));
}

Facts missing(const Expectation &expectation, const Interaction &entry, std::vector<std::string> names) {
  Facts facts = facts_of(ViolationKind::missing_assertion_fields, expectation, &entry);
  facts.text =
      headline(expectation, facts.kind, "the assertion of " + expectation.source() + " does not say " + joined(names)) +
      about(entry) + "\n  say all of it:\n" + indented(assert_line(entry), "    ");
  facts.fields = std::move(names);
  return facts;
}

[[noreturn]] void all_wildcard(VerifierState &verifier, const Expectation &expectation, const Interaction &entry) {
  Facts facts = facts_of(ViolationKind::all_wildcard_assertion, expectation, &entry);
  facts.text = headline(expectation, facts.kind,
                        "the assertion of " + expectation.source() + " accepts anything, so it asserts nothing") +
               about(entry) + "\n  say at least one of the real values:\n" + indented(assert_line(entry), "    ");
  throw_latched(latch(std::move(facts), &verifier));
}

[[noreturn]] void mismatch(VerifierState &verifier, const Expectation &expectation, const Interaction &entry,
                           Comparison comparison) {
  Facts facts = facts_of(ViolationKind::interaction_mismatch, expectation, &entry);
  facts.text = headline(expectation, facts.kind, "the interaction of " + expectation.source() + " is not as asserted") +
               about(entry) + comparison.text + "\n  as it was:\n" + indented(assert_line(entry), "    ");
  facts.fields = std::move(comparison.fields);
  throw_latched(latch(std::move(facts), &verifier));
}

void refuse_in_sandbox(VerifierState &verifier, const Expectation &expectation) {
  const Context &of = context();
  if (is_aside(of)) {
    Facts facts = facts_of(ViolationKind::auto_assert, expectation, nullptr);
    facts.text = headline(expectation, facts.kind,
                          "an interaction of " + expectation.source() + " was asserted by a matcher or a printer") +
                 "\n  only a test asserts; a matcher compares, and a printer prints";
    throw_latched(latch(std::move(facts), &verifier));
  }
  if (of.handling > 0) {
    Facts facts = facts_of(ViolationKind::auto_assert, expectation, nullptr);
    facts.text = headline(expectation, facts.kind,
                          "an interaction of " + expectation.source() + " was asserted while one is being recorded") +
                 "\n  only a test asserts; a plugin records";
    throw_latched(latch(std::move(facts), &verifier));
  }
  if (of.sandbox != nullptr) {
    Facts facts = facts_of(ViolationKind::assertion_inside_sandbox, expectation, nullptr);
    facts.sandbox = of.sandbox->id.load(std::memory_order_relaxed);
    facts.text =
        headline(expectation, facts.kind, expectation.source() + " was asserted inside of the test's own sandbox") +
        "\n  close the sandbox first: end its block in front of the assertion";
    throw_latched(latch(std::move(facts), &verifier));
  }
}

bool only_endings(const std::vector<std::string> &names) {
  return std::all_of(names.begin(), names.end(), [](const std::string &name) { return is_ending(name); });
}

/// A typed assertion may still say how the call ended, by `.returned` or `.raised`.
bool may_go_on(const Expectation &expectation) {
  return expectation.slot != nullptr && find(expectation, "returned") == nullptr &&
         find(expectation, "raised") == nullptr;
}

} // namespace

std::string Expectation::source() const {
  return slot != nullptr ? std::string(slot->facts.name) : std::string(plugin->name());
}

CallSite Expectation::asserted_at() const {
  if (place.line > 0) {
    CallSite written;
    written.file = place.file;
    written.line = place.line;
    return written;
  }
  return call_site(site);
}

Checked check(VerifierState &verifier, const Expectation &expectation, Interaction *&found) {
  refuse_in_sandbox(verifier, expectation);
  receive();
  const std::lock_guard<std::mutex> lock(verifier.assertions_mutex);
  // Several candidates: the first that is as asserted. One that only lacks its ending waits for the test to say it.
  Interaction *first_of_all = nullptr;
  bool is_found = false;
  bool ending_missing = false;
  each_candidate(verifier, expectation, [&](Interaction &entry) {
    first_of_all = first_of_all == nullptr ? &entry : first_of_all;
    const auto fields = fields_of(entry);
    const auto lacking = missing_fields(expectation, fields);
    if (!lacking.empty()) {
      ending_missing = ending_missing || (only_endings(lacking) && may_go_on(expectation));
      return false;
    }
    if (says_nothing(expectation, fields) || !compare(expectation, fields, entry).matches) {
      return false;
    }
    entry.add(asserted);
    if (report::is_on()) {
      report::note_assertion(entry, verifier, expectation);
    }
    found = &entry;
    is_found = true;
    return true;
  });
  if (is_found) {
    return Checked::asserted;
  }
  if (first_of_all == nullptr) {
    no_candidate(verifier, expectation);
  }
  if (ending_missing) {
    found = first_of_all;
    return Checked::ending_missing;
  }
  Interaction &first = *first_of_all;
  const auto fields = fields_of(first);
  auto lacking = missing_fields(expectation, fields);
  // An assertion that says how the call ended, and says it wrong, lacks nothing.
  const bool says_ending = find(expectation, "returned") != nullptr || find(expectation, "raised") != nullptr;
  if (!lacking.empty() && only_endings(lacking) && says_ending) {
    mismatch(verifier, expectation, first, compare(expectation, fields, first));
  }
  if (!lacking.empty()) {
    throw_latched(latch(missing(expectation, first, std::move(lacking)), &verifier));
  }
  if (says_nothing(expectation, fields)) {
    all_wildcard(verifier, expectation, first);
  }
  mismatch(verifier, expectation, first, compare(expectation, fields, first));
}

Facts missing_ending(VerifierState &verifier, const Expectation &expectation) {
  const std::lock_guard<std::mutex> lock(verifier.assertions_mutex);
  const Interaction *first = first_candidate(verifier, expectation);
  if (first == nullptr) {
    Facts facts = facts_of(ViolationKind::missing_assertion_fields, expectation, nullptr);
    facts.text = headline(expectation, facts.kind,
                          "the assertion of " + expectation.source() + " does not say how the call ended");
    return facts;
  }
  return missing(expectation, *first, missing_fields(expectation, fields_of(*first)));
}

} // namespace tripwire::runtime
