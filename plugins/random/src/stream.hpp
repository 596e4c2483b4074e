// random.seed(42), and the seeds that the program gives --(TestStreams)--> the numbers that it draws
#ifndef TRIPWIRE_PLUGINS_RANDOM_STREAM_HPP
#define TRIPWIRE_PLUGINS_RANDOM_STREAM_HPP

#include "function.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

namespace tripwire::plugins {

class RandomSeedMock;

/// Numbers without end, the same for the same key on every machine.
class RandomStream {
public:
  RandomStream() = default;
  explicit RandomStream(std::uint64_t key) noexcept : key_(key) {}
  /// 64 bits, each of them as good as the others.
  std::uint64_t next() noexcept;

private:
  std::uint64_t key_ = 0;
  std::uint64_t drawn_ = 0;
};

/// The generators of one test, in place of those of the process. Thread-safe.
///
/// What seed a program gives does not matter, only whether it gave the same one before: `srand(time(nullptr))` begins
/// the same stream in every run, equal seeds begin equal streams, and different ones different streams.
class TestStreams {
public:
  /// The test says the seed, by \p mock: every stream begins anew.
  void seed(std::uint64_t seed, const RandomSeedMock &mock);
  /// Whether \p mock is the one that says the seed.
  bool is_said_by(const RandomSeedMock &mock) const;
  std::uint64_t next(RandomSource source);
  /// \p size bytes, in one piece.
  void fill(RandomSource source, void *target, std::size_t size);

  /// The program gives a seed.
  void reseed(RandomSource source, std::uint64_t seed);
  /// `initstate`: the stream of \p seed, whose state is \p state from now on. \return the state that was in use, which
  /// is never null.
  char *use_state(char *state, std::uint64_t seed);
  /// `setstate`: goes on where the stream of \p state was left. \return the state that was in use; null where no stream
  /// belongs to \p state.
  char *use_state(char *state);

private:
  struct Generator {
    RandomStream stream;
    std::vector<std::uint64_t> seeds; ///< that the program has given, in the order in which they were new
  };
  Generator &of(RandomSource source) { return generators_[static_cast<std::size_t>(source)]; }
  void restart(RandomSource source, std::uint64_t seed);
  char *switch_state(char *state);

  mutable std::mutex mutex_;
  const RandomSeedMock *mock_ = nullptr;
  std::uint64_t seed_ = 0;
  std::array<Generator, 3> generators_;
  std::map<char *, RandomStream> left_; ///< by their states
  char *state_ = state_of_process_;
  static char state_of_process_[64]; ///< stands for that of the process, which tests leave alone
};

} // namespace tripwire::plugins

#endif
