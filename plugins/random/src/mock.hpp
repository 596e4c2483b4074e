// random.seed(...), mock_rand(...) --(RandomMock)--> which calls it answers
#ifndef TRIPWIRE_PLUGINS_RANDOM_MOCK_HPP
#define TRIPWIRE_PLUGINS_RANDOM_MOCK_HPP

#include "stream.hpp"

#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugins/random.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tripwire::plugins {

/// The key of seedings, as draws have that of their function.
inline constexpr const char *random_seedings = "seeding";

/// An answer: the number or the bytes of one function's draws, an error of it, or none for a seeding.
class RandomMock final : public plugin::FieldMock {
public:
  /// \p key is the name of a function, or `random_seedings`; \p said the test's words, for messages.
  RandomMock(std::string key, std::string said, std::shared_ptr<TestStreams> streams)
      : FieldMock(""), key_(std::move(key)), said_(std::move(said)), streams_(std::move(streams)) {}

  bool matches(const plugin::Description &call) const override {
    return call.key() == key_ && FieldMock::matches(call);
  }
  std::string key() const override { return key_; }
  std::string describe() const override { return said_; }
  std::vector<plugin::Difference> compare(const plugin::Description &call) const override;

  TestStreams &streams() const noexcept { return *streams_; }

  std::int64_t number = 0;
  double fraction = 0;
  std::string bytes;
  std::optional<int> error; ///< errno

  RandomAnswer answer{*this};

private:
  std::string key_;
  std::string said_;
  std::shared_ptr<TestStreams> streams_;
};

/// The seed of the test: answers all that no other mock does.
class RandomSeedMock final : public plugin::Mock {
public:
  RandomSeedMock(std::uint64_t seed, std::shared_ptr<TestStreams> streams) : seed_(seed), streams_(std::move(streams)) {
    set_always();
  }

  bool matches(const plugin::Description &) const override { return streams_->is_said_by(*this); }
  std::string describe() const override { return "seed(" + std::to_string(seed_) + ")"; }
  bool yields() const noexcept override { return true; }
  bool must_be_asserted() const noexcept override { return false; }

  TestStreams &streams() const noexcept { return *streams_; }

  RandomSeed words{*this};

private:
  std::uint64_t seed_;
  std::shared_ptr<TestStreams> streams_;
};

/// All that no other mock answers is real.
class RandomRealMock final : public plugin::Mock {
public:
  RandomRealMock() { set_always(); }
  bool matches(const plugin::Description &) const override { return true; }
  std::string describe() const override { return "pass_through()"; }
  bool passes_through() const noexcept override { return true; }
};

} // namespace tripwire::plugins

#endif
