// a lock for sections of a few dozen instructions
#ifndef TRIPWIRE_SRC_LOCK_HPP
#define TRIPWIRE_SRC_LOCK_HPP

#include <atomic>
#include <thread>

namespace tripwire::runtime {

/// Held so shortly that waiting is worth less than a system call; gives way to other threads when it takes longer.
class Lock {
public:
  void lock() noexcept {
    int tries = 0;
    while (locked_.exchange(true, std::memory_order_acquire)) {
      while (locked_.load(std::memory_order_relaxed)) {
        if (++tries > spins) {
          std::this_thread::yield();
        }
      }
    }
  }
  bool try_lock() noexcept { return !locked_.exchange(true, std::memory_order_acquire); }
  void unlock() noexcept { locked_.store(false, std::memory_order_release); }

private:
  static constexpr int spins = 100;
  std::atomic<bool> locked_{false};
};

} // namespace tripwire::runtime

#endif
