// the seams of random numbers --(handlers)--> what the test answers, or draws from its own seed
#include "plugin.hpp"

#include "hints.hpp"
#include "mock.hpp"

#include <tripwire/plugin_names.hpp>

#include <sys/types.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <system_error>

// What the build makes of seams.yaml.
extern const tripwire::plugin::Manifest tripwire_manifest_random;

namespace tripwire::plugins {

namespace {

using plugin::Decision;
using plugin::Description;
using plugin::Need;
using plugin::Visit;

template <class T> T read(const Visit &visit, std::size_t index) {
  T value{};
  std::memcpy(&value, visit.argument(index).address, sizeof value);
  return value;
}

/// errno as the program had it, or as the call leaves it: nothing else that happens here shows.
class CallErrno {
public:
  CallErrno() = default;
  CallErrno(const CallErrno &) = delete;
  CallErrno &operator=(const CallErrno &) = delete;
  ~CallErrno() { errno = error_; }

  void make_real(Visit &visit) {
    errno = error_;
    visit.make_real();
    error_ = errno;
  }
  int error() const noexcept { return error_; }
  void becomes(int error) noexcept { error_ = error; }

private:
  int error_ = errno;
};

/// The answer of the test; null when it is the seed that answers.
const RandomMock *answer_in(const Decision &decision) {
  return decision.mock->yields() ? nullptr : decision.as<RandomMock>();
}

TestStreams &streams_in(const Decision &decision) {
  return decision.mock->yields() ? decision.as<RandomSeedMock>()->streams() : decision.as<RandomMock>()->streams();
}

Description described(RandomFunction function) {
  const RandomFacts &facts = facts_of(function);
  Description call;
  call.request("draw by " + std::string(facts.name)).field("function", std::string(facts.name)).key(facts.name);
  return call;
}

/// One of \p count numbers, each as often as the others but for 2 to the power of -32.
std::int64_t one_of(std::int64_t count, std::uint64_t bits) {
  return static_cast<std::int64_t>(((bits >> 32) * static_cast<std::uint64_t>(count)) >> 32);
}

template <RandomFunction function, class R> void on_number(Visit &visit) {
  CallErrno error;
  const RandomFacts &facts = facts_of(function);
  std::int64_t count = facts.highest - facts.lowest + 1;
  Description call = described(function);
  if (function == RandomFunction::arc4random_uniform) {
    const auto bound = read<std::uint32_t>(visit, 0);
    call.field("bound", bound);
    count = bound;
  }
  const Decision decision = visit.present(std::move(call));
  if (decision.real()) {
    error.make_real(visit);
  } else if (const RandomMock *mock = answer_in(decision)) {
    if (mock->error) { // of a device, as libstdc++ has it
      decision.recorded.raised(AnyValue(plugin::name_of_errno(*mock->error)));
      visit.call().answered = true; // by what is thrown
      throw std::system_error(*mock->error, std::generic_category(), "random_device could not be read");
    }
    visit.answer<R>(static_cast<R>(mock->number));
  } else {
    visit.answer<R>(static_cast<R>(facts.lowest + one_of(count, streams_in(decision).next(facts.source))));
  }
  if (facts.source != RandomSource::system)
    decision.recorded.field("value", static_cast<std::int64_t>(visit.result<R>()));
}

void on_drand48(Visit &visit) {
  CallErrno error;
  const Decision decision = visit.present(described(RandomFunction::drand48));
  if (decision.real()) {
    error.make_real(visit);
  } else if (const RandomMock *mock = answer_in(decision)) {
    visit.answer<double>(mock->fraction);
  } else {
    constexpr double of_48_bits = 1.0 / (1ULL << 48);
    visit.answer<double>(static_cast<double>(streams_in(decision).next(RandomSource::bits48) >> 16) * of_48_bits);
  }
  decision.recorded.field("value", visit.result<double>());
}

/// How a draw of bytes ended that was not real.
struct Filled {
  std::size_t got = 0;
  int error = 0; ///< errno
};

Filled fill(const Decision &decision, void *target, std::size_t size) {
  const RandomMock *mock = answer_in(decision);
  if (mock != nullptr && mock->error)
    return {0, *mock->error};
  if (target == nullptr && size > 0)
    return {0, EFAULT};
  if (mock == nullptr) {
    streams_in(decision).fill(RandomSource::system, target, size);
    return {size, 0};
  }
  if (!mock->bytes.empty())
    std::memcpy(target, mock->bytes.data(), mock->bytes.size());
  return {mock->bytes.size(), 0};
}

Description described_bytes(RandomFunction function, std::size_t size) {
  Description call = described(function);
  call.request("draw of " + std::to_string(size) + " bytes by " + facts_of(function).name).field("size", size);
  return call;
}

void failed(const Decision &decision, CallErrno &error, int with) {
  decision.recorded.raised(AnyValue(plugin::name_of_errno(with)));
  error.becomes(with);
}

void on_getrandom(Visit &visit) {
  CallErrno error;
  const auto size = read<std::size_t>(visit, 1);
  const auto flags = read<unsigned>(visit, 2);
  Description call = described_bytes(RandomFunction::getrandom, size);
  call.field("flags", flags, flags == 0 ? Need::optional : Need::required);
  const Decision decision = visit.present(std::move(call));
  if (decision.real()) {
    error.make_real(visit);
  } else {
    const Filled filled = fill(decision, read<void *>(visit, 0), size);
    error.becomes(filled.error == 0 ? error.error() : filled.error);
    visit.answer<ssize_t>(filled.error == 0 ? static_cast<ssize_t>(filled.got) : -1);
  }
  const auto got = visit.result<ssize_t>();
  if (got < 0)
    failed(decision, error, error.error());
  else if (static_cast<std::size_t>(got) != size)
    decision.recorded.field("got", static_cast<std::size_t>(got));
}

void on_getentropy(Visit &visit) {
  constexpr std::size_t most = 256; // getentropy(3)
  CallErrno error;
  const auto size = read<std::size_t>(visit, 1);
  const Decision decision = visit.present(described_bytes(RandomFunction::getentropy, size));
  if (decision.real()) {
    error.make_real(visit);
  } else {
    const Filled filled = size > most ? Filled{0, EIO} : fill(decision, read<void *>(visit, 0), size);
    error.becomes(filled.error == 0 ? error.error() : filled.error);
    visit.answer<int>(filled.error == 0 ? 0 : -1);
  }
  if (visit.result<int>() != 0)
    failed(decision, error, error.error());
}

void on_arc4random_buf(Visit &visit) {
  CallErrno error;
  const auto size = read<std::size_t>(visit, 1);
  const Decision decision = visit.present(described_bytes(RandomFunction::arc4random_buf, size));
  if (decision.real()) {
    error.make_real(visit);
    return;
  }
  fill(decision, read<void *>(visit, 0), size);
  visit.call().answered = true;
}

/// Puts a seeding before the core. \return null where it is real.
TestStreams *seeded(Visit &visit, CallErrno &error, const char *function, std::int64_t seed) {
  Description call;
  call.request("seeding with " + std::to_string(seed) + " by " + function)
      .field("function", std::string(function), Need::optional)
      .field("seed", seed)
      .key(random_seedings);
  const Decision decision = visit.present(std::move(call));
  if (!decision.real())
    return &streams_in(decision);
  error.make_real(visit);
  return nullptr;
}

void seed(Visit &visit, const char *function, RandomSource source, std::int64_t with) {
  CallErrno error;
  if (TestStreams *streams = seeded(visit, error, function, with)) {
    streams->reseed(source, static_cast<std::uint64_t>(with));
    visit.call().answered = true;
  }
}

void on_srand(Visit &visit) { seed(visit, "srand", RandomSource::classic, read<unsigned>(visit, 0)); }
void on_srandom(Visit &visit) { seed(visit, "srandom", RandomSource::classic, read<unsigned>(visit, 0)); }
void on_srand48(Visit &visit) { seed(visit, "srand48", RandomSource::bits48, read<long>(visit, 0)); }

/// 48 bits, the lowest ones first.
std::int64_t joined(const unsigned short *words) {
  return static_cast<std::int64_t>(words[0]) | static_cast<std::int64_t>(words[1]) << 16 |
         static_cast<std::int64_t>(words[2]) << 32;
}

void on_lcong48(Visit &visit) {
  seed(visit, "lcong48", RandomSource::bits48, joined(read<unsigned short *>(visit, 0)));
}

void on_seed48(Visit &visit) {
  // What was seeded before, as libc keeps it: one for the process.
  static unsigned short before[3];
  CallErrno error;
  const auto *words = read<unsigned short *>(visit, 0);
  const std::int64_t with = joined(words);
  if (TestStreams *streams = seeded(visit, error, "seed48", with)) {
    streams->reseed(RandomSource::bits48, static_cast<std::uint64_t>(with));
    visit.answer<unsigned short *>(before);
  }
}

void on_initstate(Visit &visit) {
  constexpr std::size_t least = 8; // initstate(3)
  CallErrno error;
  const auto with = read<unsigned>(visit, 0);
  auto *state = read<char *>(visit, 1);
  if (TestStreams *streams = seeded(visit, error, "initstate", with)) {
    const bool is_state = state != nullptr && read<std::size_t>(visit, 2) >= least;
    visit.answer<char *>(is_state ? streams->use_state(state, with) : nullptr);
    if (!is_state)
      error.becomes(EINVAL);
  }
}

void on_setstate(Visit &visit) {
  CallErrno error;
  Description call;
  call.request("change of the state by setstate").field("function", std::string("setstate")).key("setstate");
  const Decision decision = visit.present(std::move(call));
  if (decision.real()) {
    error.make_real(visit);
    return;
  }
  char *const before = streams_in(decision).use_state(read<char *>(visit, 0));
  visit.answer<char *>(before);
  if (before == nullptr)
    error.becomes(EINVAL);
}

class RandomPlugin final : public plugin::Plugin {
public:
  RandomPlugin() : Plugin(tripwire_manifest_random, "<tripwire/plugins/random.hpp>") {
    observe("rand", &on_number<RandomFunction::rand, int>);
    observe("random", &on_number<RandomFunction::random, long>);
    observe("lrand48", &on_number<RandomFunction::lrand48, long>);
    observe("mrand48", &on_number<RandomFunction::mrand48, long>);
    observe("drand48", &on_drand48);
    observe("arc4random", &on_number<RandomFunction::arc4random, std::uint32_t>);
    observe("arc4random_uniform", &on_number<RandomFunction::arc4random_uniform, std::uint32_t>);
    observe("std::random_device::operator()", &on_number<RandomFunction::random_device, unsigned>);
    observe("getrandom", &on_getrandom);
    observe("getentropy", &on_getentropy);
    observe("arc4random_buf", &on_arc4random_buf);
    observe("srand", &on_srand);
    observe("srandom", &on_srandom);
    observe("srand48", &on_srand48);
    observe("seed48", &on_seed48);
    observe("lcong48", &on_lcong48);
    observe("initstate", &on_initstate);
    observe("setstate", &on_setstate);
  }

  std::string mock_line(const plugin::Description &call) const override { return random_mock_statement(call); }
  std::string assert_line(const plugin::Description &interaction) const override {
    return random_assert_statement(interaction);
  }
};

} // namespace

plugin::Plugin &random_plugin() {
  static RandomPlugin plugin;
  return plugin;
}

namespace {

// Linking this file is registering it, before main.
[[maybe_unused]] const plugin::Plugin &registered = random_plugin();

} // namespace

} // namespace tripwire::plugins

// What the CMake target asks the linker for, so that the plugin is there also when no test names it.
extern "C" void tripwire_plugin_random() {}
