// a verifier at the end of its test --> what nobody asserted, what nobody used, what somebody swallowed
#include "leftovers.hpp"

#include "c/in_c.hpp"
#include "hint.hpp"
#include "message.hpp"
#include "plugin_books.hpp"
#include "relay.hpp"
#include "scripted.hpp"

namespace tripwire::runtime {

namespace {

void take_unasserted(VerifierState &verifier, Leftovers &into) {
  const std::lock_guard<std::mutex> lock(verifier.assertions_mutex);
  const std::uint32_t home = verifier.home.load(std::memory_order_relaxed);
  for (std::uint64_t sequence = verifier.first_unasserted; sequence < verifier.timeline->size(); ++sequence) {
    Interaction *entry = verifier.timeline->at(sequence);
    if (entry == nullptr || !entry->is(enforced) || entry->is(asserted) || entry->is(reported)) {
      continue;
    }
    into.unasserted.add([&] {
      Leftover leftover;
      leftover.site = call_site(entry->site);
      leftover.text = "[" + std::to_string(sequence) + "] " + call_text(*entry) + outcome_text(*entry) + "\n    at " +
                      leftover.site.text() + thread_text(entry->thread, home) + "\n" +
                      indented(assert_line(*entry), "    ");
      return leftover;
    });
    entry->add(reported);
  }
}

std::string ending_text(const Answer &answer) {
  switch (answer.ending) {
  case Ending::open:
    return "writes";
  case Ending::bits:
  case Ending::give:
    return answer.sets_error ? "fails" : "returns";
  case Ending::call:
    return "calls";
  case Ending::exception:
    return "raises";
  case Ending::real:
    return "passes_through";
  }
  return {};
}

Leftover leftover_of(const Queue &queue, const Answer &answer) {
  const seam::Slot &slot = queue.rest().mocked->slot;
  std::string conditions;
  const std::string when(said(".when(", "("));
  for (std::size_t index = 0; index < queue.rest().conditions.size(); ++index) {
    conditions += (index == 0 ? when : ", ") + described(queue.rest().conditions[index], &parameter_of(slot, index));
  }
  conditions += queue.rest().conditional ? (queue.rest().conditions.empty() ? when + ")" : ")") : "";
  Leftover leftover;
  leftover.site.file = answer.rest().place.file;
  leftover.site.line = answer.rest().place.line;
  leftover.text = std::string(slot.facts.name) + conditions +
                  (speaks_c() ? ": tripwire_" + ending_text(answer) : "." + ending_text(answer)) +
                  "(...)\n    registered at " + text_of(answer.rest().place);
  return leftover;
}

void take_unused(Queue &queue, Leftovers &into) {
  for (Answer *answer : queue.rest().answers) {
    if (!answer->required || answer->reported || answer->used.load(std::memory_order_relaxed)) {
      continue;
    }
    into.unused.add([&] { return leftover_of(queue, *answer); });
    answer->reported = true;
  }
}

void take_unused(VerifierState &verifier, Leftovers &into) {
  const std::lock_guard<std::mutex> lock(verifier.books_mutex);
  for (const auto &book : verifier.owned_books) {
    const std::lock_guard<Lock> book_lock(book->mutex);
    for (const auto &queue : book->conditional) {
      take_unused(*queue, into);
    }
    take_unused(book->own, into);
  }
}

std::string section(const Pile &leftovers) {
  std::string text;
  for (const Leftover &leftover : leftovers.shown()) {
    text += "\n" + indented(leftover.text, "  ");
  }
  if (leftovers.count() > leftovers.shown().size()) {
    text += "\n  and " + std::to_string(leftovers.count() - leftovers.shown().size()) + " more";
  }
  return text;
}

} // namespace

Leftovers take_leftovers(VerifierState &verifier) {
  receive();
  Leftovers leftovers;
  {
    const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
    for (const auto &latched : verifier.latched) {
      if (!latched->reported) {
        leftovers.violations.push_back(latched);
        latched->reported = true;
      }
    }
  }
  take_unasserted(verifier, leftovers);
  take_unused(verifier, leftovers);
  take_unused_of_sessions(verifier, leftovers);
  take_unused_of_plugins(verifier, leftovers);
  return leftovers;
}

Facts facts_of(const Leftovers &leftovers) {
  Facts facts;
  const std::string unasserted =
      count_text(leftovers.unasserted.count(), "interaction was", "interactions were") + " never asserted";
  const std::string unused = count_text(leftovers.unused.count(), "answer was", "answers were") +
                             " never used; remove what is not needed, or mark it " +
                             std::string(said(".optional()", "with tripwire_optional"));
  if (!leftovers.unasserted.empty() && !leftovers.unused.empty()) {
    facts.kind = ViolationKind::verification;
    facts.text = "VerificationError: the test leaves interactions and mocks behind\n" + unasserted +
                 section(leftovers.unasserted) + "\n" + unused + section(leftovers.unused);
  } else if (!leftovers.unasserted.empty()) {
    facts.kind = ViolationKind::unasserted_interactions;
    facts.text = "UnassertedInteractionsError: " + unasserted + section(leftovers.unasserted);
  } else {
    facts.kind = ViolationKind::unused_mocks;
    facts.text = "UnusedMocksError: " + unused + section(leftovers.unused);
  }
  facts.site = (!leftovers.unasserted.empty() ? leftovers.unasserted : leftovers.unused).shown().front().site;
  return facts;
}

} // namespace tripwire::runtime
