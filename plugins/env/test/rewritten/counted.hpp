// calls that reach libc --(counted)--> their number
#ifndef TRIPWIRE_PLUGINS_ENV_TEST_COUNTED_HPP
#define TRIPWIRE_PLUGINS_ENV_TEST_COUNTED_HPP

#include <cstdint>

namespace counted {

/// How many calls about variables whose name begins with `CONFORMANCE_`, and of `clearenv`, have reached libc so far.
std::uint64_t calls();

/// Sets a variable for real, without being counted.
void set(const char *name, const char *value);

} // namespace counted

#endif
