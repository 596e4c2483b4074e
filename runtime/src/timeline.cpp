// interactions in the order in which they were recorded
#include "timeline.hpp"

#include <new>
#include <thread>

namespace tripwire::runtime {

Timeline::~Timeline() {
  for (const std::atomic<Interaction *> &made : made_) {
    delete[] made.load(std::memory_order_relaxed);
  }
}

/// For the entry of \p sequence, which is taken already: without memory it is given back.
[[gnu::cold, gnu::noinline]] std::uintptr_t Timeline::make_chunk(unsigned chunk, std::uint64_t sequence) {
  for (;;) {
    std::uintptr_t origin = chunks_[chunk].load(std::memory_order_acquire);
    if (origin != 0) {
      return origin;
    }
    if (auto *made = new (std::nothrow) Interaction[entries_of(chunk)]) {
      const std::uintptr_t made_origin = reinterpret_cast<std::uintptr_t>(made) - first_of(chunk) * sizeof(Interaction);
      if (chunks_[chunk].compare_exchange_strong(origin, made_origin, std::memory_order_acq_rel)) {
        made_[chunk].store(made, std::memory_order_relaxed);
        return made_origin;
      }
      delete[] made;
      return origin;
    }
    // Numbers behind this one belong to threads in the same need: the last one gives its number back first.
    std::uint64_t behind = sequence + 1;
    if (next_.compare_exchange_strong(behind, sequence, std::memory_order_acq_rel)) {
      throw std::bad_alloc();
    }
    std::this_thread::yield();
  }
}

Interaction *Timeline::at(std::uint64_t sequence) const noexcept {
  const std::uintptr_t origin = chunks_[chunk_of(sequence)].load(std::memory_order_acquire);
  if (origin == 0) {
    return nullptr;
  }
  Interaction &entry = entry_at(origin, sequence);
  return entry.is(published) ? &entry : nullptr;
}

} // namespace tripwire::runtime
