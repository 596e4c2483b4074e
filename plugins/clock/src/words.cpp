// what a test writes behind tripwire::clock --> mocks of the current test, and fields of an assertion
#include "date.hpp"
#include "mock.hpp"
#include "plugin.hpp"
#include "span.hpp"

#include <tripwire/violation.hpp>

#include <cstdint>
#include <memory>

namespace tripwire::plugins {

namespace {

[[noreturn]] void refuse(const std::string &what, const Place &place) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "clock";
  facts.site.file = place.file;
  facts.site.line = place.line;
  facts.text = "ConfigurationError: " + what + "\n  at " + place.file + ":" + std::to_string(place.line);
  raise(std::move(facts));
}

/// Decides over spans; those of forked children arrive as they are printed.
class OfSpan final : public Matcher::Body {
public:
  explicit OfSpan(std::chrono::nanoseconds exact) : exact_(exact) {}
  explicit OfSpan(std::function<bool(std::chrono::nanoseconds)> decide) : decide_(std::move(decide)) {}

  bool matches(const Value &value) const override {
    if (decide_ != nullptr) {
      const auto *span = value.as<ClockSpan>();
      return span != nullptr && decide_(std::chrono::nanoseconds(static_cast<std::int64_t>(*span)));
    }
    std::string text;
    seam::Out out(text);
    tripwire::print(out, value);
    return text == text_of_span(exact_);
  }
  void describe(seam::Out &out, const seam::Parameter *) const override {
    out.put(decide_ != nullptr ? "a span that the predicate accepts" : text_of_span(exact_));
  }

private:
  std::chrono::nanoseconds exact_{};
  std::function<bool(std::chrono::nanoseconds)> decide_;
};

std::shared_ptr<TestTime> time_of_test() { return plugin::state_of_test<TestTime>(clock_plugin()); }

ClockMock &added(ClockMock::Kind kind, Place place, ClockMock *statement = nullptr) {
  return plugin::add(clock_plugin(), std::make_unique<ClockMock>(kind, time_of_test(), statement), place);
}

void check_sleep(const char *word, const ClockExpectedSpan &span, bool is_interrupted, Place place) {
  plugin::Assertion assertion(clock_plugin(), "tripwire::clock." + std::string(word) + "(...)", place);
  assertion.field("duration", span.matcher());
  if (is_interrupted)
    assertion.field("raised", matcher_of("EINTR"));
  assertion.check();
}

constexpr const char *say_now = ": this test does not say which time it is; say tripwire::clock.mock_now(...) first";

} // namespace

void tripwire_print(seam::Out &out, ClockSpan span) {
  const std::chrono::nanoseconds nanoseconds(static_cast<std::int64_t>(span));
  out.put(out.pasting() ? literal_of_span(nanoseconds) : text_of_span(nanoseconds));
}

ClockTime::ClockTime(std::time_t seconds) : since_epoch_(detail::nanoseconds_of(std::chrono::seconds(seconds))) {}

std::chrono::nanoseconds ClockTime::since_epoch(const Place &place) const {
  if (text_.empty())
    return since_epoch_;
  const auto date = date_of(text_);
  if (!date)
    refuse("\"" + text_ + "\" is no time; write it as 2026-03-01T12:00:00Z, between the years 1678 and 2262", place);
  return *date;
}

std::string ClockTime::said() const { return text_.empty() ? text_of_span(since_epoch_) : "\"" + text_ + "\""; }

Matcher ClockExpectedSpan::exactly(std::chrono::nanoseconds span) { return Matcher(std::make_shared<OfSpan>(span)); }

Matcher ClockExpectedSpan::decided(std::function<bool(std::chrono::nanoseconds)> decide) {
  return Matcher(std::make_shared<OfSpan>(std::move(decide)));
}

template <class Self> Self &ClockAnswer<Self>::required(bool required) {
  mock_->set_required(required);
  return static_cast<Self &>(*this);
}

template class ClockAnswer<ClockNow>;
template class ClockAnswer<ClockSleep>;
template class ClockAnswer<ClockPassThrough>;

ClockNow &ClockNow::tick_by(std::chrono::nanoseconds each) {
  if (each.count() < 0)
    refuse("time does not tick backwards, by " + text_of_span(each), mock_->place());
  mock_->tick = each.count();
  return *this;
}

ClockSleep &ClockSleep::times(std::uint64_t count) {
  mock_->set_times(count);
  return *this;
}

ClockSleep &ClockSleep::always() {
  mock_->set_always();
  return *this;
}

ClockSleep &ClockSleep::interrupted(std::chrono::nanoseconds slept) {
  if (slept.count() < 0)
    refuse("a sleep is not interrupted after " + text_of_span(slept), mock_->place());
  mock_->interrupted = slept;
  return *this;
}

ClockNow &Clock::mock_now(const ClockTime &time, Place place) const {
  const std::chrono::nanoseconds since_epoch = time.since_epoch(place);
  ClockMock &now = added(ClockMock::Kind::now, place);
  now.said = time.said();
  added(ClockMock::Kind::slept, place, &now);
  now.time().set(since_epoch, now);
  return now.now;
}

void Clock::advance_by(std::chrono::nanoseconds by, const Place &place) const {
  if (by.count() < 0)
    refuse("time does not go backwards, by " + text_of_span(by) + "; mock_now sets a clock back", place);
  const std::shared_ptr<TestTime> time = time_of_test();
  if (!time->now(ClockKind::date))
    refuse("advance(" + text_of_span(by) + ")" + say_now, place);
  time->advance(by);
}

std::chrono::system_clock::time_point Clock::now(Place place) const {
  const auto date = time_of_test()->now(ClockKind::date);
  if (!date)
    refuse(std::string("now()") + say_now, place);
  return std::chrono::system_clock::time_point(std::chrono::duration_cast<std::chrono::system_clock::duration>(*date));
}

ClockSleep &Clock::mock_sleep(const ClockExpectedSpan &span, Place place) const {
  ClockMock &mock = added(ClockMock::Kind::expected, place);
  mock.span = span.matcher();
  return mock.sleep;
}

ClockPassThrough &Clock::pass_through(Place place) const {
  added(ClockMock::Kind::real_reads, place);
  return added(ClockMock::Kind::real_sleeps, place).pass_through;
}

void Clock::assert_sleep(const ClockExpectedSpan &span, Place place) const {
  check_sleep("assert_sleep", span, false, place);
}

void Clock::assert_sleep_interrupted(const ClockExpectedSpan &span, Place place) const {
  check_sleep("assert_sleep_interrupted", span, true, place);
}

} // namespace tripwire::plugins
