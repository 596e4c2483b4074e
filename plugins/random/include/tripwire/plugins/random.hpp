// tripwire::random: which random numbers a test's program draws
//
//   tripwire::random.seed(42); // every draw, the same in each run
//   tripwire::random.mock_rand(3);
//   {
//     tripwire::Sandbox sandbox;
//     throw_dice(); // 3 comes first, and what the seed says behind it
//   }
//   tripwire::random.assert_rand(3);
#ifndef TRIPWIRE_PLUGINS_RANDOM_HPP
#define TRIPWIRE_PLUGINS_RANDOM_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/place.hpp>
#include <tripwire/plugin.hpp>
#include <tripwire/plugin_mock.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace tripwire::plugins {

class RandomMock;

/// The functions that draw.
enum class RandomFunction : unsigned char {
  rand,
  random,
  lrand48,
  mrand48,
  drand48,
  arc4random,
  arc4random_uniform,
  random_device,
  getrandom,
  getentropy,
  arc4random_buf,
};

/// Bytes to hand out: text, or any container of bytes that lie side by side.
class RandomBytes {
public:
  template <class T> RandomBytes(const T &bytes) { // NOLINT: stands for what is said
    if constexpr (std::is_convertible_v<const T &, std::string_view>) {
      text_ = std::string(std::string_view(bytes));
    } else {
      static_assert(sizeof(*bytes.data()) == 1, "tripwire: random bytes are text, or a container of bytes");
      if (bytes.size() != 0)
        text_.assign(reinterpret_cast<const char *>(bytes.data()), bytes.size());
    }
  }
  const std::string &text() const noexcept { return text_; }

private:
  std::string text_;
};

/// The seed of a test.
class RandomSeed {
public:
  explicit RandomSeed(plugin::Mock &mock) : mock_(&mock) {}
  /// No draw is no violation.
  RandomSeed &optional() { return required(false); }
  RandomSeed &required(bool required) { return mock_->set_required(required), *this; }

private:
  plugin::Mock *mock_;
};

/// Draws, or seedings, that the test waits for; one unless told.
class RandomAnswer : public plugin::MockWords<RandomAnswer> {
public:
  explicit RandomAnswer(plugin::Mock &mock) : MockWords(mock) {}
};

/// Draws and seedings that are really made, recorded, and must be asserted.
class RandomPassThrough {};

/// The plugin's words. Has no state: everything belongs to the current test.
///
/// What the system's entropy really hands out (`getrandom`, `arc4random`, `std::random_device` and their like) may be
/// the key to something, and is never recorded.
class Random {
public:
  /// All that nothing else in the test answers is drawn from streams that \p seed begins: the same numbers in every run
  /// and on every machine, whatever the program seeds. Needs no assertion. Said again, the streams begin anew.
  RandomSeed &seed(std::uint64_t seed, Place place = Place::here()) const;

  /// The next draw by that function. What it never hands out is a `ConfigurationError`.
  RandomAnswer &mock_rand(std::int64_t value, Place place = Place::here()) const {
    return number(RandomFunction::rand, value, place);
  }
  RandomAnswer &mock_random(std::int64_t value, Place place = Place::here()) const {
    return number(RandomFunction::random, value, place);
  }
  RandomAnswer &mock_lrand48(std::int64_t value, Place place = Place::here()) const {
    return number(RandomFunction::lrand48, value, place);
  }
  RandomAnswer &mock_mrand48(std::int64_t value, Place place = Place::here()) const {
    return number(RandomFunction::mrand48, value, place);
  }
  RandomAnswer &mock_drand48(double value, Place place = Place::here()) const;
  RandomAnswer &mock_arc4random(std::int64_t value, Place place = Place::here()) const {
    return number(RandomFunction::arc4random, value, place);
  }
  /// Of calls with a bound that is greater.
  RandomAnswer &mock_arc4random_uniform(std::int64_t value, Place place = Place::here()) const {
    return number(RandomFunction::arc4random_uniform, value, place);
  }
  /// `operator()` of a `std::random_device`.
  RandomAnswer &mock_random_device(std::int64_t value, Place place = Place::here()) const {
    return number(RandomFunction::random_device, value, place);
  }
  /// Of calls that ask for as many bytes, or for more: they get these and no others, as after a signal.
  RandomAnswer &mock_getrandom(const RandomBytes &bytes, Place place = Place::here()) const {
    return bytes_of(RandomFunction::getrandom, bytes, place);
  }
  /// Of calls that ask for as many bytes.
  RandomAnswer &mock_getentropy(const RandomBytes &bytes, Place place = Place::here()) const {
    return bytes_of(RandomFunction::getentropy, bytes, place);
  }
  RandomAnswer &mock_arc4random_buf(const RandomBytes &bytes, Place place = Place::here()) const {
    return bytes_of(RandomFunction::arc4random_buf, bytes, place);
  }
  /// The next call fails with that errno: `EINTR` or `EAGAIN`; `EIO`.
  RandomAnswer &mock_getrandom_failed(int error, Place place = Place::here()) const {
    return failed(RandomFunction::getrandom, error, place);
  }
  RandomAnswer &mock_getentropy_failed(int error, Place place = Place::here()) const {
    return failed(RandomFunction::getentropy, error, place);
  }
  /// The device cannot be read: the call throws a `std::system_error` with that errno.
  RandomAnswer &mock_random_device_failed(int error, Place place = Place::here()) const {
    return failed(RandomFunction::random_device, error, place);
  }
  /// The test waits for a seed that the program gives, by whichever function. It does nothing to the process'
  /// generators, and where the test has a seed of its own it begins a stream of that one.
  template <class T> RandomAnswer &mock_seeding(const T &seed, Place place = Place::here()) const {
    return seeding(matcher_for<std::int64_t>(seed), place);
  }
  /// Draws and seedings that nothing else in the test answers are real.
  RandomPassThrough pass_through(Place place = Place::here()) const;

