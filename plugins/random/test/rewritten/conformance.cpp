// The promises of the random plugin, over the generators of this process.
#include "client.hpp"
#include "counted.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/random.hpp>

#include <cerrno>
#include <string>

namespace {

using tripwire::conformance::Step;
using tripwire::conformance::Subject;
using tripwire::conformance::Use;

/// An assertion that is right but for the function.
tripwire::plugin::Assertion of_another_function() {
  return tripwire::plugin::Assertion(tripwire::plugins::random_plugin(), "", tripwire::Place::here())
      .field("function", tripwire::matcher_of("dice"));
}

Use drawing(const char *name, const Step &call, const Step &mock, const Step &mock_optional, const Step &assertion) {
  Use use;
  use.name = name;
  use.call = call;
  use.mock = mock;
  use.mock_optional = mock_optional;
  use.assert_mocked = assertion;
  use.assert_real = assertion;
  use.pass_through = [] { tripwire::random.pass_through(); };
  return use;
}

/// Of a function whose numbers are recorded.
template <class Mock, class Assert, class Value>
Use numbers(const char *name, const Step &call, Value value, Mock mock, Assert assert_value) {
  Use use = drawing(
      name, call, [=] { mock(value); }, [=] { mock(value).optional(); },
      [=] { assert_value(tripwire::equals(value)); });
  use.assert_real = [=] { assert_value(tripwire::Matcher()); };
  use.wrong = {
      {"function", [=] { of_another_function().field("value", tripwire::matcher_of(value)).check(); }},
      {"value", [=] { assert_value(tripwire::not_equal(value)); }},
  };
  return use;
}

/// Of a function that fills \p size bytes.
Use bytes(const char *name, const Step &call, const Step &mock, const Step &mock_optional, std::size_t size,
          const std::function<void(std::size_t)> &assert_size) {
  Use use = drawing(name, call, mock, mock_optional, [=] { assert_size(size); });
  use.wrong = {{"function", [=] { of_another_function().field("size", tripwire::matcher_of(size)).check(); }},
               {"size", [=] { assert_size(size + 1); }}};
  return use;
}

Use with_flags() {
  Use use;
  use.name = "getrandom with flags";
  use.call = [] { client::getrandom(8, 1U); };
  use.mock = [] { tripwire::random.mock_getrandom("abc"); };
  use.mock_failure = [] { tripwire::random.mock_getrandom_failed(EAGAIN); };
  use.assert_mocked = [] { tripwire::random.assert_short_getrandom(8, 1U, 3); };
  use.assert_failure = [] { tripwire::random.assert_getrandom_failed(8, 1U, EAGAIN); };
  use.wrong = {
      {"function",
       [] {
         of_another_function()
             .field("size", tripwire::matcher_of(8))
             .field("flags", tripwire::matcher_of(1))
             .field("got", tripwire::matcher_of(3))
             .check();
       }},
      {"size", [] { tripwire::random.assert_short_getrandom(9, 1U, 3); }},
      {"flags", [] { tripwire::random.assert_short_getrandom(8, 2U, 3); }},
      {"got", [] { tripwire::random.assert_short_getrandom(8, 1U, 4); }},
  };
  return use;
}

Use seeding(const char *name, std::int64_t seed, const Step &call) {
  Use use = drawing(
      name, call, [=] { tripwire::random.mock_seeding(seed); }, [=] { tripwire::random.mock_seeding(seed).optional(); },
      [=] { tripwire::random.assert_seeding(seed); });
  use.wrong = {{"seed", [=] { tripwire::random.assert_seeding(seed + 1); }}};
  return use;
}

} // namespace

