// calls that reach the kernel --(counted)--> their number; one address, the same in each run --> the server of this run
#ifndef TRIPWIRE_PLUGINS_SOCKET_TEST_COUNTED_HPP
#define TRIPWIRE_PLUGINS_SOCKET_TEST_COUNTED_HPP

#include <cstdint>

namespace counted {

/// The port that lines to paste name.
constexpr int port = 4242;

/// What is for `port` on the loopback reaches that one instead.
void lead_to(int real_port);

/// How many calls of `connect` and `sendto` have reached the kernel so far.
std::uint64_t calls();

} // namespace counted

#endif
