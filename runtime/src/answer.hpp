// what a test said one call gets --> how that call ends
#ifndef TRIPWIRE_SRC_ANSWER_HPP
#define TRIPWIRE_SRC_ANSWER_HPP

#include "tripwire/place.hpp"
#include "tripwire/seam/call.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
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

/// What of an answer most calls do not look at.
struct AnswerRest {
  int error = 0;
  void (*run)(void *kept, seam::Call &call) = nullptr;
  std::shared_ptr<void> kept; ///< for `bits` those that do not fit into the answer
  std::exception_ptr exception;
  std::vector<Write> writes;
  Place place;
};

/// One answer of a queue: how often it serves, and what it does. The former is guarded by the mutex of its book. The
/// latter calls read without a lock, so it changes no more once a call has it. Half a cache line, of which a queue's
/// first answer is the second half (see `Queue`).
struct Answer {
  std::uint64_t remaining = 1;
  std::atomic<bool> used{false};
  bool always = false;
  bool required = true;
  bool reported = false; ///< a violation has said that it was not used

  Ending ending = Ending::open;
  bool once = false; ///< the value can only be moved out
  bool sets_error = false;
  bool has_writes = false;
  std::uint32_t size = 0; ///< of the bits
  const bool is_first;    ///< it stands in its queue; else it is a `WholeAnswer`
  alignas(std::uint64_t) unsigned char bits[8] = {};

  Answer(const Answer &) = delete;
  Answer &operator=(const Answer &) = delete;

  inline AnswerRest &rest() noexcept;
  const AnswerRest &rest() const noexcept { return const_cast<Answer *>(this)->rest(); }

  const void *value() const noexcept {
    return size > sizeof bits ? rest().kept.get() : static_cast<const void *>(bits);
  }
  /// Whether there is nothing to do but to copy bits.
  bool is_bits_alone() const noexcept { return ending == Ending::bits && !sets_error && !has_writes; }
  void add(Write write) {
    rest().writes.push_back(std::move(write));
    has_writes = true;
  }

  bool exhausted() const noexcept { return !always && remaining == 0; }
  /// One use of it is spent.
  void spend() noexcept {
    used.store(true, std::memory_order_relaxed);
    if (!always) {
      --remaining;
    }
  }
  /// A use that was spent was none.
  void give_back(bool was_used_before) noexcept {
    used.store(was_used_before, std::memory_order_relaxed);
    if (!always) {
      ++remaining;
    }
  }

private:
  friend struct Queue;
  friend struct WholeAnswer;
  explicit Answer(bool stands_in_its_queue) noexcept : is_first(stands_in_its_queue) {}
  ~Answer() = default;
};
static_assert(sizeof(Answer) == 32);

/// An answer behind the first of its queue.
struct WholeAnswer : Answer {
  WholeAnswer() noexcept : Answer(false) {}
  /// \p other once more.
  explicit WholeAnswer(const Answer &other) : Answer(false), own(other.rest()) {
    remaining = other.remaining;
    used.store(other.used.load(std::memory_order_relaxed), std::memory_order_relaxed);
    always = other.always;
    required = other.required;
    reported = other.reported;
    ending = other.ending;
    once = other.once;
    sets_error = other.sets_error;
    has_writes = other.has_writes;
    size = other.size;
    std::memcpy(bits, other.bits, sizeof bits);
  }

  AnswerRest own;
};

} // namespace tripwire::runtime

#endif
