// openlog and closelog --(Logger)--> who speaks in the next record
#ifndef TRIPWIRE_PLUGINS_LOGGING_LOGGER_HPP
#define TRIPWIRE_PLUGINS_LOGGING_LOGGER_HPP

#include <mutex>
#include <string>

namespace tripwire::plugins {

/// What the process has told libc of itself; libc shows it to nobody. Thread-safe, never destroyed.
class Logger {
public:
  static Logger &of_process();

  /// A null \p ident and a \p facility that is none leave what was said before, as in libc.
  void opened(const char *ident, int facility);
  /// The name is forgotten, the facility stays.
  void closed();

  /// Empty when nothing was said: libc puts the program's name there.
  std::string ident() const;
  /// For records that name none.
  int facility() const;

private:
  mutable std::mutex mutex_;
  std::string ident_;
  int facility_;

  Logger();
};

} // namespace tripwire::plugins

#endif
