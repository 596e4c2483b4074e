// calls that reach libc --(counted)--> their number
#ifndef TRIPWIRE_PLUGINS_DNS_TEST_COUNTED_HPP
#define TRIPWIRE_PLUGINS_DNS_TEST_COUNTED_HPP

#include <cstdint>

namespace counted {

/// How many look-ups have reached libc so far, but for those of addresses in digits.
std::uint64_t calls();

} // namespace counted

#endif
