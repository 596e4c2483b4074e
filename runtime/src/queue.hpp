// what a test said a seam answers --> queues of answers, found by the arguments of a call
#ifndef TRIPWIRE_SRC_QUEUE_HPP
#define TRIPWIRE_SRC_QUEUE_HPP

#include "lock.hpp"
#include "shape.hpp"

#include "tripwire/matcher.hpp"
#include "tripwire/mock.hpp"
#include "tripwire/place.hpp"

#include <atomic>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace tripwire::runtime {

struct VerifierState;

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

/// What an answer does. Calls read it without a lock, so it changes no more once a call has it.
struct Reply {
  Ending ending = Ending::open;
  bool once = false; ///< the value can only be moved out
  bool sets_error = false;
  int error = 0;
  std::uint32_t size = 0;
  unsigned char bits[16] = {};
  void (*run)(void *kept, seam::Call &call) = nullptr;
  std::shared_ptr<void> kept; ///< for `bits` those that do not fit above
  std::exception_ptr exception;
  std::vector<Write> writes;
  Place place;

  const void *value() const noexcept { return kept != nullptr ? kept.get() : static_cast<const void *>(bits); }
};

struct Answer : Reply {
  bool always = false;
  bool required = true;
  bool reported = false; ///< a violation has said that it was not used
  std::atomic<bool> used{false};
  std::uint64_t remaining = 1;

  Answer() = default;
  /// The same once more.
  explicit Answer(const Answer &other)
      : Reply(other), always(other.always), required(other.required), reported(other.reported),
        used(other.used.load(std::memory_order_relaxed)), remaining(other.remaining) {}

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

/// Answers in order, for the calls that meet the conditions.
struct Queue {
  MockedSlot *mocked = nullptr;
  std::vector<std::unique_ptr<Answer>> answers;
  std::vector<std::unique_ptr<Answer>> replaced; ///< calls that are being answered may still have them
  std::size_t head = 0;                          ///< the first that is not exhausted
  std::vector<Matcher> conditions;
  bool conditional = false;
  bool required = true;
  bool listed = false;  ///< calls can find it
  bool is_step = false; ///< of a session, which finds it
  std::uint64_t order = 0;
  const void *site = nullptr; ///< where `when` was called, and
  Place place;                ///< where it stands, when that is known
  std::shared_ptr<void> face;

  bool exhausted() noexcept {
    while (head < answers.size() && answers[head]->exhausted()) {
      ++head;
    }
    return head == answers.size();
  }
  /// One of its answers is not spent after all.
  void look_again() noexcept { head = 0; }
  /// The next answer; only while the queue is not exhausted.
  Answer &next() noexcept { return *answers[head]; }
};

/// Which of the arguments a group of queues compares exactly, and as what; two bits each.
using Exactness = std::uint64_t;

/// Queues in the order of their registration, of which those in front that are spent are left out.
class Bucket {
public:
  Queue *const *begin() const noexcept { return queues_.data() + head_; }
  Queue *const *end() const noexcept { return queues_.data() + queues_.size(); }

  /// The first that serves the call, has an answer left, and was registered before \p best, which may be null; else
  /// \p best.
  Queue *find(const seam::Call &call, Queue *best);
  void insert(Queue &queue);
  bool is_empty() const noexcept { return begin() == end(); }

private:
  /// Leaves out what is spent in front: many of one key stay cheap.
  void leave_spent() noexcept {
    if (head_ < queues_.size() && queues_[head_]->exhausted()) {
      drop_spent();
    }
  }
  void drop_spent() noexcept;

  std::vector<Queue *> queues_;
  std::size_t head_ = 0;
};

/// Queues that compare the same arguments exactly: found by the hash of those.
struct Group {
  Exactness exactness = 0;
  std::unordered_map<std::uint64_t, Bucket> queues;
};

/// What one verifier keeps about one slot: its mock, if it has one, and the memory of its recorded calls.
struct MockedSlot {
  MockedSlot(seam::Slot &its_slot, VerifierState &its_verifier) : slot(its_slot), verifier(its_verifier) {
    own.mocked = this;
  }

  seam::Slot &slot;
  VerifierState &verifier;
  Lock mutex; ///< guards everything below
  bool is_mocked = false;
  bool is_spy = false;
  bool is_scripted = false; ///< sessions have steps of it
  int activations = 0;
  Place place;
  Queue own;
  std::vector<std::unique_ptr<Queue>> conditional; ///< in the order of registration
  std::vector<Group> groups;
  Bucket unhashed;
  std::deque<Shape> shapes; ///< addresses stay
  const Shape *last_shape = nullptr;
  Arena arena;
  std::shared_ptr<void> face;
  std::string_view signature;

  const Shape &shape_for(const seam::Call &call) {
    return last_shape != nullptr && last_shape->types == call.types ? *last_shape : find_shape(call);
  }
  const Shape &find_shape(const seam::Call &call);
  /// The queue that serves the call and has an answer left; null when there is none. The first registered wins among
  /// those with conditions.
  Queue *find(const seam::Call &call) {
    Queue *found = conditional.empty() ? nullptr : find_conditional(call);
    return found != nullptr ? found : (own.exhausted() ? nullptr : &own);
  }
  Queue *find_conditional(const seam::Call &call);
  /// Makes a queue with conditions findable, again after it was spent. Does nothing when it is.
  void list(Queue &queue);
};

/// Throws a `ConfigurationError` when one of the matchers says something of a secret parameter.
void refuse_conditions_on_secrets(const seam::Slot &slot, const Matcher *conditions, std::size_t count);

/// Whether every condition of the queue holds; fewer conditions than arguments leave the variadic ones open.
bool meets(const Queue &queue, const seam::Call &call) noexcept;

} // namespace tripwire::runtime

#endif
