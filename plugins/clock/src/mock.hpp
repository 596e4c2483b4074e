// clock.mock_now(...), mock_sleep(...) --(ClockMock)--> which calls it answers
#ifndef TRIPWIRE_PLUGINS_CLOCK_MOCK_HPP
#define TRIPWIRE_PLUGINS_CLOCK_MOCK_HPP

#include "time.hpp"

#include <tripwire/plugins/clock.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <string>

namespace tripwire::plugins {

/// One registered answer. Also holds the words by which a test goes on telling it.
class ClockMock final : public plugin::Mock {
public:
  enum class Kind : unsigned char {
    now,      ///< reads, of the time that the test says
    slept,    ///< sleeps where the test says what time it is
    expected, ///< a sleep that the test waits for
    real_reads,
    real_sleeps,
  };
  ClockMock(Kind kind, std::shared_ptr<TestTime> time, ClockMock *statement = nullptr);

  bool matches(const plugin::Description &call) const override;
  std::string describe() const override;
  std::vector<plugin::Difference> compare(const plugin::Description &call) const override;
  bool passes_through() const noexcept override { return kind_ == Kind::real_reads || kind_ == Kind::real_sleeps; }
  bool must_be_asserted() const noexcept override { return kind_ != Kind::now && kind_ != Kind::real_reads; }

  TestTime &time() const noexcept { return *time_; }
  /// A sleep was answered because the test says what time it is: that was of use.
  void was_of_use() {
    if (statement_ != nullptr)
      statement_->set_required(false);
  }

  std::optional<Matcher> span;
  std::optional<std::chrono::nanoseconds> interrupted; ///< after that time
  std::atomic<std::int64_t> tick{0};                   ///< nanoseconds
  std::string said;                                    ///< as the test said the time

  ClockNow now{*this};
  ClockSleep sleep{*this};
  ClockPassThrough pass_through{*this};

private:
  Kind kind_;
  std::shared_ptr<TestTime> time_;
  ClockMock *statement_; ///< of `slept`: which time it is
};

} // namespace tripwire::plugins

#endif
