// what a test said one call gets --> how that call ends
#ifndef TRIPWIRE_SRC_ANSWER_HPP
#define TRIPWIRE_SRC_ANSWER_HPP

#include "tripwire/place.hpp"
#include "tripwire/seam/call.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tripwire::runtime {

/// What an answer writes through a parameter.
struct Write {
  std::size_t index = 0;
  void (*write)(const void *kept, void *target) = nullptr; ///< null: `characters` are copied
  std::shared_ptr<const void> kept;
  std::string characters;
};

/// How an answer ends the call.
enum class Ending : unsigned char {
  open,      ///< nothing said but what to write: enough where nothing is returned
  bits,      ///< the result is a copy of bits
  give,      ///< a function constructs the result
  call,      ///< the user's function makes the result
  exception, ///< an exception is thrown
  real,      ///< the real function is called
};

/// How often an answer serves, and whether it has to. Guarded by the mutex of its book.
struct Uses {
  std::uint64_t remaining = 1;
  std::atomic<bool> used{false};
  bool always = false;
  bool required = true;
  bool reported = false; ///< a violation has said that it was not used

  Uses() = default;
  Uses(const Uses &other) noexcept
      : remaining(other.remaining), used(other.used.load(std::memory_order_relaxed)), always(other.always),
        required(other.required), reported(other.reported) {}
  Uses &operator=(const Uses &) = delete;
  ~Uses() = default;

  /// A use that was spent was none.
  void give_back(bool was_used_before) noexcept {
    used.store(was_used_before, std::memory_order_relaxed);
    if (!always) {
      ++remaining;
    }
  }
  /// One use of it is spent.
  void spend() noexcept {
    used.store(true, std::memory_order_relaxed);
    if (!always) {
      --remaining;
    }
  }
  bool exhausted() const noexcept { return !always && remaining == 0; }
};

/// What an answer does. Calls read it without a lock, so it changes no more once a call has it.
struct Reply {
  Ending ending = Ending::open;
  bool once = false; ///< the value can only be moved out
  bool sets_error = false;
  bool has_writes = false;
  std::uint32_t size = 0; ///< of the bits
  unsigned char bits[16] = {};
  // What lies behind this, most calls do not look at.
  int error = 0;
  void (*run)(void *kept, seam::Call &call) = nullptr;
  std::shared_ptr<void> kept; ///< for `bits` those that do not fit above
  std::exception_ptr exception;
  std::vector<Write> writes;
  Place place;

  const void *value() const noexcept { return size > sizeof bits ? kept.get() : static_cast<const void *>(bits); }
  /// Whether there is nothing to do but to copy bits.
  bool is_bits_alone() const noexcept { return ending == Ending::bits && !sets_error && !has_writes; }
  void add(Write write) {
    writes.push_back(std::move(write));
    has_writes = true;
  }
};

/// One answer of a queue. What most calls look at stands in front (see `Queue`).
struct Answer : Uses, Reply {
  Answer() = default;
  /// The same once more.
  explicit Answer(const Answer &other) = default;
  Answer &operator=(const Answer &) = delete;
  ~Answer() = default;
};

} // namespace tripwire::runtime

#endif
