// What a test can say of random numbers, and assert of draws, over rewritten code in C++ and C.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/random.hpp>
#include <tripwire/tripwire.hpp>

#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <thread>
#include <vector>

namespace {

using tripwire::anything;

struct Drawn {
  std::vector<double> numbers;
  std::string bytes;
  friend bool operator==(const Drawn &a, const Drawn &b) { return a.numbers == b.numbers && a.bytes == b.bytes; }
};

Drawn everything() {
  Drawn drawn;
  drawn.numbers = {double(client::rand()),        double(client::random()), double(client::lrand48()),
                   double(client::mrand48()),     client::drand48(),        double(client::arc4()),
                   double(client::arc4_below(6)), double(client::device()), double(client::dice())};
  drawn.bytes = client::getrandom(20).buffer + client::getentropy(20).buffer + client::arc4_bytes(20).buffer;
  return drawn;
}

Drawn seeded_with(std::uint64_t seed) {
  tripwire::random.seed(seed);
  const tripwire::Sandbox sandbox;
  return everything();
}

TEST(Random, ASeedAnswersEveryDrawTheSameInEachRun) {
  const Drawn drawn = seeded_with(42);
  EXPECT_EQ(drawn, seeded_with(42));
  const Drawn other = seeded_with(43);
  for (std::size_t index = 0; index < 6; ++index)
    EXPECT_NE(drawn.numbers[index], other.numbers[index]) << index;
  EXPECT_NE(drawn.bytes, other.bytes);
  EXPECT_EQ(drawn.bytes.find("----"), std::string::npos) << "all of the buffers is filled";
}

TEST(Random, WhatASeedAnswersIsWhatTheFunctionsHandOut) {
  tripwire::random.seed(7);
  const tripwire::Sandbox sandbox;
  bool is_negative = false;
  for (int count = 0; count < 300; ++count) {
    for (const long number : {long(client::rand()), client::random(), client::lrand48()}) {
      EXPECT_GE(number, 0);
      EXPECT_LE(number, RAND_MAX);
    }
    const long number = client::mrand48();
    EXPECT_GE(number, -2147483648L);
    EXPECT_LE(number, 2147483647L);
    is_negative = is_negative || number < 0;
    const double fraction = client::drand48();
    EXPECT_TRUE(fraction >= 0 && fraction < 1) << fraction;
    EXPECT_LT(client::arc4_below(6), 6U);
    EXPECT_EQ(client::arc4_below(0), 0U);
  }
  EXPECT_TRUE(is_negative);
}

TEST(Random, CodeInCDrawsFromTheSameStream) {
  tripwire::random.seed(42);
  int first = 0;
  {
    const tripwire::Sandbox sandbox;
    first = client::rand();
  }
  tripwire::random.seed(42);
  const tripwire::Sandbox sandbox;
  EXPECT_EQ(c_rand(), first);
  char bytes[4];
  EXPECT_EQ(c_getrandom(bytes, sizeof bytes), 4);
}

TEST(Random, WhatTheProgramSeedsBeginsAStreamOfTheTestsSeed) {
  const auto draw = [](unsigned seed) {
    client::srand(seed);
    return std::vector<int>{client::rand(), client::rand()};
  };
  tripwire::random.seed(42);
  const tripwire::Sandbox sandbox;
  const auto first = draw(1700000000);
  EXPECT_NE(draw(5), first);
  EXPECT_EQ(draw(1700000000), first);
  client::srandom(1700000000);
  EXPECT_EQ(client::random(), first[0]) << "which shares the state of rand";
  tripwire::random.seed(42);
  EXPECT_EQ(draw(8), first) << "another run, another time";
  client::srand48(1);
  const long next = client::lrand48();
  client::seed48(3);
  client::lcong48(4);
  client::srand48(1);
  EXPECT_EQ(client::lrand48(), next);
  c_srand(8);
  EXPECT_EQ(c_rand(), first[0]);
}

TEST(Random, AStateOfTheProgramIsGoneOnWith) {
  tripwire::random.seed(42);
  const tripwire::Sandbox sandbox;
  alignas(8) char state[32] = {};
  const int outer = client::rand();
  char *const before = client::initstate(5, state, sizeof state);
  ASSERT_NE(before, nullptr);
  const int inner = client::rand();
  EXPECT_EQ(client::setstate(before), state);
  EXPECT_NE(client::rand(), inner);
  client::initstate(5, state, sizeof state);
  EXPECT_EQ(client::rand(), inner);
  EXPECT_NE(outer, inner);
  errno = 0;
  EXPECT_EQ(client::initstate(5, state, 7), nullptr);
  EXPECT_EQ(errno, EINVAL);
  errno = 0;
  char unknown[32];
  EXPECT_EQ(client::setstate(unknown), nullptr);
  EXPECT_EQ(errno, EINVAL);
}

TEST(Random, TheGeneratorsOfTheProcessAreLeftAlone) {
  const auto draw = [] { return std::vector<double>{double(std::rand()), double(::lrand48()), ::drand48()}; };
  const auto permit = tripwire::allow("random");
  std::srand(3);
  ::srand48(3);
  const auto expected = draw();
  std::srand(3);
  ::srand48(3);
  {
    tripwire::random.seed(1);
    const tripwire::Sandbox sandbox;
    alignas(8) char state[32] = {};
    client::srand(99);
    client::srandom(98);
    client::srand48(97);
    client::seed48(96);
    client::lcong48(95);
    client::initstate(94, state, sizeof state);
    everything();
  }
  EXPECT_EQ(draw(), expected);
}

TEST(Random, AnAnswerGoesBeforeTheSeed) {
  tripwire::random.seed(42);
  int seeded = 0;
  {
    const tripwire::Sandbox sandbox;
    seeded = client::rand();
  }
  tripwire::random.seed(42);
  tripwire::random.mock_rand(4);
  tripwire::random.mock_rand(5).times(2);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::rand(), 4);
    EXPECT_EQ(client::rand(), 5);
    EXPECT_EQ(client::rand(), 5);
    EXPECT_EQ(client::rand(), seeded);
  }
  tripwire::random.assert_rand(4);
  tripwire::random.assert_rand(5);
  tripwire::random.assert_rand([](std::int64_t value) { return value == 5; });
}

