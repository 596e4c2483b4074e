// sleeps that reach libc --(counted)--> their number
#ifndef TRIPWIRE_PLUGINS_CLOCK_TEST_COUNTED_HPP
#define TRIPWIRE_PLUGINS_CLOCK_TEST_COUNTED_HPP

#include <cstdint>

namespace counted {

std::uint64_t sleeps();

} // namespace counted

#endif