// 1, 2, 3, 5, 21, 24, 25, 40, 42, 45, 61, 62, 64
int main(int count, char **arguments) {
  Subject subject(tripwire::plugins::random_plugin());
  subject.real_calls = [] { return counted::calls(); };
  subject.uses.push_back(numbers(
      "rand", [] { client::rand(); }, 3, [](auto value) -> auto & { return tripwire::random.mock_rand(value); },
      [](const tripwire::Matcher &value) { tripwire::random.assert_rand(value); }));
  subject.uses.push_back(numbers(
      "random", [] { client::random(); }, 3, [](auto value) -> auto & { return tripwire::random.mock_random(value); },
      [](const tripwire::Matcher &value) { tripwire::random.assert_random(value); }));
  subject.uses.push_back(numbers(
      "lrand48", [] { client::lrand48(); }, 3,
      [](auto value) -> auto & { return tripwire::random.mock_lrand48(value); },
      [](const tripwire::Matcher &value) { tripwire::random.assert_lrand48(value); }));
  subject.uses.push_back(numbers(
      "mrand48", [] { client::mrand48(); }, -3,
      [](auto value) -> auto & { return tripwire::random.mock_mrand48(value); },
      [](const tripwire::Matcher &value) { tripwire::random.assert_mrand48(value); }));
  subject.uses.push_back(numbers(
      "drand48", [] { client::drand48(); }, 0.1,
      [](auto value) -> auto & { return tripwire::random.mock_drand48(value); },
      [](const tripwire::Matcher &value) { tripwire::random.assert_drand48(value); }));

  Use arc4 = drawing(
      "arc4random", [] { client::arc4(); }, [] { tripwire::random.mock_arc4random(3); },
      [] { tripwire::random.mock_arc4random(3).optional(); }, [] { tripwire::random.assert_arc4random(); });
  arc4.wrong = {{"function", [] { of_another_function().check(); }}};
  subject.uses.push_back(arc4);
  Use below = drawing(
      "arc4random_uniform", [] { client::arc4_below(6); }, [] { tripwire::random.mock_arc4random_uniform(3); },
      [] { tripwire::random.mock_arc4random_uniform(3).optional(); },
      [] { tripwire::random.assert_arc4random_uniform(6); });
  below.wrong = {{"function", [] { of_another_function().field("bound", tripwire::matcher_of(6)).check(); }},
                 {"bound", [] { tripwire::random.assert_arc4random_uniform(7); }}};
  subject.uses.push_back(below);
  Use device = drawing(
      "std::random_device", [] { client::device(); }, [] { tripwire::random.mock_random_device(3405691582); },
      [] { tripwire::random.mock_random_device(3405691582).optional(); },
      [] { tripwire::random.assert_random_device(); });
  device.secret = "3405691582";
  device.wrong = {{"function", [] { of_another_function().check(); }}};
  device.mock_failure = [] { tripwire::random.mock_random_device_failed(EIO); };
  device.assert_failure = [] { tripwire::random.assert_random_device_failed(EIO); };
  device.call = [] {
    try {
      client::device();
    } catch (const std::exception &) { // the device cannot be read
    }
  };
  subject.uses.push_back(device);

  Use random_bytes = bytes(
      "getrandom", [] { client::getrandom(6); }, [] { tripwire::random.mock_getrandom("s3cr3t"); },
      [] { tripwire::random.mock_getrandom("s3cr3t").optional(); }, 6,
      [](std::size_t size) { tripwire::random.assert_getrandom(size); });
  random_bytes.mock_failure = [] { tripwire::random.mock_getrandom_failed(EINTR); };
  random_bytes.assert_failure = [] { tripwire::random.assert_getrandom_failed(6, EINTR); };
  random_bytes.secret = "s3cr3t";
  subject.uses.push_back(random_bytes);
  subject.uses.push_back(with_flags());
  Use entropy = bytes(
      "getentropy", [] { client::getentropy(6); }, [] { tripwire::random.mock_getentropy("s3cr3t"); },
      [] { tripwire::random.mock_getentropy("s3cr3t").optional(); }, 6,
      [](std::size_t size) { tripwire::random.assert_getentropy(size); });
  entropy.mock_failure = [] { tripwire::random.mock_getentropy_failed(EIO); };
  entropy.assert_failure = [] { tripwire::random.assert_getentropy_failed(6, EIO); };
  subject.uses.push_back(entropy);
  subject.uses.push_back(bytes(
      "arc4random_buf", [] { client::arc4_bytes(6); }, [] { tripwire::random.mock_arc4random_buf("s3cr3t"); },
      [] { tripwire::random.mock_arc4random_buf("s3cr3t").optional(); }, 6,
      [](std::size_t size) { tripwire::random.assert_arc4random_buf(size); }));

  subject.uses.push_back(seeding("srand", 7, [] { client::srand(7); }));
  subject.uses.push_back(seeding("srandom", 4294967295, [] { client::srandom(4294967295U); }));
  subject.uses.push_back(seeding("srand48", -7, [] { client::srand48(-7); }));
  subject.uses.push_back(seeding("seed48", 12885032961, [] { client::seed48(1); }));
  subject.uses.push_back(seeding("lcong48", 12885032961, [] { client::lcong48(1); }));
  subject.further_lines = {"tripwire::random.seed(42);", "tripwire::random.assert_setstate();"};
  return tripwire::conformance::run(subject, count, arguments);
}
