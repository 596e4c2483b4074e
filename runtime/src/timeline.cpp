// interactions in the order in which they were recorded
#include "timeline.hpp"

namespace tripwire::runtime {

namespace {

/// Chunk k holds the sequence numbers from first * (2^k - 1) on, first * 2^k of them.
struct Where {
  unsigned chunk;
  std::uint64_t offset;
};

Where where(std::uint64_t sequence, unsigned first_bits) noexcept {
  const std::uint64_t shifted = sequence + (std::uint64_t{1} << first_bits);
  const auto top = static_cast<unsigned>(63 - __builtin_clzll(shifted));
  return {top - first_bits, shifted - (std::uint64_t{1} << top)};
}

} // namespace

Timeline::~Timeline() {
  for (auto &chunk : chunks_) {
    delete[] chunk.load(std::memory_order_relaxed);
  }
}

Interaction &Timeline::append() {
  const std::uint64_t sequence = next_.fetch_add(1, std::memory_order_acq_rel);
  const Where place = where(sequence, first_bits);
  Interaction *chunk = chunks_[place.chunk].load(std::memory_order_acquire);
  if (chunk == nullptr) {
    auto *made = new Interaction[std::size_t{1} << (first_bits + place.chunk)];
    if (chunks_[place.chunk].compare_exchange_strong(chunk, made, std::memory_order_acq_rel)) {
      chunk = made;
    } else {
      delete[] made;
    }
  }
  Interaction &entry = chunk[place.offset];
  entry.sequence = static_cast<std::uint32_t>(sequence);
  return entry;
}

Interaction *Timeline::at(std::uint64_t sequence) const noexcept {
  const Where place = where(sequence, first_bits);
  Interaction *chunk = chunks_[place.chunk].load(std::memory_order_acquire);
  if (chunk == nullptr || !chunk[place.offset].is(published)) {
    return nullptr;
  }
  return &chunk[place.offset];
}

} // namespace tripwire::runtime
