// a violation, from being written down to being reported
#ifndef TRIPWIRE_SRC_LATCHED_HPP
#define TRIPWIRE_SRC_LATCHED_HPP

#include "tripwire/violation.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace tripwire::runtime {

struct VerifierState;

/// What became of a violation after it was written down.
enum class Fate : unsigned char {
  thrown,   ///< on its way up
  answered, ///< nothing could be thrown: the failure value was returned
  noted,    ///< written down only
  escaped,  ///< it left the test's body and the framework caught it
  swallowed ///< a handler ended without passing it on
};

struct Latched {
  Facts facts;
  std::atomic<Fate> fate{Fate::thrown};
  std::string_view answer;           ///< what was returned instead of throwing; static storage
  bool is_second = false;            ///< it was not thrown because another exception was on its way
  std::atomic<int> exceptions{0};    ///< exception objects that are alive
  std::atomic<int> handler_depth{0}; ///< addresses filled in
  const void *handler[16] = {};      ///< who ended the last exception object, innermost first
  const void *thread = nullptr;      ///< of the throw
  const void *site = nullptr;        ///< of the call, where there was no memory to look it up
  std::uint64_t further = 0;         ///< violations of the kind that found no memory for a record of their own
  bool reported = false;             ///< guarded by the verifier
  bool taken = false;                ///< by a test that expects it; guarded by the verifier
};

/// Writes a violation down in \p verifier (the current one when null). Without memory for a record of its own, the
/// verifier's spare one takes it, or counts it.
std::shared_ptr<Latched> latch(Facts facts, VerifierState *verifier);

/// The same where there was no memory to say more. \p doing completes "out of memory while ...".
std::shared_ptr<Latched> latch_out_of_memory(VerifierState &verifier, const char *doing, std::string_view seam,
                                             const void *site) noexcept;

/// Throws the exception type of its kind.
[[noreturn]] void throw_latched(const std::shared_ptr<Latched> &latched);

/// What a test asks for cannot be: latches and throws the violation of that kind, `kind: text`.
[[noreturn]] void fail(ViolationKind kind, std::string_view source, std::string text);

/// The record that an exception object shares.
Latched &latched_of(const Violation &violation) noexcept;

/// The whole message, and what became of it.
std::string full_text(const Latched &latched);

/// Who swallowed it, resolved; empty when nobody did or nobody knows.
std::string swallower(const Latched &latched);

/// Sees to it that a violation that nobody catches prints its text before the program ends.
void print_when_terminating() noexcept;

} // namespace tripwire::runtime

#endif
