// what a test said a seam answers --> queues of answers, found by the arguments of a call
#ifndef TRIPWIRE_SRC_QUEUE_HPP
#define TRIPWIRE_SRC_QUEUE_HPP

#include "answer.hpp"
#include "arena.hpp"
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
struct MockedSlot;
struct QueueRest;

/// How much of its conditions a queue that was found by a key still has to ask.
enum class Proof : unsigned char {
  none,   ///< all of them
  key,    ///< nothing: they compare one value, which is the key
  second, ///< the second of the two values that they compare; with it the key tells the first
};

/// Answers in order, for the calls that meet the conditions. What a call looks at to be answered with a few bits is one
/// cache line, which it fetches of one queue among very many.
struct alignas(64) Queue {
  Queue *behind = nullptr;   ///< the next of its bucket
  Answer *current = nullptr; ///< the first answer that is not exhausted; null when nobody knows, or there is none
  std::uint64_t key = 0;     ///< in a group: what it is found by
  std::uint32_t order = 0;
  Proof proof = Proof::none;
  bool listed = false; ///< calls can find it
  const bool is_whole; ///< it is a `WholeQueue`; else it stands on a shelf
  Answer first{true};  ///< of the answers, when there are any

  Queue(const Queue &) = delete;
  Queue &operator=(const Queue &) = delete;

  inline QueueRest &rest() noexcept;
  const QueueRest &rest() const noexcept { return const_cast<Queue *>(this)->rest(); }

  bool exhausted() noexcept { return (current == nullptr || current->exhausted()) && !advance(); }
  /// One of its answers is not spent after all.
  inline void look_again() noexcept;
  /// The next answer; only while the queue is not exhausted.
  Answer &next() noexcept { return *current; }
  /// A further answer, which says nothing yet.
  Answer &add();
  /// The newest answer once more, in its place: calls have the one that was there.
  Answer &replace_newest();

private:
  friend class Shelf;
  friend struct WholeQueue;
  explicit Queue(bool is_a_whole_one) noexcept : is_whole(is_a_whole_one) {}
  ~Queue() = default;
  /// \return whether there is a next answer.
  bool advance() noexcept;
};
static_assert(sizeof(Queue) == 64);

/// What of a queue most calls do not look at.
struct QueueRest {
  AnswerRest first;
  std::uint64_t second = 0; ///< for `Proof::second`
  MockedSlot *mocked = nullptr;
  std::vector<Answer *> answers;
  std::forward_list<WholeAnswer> others; ///< all but the first, with those replaced: calls being answered may have them
  std::size_t head = 0;                  ///< those in front of it are exhausted
  std::vector<Matcher> conditions;
  std::uint32_t index = 0; ///< on its shelf
  bool conditional = false;
  bool required = true;
  bool is_step = false;       ///< of a session, which finds it
  const void *site = nullptr; ///< where `when` was called, and
  Place place;                ///< where it stands, when that is known
  std::shared_ptr<void> face;
};

/// A queue that is not one of very many.
struct WholeQueue : Queue {
  WholeQueue() noexcept : Queue(true) {}
  QueueRest own;
};

/// Queues side by side, and what belongs to each of them elsewhere, in memory of an arena. An index says which: never
/// zero. Not thread-safe.
class Shelf {
public:
  /// A further queue. Throws `std::bad_alloc`, and has changed nothing then.
  Queue &make(Arena &arena);
  /// Destroys what \c make made.
  static void destroy(Queue &queue) noexcept;
  Queue &operator[](std::uint32_t index) const noexcept { return boards_[index / places]->queues[index % places]; }
  static QueueRest &rest_of(Queue &queue) noexcept {
    auto *board = reinterpret_cast<Board *>(reinterpret_cast<std::uintptr_t>(&queue) & ~(sizeof(Board) - 1));
    return board->head.rests[&queue - board->queues];
  }

private:
  static constexpr std::uint32_t places = 64;
  /// As large as it is aligned, so that each queue on it knows where it begins. The first place has no queue.
  union Board {
    struct Head {
      QueueRest *rests; ///< by place
    } head;
    Queue queues[places];
  };

