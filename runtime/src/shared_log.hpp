// records of several processes --> memory that they share, read by the one that made it
#ifndef TRIPWIRE_SRC_SHARED_LOG_HPP
#define TRIPWIRE_SRC_SHARED_LOG_HPP

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tripwire::runtime {

/// Memory mapped before a fork, so no descriptor that a child may close. A record is there whole or not at all: a
/// writer may be killed at any moment. Nobody waits for ever.
class SharedLog {
public:
  /// Null when the system has no memory for it.
  static SharedLog *make() noexcept;

  /// False when there is no room, or the log stays locked; then the record is counted as lost.
  bool append(std::string_view record) noexcept;
  /// A record that nobody could write is counted all the same.
  void lose() noexcept { lost_.fetch_add(1, std::memory_order_acq_rel); }
  /// Everything since the last time; one after the other, each behind its length.
  std::string take(std::uint64_t &lost);
  bool empty() const noexcept {
    return used_.load(std::memory_order_acquire) == 0 && lost_.load(std::memory_order_relaxed) == 0;
  }

private:
  SharedLog() noexcept;
  bool lock() noexcept;
  void unlock() noexcept;
  unsigned char *content() noexcept { return reinterpret_cast<unsigned char *>(this + 1); }

  static constexpr std::size_t size = std::size_t{64} << 20;
  alignas(64) unsigned char mutex_[64];
  std::atomic<std::uint64_t> used_{0};
  std::atomic<std::uint64_t> lost_{0};
};

/// Takes the records of `take` apart. False at the end.
bool next_record(std::string_view &records, std::string_view &record) noexcept;

} // namespace tripwire::runtime

#endif
