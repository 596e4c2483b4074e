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

/// The hash of those arguments of a call that a group compares. False when one of them is no such value, so that none
/// of the group's queues can match.
bool hash_of(const seam::Call &call, Exactness exactness, std::uint64_t &hash) noexcept {
  hash = 0;
  while (exactness != 0) {
    const auto index = static_cast<std::size_t>(__builtin_ctzll(exactness)) / 2;
    const Exact exact = exact_at(exactness, index);
    exactness &= ~(Exactness{3} << (2 * index));
    std::uint64_t one = 0;
    if (index >= call.count || !hash_as(exact, value_at_call(call, index), one)) {
      return false;
    }
    hash = mix(hash, one);
  }
  return true;
}

/// Which conditions can be hashed and their hash; zero when none can.
Exactness exactness_of(const Queue &queue, std::uint64_t &hash) noexcept {
  Exactness exactness = 0;
  hash = 0;
  for (std::size_t index = 0; index < queue.conditions.size() && index < hashable_arguments; ++index) {
    std::uint64_t one = 0;
    const Exact exact = queue.conditions[index].exact(one);
    if (exact != Exact::no) {
      exactness |= static_cast<Exactness>(exact) << (2 * index);
      hash = mix(hash, one);
    }
  }
  return exactness;
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

// A call of it would cost more than the budget of a mocked call has left.
[[gnu::always_inline]] inline Queue *Bucket::find(const seam::Call &call, Queue *best) {
  leave_spent();
  for (Queue *const *at = begin(); at != end(); ++at) {
    Queue &queue = **at;
    if (best != nullptr && best->order < queue.order) {
      break;
    }
    // The one in front is not spent.
    if ((at == begin() || !queue.exhausted()) && meets(queue, call)) {
      return &queue;
    }
  }
  return best;
}

Queue *MockedSlot::find_conditional(const seam::Call &call) {
  Queue *found = nullptr;
  for (Group &group : groups) {
    std::uint64_t hash = 0;
    if (!hash_of(call, group.exactness, hash)) {
      continue;
    }
    const auto at = group.queues.find(hash);
    if (at == group.queues.end()) {
      continue;
    }
    found = at->second.find(call, found);
  }
  return unhashed.is_empty() ? found : unhashed.find(call, found);
}

void MockedSlot::list(Queue &queue) {
  if (!queue.conditional || queue.listed) {
    return;
  }
  std::uint64_t hash = 0;
  const Exactness exactness = exactness_of(queue, hash);
  Bucket *into = &unhashed;
  if (exactness != 0) {
    const auto found = std::find_if(groups.begin(), groups.end(),
                                    [exactness](const Group &one) { return one.exactness == exactness; });
    Group &group = found != groups.end() ? *found : groups.emplace_back();
    group.exactness = exactness;
    into = &group.queues[hash];
  }
  into->insert(queue);
  queue.listed = true;
}

void Bucket::insert(Queue &queue) {
  // Mostly it is the newest.
  auto at = queues_.end();
  while (at != queues_.begin() + static_cast<std::ptrdiff_t>(head_) && (*(at - 1))->order > queue.order) {
    --at;
  }
  queues_.insert(at, &queue);
}

void Bucket::drop_spent() noexcept {
  while (head_ < queues_.size() && queues_[head_]->exhausted()) {
    queues_[head_++]->listed = false;
  }
  // What was left out goes when it is as much as what stays, so that no call pays for many.
  if (2 * head_ >= queues_.size()) {
    queues_.erase(queues_.begin(), queues_.begin() + static_cast<std::ptrdiff_t>(head_));
    head_ = 0;
  }
}

} // namespace tripwire::runtime
