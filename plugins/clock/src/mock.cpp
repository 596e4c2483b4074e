#include "mock.hpp"

#include "span.hpp"

namespace tripwire::plugins {

namespace {

std::string text_of(const Matcher &matcher) {
  std::string text;
  seam::Out out(text);
  matcher.describe(out);
  return text;
}

bool is_read(const plugin::Description &call) { return call.find("duration") == nullptr; }

bool accepts(const Matcher &matcher, const plugin::Description &call) {
  const plugin::Field *field = call.find("duration");
  return field != nullptr && matcher.matches(field->value.view());
}

} // namespace

ClockMock::ClockMock(Kind kind, std::shared_ptr<TestTime> time, ClockMock *statement)
    : kind_(kind), time_(std::move(time)), statement_(statement) {
  if (kind != Kind::expected)
    set_always();
  if (kind == Kind::slept)
    set_required(false);
}

bool ClockMock::matches(const plugin::Description &call) const {
  switch (kind_) {
  case Kind::now:
    return is_read(call) && time_->is_said_by(*this);
  case Kind::slept:
    return !is_read(call) && time_->is_said_by(*statement_);
  case Kind::expected:
    return !is_read(call) && span && accepts(*span, call);
  case Kind::real_reads:
    return is_read(call);
  case Kind::real_sleeps:
    return !is_read(call);
  }
  return false;
}

std::string ClockMock::describe() const {
  switch (kind_) {
  case Kind::now:
    return "mock_now(" + said + ")";
  case Kind::slept:
    return "sleeps in the time of " + (statement_ == nullptr ? std::string() : statement_->describe());
  case Kind::expected:
    return "mock_sleep(" + text_of(*span) + ")" +
           (interrupted ? ".interrupted_after(" + text_of_span(*interrupted) + ")" : std::string());
  case Kind::real_reads:
  case Kind::real_sleeps:
    return "pass_through()";
  }
  return {};
}

std::vector<plugin::Difference> ClockMock::compare(const plugin::Description &call) const {
  if (kind_ != Kind::expected || is_read(call))
    return {};
  const auto *span_of_call = call.get<ClockSpan>("duration");
  const std::string got = span_of_call == nullptr
                              ? "nothing"
                              : text_of_span(std::chrono::nanoseconds(static_cast<std::int64_t>(*span_of_call)));
  return {{"duration", text_of(*span), got, accepts(*span, call)}};
}

} // namespace tripwire::plugins
