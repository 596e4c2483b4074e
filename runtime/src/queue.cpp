// what a test said a seam answers --> queues of answers, found by the arguments of a call
#include "queue.hpp"

#include "exact.hpp"
#include "hash.hpp"

#include <algorithm>
#include <cstring>

namespace tripwire::runtime {

namespace {

constexpr std::size_t hashable_arguments = 32; ///< two bits of `Exactness` each

Exact exact_at(Exactness exactness, std::size_t index) noexcept {
  return static_cast<Exact>((exactness >> (2 * index)) & 3u);
}

/// Reads those arguments of a call that a group compares. False when one of them is no such value, so that none of the
/// group's queues can match.
bool key_of(const seam::Call &call, Exactness exactness, Key &key) noexcept {
  while (exactness != 0) {
    const auto index = static_cast<std::size_t>(__builtin_ctzll(exactness)) / 2;
    const Exact exact = exact_at(exactness, index);
    exactness &= ~(Exactness{3} << (2 * index));
    std::uint64_t one = 0;
    if (index >= call.count || !hash_as(exact, value_at_call(call, index), one)) {
      return false;
    }
    key.add(one);
  }
  return true;
}

/// Which conditions can be compared by a key, which is \p key then; zero when none can.
Exactness exactness_of(const Queue &queue, Key &key) noexcept {
  Exactness exactness = 0;
  const std::vector<Matcher> &conditions = queue.rest().conditions;
  for (std::size_t index = 0; index < conditions.size() && index < hashable_arguments; ++index) {
    std::uint64_t one = 0;
    const Exact exact = conditions[index].exact(one);
    if (exact != Exact::no) {
      exactness |= static_cast<Exactness>(exact) << (2 * index);
      key.add(one);
    }
  }
  return exactness;
}

/// Whether the values of the key are all that the queue's conditions compare.
Proof proof_of(const Queue &queue, const Key &key) noexcept {
  const QueueRest &rest = queue.rest();
  if (rest.conditions.size() > rest.mocked->slot.facts.parameters.size() || key.count > 2) {
    return Proof::none;
  }
  unsigned compared = 0;
  for (const Matcher &condition : rest.conditions) {
    std::uint64_t value = 0;
    const Exact exact = condition.exact(value);
    // What is kept of text is not all of it. And of two numbers whose highest bit is set, one may be negative.
    compared += exact == Exact::pointer || (exact == Exact::number && value >> 63 == 0) ? 1u : 0u;
    if (!condition.is_wildcard() && exact == Exact::no) {
      return Proof::none;
    }
  }
  return compared != key.count ? Proof::none : compared == 1 ? Proof::key : Proof::second;
}

} // namespace

bool meets(const Queue &queue, const seam::Call &call) noexcept {
  const std::vector<Matcher> &conditions = queue.rest().conditions;
  const std::size_t fixed = call.slot.facts.parameters.size();
  if (conditions.size() != call.count && (conditions.size() > call.count || conditions.size() > fixed)) {
    return false;
  }
  for (std::size_t index = 0; index < conditions.size(); ++index) {
    if (conditions[index].is_wildcard()) {
      continue;
    }
    if (!conditions[index].matches(value_at_call(call, index))) {
      return false;
    }
  }
  return true;
}

const Shape &MockedSlot::find_shape(const seam::Call &call) {
  for (const Shape &shape : shapes) {
    if (shape.types == call.types) {
      last_shape = &shape;
      return shape;
    }
  }
  shapes.push_back(shape_of(call));
  last_shape = &shapes.back();
  return shapes.back();
}

Queue &Shelf::make(Arena &arena) {
  if (next_ % places == 0) {
    boards_.reserve(boards_.size() + 1);
    auto *rests = static_cast<QueueRest *>(arena.allocate(places * sizeof(QueueRest), alignof(QueueRest)));
    boards_.push_back(static_cast<Board *>(arena.allocate(sizeof(Board), sizeof(Board))));
    ::new (&boards_.back()->head) Board::Head{rests};
    ++next_;
  }
  Queue *made = ::new (&(*this)[next_]) Queue(false);
  ::new (&rest_of(*made)) QueueRest;
  made->rest().index = next_++;
  return *made;
}

void Shelf::destroy(Queue &queue) noexcept {
  rest_of(queue).~QueueRest();
  queue.~Queue();
}

KeyTable::Entry &KeyTable::make(std::uint64_t key) {
  if (5 * (used_ + 1) > 4 * capacity_) {
    grow();
  }
  Entry &entry = entry_of(key);
  entry.key = key;
  used_ += entry.index == 0 ? 1u : 0u;
  return entry;
}

void KeyTable::grow() {
  const std::size_t old_capacity = capacity_;
  const std::size_t capacity = old_capacity == 0 ? 8 : 2 * old_capacity;
  std::unique_ptr<Entry[]> old(new Entry[capacity]);
  old.swap(entries_);
  capacity_ = capacity;
  for (std::size_t at = 0; at < old_capacity; ++at) {
    if (old[at].index != 0) {
      entry_of(old[at].key) = old[at];
    }
  }
}

Answer &Queue::add() {
  QueueRest &more = rest();
  Answer &made = more.answers.empty() ? first : more.others.emplace_front();
  more.answers.push_back(&made);
  return made;
}

Answer &Queue::replace_newest() {
  Answer *&newest = rest().answers.back();
  Answer &copy = rest().others.emplace_front(*newest);
  current = current == newest ? &copy : current;
  newest = &copy;
  return copy;
}

[[gnu::noinline]] bool Queue::advance() noexcept {
  QueueRest &more = rest();
  while (more.head < more.answers.size() && more.answers[more.head]->exhausted()) {
    ++more.head;
  }
  current = more.head < more.answers.size() ? more.answers[more.head] : nullptr;
  return current != nullptr;
}

// A call of it would cost more than the budget of a mocked call has left.
[[gnu::always_inline]] inline Queue *Bucket::find(const Key &key, const seam::Call &call, Queue *best) const {
  if (last_->behind != last_ && last_->behind->exhausted()) {
    drop_spent();
  }
  for (Queue *at = last_->behind;; at = at->behind) {
    if (best != nullptr && best->order < at->order) {
      return best;
    }
    const bool is_proved = at->proof == Proof::key || (at->proof == Proof::second && at->rest().second == key.second);
    if (!at->exhausted() && (is_proved || (at->proof == Proof::none && meets(*at, call)))) {
      return at;
    }
    if (at == last_) {
      return best;
    }
  }
}

Choice MockedSlot::choose_conditional(const seam::Call &call) {
  Choice found;
  for (Group &group : groups) {
    Key key;
    if (!key_of(call, group.exactness, key)) {
      continue;
    }
    if (KeyTable::Entry *entry = group.queues.find(key.hash)) {
      if (entry->since == changes) {
        found.standing = &entry->standing;
        return found;
      }
      found.queue = Bucket(&shelf[entry->index]).find(key, call, found.queue);
      found.entry = entry;
    }
  }
  if (unhashed != nullptr) {
    found.queue = Bucket(unhashed).find({}, call, found.queue);
  }
  return found;
}

void MockedSlot::let_stand(const Choice &choice) noexcept {
  if (choice.entry == nullptr || groups.size() != 1 || unhashed != nullptr) {
    return; // a queue that was registered before may serve another call with this key
  }
  Queue &first = *shelf[choice.entry->index].behind;
  Answer &answer = choice.queue->next();
  if (&first != choice.queue || first.proof != Proof::key || !answer.always || answer.size > sizeof answer.bits) {
    return;
  }
  choice.entry->standing.answer = &answer;
  std::memcpy(&choice.entry->standing.bits, answer.bits, sizeof answer.bits);
  choice.entry->since = changes;
}

PlacedQueue MockedSlot::make_queue() {
  PlacedQueue made(&shelf.make(arena));
  made->rest().mocked = this;
  made->rest().conditional = true;
  return made;
}

void MockedSlot::list(Queue &queue) {
  if (!queue.rest().conditional || queue.listed) {
    return;
  }
  Key key;
  const Exactness exactness = exactness_of(queue, key);
  if (exactness == 0) {
    Bucket all(unhashed);
    all.insert(queue);
    unhashed = all.last();
  } else {
    const auto found = std::find_if(groups.begin(), groups.end(),
                                    [exactness](const Group &one) { return one.exactness == exactness; });
    Group &group = found != groups.end() ? *found : groups.emplace_back();
    group.exactness = exactness;
    queue.proof = proof_of(queue, key);
    queue.key = key.hash;
    queue.rest().second = key.second;
    KeyTable::Entry &of_key = group.queues.make(key.hash);
    Bucket same_key(of_key.index == 0 ? nullptr : &shelf[of_key.index]);
    same_key.insert(queue);
    of_key.index = same_key.last()->rest().index;
  }
  queue.listed = true;
}

void Bucket::insert(Queue &queue) noexcept {
  if (last_ == nullptr) {
    queue.behind = &queue;
    last_ = &queue;
    return;
  }
  Queue *in_front = last_; // mostly it is the newest
  while (queue.order < last_->order && in_front->behind->order < queue.order) {
    in_front = in_front->behind;
  }
  queue.behind = in_front->behind;
  in_front->behind = &queue;
  last_ = queue.order < last_->order ? last_ : &queue;
}

void Bucket::drop_spent() const noexcept {
  for (Queue *first = last_->behind; first != last_ && first->exhausted(); first = last_->behind) {
    first->listed = false;
    last_->behind = first->behind;
  }
}

} // namespace tripwire::runtime
