// The streams of a test: which seeds begin which of them.
#include "mock.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace {

using tripwire::plugins::RandomSeedMock;
using tripwire::plugins::RandomSource;
using tripwire::plugins::TestStreams;

class Streams {
public:
  explicit Streams(std::uint64_t seed) : mock_(seed, streams_) { streams_->seed(seed, mock_); }
  TestStreams *operator->() { return streams_.get(); }
  std::vector<std::uint64_t> draw(RandomSource source = RandomSource::classic) {
    return {streams_->next(source), streams_->next(source), streams_->next(source)};
  }

private:
  std::shared_ptr<TestStreams> streams_ = std::make_shared<TestStreams>();
  RandomSeedMock mock_;
};

TEST(RandomStreams, AreTheSameOnEveryMachine) {
  const std::vector<std::uint64_t> known = {6817241261514633626U, 9789240456852489254U, 13585727134525617717U};
  EXPECT_EQ(Streams(42).draw(), known);
  EXPECT_NE(Streams(43).draw(), known);
}

TEST(RandomStreams, ADrawOfOneSourceChangesNoOther) {
  Streams one(42);
  one.draw(RandomSource::system);
  one.draw(RandomSource::bits48);
  EXPECT_EQ(one.draw(), Streams(42).draw());
  EXPECT_NE(Streams(42).draw(), Streams(42).draw(RandomSource::system));
}

TEST(RandomStreams, ASeedOfTheProgramCountsByWhetherItWasGivenBefore) {
  Streams today(42);
  Streams tomorrow(42);
  today->reseed(RandomSource::classic, 1700000000);
  tomorrow->reseed(RandomSource::classic, 1700086400);
  const auto first = today.draw();
  EXPECT_EQ(first, tomorrow.draw());
  EXPECT_NE(first, Streams(42).draw());
  today->reseed(RandomSource::classic, 5);
  EXPECT_NE(today.draw(), first);
  today->reseed(RandomSource::classic, 1700000000);
  EXPECT_EQ(today.draw(), first);
}

TEST(RandomStreams, AStateGoesOnWhereItWasLeft) {
  char one[8];
  char other[8];
  Streams streams(42);
  char *const process = streams->use_state(one, 7);
  ASSERT_NE(process, nullptr);
  const auto begin = streams.draw();
  EXPECT_EQ(streams->use_state(other, 8), one);
  EXPECT_NE(streams.draw(), begin);
  EXPECT_EQ(streams->use_state(one), other);
  const auto left = streams.draw();
  EXPECT_EQ(streams->use_state(one, 7), one);
  EXPECT_EQ(streams.draw(), begin);
  EXPECT_EQ(streams.draw(), left);
  EXPECT_EQ(streams->use_state(process), one);
  EXPECT_EQ(streams.draw(), Streams(42).draw());
  char unknown[8];
  EXPECT_EQ(streams->use_state(unknown), nullptr);
}

TEST(RandomStreams, BytesAreFilledToTheLast) {
  unsigned char bytes[12] = {};
  bytes[11] = 7;
  Streams(42)->fill(RandomSource::system, bytes, 11);
  EXPECT_EQ(bytes[11], 7);
  unsigned char again[11] = {};
  Streams(42)->fill(RandomSource::system, again, 11);
  EXPECT_EQ(std::vector<unsigned char>(bytes, bytes + 11), std::vector<unsigned char>(again, again + 11));
}

} // namespace
