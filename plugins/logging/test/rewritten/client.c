#include <stdarg.h>
#include <syslog.h>

void c_log(int number);

static void by_list(const char *format, ...) {
  va_list list;
  va_start(list, format);
  vsyslog(LOG_NOTICE, format, list);
  va_end(list);
}

void c_log(int number) {
  syslog(LOG_NOTICE, "from C: %d", number);
  by_list("from C: %s", "eight");
}
