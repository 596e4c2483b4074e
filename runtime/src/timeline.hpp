// interactions in the order in which they were recorded
#ifndef TRIPWIRE_SRC_TIMELINE_HPP
#define TRIPWIRE_SRC_TIMELINE_HPP

#include "interaction.hpp"

#include <array>
#include <atomic>
#include <cstdint>

namespace tripwire::runtime {

/// Append-only, in chunks that double; entries never move. Appending is lock-free, reading needs no lock. Sequence
/// numbers have no gaps.
class Timeline {
public:
  Timeline() = default;
  Timeline(const Timeline &) = delete;
  Timeline &operator=(const Timeline &) = delete;
  ~Timeline();

  /// The next entry, not published yet: readers pass over it until its state says so.
  Interaction &append();
  std::uint64_t size() const noexcept { return next_.load(std::memory_order_acquire); }
  /// Null while the entry is being written.
  Interaction *at(std::uint64_t sequence) const noexcept;

private:
  static constexpr unsigned first_bits = 5; ///< the first chunk holds 32 entries

  std::atomic<std::uint64_t> next_{0};
  mutable std::array<std::atomic<Interaction *>, 28> chunks_{};
};

} // namespace tripwire::runtime

#endif
