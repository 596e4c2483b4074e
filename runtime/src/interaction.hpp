// one recorded call
#ifndef TRIPWIRE_SRC_INTERACTION_HPP
#define TRIPWIRE_SRC_INTERACTION_HPP

#include "tripwire/plugin.hpp"
#include "tripwire/seam/slot.hpp"
#include "tripwire/value.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tripwire::runtime {

struct Book;
struct Interaction;
struct Shape;
struct VerifierState;

/// What is true of an interaction; bits of `Interaction::state`.
enum State : std::uint32_t {
  published = 1, ///< all but the outcome can be read
  finished = 2,  ///< the outcome can be read too
  asserted = 4,
  enforced = 8,         ///< must be asserted
  allowed = 16,         ///< made for real by an allow rule
  real = 32,            ///< the real function was called: the outcome is a required field
  has_result = 64,      ///< the block holds a result
  has_raised = 128,     ///< the call ended by an exception, which `Raised` describes
  answered_errno = 256, ///< the answer set errno: `Outcome::error` holds it
  reported = 512        ///< a violation has said that nobody asserted it
};

/// How a call ended, when it did not just return.
struct Outcome {
  std::exception_ptr raised;
  std::string raised_text; ///< `std::runtime_error("bad text")`
  std::string raised_what;
  int error = 0;
};

/// An interaction that a plugin described.
struct PluginEntry {
  plugin::Plugin *plugin = nullptr;
  std::mutex mutex; ///< guards the fields, which grow after the answer was delivered
  plugin::Description description;
  const VerifierState *verifier = nullptr;  ///< whose it is
  const Interaction *interaction = nullptr; ///< recorded in a forked child: the one to tell the parent of, and
  std::uint32_t recorder = 0;               ///< that child
};

/// One entry of the timeline. Its index there is its sequence number.
struct Interaction {
  std::atomic<std::uint32_t> state{0};
  std::uint32_t thread = 0;
  std::uint32_t sandbox = 0;
  std::uint32_t sequence = 0;
  const seam::Slot *slot = nullptr; ///< null for a plugin's interaction
  const void *site = nullptr;
  const Shape *shape = nullptr;   ///< of the block
  unsigned char *block = nullptr; ///< the arguments, the result behind them
  union {
    Outcome *outcome = nullptr;
    PluginEntry *plugin;
  };

  bool is(State bit) const noexcept { return (state.load(std::memory_order_acquire) & bit) != 0; }
  void add(std::uint32_t bits) noexcept { state.fetch_or(bits, std::memory_order_acq_rel); }
  void remove(std::uint32_t bits) noexcept { state.fetch_and(~bits, std::memory_order_acq_rel); }
};

/// A field of an interaction, whatever recorded it.
struct FieldView {
  std::string name;
  Value value;
  AnyValue owned; ///< keeps a plugin's value alive
  bool required = true;
  bool secret = false;
  bool argument = false; ///< one of the call's arguments, as against how it ended
};

/// All fields in order: arguments, then `returned` or `raised`, for plugins as described.
std::vector<FieldView> fields_of(const Interaction &interaction);

/// `acme_charge`, `http`.
std::string source_of(const Interaction &interaction);

} // namespace tripwire::runtime

#endif
