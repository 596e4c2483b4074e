// the text of a host --> an address; an address and a block of addresses --> whether it lies in it
#include "address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>

namespace tripwire::runtime {

namespace {

constexpr unsigned char v4_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

std::optional<Address> v4(std::string_view text) {
  const bool is_digit = !text.empty() && text.front() >= '0' && text.front() <= '9';
  const bool is_number = text.find_first_not_of("0123456789abcdefABCDEFxX.") == std::string_view::npos;
  in_addr read{};
  if (!is_digit || !is_number || text.back() == '.' || inet_aton(std::string(text).c_str(), &read) == 0) {
    return std::nullopt;
  }
  Address made;
  std::memcpy(made.bytes.data(), v4_prefix, sizeof v4_prefix);
  std::memcpy(made.bytes.data() + sizeof v4_prefix, &read, 4);
  return made;
}

} // namespace

bool Address::is_v4() const noexcept { return std::memcmp(bytes.data(), v4_prefix, sizeof v4_prefix) == 0; }

std::optional<Address> address_of(std::string_view text) {
  if (text.find(':') == std::string_view::npos) {
    return v4(text);
  }
  text = text.substr(0, text.find('%'));
  Address made;
  if (text.find('\0') != std::string_view::npos ||
      inet_pton(AF_INET6, std::string(text).c_str(), made.bytes.data()) != 1) {
    return std::nullopt;
  }
  return made;
}

std::string text_of(const Address &address) {
  char text[INET6_ADDRSTRLEN] = {};
  if (address.is_v4()) {
    inet_ntop(AF_INET, address.bytes.data() + sizeof v4_prefix, text, sizeof text);
  } else {
    inet_ntop(AF_INET6, address.bytes.data(), text, sizeof text);
  }
  return text;
}

bool Block::holds(const Address &other) const noexcept {
  const unsigned whole = bits / 8;
  if (!std::equal(address.bytes.begin(), address.bytes.begin() + whole, other.bytes.begin())) {
    return false;
  }
  const unsigned rest = bits % 8;
  return rest == 0 || ((address.bytes[whole] ^ other.bytes[whole]) >> (8 - rest)) == 0;
}

std::optional<Block> block_of(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::optional<Address> address = address_of(text.substr(0, slash));
  if (!address) {
    return std::nullopt;
  }
  const bool is_v4 = text.find(':') == std::string_view::npos;
  const unsigned width = is_v4 ? 32 : 128;
  unsigned bits = width;
  if (slash != std::string_view::npos) {
    const std::string_view number = text.substr(slash + 1);
    if (number.empty() || number.size() > 3 || number.find_first_not_of("0123456789") != std::string_view::npos) {
      return std::nullopt;
    }
    bits = static_cast<unsigned>(std::stoul(std::string(number)));
  }
  if (bits > width) {
    return std::nullopt;
  }
  const Block block{*address, bits + (is_v4 ? 96 : 0)};
  for (unsigned bit = block.bits; bit < 128; ++bit) {
    if ((block.address.bytes[bit / 8] & (0x80U >> (bit % 8))) != 0) {
      return std::nullopt;
    }
  }
  return block;
}

} // namespace tripwire::runtime