TEST(Random, EachFunctionHasAnswersOfItsOwn) {
  tripwire::random.mock_drand48(0.25);
  tripwire::random.mock_random_device(4294967295);
  tripwire::random.mock_random(2147483647).always();
  tripwire::random.mock_mrand48(-2147483648);
  tripwire::random.mock_lrand48(1);
  tripwire::random.mock_arc4random(2);
  tripwire::random.mock_arc4random_uniform(5);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::random(), 2147483647L);
    EXPECT_EQ(client::random(), 2147483647L);
    EXPECT_EQ(client::mrand48(), -2147483648L);
    EXPECT_EQ(client::lrand48(), 1);
    EXPECT_EQ(client::drand48(), 0.25);
    EXPECT_EQ(client::arc4(), 2U);
    EXPECT_EQ(client::arc4_below(6), 5U);
    EXPECT_EQ(client::device(), 4294967295U);
  }
  tripwire::random.assert_random(2147483647);
  tripwire::random.assert_random(anything);
  tripwire::random.assert_mrand48(tripwire::less_than(0));
  tripwire::random.assert_lrand48(1);
  tripwire::random.assert_drand48(0.25);
  tripwire::random.assert_arc4random();
  tripwire::random.assert_arc4random_uniform(6);
  tripwire::random.assert_random_device();
}

TEST(Random, AnEngineIsSeededByTheDeviceOfTheTest) {
  tripwire::random.mock_random_device(5489).times(2); // the default seed of the engine
  tripwire::random.mock_random_device(4294967295);
  std::mt19937 engine;
  const int expected = std::uniform_int_distribution<int>(1, 6)(engine);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::dice(), expected);
    EXPECT_EQ(client::device_that_cannot_throw(), 5489U);
    EXPECT_EQ(client::dice_of_the_device(), 6);
  }
  tripwire::random.assert_random_device();
  tripwire::random.assert_random_device();
  tripwire::random.assert_random_device();
}

