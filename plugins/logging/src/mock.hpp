// logging.mock_log(...).times(...) --(LogMock)--> which records it waits for
#ifndef TRIPWIRE_PLUGINS_LOGGING_MOCK_HPP
#define TRIPWIRE_PLUGINS_LOGGING_MOCK_HPP

#include <tripwire/plugins/logging.hpp>

#include <utility>

namespace tripwire::plugins {

/// One registered answer. Also holds the words by which a test goes on telling it.
class LogMock final : public plugin::FieldMock {
public:
  LogMock(bool is_real, Matcher level, Matcher message)
      : FieldMock(is_real ? "pass_through" : "mock_log"), is_real_(is_real) {
    expect("level", std::move(level));
    expect("message", std::move(message));
  }
  bool passes_through() const noexcept override { return is_real_; }

  LogExpected expected{*this};
  LogPassThrough pass_through{*this};

private:
  bool is_real_;
};

} // namespace tripwire::plugins

#endif
