#include "logger.hpp"

#include <syslog.h>

namespace tripwire::plugins {

Logger::Logger() : facility_(LOG_USER) {}

Logger &Logger::of_process() {
  static auto *const logger = new Logger;
  return *logger;
}

void Logger::opened(const char *ident, int facility) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (ident != nullptr)
    ident_ = ident;
  if ((facility & ~LOG_FACMASK) == 0)
    facility_ = facility;
}

void Logger::closed() {
  const std::lock_guard<std::mutex> lock(mutex_);
  ident_.clear();
}

std::string Logger::ident() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return ident_;
}

int Logger::facility() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return facility_;
}

} // namespace tripwire::plugins