TEST(Random, BytesAreHandedOutAsTheyAre) {
  tripwire::random.mock_getrandom(std::string("a\0c", 3));
  tripwire::random.mock_getrandom(std::vector<unsigned char>{255, 0});
  tripwire::random.mock_getrandom(std::vector<unsigned char>());
  tripwire::random.mock_getentropy(std::array<unsigned char, 2>{{1, 2}});
  tripwire::random.mock_arc4random_buf("xyz");
  {
    const tripwire::Sandbox sandbox;
    const client::Bytes all = client::getrandom(3);
    EXPECT_EQ(all.result, 3);
    EXPECT_EQ(all.buffer, std::string("a\0c", 3));
    const client::Bytes some = client::getrandom(4, GRND_RANDOM);
    EXPECT_EQ(some.result, 2);
    EXPECT_EQ(some.buffer, std::string("\xff\0--", 4));
    EXPECT_EQ(client::getrandom(1).result, 0);
    const client::Bytes entropy = client::getentropy(2);
    EXPECT_EQ(entropy.result, 0);
    EXPECT_EQ(entropy.buffer, "\x01\x02");
    EXPECT_EQ(client::arc4_bytes(3).buffer, "xyz");
  }
  tripwire::random.assert_getrandom(3);
  tripwire::random.assert_short_getrandom(4, GRND_RANDOM, 2);
  tripwire::random.assert_short_getrandom(1, 0);
  tripwire::random.assert_getentropy(2);
  tripwire::random.assert_arc4random_buf(3);
}

TEST(Random, CodeThatLoopsGetsTheWholeKeyAfterSignalsAndShortReads) {
  tripwire::random.mock_getrandom("abc");
  tripwire::random.mock_getrandom_failed(EINTR).times(2);
  tripwire::random.mock_getrandom("de");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::key(5), "abcde");
  }
  tripwire::random.assert_short_getrandom(5, GRND_NONBLOCK, 3);
  tripwire::random.assert_getrandom_failed(2, GRND_NONBLOCK, EINTR);
  tripwire::random.assert_getrandom_failed(2, GRND_NONBLOCK, EINTR);
  tripwire::random.assert_getrandom(2, GRND_NONBLOCK);
}

TEST(Random, EntropyThatFailsSaysSo) {
  tripwire::random.mock_getrandom_failed(EAGAIN);
  tripwire::random.mock_getentropy_failed(EIO);
  tripwire::random.mock_random_device_failed(EIO);
  tripwire::random.seed(42);
  {
    const tripwire::Sandbox sandbox;
    const client::Bytes bytes = client::getrandom(4);
    EXPECT_EQ(bytes.result, -1);
    EXPECT_EQ(bytes.error, EAGAIN);
    EXPECT_EQ(bytes.buffer, "----");
    const client::Bytes entropy = client::getentropy(4);
    EXPECT_EQ(entropy.result, -1);
    EXPECT_EQ(entropy.error, EIO);
    try {
      client::device();
      ADD_FAILURE() << "the device was read";
    } catch (const std::system_error &error) {
      EXPECT_EQ(error.code(), std::error_code(EIO, std::generic_category()));
    }
    // What libc refuses, seeded or not.
    EXPECT_EQ(client::getentropy(257).error, EIO);
    errno = 0;
    EXPECT_EQ(client::getrandom_to_null(4), -1);
    EXPECT_EQ(errno, EFAULT);
    EXPECT_EQ(client::getrandom_to_null(0), 0);
  }
  tripwire::random.assert_getrandom_failed(4, EAGAIN);
  tripwire::random.assert_getentropy_failed(4, EIO);
  tripwire::random.assert_random_device_failed(EIO);
}

