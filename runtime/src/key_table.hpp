// the key of a call --> the queues that serve calls with that key
//
// Open addressing, sixteen bytes an entry: a look-up among very many reads one cache line. Entries stay until the table
// goes, so there is no removing.
#ifndef TRIPWIRE_SRC_KEY_TABLE_HPP
#define TRIPWIRE_SRC_KEY_TABLE_HPP

#include "hash.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace tripwire::runtime {

/// From numbers, which may be anything, to a \p Value, which has `is_empty()` and is so when it is made. Not
/// thread-safe.
template <class Value> class KeyTable {
public:
  /// Null when there is none under the key.
  Value *find(std::uint64_t key) noexcept {
    if (capacity_ == 0) {
      return nullptr;
    }
    Entry &entry = place_of(key);
    return entry.value.is_empty() ? nullptr : &entry.value;
  }
  /// The one under the key; else an empty one, which the caller fills at once. Throws `std::bad_alloc`, and has changed
  /// nothing then.
  Value &make(std::uint64_t key) {
    if (5 * (used_ + 1) > 4 * capacity_) {
      grow();
    }
    Entry &entry = place_of(key);
    if (entry.value.is_empty()) {
      entry.key = key;
      ++used_;
    }
    return entry.value;
  }

private:
  struct Entry {
    std::uint64_t key = 0;
    Value value{};
  };

  /// Where the key is, or belongs. There is an empty entry to stop at.
  Entry &place_of(std::uint64_t key) noexcept {
    std::size_t at = mix(0, key);
    for (;; ++at) {
      Entry &entry = entries_[at & (capacity_ - 1)];
      if (entry.key == key || entry.value.is_empty()) {
        return entry;
      }
    }
  }

  void grow() {
    const std::size_t old_capacity = capacity_;
    const std::size_t capacity = old_capacity == 0 ? 8 : 2 * old_capacity;
    std::unique_ptr<Entry[]> old(new Entry[capacity]);
    old.swap(entries_);
    capacity_ = capacity;
    for (std::size_t at = 0; at < old_capacity; ++at) {
      if (!old[at].value.is_empty()) {
        place_of(old[at].key) = old[at];
      }
    }
  }

  std::unique_ptr<Entry[]> entries_;
  std::size_t capacity_ = 0; ///< a power of two
  std::size_t used_ = 0;
};

} // namespace tripwire::runtime

#endif
