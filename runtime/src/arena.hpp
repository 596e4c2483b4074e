// sizes --> memory that lives until the whole arena goes
#ifndef TRIPWIRE_SRC_ARENA_HPP
#define TRIPWIRE_SRC_ARENA_HPP

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <sys/mman.h>
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
  /// From this size on memory is asked for in the processor's large pages: what is fetched here and there among very
  /// many is then not looked up among many pages first.
  static constexpr std::size_t large_page = std::size_t{1} << 21;

  struct Release {
    std::align_val_t alignment{};
    void operator()(unsigned char *chunk) const noexcept { ::operator delete(chunk, alignment); }
  };
  using Chunk = std::unique_ptr<unsigned char, Release>;

  static Chunk make_chunk(std::size_t size) {
    const std::align_val_t alignment{size < large_page ? alignof(std::max_align_t) : large_page};
    Chunk chunk(static_cast<unsigned char *>(::operator new(size, alignment)), Release{alignment});
    if (size >= large_page) {
      const int caller_errno = errno;
      static_cast<void>(
          madvise(chunk.get(), size, MADV_HUGEPAGE)); // a kernel without them has small ones, which serve too
      errno = caller_errno;
    }
    return chunk;
  }

  void *allocate_in_new_chunk(std::size_t size, std::size_t alignment) {
    const std::size_t chunk = size + alignment > next_size_ ? size + alignment : next_size_;
    chunks_.push_back(make_chunk(chunk));
    next_ = reinterpret_cast<std::uintptr_t>(chunks_.back().get());
    end_ = next_ + chunk;
    if (next_size_ < large_page) {
      next_size_ *= 2;
    }
    return allocate(size, alignment);
  }

  std::uintptr_t next_ = 0;
  std::uintptr_t end_ = 0;
  std::size_t next_size_ = 512;
  std::vector<Chunk> chunks_;
};

} // namespace tripwire::runtime

#endif