TEST(Random, ASeedingThatTheTestWaitsForIsAsserted) {
  tripwire::random.mock_seeding(7);
  tripwire::random.mock_seeding(anything);
  {
    const tripwire::Sandbox sandbox;
    client::srand(7);
    client::srand48(-1);
  }
  tripwire::random.assert_seeding(7);
  tripwire::random.assert_seeding([](std::int64_t seed) { return seed < 0; });
}

// 25
TEST(Random, WhatPassesThroughIsRealAndMustBeAsserted) {
  tripwire::random.mock_rand(3);
  tripwire::random.pass_through();
  int first = 0;
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::rand(), 3);
    client::srand(5);
    first = client::rand();
    client::srand(5);
    EXPECT_EQ(client::rand(), first);
    EXPECT_EQ(client::getrandom(4).result, 4);
    EXPECT_EQ(client::getrandom(1, 0xFFFF).error, EINVAL);
  }
  tripwire::random.assert_rand(3);
  tripwire::random.assert_seeding(5);
  tripwire::random.assert_rand(first);
  tripwire::random.assert_seeding(5);
  tripwire::random.assert_rand(first);
  tripwire::random.assert_getrandom(4);
  tripwire::random.assert_getrandom_failed(1, 0xFFFF, EINVAL);
}

// 45
TEST(Random, WhatARuleAllowsIsReal) {
  const auto permit = tripwire::allow(tripwire::M("random").function("getrandom"));
  const tripwire::Sandbox sandbox;
  EXPECT_EQ(client::getrandom(4).result, 4);
}

// 17
TEST(Random, ErrnoStays) {
  tripwire::random.seed(42);
  tripwire::random.mock_rand(3);
  {
    const tripwire::Sandbox sandbox;
    errno = ENOENT;
    client::rand();
    client::random();
    client::srand(3);
    client::drand48();
    client::device();
    EXPECT_EQ(errno, ENOENT);
    EXPECT_EQ(client::getrandom(3).error, 0);
    EXPECT_EQ(client::getentropy(3).error, 0);
  }
  tripwire::random.assert_rand(3);
}

// 35
TEST(Random, AThreadDrawsFromTheSameStream) {
  tripwire::random.seed(42);
  std::vector<int> drawn;
  {
    const tripwire::Sandbox sandbox;
    drawn = {client::rand(), client::rand()};
  }
  tripwire::random.seed(42);
  const tripwire::Sandbox sandbox;
  EXPECT_EQ(client::rand(), drawn[0]);
  std::thread([&] { EXPECT_EQ(client::rand(), drawn[1]); }).join();
}

// 38
TEST(Random, WhatAForkedChildDrawsIsAsserted) {
  tripwire::random.mock_rand(5);
  {
    const tripwire::Sandbox sandbox;
    const pid_t child = fork();
    if (child == 0)
      _exit(client::rand());
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 5);
  }
  tripwire::random.assert_rand(5);
}

// 34
TEST(Random, TestsThatRunAtTheSameTimeHaveStreamsOfTheirOwn) {
  const auto run = [](std::uint64_t seed) {
    std::vector<int> drawn;
    tripwire::Verifier verifier;
    tripwire::random.seed(seed);
    {
      const tripwire::Sandbox sandbox;
      for (int count = 0; count < 100; ++count)
        drawn.push_back(client::rand());
    }
    verifier.verify_all();
    return drawn;
  };
  const auto one = run(1);
  const auto other = run(2);
  std::thread first([&] { EXPECT_EQ(run(1), one); });
  std::thread second([&] { EXPECT_EQ(run(2), other); });
  first.join();
  second.join();
}

/// What the tests have set up is real: the guard is not on there.
class RandomFixture : public ::testing::Test {
protected:
  RandomFixture() : drawn_(client::getrandom(4)) {}
  client::Bytes drawn_;
};

// 42
TEST_F(RandomFixture, SetUpIsReal) { EXPECT_EQ(drawn_.result, 4); }

} // namespace
