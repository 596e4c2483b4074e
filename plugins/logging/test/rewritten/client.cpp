#include "client.hpp"

#include <syslog.h>

#include <cerrno>
#include <cstdarg>

namespace client {

void log(int priority, const std::string &text) { syslog(priority, "%s", text.c_str()); }

void warn_of(int percent) { syslog(LOG_WARNING, "disk %d%% full", percent); }

void log_list(int priority, const char *format, ...) {
  std::va_list list;
  va_start(list, format);
  vsyslog(priority, format, list);
  va_end(list);
}

// %m is no conversion of ISO C++, but one of syslog.
#pragma GCC diagnostic ignored "-Wformat"

int log_error(int error) {
  errno = error;
  syslog(LOG_ERR, "cannot open %s: %m", "/etc/nothing");
  return errno;
}

void log_mixture() {
  const short number = 3;
  const float ratio = 0.5F;
  syslog(LOG_DEBUG, "%d %c %s %.1f %lu %zu %p %5.2Lf", number, 'x', "text", static_cast<double>(ratio), 1UL << 40,
         sizeof(int), static_cast<void *>(nullptr), 2.25L);
}

void log_swallowing(const std::string &text) {
  try {
    syslog(LOG_INFO, "%s", text.c_str());
  } catch (...) {
  }
}

void open(const char *ident, int option, int facility) { openlog(ident, option, facility); }
void close() { closelog(); }
int mask(int mask) { return setlogmask(mask); }

} // namespace client
