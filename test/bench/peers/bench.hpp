// A way to call, and how often --(measure)--> nanoseconds of one call, on standard output.
//
// Every program of this folder calls the same function, `int f(int, const void *, size_t)`, in the ways that its
// framework knows:
//   plain         nothing is mocked: the real function is reached
//   delegated     something watches, and lets the call through to the real function
//   mocked        one mock answers every call
//   mocks=N       N mocks, each for another first argument; the calls take them in turn
//   random=N      the same, taken at random: no cache knows which is next
//   threads       as `mocked`, by two threads at once
// Only one number counts here: what one run says beside another. Elapsed time, the best of some rounds, since the
// machine may be busy.
#ifndef BENCH_HPP
#define BENCH_HPP

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>

namespace bench {

constexpr int rounds = 5;

/// What the calls came to, so that no compiler leaves them out.
inline volatile int result = 0;

struct Way {
  std::string_view name;
  int calls;
  /// Of `mocks=N` and `random=N`.
  int mocks = 1;
  bool at_random = false;
};

/// The command line's `WAY CALLS`; leaves the program where it is another.
inline Way way_of(int argc, char **argv) {
  if (argc != 3) {
    std::fputs("use: PROGRAM plain|delegated|mocked|mocks=N|random=N|threads CALLS\n", stderr);
    std::exit(2);
  }
  const std::string_view word = argv[1];
  Way way{word, std::atoi(argv[2])};
  constexpr std::string_view many = "mocks=";
  constexpr std::string_view random = "random=";
  for (const std::string_view start : {many, random}) {
    if (word.substr(0, start.size()) == start) {
      way.name = many;
      way.mocks = std::atoi(argv[1] + start.size());
      way.at_random = start == random;
    }
  }
  return way;
}

inline void print_median(std::array<double, rounds> each) {
  std::sort(each.begin(), each.end());
  std::printf("%.2f\n", each[rounds / 2]);
}

/// A number below \p mocks that nothing foresees from those before it.
inline int random_below(int mocks, int step) {
  std::uint64_t mixed = static_cast<std::uint64_t>(step) * 0x9e3779b97f4a7c15U;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
  return static_cast<int>(((mixed >> 32) * static_cast<std::uint64_t>(mocks)) >> 32);
}

/// Prints what one call of `call(i)` costs in nanoseconds: so many of them in each round as are asked for, or as a
/// quarter of a second has room for; the median round counts. The mocks are taken out of their order, so that a linear
/// search finds half of them on average. Each round takes others at random.
template <class Call> void measure(const Way &way, Call call) {
  constexpr int batch = 256;
  constexpr long long step = 7919;
  constexpr double longest = 0.25e9;
  std::array<double, rounds> each{};
  int before = 0;
  for (double &cost : each) {
    const auto start = std::chrono::steady_clock::now();
    double spent = 0;
    int done = 0;
    int sum = 0;
    while (done < way.calls && spent < longest) {
      const int end = way.calls - done < batch ? way.calls : done + batch;
      for (; done < end; ++done) {
        sum += call(way.at_random ? random_below(way.mocks, before + done) : static_cast<int>(done * step % way.mocks));
      }
      spent = std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
    }
    result = sum;
    cost = spent / done;
    before += done;
  }
  print_median(each);
}

/// The same by two threads that share the calls: elapsed time by all calls, so that 0.5 of one thread's is the best
/// there can be.
template <class Call> void measure_threads(const Way &way, Call call) {
  std::array<double, rounds> each{};
  for (double &cost : each) {
    const auto half = [&] {
      int sum = 0;
      for (int i = 0; i < way.calls / 2; ++i) {
        sum += call(0);
      }
      result = sum;
    };
    const auto start = std::chrono::steady_clock::now();
    std::thread other(half);
    half();
    other.join();
    const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - start;
    cost = spent.count() / way.calls;
  }
  print_median(each);
}

/// Leaves the program: this framework knows no such way.
inline int unknown() {
  std::puts("none");
  return 0;
}

} // namespace bench
#endif
