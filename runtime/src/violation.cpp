// a broken promise --> written down, thrown, and watched until somebody has seen it
#include "tripwire/violation.hpp"

#include "context.hpp"
#include "latched.hpp"
#include "relay.hpp"
#include "verifier_state.hpp"

#include <cxxabi.h>
#include <unwind.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <utility>

namespace tripwire {

namespace {

struct Walk {
  runtime::Latched *latched;
  int depth;
};

_Unwind_Reason_Code note_frame(_Unwind_Context *frame, void *data) {
  auto &walk = *static_cast<Walk *>(data);
  if (walk.depth == static_cast<int>(sizeof walk.latched->handler / sizeof walk.latched->handler[0])) {
    return _URC_END_OF_STACK;
  }
  walk.latched->handler[walk.depth++] = reinterpret_cast<const void *>(_Unwind_GetIP(frame));
  return _URC_NO_REASON;
}

/// The last exception object is going: whoever runs now has handled it.
void note_handler(runtime::Latched &latched) noexcept {
  Walk walk{&latched, 0};
  _Unwind_Backtrace(&note_frame, &walk);
  latched.handler_depth.store(walk.depth, std::memory_order_release);
  runtime::Fate thrown = runtime::Fate::thrown;
  latched.fate.compare_exchange_strong(thrown, runtime::Fate::swallowed);
}

std::terminate_handler previous_handler = nullptr;

[[noreturn]] void say_and_terminate() {
  if (const std::exception_ptr exception = std::current_exception()) {
    try {
      std::rethrow_exception(exception);
    } catch (const Violation &violation) {
      std::fprintf(stderr, "%s\n", violation.what());
      std::fflush(stderr);
      std::abort();
    } catch (...) {
      // Somebody else's exception: theirs to print.
    }
  }
  if (previous_handler != nullptr) {
    previous_handler();
  }
  std::abort();
}

} // namespace

std::string_view name_of(ViolationKind kind) noexcept {
  switch (kind) {
  case ViolationKind::unmocked_interaction:
    return "UnmockedInteractionError";
  case ViolationKind::unasserted_interactions:
    return "UnassertedInteractionsError";
  case ViolationKind::unused_mocks:
    return "UnusedMocksError";
  case ViolationKind::verification:
    return "VerificationError";
  case ViolationKind::assertion_inside_sandbox:
    return "AssertionInsideSandboxError";
  case ViolationKind::interaction_mismatch:
    return "InteractionMismatchError";
  case ViolationKind::missing_assertion_fields:
    return "MissingAssertionFieldsError";
  case ViolationKind::all_wildcard_assertion:
    return "AllWildcardAssertionError";
  case ViolationKind::auto_assert:
    return "AutoAssertError";
  case ViolationKind::conflict:
    return "ConflictError";
  case ViolationKind::post_sandbox_interaction:
    return "PostSandboxInteractionError";
  case ViolationKind::sandbox_not_active:
    return "SandboxNotActiveError";
  case ViolationKind::guarded_call:
    return "GuardedCallError";
  case ViolationKind::invalid_state:
    return "InvalidStateError";
  case ViolationKind::configuration:
    return "ConfigurationError";
  case ViolationKind::unknown_seam:
    return "UnknownSeamError";
  }
  return "Violation";
}

Violation::Violation(std::shared_ptr<runtime::Latched> latched) noexcept : latched_(std::move(latched)) {
  latched_->exceptions.fetch_add(1, std::memory_order_relaxed);
}

Violation::Violation(const Violation &other) noexcept : latched_(other.latched_) {
  latched_->exceptions.fetch_add(1, std::memory_order_relaxed);
}

Violation &Violation::operator=(const Violation &other) noexcept {
  Violation copied(other);
  std::swap(latched_, copied.latched_);
  return *this;
}

Violation::~Violation() {
  if (latched_->exceptions.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    note_handler(*latched_);
  }
}

const char *Violation::what() const noexcept { return latched_->facts.text.c_str(); }

const Facts &Violation::facts() const noexcept { return latched_->facts; }

void raise(Facts facts) { runtime::throw_latched(runtime::latch(std::move(facts), nullptr)); }

namespace runtime {

void fail(ViolationKind kind, std::string_view source, std::string text) {
  Facts facts;
  facts.kind = kind;
  facts.source = source;
  facts.text = std::string(name_of(kind)) + ": " + std::move(text);
  raise(std::move(facts));
}

void print_when_terminating() noexcept {
  static const bool installed = [] {
    previous_handler = std::set_terminate(&say_and_terminate);
    return true;
  }();
  (void)installed;
}

namespace {

/// The spare record, listed; once more when it is listed already. The lock of the notes is held.
std::shared_ptr<Latched> take_spare(VerifierState &verifier) noexcept {
  if (verifier.spare_is_used) {
    ++verifier.spare->further;
    verifier.spare->reported = false;
    verifier.spare->taken = false;
  } else {
    verifier.spare_is_used = true;
    verifier.latched.push_back(verifier.spare); // there is room for it
  }
  return verifier.spare;
}

} // namespace

std::shared_ptr<Latched> latch(Facts facts, VerifierState *verifier) {
  VerifierState &wanted = verifier != nullptr ? *verifier : Process::instance().current(context());
  const Visitor visitor(wanted);
  VerifierState &into = visitor ? wanted : Process::instance().whole_program();
  if (is_forked_child.load(std::memory_order_relaxed)) {
    relay(facts, &wanted);
  }
  const std::lock_guard<std::mutex> lock(into.notes_mutex);
  std::shared_ptr<Latched> latched;
  try {
    if (into.latched.capacity() - into.latched.size() < 2) {
      into.latched.reserve(2 * into.latched.capacity());
    }
    latched = std::make_shared<Latched>();
  } catch (const std::bad_alloc &) {
    if (!into.spare_is_used) {
      into.spare->facts = std::move(facts);
    }
    return take_spare(into);
  }
  latched->facts = std::move(facts);
  into.latched.push_back(latched);
  return latched;
}

std::shared_ptr<Latched> latch_out_of_memory(VerifierState &verifier, const char *doing, std::string_view seam,
                                             const void *site) noexcept {
  const Visitor visitor(verifier);
  VerifierState &into = visitor ? verifier : Process::instance().whole_program();
  const std::lock_guard<std::mutex> lock(into.notes_mutex);
  if (!into.spare_is_used) {
    char text[VerifierState::room_for_spare_text];
    const int length = std::snprintf(text, sizeof text,
                                     "VerificationError: out of memory while %s %.*s\n  what this test recorded is not "
                                     "complete: let it make fewer calls, or give it more memory",
                                     doing, static_cast<int>(seam.size() < 200 ? seam.size() : 200), seam.data());
    into.spare->facts.kind = ViolationKind::verification;
    into.spare->facts.text.assign(text, static_cast<std::size_t>(length)); // there is room for it
    into.spare->site = site;
  }
  if (is_forked_child.load(std::memory_order_relaxed)) {
    relay(into.spare->facts, &verifier);
  }
  return take_spare(into);
}

void throw_latched(const std::shared_ptr<Latched> &latched) {
  print_when_terminating();
  switch (latched->facts.kind) {
  case ViolationKind::unmocked_interaction:
    throw UnmockedInteractionError(latched);
  case ViolationKind::unasserted_interactions:
    throw UnassertedInteractionsError(latched);
  case ViolationKind::unused_mocks:
    throw UnusedMocksError(latched);
  case ViolationKind::verification:
    throw VerificationError(latched);
  case ViolationKind::assertion_inside_sandbox:
    throw AssertionInsideSandboxError(latched);
  case ViolationKind::interaction_mismatch:
    throw InteractionMismatchError(latched);
  case ViolationKind::missing_assertion_fields:
    throw MissingAssertionFieldsError(latched);
  case ViolationKind::all_wildcard_assertion:
    throw AllWildcardAssertionError(latched);
  case ViolationKind::auto_assert:
    throw AutoAssertError(latched);
  case ViolationKind::conflict:
    throw ConflictError(latched);
  case ViolationKind::post_sandbox_interaction:
    throw PostSandboxInteractionError(latched);
  case ViolationKind::sandbox_not_active:
    throw SandboxNotActiveError(latched);
  case ViolationKind::guarded_call:
    throw GuardedCallError(latched);
  case ViolationKind::invalid_state:
    throw InvalidStateError(latched);
  case ViolationKind::configuration:
    throw ConfigurationError(latched);
  case ViolationKind::unknown_seam:
    throw UnknownSeamError(latched);
  }
  std::abort();
}

Latched &latched_of(const Violation &violation) noexcept { return *violation.latched_; }

std::string swallower(const Latched &latched) {
  const int depth = latched.handler_depth.load(std::memory_order_acquire);
  for (int index = 0; index < depth; ++index) {
    const CallSite site = call_site(latched.handler[index]);
    const bool ours = site.function.compare(0, 10, "tripwire::") == 0 || site.function.find("_Unwind_") == 0;
    const bool language = site.function.compare(0, 6, "__cxa_") == 0 || site.function.compare(0, 5, "__gxx") == 0 ||
                          site.function.compare(0, 5, "std::") == 0 ||
                          site.function.compare(0, 13, "__gnu_cxx::__") == 0 ||
                          (site.file.empty() && site.object.compare(0, 9, "libstdc++") == 0);
    if (!ours && !language && !site.function.empty()) {
      return site.text();
    }
  }
  return {};
}

std::string full_text(const Latched &latched) {
  std::string text = latched.facts.text;
  if (latched.site != nullptr) {
    text += "\n  at " + call_site(latched.site).text();
  }
  if (latched.further > 0) {
    text += "\n  and " + std::to_string(latched.further) + " more, of which there was no memory to say anything";
  }
  switch (latched.fate.load(std::memory_order_acquire)) {
  case Fate::answered:
    text +=
        "\n  not thrown, since " +
        std::string(latched.is_second ? "another exception was on its way" : "this call site lets nothing be thrown") +
        ": it was answered instead (" + std::string(latched.answer) + ")";
    break;
  case Fate::swallowed: {
    const std::string by = swallower(latched);
    text += "\n  swallowed by " + (by.empty() ? std::string("an unknown handler") : by);
    break;
  }
  case Fate::thrown:
  case Fate::noted:
  case Fate::escaped:
    break;
  }
  return text;
}

} // namespace runtime

} // namespace tripwire
