// key --(edit_cache)--> bytes that were kept for it, in a folder that may vanish, fill up or be written by others
#pragma once

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace tripwire::tool {

/// Files that many processes read, write and remove at the same time. Nothing here is an error: what cannot be read is
/// not there, and what cannot be written is not kept.
class EditCache {
public:
  /// \p folder empty: keeps nothing. Beyond \p limit bytes, what was not used for longest goes.
  explicit EditCache(std::string folder, std::uint64_t limit = default_limit)
      : folder_(std::move(folder)), limit_(limit) {}

  static constexpr std::uint64_t default_limit = std::uint64_t{512} << 20;

  [[nodiscard]] bool is_on() const { return !folder_.empty(); }
  /// The very bytes that were kept for \p key, which is a name of letters and digits.
  [[nodiscard]] std::optional<std::string> find(llvm::StringRef key) const;
  void keep(llvm::StringRef key, llvm::StringRef bytes) const;

private:
  [[nodiscard]] std::string part_of(llvm::StringRef key) const;
  void prune(const std::string &part) const;

  std::string folder_;
  std::uint64_t limit_;
};

} // namespace tripwire::tool
