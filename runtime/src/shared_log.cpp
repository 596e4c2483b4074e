// records of several processes --> memory that they share, read by the one that made it
#include "shared_log.hpp"

#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <time.h>

#include <cerrno>
#include <cstring>
#include <new>

namespace tripwire::runtime {

namespace {

constexpr int tries_without_sleep = 100;
constexpr int most_tries = 50000; ///< some seconds

pthread_mutex_t *mutex_in(unsigned char *place) noexcept { return reinterpret_cast<pthread_mutex_t *>(place); }

} // namespace

SharedLog *SharedLog::make() noexcept {
  // Untouched pages cost nothing.
  void *memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return memory == MAP_FAILED ? nullptr : ::new (memory) SharedLog;
}

SharedLog::SharedLog() noexcept {
  static_assert(sizeof(pthread_mutex_t) <= sizeof mutex_, "the place of the mutex is too small");
  ::new (static_cast<void *>(mutex_)) pthread_mutex_t;
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(mutex_in(mutex_), &attributes);
  pthread_mutexattr_destroy(&attributes);
}

bool SharedLog::lock() noexcept {
  // Tried again and again instead of waited for: ThreadSanitizer understands here that an owner has died, and does not
  // in pthread_mutex_timedlock.
  for (int tries = 0; tries < most_tries; ++tries) {
    const int error = pthread_mutex_trylock(mutex_in(mutex_));
    if (error == EOWNERDEAD) {
      // Killed while writing: what it wrote was not published yet.
      pthread_mutex_consistent(mutex_in(mutex_));
      return true;
    }
    if (error != EBUSY) {
      return error == 0;
    }
    if (tries < tries_without_sleep) {
      sched_yield();
    } else {
      const timespec shortly{0, 100000};
      nanosleep(&shortly, nullptr);
    }
  }
  return false;
}

void SharedLog::unlock() noexcept { pthread_mutex_unlock(mutex_in(mutex_)); }

bool SharedLog::append(std::string_view record) noexcept {
  if (!lock()) {
    lose();
    return false;
  }
  const std::uint64_t at = used_.load(std::memory_order_relaxed);
  const std::uint64_t length = record.size();
  const bool fits = sizeof(SharedLog) + at + sizeof length + length <= size;
  if (fits) {
    std::memcpy(content() + at, &length, sizeof length);
    std::memcpy(content() + at + sizeof length, record.data(), record.size());
    used_.store(at + sizeof length + length, std::memory_order_release);
  } else {
    lose();
  }
  unlock();
  return fits;
}

std::string SharedLog::take(std::uint64_t &lost) {
  std::string taken;
  lost = 0;
  if (empty() || !lock()) {
    return taken;
  }
  try {
    taken.assign(reinterpret_cast<const char *>(content()), used_.load(std::memory_order_acquire));
    used_.store(0, std::memory_order_release);
    lost = lost_.exchange(0);
  } catch (const std::bad_alloc &) {
    // Stays where it is.
  }
  unlock();
  return taken;
}

bool next_record(std::string_view &records, std::string_view &record) noexcept {
  std::uint64_t length = 0;
  if (records.size() < sizeof length) {
    return false;
  }
  std::memcpy(&length, records.data(), sizeof length);
  records.remove_prefix(sizeof length);
  record = records.substr(0, length);
  records.remove_prefix(record.size());
  return true;
}

} // namespace tripwire::runtime
