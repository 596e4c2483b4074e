// sizes --> memory that lives until the whole arena goes
#ifndef TRIPWIRE_SRC_ARENA_HPP
#define TRIPWIRE_SRC_ARENA_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace tripwire::runtime {

/// Grows in doubling chunks, so that allocation is amortised away. Not thread-safe.
class Arena {
public:
  /// Aligned to \p alignment, a power of two.
  void *allocate(std::size_t size, std::size_t alignment) {
    const auto aligned = (next_ + (alignment - 1)) & ~static_cast<std::uintptr_t>(alignment - 1);
    if (aligned + size > end_) {
      return allocate_in_new_chunk(size, alignment);
    }
    next_ = aligned + size;
    return reinterpret_cast<void *>(aligned);
  }

private:
  void *allocate_in_new_chunk(std::size_t size, std::size_t alignment) {
    const std::size_t chunk = size + alignment > next_size_ ? size + alignment : next_size_;
    chunks_.push_back(std::unique_ptr<unsigned char[]>(new unsigned char[chunk]));
    next_ = reinterpret_cast<std::uintptr_t>(chunks_.back().get());
    end_ = next_ + chunk;
    if (next_size_ < largest) {
      next_size_ *= 2;
    }
    return allocate(size, alignment);
  }

  static constexpr std::size_t largest = std::size_t{1} << 18;
  std::uintptr_t next_ = 0;
  std::uintptr_t end_ = 0;
  std::size_t next_size_ = 512;
  std::vector<std::unique_ptr<unsigned char[]>> chunks_;
};

} // namespace tripwire::runtime

#endif
