// plain values <--(packed)--> bytes that only this program reads
#pragma once

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tripwire::tool {

/// Puts values behind each other. Two lists of values that differ give different bytes.
class Packer {
public:
  void number(std::uint64_t value);
  void text(llvm::StringRef value);
  void texts(const std::vector<std::string> &values);

  [[nodiscard]] const std::string &bytes() const { return bytes_; }

private:
  std::string bytes_;
};

/// Takes the values out again, in the same order. Bytes that no \c Packer wrote give empty values, and \c failed.
class Unpacker {
public:
  /// \p bytes must outlive this object.
  explicit Unpacker(llvm::StringRef bytes) : rest_(bytes) {}

  std::uint64_t number();
  /// A number that counts things of at least one byte each that follow.
  std::size_t count();
  llvm::StringRef text();
  std::vector<std::string> texts();

  /// Whether a value was missing or bytes are left.
  [[nodiscard]] bool failed() const { return failed_ || !rest_.empty(); }
  /// Whether a value was missing.
  [[nodiscard]] bool ran_out() const { return failed_; }

private:
  llvm::StringRef rest_;
  bool failed_ = false;
};

/// 128 bits of \p bytes, as 32 hexadecimal digits.
std::string hash_of(llvm::StringRef bytes);

} // namespace tripwire::tool
