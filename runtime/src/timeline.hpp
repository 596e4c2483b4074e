// interactions in the order in which they were recorded
#ifndef TRIPWIRE_SRC_TIMELINE_HPP
#define TRIPWIRE_SRC_TIMELINE_HPP

#include "interaction.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace tripwire::runtime {

/// Append-only, in chunks that grow by a quarter of what is there; entries never move. Appending is lock-free, reading
/// needs no lock. Sequence numbers have no gaps.
class Timeline {
public:
  Timeline() = default;
  Timeline(const Timeline &) = delete;
  Timeline &operator=(const Timeline &) = delete;
  ~Timeline();

  /// The next entry, not published yet: readers pass over it until its state says so. Throws `std::bad_alloc`, and has
  /// appended nothing then.
  Interaction &append() {
    const std::uint64_t sequence = next_.fetch_add(1, std::memory_order_acq_rel);
    const unsigned chunk = chunk_of(sequence);
    std::uintptr_t origin = chunks_[chunk].load(std::memory_order_acquire);
    if (origin == 0) {
      origin = make_chunk(chunk, sequence);
    }
    Interaction &entry = entry_at(origin, sequence);
    entry.sequence = static_cast<std::uint32_t>(sequence);
    return entry;
  }
  std::uint64_t size() const noexcept { return next_.load(std::memory_order_acquire); }
  /// Null while the entry is being written.
  Interaction *at(std::uint64_t sequence) const noexcept;

private:
  static constexpr unsigned first_bits = 5; ///< the first four chunks hold 32 entries together, the next four as many,
                                            ///< and each four from then on twice as many as the four before
  static constexpr std::uint64_t first_entries = std::uint64_t{1} << first_bits;

  static unsigned chunk_of(std::uint64_t sequence) noexcept {
    const std::uint64_t shifted = sequence + first_entries;
    const auto top = static_cast<unsigned>(63 - __builtin_clzll(shifted));
    return 4 * (top - first_bits) + static_cast<unsigned>(shifted >> (top - 2)) - 4;
  }
  static std::size_t entries_of(unsigned chunk) noexcept { return std::size_t{1} << (first_bits - 2 + chunk / 4); }
  static std::uint64_t first_of(unsigned chunk) noexcept { return (4 + chunk % 4) * entries_of(chunk) - first_entries; }
  static Interaction &entry_at(std::uintptr_t origin, std::uint64_t sequence) noexcept {
    return *reinterpret_cast<Interaction *>(origin + sequence * sizeof(Interaction));
  }
  std::uintptr_t make_chunk(unsigned chunk, std::uint64_t sequence);

  std::atomic<std::uint64_t> next_{0};
  /// Where the entry of sequence number 0 would be, if the chunk reached that far; 0 while it is not made.
  std::array<std::atomic<std::uintptr_t>, 112> chunks_{};
  /// The chunks themselves: to be deleted, and to be found by those who look for leaks.
  std::array<std::atomic<Interaction *>, 112> made_{};
};

} // namespace tripwire::runtime

#endif
