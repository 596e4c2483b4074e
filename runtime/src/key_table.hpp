// the key of a call --> the queues that serve calls with that key
//
// Open addressing, half a cache line an entry, so that a call which gets an answer that stands reads this line alone.
// Entries stay until the table goes, so there is no removing.
#ifndef TRIPWIRE_SRC_KEY_TABLE_HPP
#define TRIPWIRE_SRC_KEY_TABLE_HPP

#include "hash.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace tripwire::runtime {

struct Answer;
struct Queue;
class Shelf;

/// What each call with one key gets for as long as nobody changes the mock: bits that are always the same. What a queue
/// says once more, so that calls need not read the queue; it has been used.
struct Standing {
  std::uint64_t bits = 0;
  Answer *answer = nullptr; ///< whose they are
};

/// From numbers, which may be anything, to queues on a shelf that have that key. Not thread-safe.
class KeyTable {
public:
  /// What is under one key. Moves when the table changes.
  struct alignas(32) Entry {
    std::uint64_t key = 0;
    Standing standing;
    std::uint32_t since = 0; ///< in which state of the mock `standing` was true; zero: never
    std::uint32_t index = 0; ///< of the last queue on its shelf; zero: empty
  };
  static_assert(sizeof(Entry) == 32);

  /// Null when there is none under the key.
  Entry *find(std::uint64_t key) const noexcept {
    if (capacity_ == 0) {
      return nullptr;
    }
    Entry &entry = entry_of(key);
    return entry.index == 0 ? nullptr : &entry;
  }
  /// Under the key, with room for it: whoever finds it empty fills it. Throws `std::bad_alloc`, and has changed nothing
  /// then.
  Entry &make(std::uint64_t key);

private:
  /// Where the key is, or belongs. There is an empty entry to stop at.
  Entry &entry_of(std::uint64_t key) const noexcept {
    for (std::size_t at = mix(0, key);; ++at) {
      Entry &entry = entries_.get()[at & (capacity_ - 1)];
      if (entry.index == 0 || entry.key == key) {
        return entry;
      }
    }
  }
  void grow();

  std::unique_ptr<Entry[]> entries_;
  std::size_t capacity_ = 0; ///< a power of two
  std::size_t used_ = 0;
};

} // namespace tripwire::runtime

#endif
