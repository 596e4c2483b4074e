// values --> 64 bits, the same for an expected value and a given one
#ifndef TRIPWIRE_SRC_HASH_HPP
#define TRIPWIRE_SRC_HASH_HPP

#include <cstdint>
#include <cstring>
#include <string_view>

namespace tripwire::runtime {

__extension__ using Wide = unsigned __int128;

inline std::uint64_t mix(std::uint64_t one, std::uint64_t other) noexcept {
  const auto product = static_cast<Wide>(one ^ 0x9e3779b97f4a7c15u) * (other ^ 0xd1b54a32d192ed03u);
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t hash_text(std::string_view text) noexcept {
  std::uint64_t hash = text.size();
  while (text.size() >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    hash = mix(hash, word);
    text.remove_prefix(8);
  }
  std::uint64_t word = 0;
  std::memcpy(&word, text.data(), text.size());
  return mix(hash, word);
}

} // namespace tripwire::runtime

#endif
