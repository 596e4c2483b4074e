// draws and seedings that reach libc --(counted)--> their number
#ifndef TRIPWIRE_PLUGINS_RANDOM_TEST_COUNTED_HPP
#define TRIPWIRE_PLUGINS_RANDOM_TEST_COUNTED_HPP

#include <cstdint>

namespace counted {

std::uint64_t calls();

} // namespace counted

#endif
