// a real Redis on loopback, for the time of a program --(served)--> where it listens, and what reached it
//
// The first connection starts it. It keeps nothing, and ends with the program.
#ifndef TRIPWIRE_PLUGINS_REDIS_TEST_SERVED_HPP
#define TRIPWIRE_PLUGINS_REDIS_TEST_SERVED_HPP

#include <hiredis/hiredis.h>

#include <cstdint>

namespace served {

/// The port of 127.0.0.1 by which the program reaches the server, in each run, on whichever port it listens.
constexpr int port = 6379;
/// The same server's socket of Unix.
const char *socket();

/// A connection of the whole program, which no seam has seen made. It is made again behind what has broken it.
redisContext *connection();

/// How many other connections, and how many commands, have gone out.
std::uint64_t calls();

} // namespace served

#endif
