// the text of a host --> an address; an address and a block of addresses --> whether it lies in it
#ifndef TRIPWIRE_SRC_FIREWALL_ADDRESS_HPP
#define TRIPWIRE_SRC_FIREWALL_ADDRESS_HPP

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace tripwire::runtime {

/// An internet address. Those of version 4 are kept as `::ffff:a.b.c.d`, so that both spellings are one address.
struct Address {
  std::array<unsigned char, 16> bytes{};

  bool is_v4() const noexcept;
  bool operator==(const Address &other) const noexcept { return bytes == other.bytes; }
};

/// Reads `10.0.0.1`, the shorter and the hexadecimal spellings that the resolver takes (`127.1`, `0x7f000001`), `::1`
/// and `::1%lo`, without brackets. Absent for anything else, names included.
std::optional<Address> address_of(std::string_view text);

/// The one spelling that messages and comparisons use.
std::string text_of(const Address &address);

/// `10.0.0.0/8`, or one address.
struct Block {
  Address address;
  unsigned bits = 128; ///< of the address in 16 bytes

  bool holds(const Address &other) const noexcept;
};

/// Absent when it is no block: a number that is too large, or bits behind the prefix that are not zero.
std::optional<Block> block_of(std::string_view text);

} // namespace tripwire::runtime

#endif