  /// The program drew that number by that function. Of entropy no number is kept.
  template <class T> void assert_rand(const T &value, Place place = Place::here()) const {
    assert_value(RandomFunction::rand, matcher_for<std::int64_t>(value), place);
  }
  template <class T> void assert_random(const T &value, Place place = Place::here()) const {
    assert_value(RandomFunction::random, matcher_for<std::int64_t>(value), place);
  }
  template <class T> void assert_lrand48(const T &value, Place place = Place::here()) const {
    assert_value(RandomFunction::lrand48, matcher_for<std::int64_t>(value), place);
  }
  template <class T> void assert_mrand48(const T &value, Place place = Place::here()) const {
    assert_value(RandomFunction::mrand48, matcher_for<std::int64_t>(value), place);
  }
  template <class T> void assert_drand48(const T &value, Place place = Place::here()) const {
    assert_value(RandomFunction::drand48, matcher_for<double>(value), place);
  }
  void assert_arc4random(Place place = Place::here()) const;
  template <class T> void assert_arc4random_uniform(const T &bound, Place place = Place::here()) const {
    assert_bound(matcher_for<std::uint32_t>(bound), place);
  }
  void assert_random_device(Place place = Place::here()) const;

  /// The program asked for \p size bytes, and got all of them.
  template <class T> void assert_getrandom(const T &size, Place place = Place::here()) const {
    assert_bytes(RandomFunction::getrandom, matcher_for<std::size_t>(size), nullptr, nullptr, 0, place);
  }
  /// The same; \p flags (`GRND_NONBLOCK`) have to be said where there are any.
  template <class T> void assert_getrandom(const T &size, unsigned flags, Place place = Place::here()) const {
    assert_bytes(RandomFunction::getrandom, matcher_for<std::size_t>(size), &flags, nullptr, 0, place);
  }
  /// It got \p got of them.
  template <class T> void assert_short_getrandom(const T &size, std::size_t got, Place place = Place::here()) const {
    assert_bytes(RandomFunction::getrandom, matcher_for<std::size_t>(size), nullptr, &got, 0, place);
  }
  template <class T>
  void assert_short_getrandom(const T &size, unsigned flags, std::size_t got, Place place = Place::here()) const {
    assert_bytes(RandomFunction::getrandom, matcher_for<std::size_t>(size), &flags, &got, 0, place);
  }
  template <class T> void assert_getentropy(const T &size, Place place = Place::here()) const {
    assert_bytes(RandomFunction::getentropy, matcher_for<std::size_t>(size), nullptr, nullptr, 0, place);
  }
  template <class T> void assert_arc4random_buf(const T &size, Place place = Place::here()) const {
    assert_bytes(RandomFunction::arc4random_buf, matcher_for<std::size_t>(size), nullptr, nullptr, 0, place);
  }
  /// The call failed with that errno.
  template <class T> void assert_getrandom_failed(const T &size, int error, Place place = Place::here()) const {
    assert_bytes(RandomFunction::getrandom, matcher_for<std::size_t>(size), nullptr, nullptr, error, place);
  }
  template <class T>
  void assert_getrandom_failed(const T &size, unsigned flags, int error, Place place = Place::here()) const {
    assert_bytes(RandomFunction::getrandom, matcher_for<std::size_t>(size), &flags, nullptr, error, place);
  }
  template <class T> void assert_getentropy_failed(const T &size, int error, Place place = Place::here()) const {
    assert_bytes(RandomFunction::getentropy, matcher_for<std::size_t>(size), nullptr, nullptr, error, place);
  }
  void assert_random_device_failed(int error, Place place = Place::here()) const;

  /// The program gave that seed, by whichever function: of `seed48` and `lcong48` as one number of 48 bits.
  template <class T> void assert_seeding(const T &seed, Place place = Place::here()) const {
    assert_seed(matcher_for<std::int64_t>(seed), place);
  }
  /// It went on with another state (`setstate`).
  void assert_setstate(Place place = Place::here()) const;

private:
  RandomAnswer &number(RandomFunction function, std::int64_t value, const Place &place) const;
  RandomAnswer &bytes_of(RandomFunction function, const RandomBytes &bytes, const Place &place) const;
  RandomAnswer &failed(RandomFunction function, int error, const Place &place) const;
  RandomAnswer &seeding(Matcher seed, const Place &place) const;
  void assert_value(RandomFunction function, Matcher value, const Place &place) const;
  void assert_bound(Matcher bound, const Place &place) const;
  void assert_bytes(RandomFunction function, Matcher size, const unsigned *flags, const std::size_t *got, int error,
                    const Place &place) const;
  void assert_seed(Matcher seed, const Place &place) const;
};

} // namespace tripwire::plugins

namespace tripwire {

inline constexpr plugins::Random random{};

} // namespace tripwire

#endif
