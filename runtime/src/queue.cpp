// what a test said a seam answers --> queues of answers, found by the arguments of a call
#include "queue.hpp"

#include "exact.hpp"
#include "hash.hpp"

#include <algorithm>

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
  for (std::size_t index = 0; index < queue.conditions.size() && index < hashable_arguments; ++index) {
    std::uint64_t one = 0;
    const Exact exact = queue.conditions[index].exact(one);
    if (exact != Exact::no) {
      exactness |= static_cast<Exactness>(exact) << (2 * index);
      key.add(one);
    }
  }
  return exactness;
}

/// Whether the values of the key are all that the queue's conditions compare.
Proof proof_of(const Queue &queue, const Key &key) noexcept {
  if (queue.conditions.size() > queue.mocked->slot.facts.parameters.size() || key.count > 2) {
    return Proof::none;
  }
  unsigned compared = 0;
  for (const Matcher &condition : queue.conditions) {
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
  const std::size_t fixed = call.slot.facts.parameters.size();
  if (queue.conditions.size() != call.count &&
      (queue.conditions.size() > call.count || queue.conditions.size() > fixed)) {
    return false;
  }
  for (std::size_t index = 0; index < queue.conditions.size(); ++index) {
    if (queue.conditions[index].is_wildcard()) {
      continue;
    }
    if (!queue.conditions[index].matches(value_at_call(call, index))) {
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

Answer &Queue::add() {
  Answer &made = answers.empty() ? first : others.emplace_front();
  answers.push_back(&made);
  return made;
}

Answer &Queue::replace_newest() {
  Answer *&newest = answers.back();
  Answer &copy = others.emplace_front(*newest);
  current = current == newest ? &copy : current;
  newest = &copy;
  return copy;
}

[[gnu::noinline]] bool Queue::advance() noexcept {
  while (head < answers.size() && answers[head]->exhausted()) {
    ++head;
  }
  current = head < answers.size() ? answers[head] : nullptr;
  return current != nullptr;
}

// A call of it would cost more than the budget of a mocked call has left.
[[gnu::always_inline]] inline Queue *Bucket::find(const Key &key, const seam::Call &call, Queue *best) {
  if (last_->behind != last_ && last_->behind->exhausted()) {
    drop_spent();
  }
  for (Queue *at = last_->behind;; at = at->behind) {
    if (best != nullptr && best->order < at->order) {
      return best;
    }
    const bool is_proved = at->proof == Proof::key || (at->proof == Proof::second && at->second == key.second);
    if (!at->exhausted() && (is_proved || (at->proof == Proof::none && meets(*at, call)))) {
      return at;
    }
    if (at == last_) {
      return best;
    }
  }
}

Queue *MockedSlot::find_conditional(const seam::Call &call) {
  Queue *found = nullptr;
  for (Group &group : groups) {
    Key key;
    if (!key_of(call, group.exactness, key)) {
      continue;
    }
    if (Bucket *bucket = group.queues.find(key.hash)) {
      found = bucket->find(key, call, found);
    }
  }
  return unhashed.is_empty() ? found : unhashed.find({}, call, found);
}

PlacedQueue MockedSlot::make_queue() {
  constexpr std::size_t cache_line = 64;
  PlacedQueue made(::new (arena.allocate(sizeof(Queue), cache_line)) Queue);
  made->mocked = this;
  made->conditional = true;
  return made;
}

void MockedSlot::list(Queue &queue) {
  if (!queue.conditional || queue.listed) {
    return;
  }
  Key key;
  const Exactness exactness = exactness_of(queue, key);
  if (exactness == 0) {
    unhashed.insert(queue);
  } else {
    const auto found = std::find_if(groups.begin(), groups.end(),
                                    [exactness](const Group &one) { return one.exactness == exactness; });
    Group &group = found != groups.end() ? *found : groups.emplace_back();
    group.exactness = exactness;
    queue.proof = proof_of(queue, key);
    queue.second = key.second;
    group.queues.make(key.hash).insert(queue);
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

void Bucket::drop_spent() noexcept {
  for (Queue *first = last_->behind; first != last_ && first->exhausted(); first = last_->behind) {
    first->listed = false;
    last_->behind = first->behind;
  }
}

} // namespace tripwire::runtime
