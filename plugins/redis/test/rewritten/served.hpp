// a real Redis on loopback, for the time of a program --(served)--> where it listens, and what reached it
//
// The first question starts it. It keeps nothing, and ends with the program. Where it listens is the same in each run,
// as lines to paste say it: one program of the machine has it, and others wait until that has ended.
#ifndef TRIPWIRE_PLUGINS_REDIS_TEST_SERVED_HPP
#define TRIPWIRE_PLUGINS_REDIS_TEST_SERVED_HPP

#include <hiredis/hiredis.h>

#include <cstdint>

namespace served {

/// Of loopback, and nobody else's.
constexpr const char *host = "127.82.101.100";
constexpr int port = 6379;
/// The same server's socket of Unix, in the program's folder.
constexpr const char *socket = "tripwire_redis.sock";

/// From now on it listens.
void start();

/// A connection of the whole program, which no seam has seen made. It is made again behind what has broken it.
redisContext *connection();

/// How many other connections, and how many commands, have reached the server.
std::uint64_t calls();

} // namespace served

#endif
