// How many calls reached the real library.
#ifndef REAL_CALLS_HPP
#define REAL_CALLS_HPP

#include <atomic>

extern std::atomic<int> real_calls;

#endif
