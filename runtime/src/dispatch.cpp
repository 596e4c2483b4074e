// a watched call --> mock, spy, pass-through, allow or refuse
//
//   Call --(route)--> rule --(serve)--> answer found, interaction recorded --(finish)--> result in place, outcome
//   recorded
#include "c/in_c.hpp"
#include "handler.hpp"
#include "layer.hpp"
#include "message.hpp"
#include "refuse.hpp"
#include "registry.hpp"
#include "relay.hpp"
#include "report/report.hpp"
#include "route.hpp"
#include "turn.hpp"
#include "turn_text.hpp"

#include "tripwire/seam/call.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>

namespace tripwire::runtime {

namespace {

/// A call on its way: what was found for it and where it is recorded.
struct Served {
  MockedSlot *book = nullptr;
  Answer *answer = nullptr; ///< null: the real function answers
  Interaction *entry = nullptr;
  const Shape *shape = nullptr;
};

/// Makes the real call with the errno that the caller had; where only the wrapper can, leaves it to the wrapper.
void make_real(seam::Call &call, int entry_errno) {
  errno = entry_errno;
  if (call.make != nullptr) {
    try {
      call.make(call);
    } catch (...) {
      call.answered = true; // so: what it threw goes to the caller, whatever it is
      throw;
    }
  }
}

/// The same, with what the real code calls.
void let_real_code_run(seam::Call &call, int entry_errno) {
  errno = entry_errno;
  make_with_layer(call);
}

/// Writes down that something of a call is missing, which itself went on.
void note_out_of_memory(VerifierState &verifier, const char *doing, const Interaction &entry) noexcept {
  latch_out_of_memory(verifier, doing, entry.slot->facts.name, entry.site)->fate.store(Fate::noted);
}

/// Tells those who follow.
[[gnu::cold, gnu::noinline]] void follow(const Interaction &entry, VerifierState &verifier, const Answer *answer) {
  if (is_forked_child.load(std::memory_order_relaxed)) {
    relay(entry, verifier, answer);
  }
  if (report::is_on() && answer != nullptr) {
    try {
      report::note_answer(entry, verifier, answer->rest().place);
    } catch (const std::bad_alloc &) {
      note_out_of_memory(verifier, "noting for the report who answered", entry);
    }
  }
}

/// The call is made for real, and nobody records it.
[[gnu::noinline]] void let_through(seam::Call &call, const VerifierState &verifier, int entry_errno) {
  if (report::is_on()) {
    report::note_call(call, verifier, report::Went::let_through);
  }
  let_real_code_run(call, entry_errno);
}

/// The next entry of the timeline. Without memory for it the block goes as well.
Interaction &append(Timeline &timeline, const Shape &shape, unsigned char *block) {
  try {
    return timeline.append();
  } catch (...) {
    destroy_block(shape, block, false);
    throw;
  }
}

/// Publishes the interaction, with \p result as its result when it has one already. The lock of the book is held. When
/// it throws, nothing was recorded.
void record(Served &served, seam::Call &call, Context &of, const Route &route, std::uint32_t bits,
            const void *result = nullptr) {
  MockedSlot &book = *served.book;
  if ((bits & enforced) == 0) {
    route.verifier->has_unenforced.store(true, std::memory_order_relaxed);
  }
  served.shape = &book.shape_for(call);
  unsigned char *block = record_arguments(*served.shape, call, book.arena);
  if (result != nullptr) {
    bits |= finished;
    if (call.place != nullptr) {
      copy_bits(call.place, result, served.shape->result.size);
      copy_bits(block + served.shape->result.offset, result, served.shape->result.size);
      bits |= has_result;
    }
  }
  Interaction &entry = append(*route.verifier->timeline, *served.shape, block);
  entry.thread = thread_number(of);
  entry.sandbox = static_cast<std::uint32_t>(route.sandbox);
  entry.slot = &call.slot;
  entry.site = call.site;
  entry.shape = served.shape;
  entry.block = block;
  entry.state.store(published | bits, std::memory_order_release);
  served.entry = &entry;
  if (is_followed.load(std::memory_order_relaxed)) {
    follow(entry, *route.verifier, served.answer);
  }
}

/// A value could not be copied, so the test does not know it.
Facts not_copied(const seam::Call &call, const NotCopied &thrown, const std::string &consequence) {
  Facts facts;
  facts.kind = ViolationKind::verification;
  facts.source = call.slot.facts.name;
  facts.site = call_site(call.site);
  const std::string name(thrown.parameter->name);
  facts.text = "VerificationError: a copy of " + (name.empty() ? std::string("a value") : name) + " of " +
               facts.source + " threw " + describe(thrown.exception).shown + "\n  at " + facts.site.text() + "\n  " +
               consequence + "\n  let the copy succeed, or make what takes the value by reference the seam";
  return facts;
}

Outcome &outcome_of(Interaction &entry, VerifierState &verifier) {
  const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
  if (entry.outcome == nullptr) {
    verifier.outcomes.push_back(std::make_unique<Outcome>());
    entry.outcome = verifier.outcomes.back().get();
  }
  return *entry.outcome;
}

void record_raised(Interaction &entry, VerifierState &verifier, const std::exception_ptr &exception) {
  try {
    const ExceptionText text = describe(exception);
    Outcome &outcome = outcome_of(entry, verifier);
    outcome.raised = exception;
    outcome.raised_text = text.shown;
    outcome.raised_what = text.what;
  } catch (const std::bad_alloc &) {
    {
      const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
      entry.outcome = &verifier.unknown_outcome;
    }
    note_out_of_memory(verifier, "recording how a call ended of", entry);
  }
  entry.add(finished | has_raised);
  if (is_forked_child.load(std::memory_order_relaxed)) {
    relay_outcome(entry, verifier);
  }
}

/// Copies the result and what out-parameters hold, and declares the interaction finished.
void record_returned(Served &served, seam::Call &call) {
  Interaction &entry = *served.entry;
  const Shape &shape = *served.shape;
  const bool with_result = call.answered && call.place != nullptr;
  bool has = false;
  if (shape.plain_result) {
    if (with_result) {
      copy_bits(entry.block + shape.result.offset, call.place, shape.result.size);
      has = true;
    }
  } else if (with_result || shape.outcome_allocates) {
    // The call has its answer, whatever becomes of the record.
    try {
      const std::lock_guard<Lock> lock(served.book->mutex);
      has = record_outcome(shape, call, entry.block, served.book->arena, with_result);
    } catch (const std::bad_alloc &) {
      note_out_of_memory(served.book->verifier, "recording how a call ended of", entry);
    } catch (const NotCopied &thrown) {
      latch(not_copied(call, thrown, "what it returned is not recorded"), &served.book->verifier)
          ->fate.store(Fate::noted);
    } catch (const Violation &) {
      // Of a seam that the copy called; latched.
    }
  }
  entry.add(finished | (has ? static_cast<std::uint32_t>(has_result) : 0u));
  if (is_forked_child.load(std::memory_order_relaxed)) {
    relay_outcome(entry, served.book->verifier);
  }
}

/// The user's function, or the real one, while the interaction waits for its outcome.
template <class Run> void run_recorded(Served &served, seam::Call &call, VerifierState &verifier, Run run) {
  try {
    run();
  } catch (...) {
    call.answered = true; // so: what it threw goes to the caller, whatever it is
    const int kept = errno;
    record_raised(*served.entry, verifier, std::current_exception());
    errno = kept;
    throw;
  }
}

/// Writes through the parameters that the answer names. A null pointer says that the caller does not want it.
void write_parameters(Served &served, seam::Call &call, VerifierState &verifier) {
  const Answer &answer = *served.answer;
  for (const Write &write : answer.rest().writes) {
    if (write.index >= call.count) {
      continue;
    }
    const void *address = call.arguments[write.index];
    void *target = nullptr;
    if (call.types[write.index]->is_reference) {
      target = const_cast<void *>(address);
    } else {
      std::memcpy(&target, address, sizeof target);
    }
    if (target == nullptr) {
      continue;
    }
    if (write.write != nullptr) {
      run_recorded(served, call, verifier, [&] { write.write(write.kept.get(), target); });
      continue;
    }
    const seam::Parameter &parameter = parameter_of(call.slot, write.index);
    std::size_t room = write.characters.size();
    if (parameter.shape == seam::Shape::object) {
      room = parameter.object_size;
    } else if (parameter.shape == seam::Shape::bytes && parameter.size != nullptr) {
      room = parameter.size(call);
    }
    if (write.characters.size() > room) {
      Facts facts;
      facts.kind = ViolationKind::configuration;
      facts.source = call.slot.facts.name;
      const std::string index = std::to_string(write.index);
      facts.text =
          "ConfigurationError: " + (speaks_c() ? "tripwire_writes(..., " + index + ", ...)" : "writes<" + index + ">") +
          " of the answer from " + text_of(answer.rest().place) + " holds " +
          count_text(write.characters.size(), "byte", "bytes") + ", but " + argument_name(call.slot, write.index) +
          " of " + std::string(call.slot.facts.name) + " has room for " + std::to_string(room);
      refuse(call, std::move(facts), verifier);
      return;
    }
    std::memcpy(target, write.characters.data(), write.characters.size());
    if (parameter.shape == seam::Shape::text) {
      static_cast<char *>(target)[write.characters.size()] = '\0';
    }
  }
}

void give(Served &served, seam::Call &call, Context &of, const Route &route, int entry_errno) {
  Answer &answer = *served.answer;
  VerifierState &verifier = *route.verifier;
  switch (answer.ending) {
  case Ending::open:
    if (call.place != nullptr) {
      Facts facts;
      facts.kind = ViolationKind::configuration;
      facts.source = call.slot.facts.name;
      facts.text = "ConfigurationError: the answer from " + text_of(answer.rest().place) + " writes parameters of " +
                   std::string(call.slot.facts.name) + ", but does not say what the call returns" +
                   std::string(said("\n  put .returns(...) in front of .writes<...>(...)",
                                    "\n  put tripwire_returns(...) in front of tripwire_writes(...)"));
      refuse(call, std::move(facts), verifier);
      return;
    }
    call.answered = true;
    break;
  case Ending::bits:
    if (call.place != nullptr) {
      std::memcpy(call.place, answer.value(), answer.size);
    }
    call.answered = true;
    break;
  case Ending::give:
    run_recorded(served, call, verifier, [&] { answer.rest().run(answer.rest().kept.get(), call); });
    call.answered = true;
    break;
  case Ending::call: {
    Answering answering{&call.slot, of.answering};
    of.answering = &answering;
    struct Leave {
      Context &of;
      Answering *outer;
      ~Leave() { of.answering = outer; }
    } leave{of, answering.outer};
    errno = entry_errno;
    run_recorded(served, call, verifier, [&] { answer.rest().run(answer.rest().kept.get(), call); });
    call.answered = true;
    break;
  }
  case Ending::exception:
    record_raised(*served.entry, verifier, answer.rest().exception);
    call.answered = true;
    errno = answer.sets_error ? answer.rest().error : entry_errno;
    std::rethrow_exception(answer.rest().exception);
  case Ending::real:
    run_recorded(served, call, verifier, [&] { let_real_code_run(call, entry_errno); });
    break;
  }
  const int left_errno = answer.ending == Ending::call || answer.ending == Ending::real ? errno : entry_errno;
  if (answer.has_writes) {
    write_parameters(served, call, verifier);
  }
  if (answer.sets_error) {
    try {
      outcome_of(*served.entry, verifier).error = answer.rest().error;
      served.entry->add(answered_errno);
    } catch (const std::bad_alloc &) {
      note_out_of_memory(verifier, "recording the errno of a call of", *served.entry);
    }
  }
  record_returned(served, call);
  errno = answer.sets_error ? answer.rest().error : left_errno;
}

/// A call that no answer waits for, of a function that is no spy. \return whether the rules let it through; if not, it
/// was refused. Kept out of line: most calls are answered.
[[gnu::noinline]] bool is_let_through(seam::Call &call, Context &of, const Route &route, MockedSlot &book,
                                      std::unique_lock<Lock> &lock) {
  const std::uint64_t rules = state_of_rules();
  if (book.permit.holds(rules, call.site)) {
    return true;
  }
  lock.unlock();
  const Verdict verdict = judge(*route.verifier, of, Request(call));
  lock.lock();
  if (verdict.allowed) {
    if (verdict.hangs != Hangs::on_call) {
      book.permit = {rules, verdict.hangs == Hangs::on_slot ? nullptr : call.site};
    }
    return true;
  }
  const bool is_mocked = book.is_mocked;
  const std::string nearest = is_mocked ? nearest_text(book, call) : std::string();
  lock.unlock();
  refuse(call, unmocked(call, route, is_mocked, nearest + why_no_session(*route.verifier, call)), *route.verifier);
  return false;
}

/// A call that may belong to a session. \return whether it does, and has been served or refused. Kept out of line:
/// most tests have no sessions.
[[gnu::cold, gnu::noinline]] bool serve_in_session(seam::Call &call, Context &of, const Route &route, int entry_errno) {
  const Turn turn = take_turn(call, route);
  if (turn.session == nullptr) {
    return turn.refused;
  }
  VerifierState &verifier = *route.verifier;
  Served served;
  served.book = &verifier.book(call.slot);
  served.answer = turn.answer;
  try {
    const std::lock_guard<Lock> lock(served.book->mutex);
    record(served, call, of, route,
           (route.rule == Rule::sandbox ? static_cast<std::uint32_t>(enforced) : 0u) |
               (turn.answer->ending == Ending::real ? static_cast<std::uint32_t>(real) : 0u));
  } catch (...) {
    give_back(turn);
    throw;
  }
  try {
    give(served, call, of, route, entry_errno);
  } catch (...) {
    end_turn(turn, call, route, Ended::raised);
    throw;
  }
  end_turn(turn, call, route, Ended::returned);
  return true;
}

/// The bits that the call returns, when there is nothing else to do; else null.
const void *result_of(const Choice &choice) noexcept {
  if (choice.standing != nullptr) {
    return &choice.standing->bits;
  }
  return choice.queue != nullptr && choice.queue->next().is_bits_alone() ? choice.queue->next().value() : nullptr;
}

/// Inside a sandbox, or of an activated mock.
void serve(seam::Call &call, Context &of, const Route &route, int entry_errno) {
  receive();
  VerifierState &verifier = *route.verifier;
  if (!call.slot.facts.transitions.empty() && verifier.sessions.load(std::memory_order_acquire) != nullptr &&
      serve_in_session(call, of, route, entry_errno)) {
    return;
  }
  Served served;
  served.book = &verifier.book(call.slot);
  MockedSlot &book = *served.book;
  bool is_allowed = false;
  {
    std::unique_lock<Lock> lock(book.mutex);
    const Choice choice = book.is_mocked ? book.choose(call) : Choice{};
    if (choice.standing != nullptr) {
      served.answer = choice.standing->answer;
    } else if (choice.queue != nullptr) {
      served.answer = &choice.queue->next();
    } else if (!book.is_spy) {
      if (!is_let_through(call, of, route, book, lock)) {
        return;
      }
      is_allowed = true;
    }
    // Most answers are a few bits: they are given and recorded in one go.
    const void *const result = result_of(choice);
    if (result != nullptr && book.shape_for(call).plain_result) {
      record(served, call, of, route, route.rule == Rule::sandbox ? static_cast<std::uint32_t>(enforced) : 0u, result);
      if (choice.standing == nullptr) {
        served.answer->spend();
        book.let_stand(choice);
      }
      call.answered = true;
      lock.unlock();
      errno = entry_errno;
      return;
    }
    const bool is_real = served.answer == nullptr || served.answer->ending == Ending::real;
    const bool is_enforced = route.rule == Rule::sandbox && !is_allowed;
    record(served, call, of, route,
           (is_enforced ? static_cast<std::uint32_t>(enforced) : 0u) |
               (is_allowed ? static_cast<std::uint32_t>(allowed) : 0u) |
               (is_real ? static_cast<std::uint32_t>(real) : 0u));
    if (served.answer != nullptr) {
      served.answer->spend();
    }
  }
  if (served.answer != nullptr) {
    give(served, call, of, route, entry_errno);
    return;
  }
  run_recorded(served, call, verifier, [&] { let_real_code_run(call, entry_errno); });
  const int left_errno = errno;
  record_returned(served, call);
  errno = left_errno;
}

/// Outside a sandbox: the rules decide, and what the guard does with a call that none of them allows. Kept out of
/// line, as above.
[[gnu::cold, gnu::noinline]] void guard(seam::Call &call, Context &of, const Route &route, int entry_errno) {
  const Request request(call);
  const Verdict verdict = judge(*route.verifier, of, request);
  if (!verdict.allowed && route.rule == Rule::guarded) {
    refuse(call, guarded(call, route, {{request, verdict}}, {}, {}), *route.verifier);
    return;
  }
  if (!verdict.allowed) {
    warn(call, *route.verifier, verdict, {});
  }
  let_through(call, *route.verifier, entry_errno);
}

/// Inlined into its only caller: each call would pay for a frame of its own.
[[gnu::always_inline]] inline void decide(seam::Call &call, Context &of, const Route &route, int entry_errno) {
  const Visitor visitor(*route.verifier);
  if (!visitor) {
    make_real(call, entry_errno); // the test ended just now
    return;
  }
  switch (route.rule) {
  case Rule::sandbox:
  case Rule::activation:
    serve(call, of, route, entry_errno);
    return;
  case Rule::pass:
    let_through(call, *route.verifier, entry_errno);
    return;
  case Rule::warn:
  case Rule::guarded:
    guard(call, of, route, entry_errno);
    return;
  case Rule::late:
  case Rule::ambiguous:
  case Rule::inactive:
    refuse(call, uncovered(call, route, {}), *route.verifier);
    return;
  }
}

/// A mock or a session that the test made of the seam itself goes before what the plugin does.
enum class Testing : unsigned char { nothing, mock, script };

Testing what_tests_say(VerifierState &verifier, const seam::Slot &slot) {
  const Visitor visitor(verifier);
  MockedSlot *book = visitor ? verifier.find_book(slot) : nullptr;
  if (book == nullptr) {
    return Testing::nothing;
  }
  const std::lock_guard<Lock> lock(book->mutex);
  return book->is_mocked ? Testing::mock : book->is_scripted ? Testing::script : Testing::nothing;
}

/// \return whether the call was one of a session. If not, the plugin has it.
[[gnu::cold, gnu::noinline]] bool is_of_session(seam::Call &call, Context &of, int entry_errno) {
  const Route route = route_of(of, call.slot);
  const Visitor visitor(*route.verifier);
  return visitor && route.rule == Rule::sandbox &&
         route.verifier->sessions.load(std::memory_order_acquire) != nullptr &&
         serve_in_session(call, of, route, entry_errno);
}

void dispatch_freely(seam::Call &call) {
  const int entry_errno = errno;
  Context &of = context();
  if (of.answering != nullptr && made_by_what_runs(of, call)) {
    return;
  }
  const auto *handler = static_cast<const Handling *>(call.slot.handler.load(std::memory_order_acquire));
  if (Registry::starting()) {
    Registry::instance().called_while_starting(call.slot);
    if (handler == nullptr) {
      make_real(call, entry_errno);
      return;
    }
  }
  if (handler != nullptr) {
    VerifierState &verifier =
        of.sandbox != nullptr ? *of.sandbox->verifier.load(std::memory_order_acquire) : Process::instance().current(of);
    const Testing said = what_tests_say(verifier, call.slot);
    if (said == Testing::script && is_of_session(call, of, entry_errno)) {
      return;
    }
    if (said != Testing::mock) {
      if (report::is_on()) {
        report::note_call(call, verifier, report::Went::handed_over);
      }
      if (!run_handlers(*handler, call, of, entry_errno)) {
        make_real(call, entry_errno); // it is nobody's
      }
      return;
    }
  }
  decide(call, of, route_of(of, call.slot), entry_errno);
}

/// Whose test the call belongs to, as far as that can be told when deciding on it has failed.
VerifierState &verifier_of(const Context &of) noexcept {
  if (of.sandbox != nullptr) {
    return *of.sandbox->verifier.load(std::memory_order_acquire);
  }
  const SandboxState *only = of.verifier == nullptr && of.inherited == nullptr ? Process::instance().only() : nullptr;
  return only != nullptr ? *only->verifier.load(std::memory_order_acquire) : Process::instance().current(of);
}

/// Decides on the call, and sees to it that the runtime's own failures refuse it like all that is refused: nothing was
/// recorded and no answer spent, and the test fails. What the user's code throws goes through.
void dispatch_call(seam::Call &call) {
  try {
    dispatch_freely(call);
  } catch (const std::bad_alloc &) {
    if (call.answered) {
      throw;
    }
    refuse_out_of_memory(call, verifier_of(context()));
  } catch (const NotCopied &thrown) {
    refuse(call, not_copied(call, thrown, "it cannot be recorded, so it is refused"), verifier_of(context()));
  } catch (const Violation &violation) {
    // Of a seam that the copy of an argument called; and otherwise the call's own, which may be thrown.
    if (call.answered || may_throw(call)) {
      throw;
    }
    refuse_again(call, violation);
  }
}

} // namespace

} // namespace tripwire::runtime

namespace tripwire::seam {

void dispatch(Call &call) {
  runtime::Latched *left = nullptr;
  try {
    runtime::dispatch_call(call);
    return;
  } catch (const runtime::Leaving &leaving) {
    left = leaving.latched;
  }
  runtime::leave(*left);
}

void admit(Call &call) { runtime::dispatch_call(call); }

void must_not_return(const Slot &slot, const void *site) noexcept {
  const std::string name(slot.facts.name);
  const std::string where = call_site(site).text();
  std::fprintf(stderr, "tripwire: %s does not return, and was answered as if it did\n  at %s\n  answer it with %s\n",
               name.c_str(), where.c_str(),
               runtime::speaks_c() ? "a function that jumps out, by tripwire_calls(...)" : "raises(...)");
  std::fflush(stderr);
  std::abort();
}

} // namespace tripwire::seam
