// the key of a call --> the queues that serve calls with that key
//
// Open addressing, eight bytes an entry: of a hundred thousand keys the table is one megabyte, which a processor keeps
// near. What an entry says of its key is not all; the queue that it names has the whole. Entries stay until the table
// goes, so there is no removing.
#ifndef TRIPWIRE_SRC_KEY_TABLE_HPP
#define TRIPWIRE_SRC_KEY_TABLE_HPP

#include "hash.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace tripwire::runtime {

struct Queue;
class Shelf;

/// From numbers, which may be anything, to queues on a shelf that have that key. Not thread-safe.
class KeyTable {
  struct Entry {
    std::uint32_t tag = 0;   ///< half of the key's hash
    std::uint32_t index = 0; ///< of the queue on its shelf; zero: empty
  };

public:
  /// Null when there is none under the key.
  inline Queue *find(std::uint64_t key, const Shelf &shelf) const noexcept;

  /// Where the queue of one key stands. Until the table changes.
  class Place {
  public:
    /// The queue under the key; null when there is none.
    inline Queue *last() const noexcept;
    /// From now on that one, which has the key.
    inline void set(Queue &queue) noexcept;

  private:
    friend class KeyTable;
    Place(KeyTable &table, Entry &entry, std::uint32_t tag, const Shelf &shelf) noexcept
        : table_(table), entry_(entry), tag_(tag), shelf_(shelf) {}
    KeyTable &table_;
    Entry &entry_;
    std::uint32_t tag_;
    const Shelf &shelf_;
  };
  /// Of the key, with room for it. Throws `std::bad_alloc`, and has changed nothing then.
  Place make(std::uint64_t key, const Shelf &shelf);

private:
  static std::uint32_t tag_of(std::uint64_t hash) noexcept { return static_cast<std::uint32_t>(hash >> 32); }
  /// Where the key is, or belongs. There is an empty entry to stop at.
  inline Entry &entry_of(std::uint64_t key, std::uint64_t hash, const Shelf &shelf) const noexcept;
  void grow(const Shelf &shelf);

  std::unique_ptr<Entry[]> entries_;
  std::size_t capacity_ = 0; ///< a power of two
  std::size_t used_ = 0;
};

} // namespace tripwire::runtime

#endif
