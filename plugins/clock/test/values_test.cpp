// Dates, spans and types of <chrono>, as text and as numbers.
#include "chrono_type.hpp"
#include "date.hpp"
#include "span.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin.hpp>

#include <chrono>
#include <ctime>
#include <string>

namespace {

using namespace std::chrono;
using tripwire::plugins::ClockKind;
using tripwire::plugins::date_of;
using tripwire::plugins::literal_of_span;
using tripwire::plugins::point_at;
using tripwire::plugins::span_at;
using tripwire::plugins::text_of_span;

TEST(ClockDates, AreWhatTimegmMakesOfThem) {
  for (const char *text :
       {"1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2000-02-29T12:34:56Z", "1900-03-01T00:00:00Z",
        "2026-12-31T23:59:59Z", "2100-02-28T01:02:03Z", "1700-01-01T00:00:00Z"}) {
    std::tm parts{};
    ASSERT_NE(strptime(text, "%Y-%m-%dT%H:%M:%SZ", &parts), nullptr);
    const auto date = date_of(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(*date, seconds(timegm(&parts))) << text;
  }
  EXPECT_EQ(*date_of("1970-01-01T00:00:01.25Z"), milliseconds(1250));
  EXPECT_EQ(*date_of("1970-01-01T00:00:00.000000001Z"), nanoseconds(1));
}

TEST(ClockDates, WhatIsNoneIsRefused) {
  for (const char *text :
       {"", "now", "2026-01-01", "2026-01-01T00:00:00", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00.0000000001Z", "2026-01-01T00:00:00Z ", "2026-01-01T00:00:00+01:00", "9999-01-01T00:00:00Z",
        "1600-01-01T00:00:00Z", "0000-01-01T00:00:00Z"})
    EXPECT_FALSE(date_of(text)) << text;
}

TEST(ClockSpans, HaveTheLongestUnitThatFits) {
  EXPECT_EQ(text_of_span(seconds(90)), "90s");
  EXPECT_EQ(text_of_span(milliseconds(1500)), "1500ms");
  EXPECT_EQ(text_of_span(nanoseconds(1)), "1ns");
  EXPECT_EQ(text_of_span(nanoseconds(0)), "0s");
  EXPECT_EQ(literal_of_span(microseconds(-7)), "std::chrono::microseconds(-7)");
}

template <class T> auto span_of(const T &value) { return span_at(tripwire::seam::type_name<T>(), &value); }
template <class T> auto point_of(const T &value) { return point_at(tripwire::seam::type_name<T>(), &value); }

TEST(ClockTypes, ADurationOfAnyNumberIsReadByItsName) {
  EXPECT_EQ(span_of(milliseconds(250)), milliseconds(250));
  EXPECT_EQ(span_of(hours(-2)), hours(-2));
  EXPECT_EQ(span_of(duration<double>(0.5)), milliseconds(500));
  EXPECT_EQ((span_of(duration<float, std::ratio<3, 2>>(2.0F))), seconds(3));
  EXPECT_EQ((span_of(duration<unsigned char, std::milli>(static_cast<unsigned char>(200)))), milliseconds(200));
  EXPECT_EQ((span_of(duration<short>(static_cast<short>(-3)))), seconds(-3));
  EXPECT_EQ((span_of(duration<unsigned>(4000000000U))), seconds(4000000000LL));
  EXPECT_EQ((span_of(duration<long long, std::micro>(7))), microseconds(7));
  EXPECT_EQ((span_of(duration<long double, std::nano>(9.0L))), nanoseconds(9));
  EXPECT_EQ(span_of(hours::max()), nanoseconds::max());
  EXPECT_EQ(span_of(hours::min()), nanoseconds::min());
}

TEST(ClockTypes, WhatNoNumberCountsIsNotRead) {
  EXPECT_FALSE(span_at("std::chrono::duration<Count, std::ratio<1, 1> >", nullptr));
  EXPECT_FALSE(span_at("std::chrono::duration<acme::long_count, std::ratio<1, 1> >", nullptr));
  EXPECT_FALSE(span_of(5));
}

struct OwnClock {
  using duration = nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<OwnClock>;
  static constexpr bool is_steady = true;
};

TEST(ClockTypes, ATimePointSaysOfWhichClockItIs) {
  const auto date = point_of(system_clock::time_point(seconds(5)));
  ASSERT_TRUE(date);
  EXPECT_EQ(date->kind, ClockKind::date);
  EXPECT_EQ(date->since_start, seconds(5));
  const auto steady = point_of(time_point<steady_clock, duration<double>>(duration<double>(1.5)));
  ASSERT_TRUE(steady);
  EXPECT_EQ(steady->kind, ClockKind::steady);
  EXPECT_EQ(steady->since_start, milliseconds(1500));
  EXPECT_FALSE(point_of(OwnClock::time_point(seconds(1))));
}

} // namespace
