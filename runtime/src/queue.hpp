// what a test said a seam answers --> queues of answers, found by the arguments of a call
#ifndef TRIPWIRE_SRC_QUEUE_HPP
#define TRIPWIRE_SRC_QUEUE_HPP

#include "answer.hpp"
#include "firewall/rule_stack.hpp"
#include "hash.hpp"
#include "key_table.hpp"
#include "lock.hpp"
#include "shape.hpp"

#include "tripwire/matcher.hpp"
#include "tripwire/mock.hpp"
#include "tripwire/place.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <forward_list>
#include <memory>
#include <string_view>
#include <vector>

namespace tripwire::runtime {

struct VerifierState;

/// How much of its conditions a queue that was found by a key still has to ask.
enum class Proof : unsigned char {
  none,   ///< all of them
  key,    ///< nothing: they compare one value, which is the key
  second, ///< the second of the two values that they compare; with it the key tells the first
};

/// Answers in order, for the calls that meet the conditions. What a call looks at to be answered with bits is 64 bytes
/// in front, the beginning of the first answer included: of one queue among very many it fetches one cache line.
struct Queue {
  Answer *current = nullptr; ///< the first answer that is not exhausted; null when nobody knows, or there is none
  Queue *behind = nullptr;   ///< the next of its bucket
  std::uint32_t order = 0;
  Proof proof = Proof::none;
  bool listed = false; ///< calls can find it
  Answer first;        ///< of `answers`, when there are any

  std::uint64_t second = 0; ///< for `Proof::second`
  MockedSlot *mocked = nullptr;
  std::vector<Answer *> answers;
  std::forward_list<Answer> others; ///< all but the first, with those replaced: calls being answered may have them
  std::size_t head = 0;             ///< those in front of it are exhausted
  std::vector<Matcher> conditions;
  bool conditional = false;
  bool required = true;
  bool is_step = false;       ///< of a session, which finds it
  const void *site = nullptr; ///< where `when` was called, and
  Place place;                ///< where it stands, when that is known
  std::shared_ptr<void> face;

  bool exhausted() noexcept { return (current == nullptr || current->exhausted()) && !advance(); }
  /// One of its answers is not spent after all.
  void look_again() noexcept {
    head = 0;
    current = nullptr;
  }
  /// The next answer; only while the queue is not exhausted.
  Answer &next() noexcept { return *current; }
  /// A further answer, which says nothing yet.
  Answer &add();
  /// The newest answer once more, in its place: calls have the one that was there.
  Answer &replace_newest();

private:
  /// \return whether there is a next answer.
  bool advance() noexcept;
};

/// The values that a group of queues compares exactly, of a call or of a queue.
struct Key {
  std::uint64_t hash = 0;   ///< the value itself when it is only one
  std::uint64_t second = 0; ///< of two values the second; only one value has that and the hash
  unsigned count = 0;

  void add(std::uint64_t value) noexcept {
    if (count == 0) {
      hash = value;
    } else if (count == 1) {
      hash += mix(0, value);
      second = value;
    } else {
      hash = mix(hash, value);
    }
    ++count;
  }
};

/// Queues in the order of their registration, of which those in front that are spent are left out, but for the last.
class Bucket {
public:
  /// The first that serves the call, has an answer left, and was registered before \p best, which may be null; else
  /// \p best. Only while the bucket is not empty; \p key is what it was found by.
  Queue *find(const Key &key, const seam::Call &call, Queue *best);
  void insert(Queue &queue) noexcept;
  bool is_empty() const noexcept { return last_ == nullptr; }

private:
  void drop_spent() noexcept;

  Queue *last_ = nullptr; ///< the first is behind it
};

/// Which of the arguments a group of queues compares exactly, and as what; two bits each.
using Exactness = std::uint64_t;

/// Queues that compare the same arguments exactly: found by the values of those.
struct Group {
  Exactness exactness = 0;
  KeyTable<Bucket> queues;
};

/// For an object that lives in memory of an arena.
struct DestroyOnly {
  template <class T> void operator()(T *object) const noexcept { object->~T(); }
};
using PlacedQueue = std::unique_ptr<Queue, DestroyOnly>;

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
  Permit permit;
  Arena arena;
  Queue own;
  std::vector<PlacedQueue> conditional; ///< in the order of registration
  std::vector<Group> groups;
  Bucket unhashed;
  std::deque<Shape> shapes; ///< addresses stay
  const Shape *last_shape = nullptr;
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
  /// A further queue with conditions, for `conditional`.
  PlacedQueue make_queue();
  /// Makes a queue with conditions findable, again after it was spent. Does nothing when it is.
  void list(Queue &queue);
};

/// Throws a `ConfigurationError` when one of the matchers says something of a secret parameter.
void refuse_conditions_on_secrets(const seam::Slot &slot, const Matcher *conditions, std::size_t count);

/// Whether every condition of the queue holds; fewer conditions than arguments leave the variadic ones open.
bool meets(const Queue &queue, const seam::Call &call) noexcept;

} // namespace tripwire::runtime

#endif
