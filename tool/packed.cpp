// plain values <--(packed)--> bytes that only this program reads
#include "tool/packed.hpp"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

namespace tripwire::tool {

void Packer::number(std::uint64_t value) {
  while (value >= 0x80) {
    bytes_ += static_cast<char>((value & 0x7F) | 0x80);
    value >>= 7;
  }
  bytes_ += static_cast<char>(value);
}

void Packer::text(llvm::StringRef value) {
  number(value.size());
  bytes_.append(value.data(), value.size());
}

void Packer::texts(const std::vector<std::string> &values) {
  number(values.size());
  for (const std::string &value : values)
    text(value);
}

std::uint64_t Unpacker::number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_ = rest_.drop_front();
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80)
      return value;
  }
  failed_ = true;
  rest_ = {};
  return 0;
}

std::size_t Unpacker::count() {
  const std::uint64_t value = number();
  if (value <= rest_.size())
    return static_cast<std::size_t>(value);
  failed_ = true;
  rest_ = {};
  return 0;
}

llvm::StringRef Unpacker::text() {
  const std::size_t size = count();
  const llvm::StringRef value = rest_.take_front(size);
  rest_ = rest_.drop_front(size);
  return value;
}

std::vector<std::string> Unpacker::texts() {
  std::vector<std::string> values(count());
  for (std::string &value : values)
    value = text().str();
  return values;
}

std::string hash_of(llvm::StringRef bytes) {
  const llvm::XXH128_hash_t hash = llvm::xxh3_128bits(llvm::arrayRefFromStringRef(bytes));
  const auto digits = [](std::uint64_t half) {
    std::string text = llvm::utohexstr(half, /*LowerCase=*/true);
    return std::string(16 - text.size(), '0') + text;
  };
  return digits(hash.high64) + digits(hash.low64);
}

} // namespace tripwire::tool
