// the seams of syslog(3) --(handlers)--> records, swallowed or written
#include "plugin.hpp"

#include "format.hpp"
#include "hints.hpp"
#include "logger.hpp"
#include "names.hpp"

#include <tripwire/plugins/logging.hpp>
#include <tripwire/setting.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>

// What the build makes of seams.yaml.
extern const tripwire::plugin::Manifest tripwire_manifest_logging;

namespace tripwire::plugins {

namespace {

using plugin::Visit;

template <class T> T read(const Visit &visit, std::size_t index) {
  T value{};
  const Value argument = visit.argument(index);
  std::memcpy(&value, argument.address, std::min<std::size_t>(sizeof(T), argument.type->size));
  return value;
}

/// A promoted variadic argument.
FormatArgument format_argument(const Visit &visit, std::size_t index) {
  const seam::Type &type = *visit.argument(index).type;
  if (type.kind == seam::Kind::pointer || type.kind == seam::Kind::constant_text)
    return read<const void *>(visit, index);
  if (type.kind == seam::Kind::floating && type.size == sizeof(double))
    return static_cast<long double>(read<double>(visit, index));
  if (type.kind == seam::Kind::floating)
    return read<long double>(visit, index);
  if (type.size == sizeof(std::int32_t))
    return type.is_signed || type.kind == seam::Kind::signed_integer
               ? static_cast<std::int64_t>(read<std::int32_t>(visit, index))
               : static_cast<std::int64_t>(read<std::uint32_t>(visit, index));
  return read<std::int64_t>(visit, index);
}

/// Puts the record before the core. What is neither mocked nor let through is swallowed: it goes nowhere.
void record(Visit &visit, int priority, std::string message, int error) {
  const int level = LOG_PRI(priority);
  if ((::setlogmask(0) & LOG_MASK(level)) == 0) {
    errno = error;
    visit.make_real(); // which drops it: the program does not want to hear of it
    return;
  }
  const Logger &logger = Logger::of_process();
  const int named = priority & LOG_FACMASK;
  const int facility = named != 0 ? named : logger.facility();
  plugin::Description call;
  const std::string spoken_for = facility == LOG_USER ? "" : name_of(LogFacility{facility}) + " | ";
  call.request(spoken_for + name_of(LogLevel{level}) + " " + plugin::literal(message))
      .field("level", LogLevel{level})
      .field("message", std::move(message))
      .field("logger", logger.ident())
      .field("facility", LogFacility{facility}, facility == LOG_USER ? plugin::Need::optional : plugin::Need::required);
  const plugin::Decision decision = visit.present(std::move(call));
  errno = error;
  if (decision.real())
    visit.make_real();
  else
    visit.call().answered = true;
}

/// \p format_at is the place of the format among the arguments; those behind it are what it speaks of.
void on_formatted(Visit &visit, std::size_t format_at) {
  const int error = errno;
  std::vector<FormatArgument> arguments;
  for (std::size_t index = format_at + 1; index < visit.count(); ++index)
    arguments.push_back(format_argument(visit, index));
  const auto *format = read<const char *>(visit, format_at);
  record(visit, read<int>(visit, 0), formatted(format, arguments, error), error);
}

void on_syslog(Visit &visit) { on_formatted(visit, 1); }
void on_checked_syslog(Visit &visit) { on_formatted(visit, 2); }

void on_vsyslog(Visit &visit, int priority, const char *format, std::va_list arguments) {
  const int error = errno;
  record(visit, priority, formatted_list(format, arguments, error), error);
}

void on_checked_vsyslog(Visit &visit, int priority, int, const char *format, std::va_list arguments) {
  on_vsyslog(visit, priority, format, arguments);
}

void on_openlog(Visit &visit, const char *ident, int option, int facility) {
  Logger::of_process().opened(ident, facility);
  if (visit.in_sandbox() && (option & LOG_NDELAY) != 0) {
    // All but the connection: nothing is to be written to it.
    ::openlog(ident, option & ~LOG_NDELAY, facility);
    return;
  }
  visit.make_real();
}

void on_closelog(Visit &visit) {
  Logger::of_process().closed();
  visit.make_real();
}

class LoggingPlugin final : public plugin::Plugin {
public:
  LoggingPlugin() : Plugin(tripwire_manifest_logging, "<tripwire/plugins/logging.hpp>") {
    using plugin::Watch;
    observe("syslog", &on_syslog);
    observe("__syslog_chk", &on_checked_syslog);
    handle<void(int, const char *, std::va_list)>("vsyslog", &on_vsyslog);
    handle<void(int, int, const char *, std::va_list)>("__vsyslog_chk", &on_checked_vsyslog);
    handle<void(const char *, int, int)>("openlog", &on_openlog, Watch::always);
    observe("closelog", &on_closelog, Watch::always);
    observe("setlogmask", [](Visit &visit) { visit.make_real(); });
  }

  /// Unless the project says `logging: {require_mock: true}`.
  bool takes_unmocked() const noexcept override {
    const std::vector<std::string> said = plugin::setting("logging", "require_mock");
    return said.empty() || said.front() != "true";
  }
  std::string mock_line(const plugin::Description &call) const override { return log_mock_statement(call); }
  std::string assert_line(const plugin::Description &interaction) const override {
    return log_assert_statement(interaction);
  }
};

} // namespace

plugin::Plugin &logging_plugin() {
  static LoggingPlugin plugin;
  return plugin;
}

namespace {

// Linking this file is registering it, before main.
[[maybe_unused]] const plugin::Plugin &registered = logging_plugin();

} // namespace

} // namespace tripwire::plugins

// What the CMake target asks the linker for, so that the plugin is there also when no test names it.
extern "C" void tripwire_plugin_logging() {}