  std::vector<Board *> boards_;
  std::uint32_t next_ = 0; ///< index of the next queue; a multiple of `places` when there is no room
};

inline QueueRest &Queue::rest() noexcept {
  return is_whole ? static_cast<WholeQueue *>(this)->own : Shelf::rest_of(*this);
}

inline AnswerRest &Answer::rest() noexcept {
  constexpr std::uintptr_t within = alignof(Queue) - 1;
  return is_first ? reinterpret_cast<Queue *>(reinterpret_cast<std::uintptr_t>(this) & ~within)->rest().first
                  : static_cast<WholeAnswer *>(this)->own;
}

inline void Queue::look_again() noexcept {
  rest().head = 0;
  current = nullptr;
}

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

/// Queues in the order of their registration, in a ring that is known by its last. Of those in front that are spent all
/// are left out, but for the last.
class Bucket {
public:
  /// \p last null: without a queue.
  explicit Bucket(Queue *last) noexcept : last_(last) {}

  /// The first that serves the call, has an answer left, and was registered before \p best, which may be null; else
  /// \p best. Only while the bucket is not empty; \p key is what it was found by.
  Queue *find(const Key &key, const seam::Call &call, Queue *best) const;
  void insert(Queue &queue) noexcept;
  Queue *last() const noexcept { return last_; }

private:
  void drop_spent() const noexcept;

  Queue *last_;
};

/// Which of the arguments a group of queues compares exactly, and as what; two bits each.
using Exactness = std::uint64_t;

/// Queues that compare the same arguments exactly: found by the values of those.
struct Group {
  Exactness exactness = 0;
  KeyTable queues; ///< the last of each bucket
};

/// What a call gets: bits that stand, or the next answer of a queue, or nothing.
struct Choice {
  const Standing *standing = nullptr;
  Queue *queue = nullptr;
  KeyTable::Entry *entry = nullptr; ///< where the queue was looked for last; null: by no key
};

struct DestroyOnShelf {
  void operator()(Queue *queue) const noexcept { Shelf::destroy(*queue); }
};
using PlacedQueue = std::unique_ptr<Queue, DestroyOnShelf>;

/// What one verifier keeps about one slot: its mock, if it has one, and the memory of its recorded calls.
struct MockedSlot {
  MockedSlot(seam::Slot &its_slot, VerifierState &its_verifier) : slot(its_slot), verifier(its_verifier) {
    own.rest().mocked = this;
  }

  seam::Slot &slot;
  VerifierState &verifier;
  Lock mutex;                ///< guards everything below
  std::uint32_t changes = 1; ///< counts what the test says of the mock; never zero
  bool is_mocked = false;
  bool is_spy = false;
  bool is_scripted = false; ///< sessions have steps of it
  int activations = 0;
  Place place;
  Permit permit;
  Arena arena;
  WholeQueue own;
  Shelf shelf;
  std::vector<PlacedQueue> conditional; ///< in the order of registration
  std::vector<Group> groups;
  Queue *unhashed = nullptr; ///< the last of those that no group has
  std::deque<Shape> shapes;  ///< addresses stay
  const Shape *last_shape = nullptr;
  std::shared_ptr<void> face;
  std::string_view signature;

  const Shape &shape_for(const seam::Call &call) {
    return last_shape != nullptr && last_shape->types == call.types ? *last_shape : find_shape(call);
  }
  const Shape &find_shape(const seam::Call &call);
  /// What serves the call and has an answer left. The first registered wins among queues with conditions.
  Choice choose(const seam::Call &call) {
    Choice found = conditional.empty() ? Choice{} : choose_conditional(call);
    if (found.standing == nullptr && found.queue == nullptr && !own.exhausted()) {
      found.queue = &own;
    }
    return found;
  }
  Choice choose_conditional(const seam::Call &call);
  /// The next answer of the chosen queue, bits alone, has been given: from now on it stands for all calls with this
  /// key, if it is what they get as long as nobody changes the mock.
  void let_stand(const Choice &choice) noexcept;
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
