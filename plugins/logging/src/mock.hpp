// logging.mock_log(...).times(...) --(LogMock)--> which records it waits for
#ifndef TRIPWIRE_PLUGINS_LOGGING_MOCK_HPP
#define TRIPWIRE_PLUGINS_LOGGING_MOCK_HPP

#include <tripwire/plugins/logging.hpp>

#include <optional>
#include <string>

namespace tripwire::plugins {

/// One registered answer. Also holds the words by which a test goes on telling it.
class LogMock final : public plugin::Mock {
public:
  LogMock(bool is_real, Matcher level, Matcher message)
      : is_real_(is_real), level_(std::move(level)), message_(std::move(message)) {}

  bool matches(const plugin::Description &call) const override;
  std::string describe() const override;
  std::vector<plugin::Difference> compare(const plugin::Description &call) const override;
  bool passes_through() const noexcept override { return is_real_; }

  std::optional<Matcher> logger;
  std::optional<Matcher> facility;

  LogExpected expected{*this};
  LogPassThrough pass_through{*this};

private:
  bool is_real_;
  Matcher level_;
  Matcher message_;
};

} // namespace tripwire::plugins

#endif
