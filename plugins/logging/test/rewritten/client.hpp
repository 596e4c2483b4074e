// A program that logs, as production code would: the tests of this folder rewrite it.
#ifndef TRIPWIRE_PLUGINS_LOGGING_TEST_CLIENT_HPP
#define TRIPWIRE_PLUGINS_LOGGING_TEST_CLIENT_HPP

#include <string>

namespace client {

/// One record of any priority.
void log(int priority, const std::string &text);

/// `disk 91% full`, a warning.
void warn_of(int percent);

/// The same through a function of the client's own that takes a list.
void log_list(int priority, const char *format, ...) __attribute__((format(printf, 2, 3)));

/// `cannot open /etc/nothing: ...` with the words of \p error. \return errno after the call.
int log_error(int error);

/// Arguments of many types.
void log_mixture();

/// The record of a function that swallows whatever is thrown.
void log_swallowing(const std::string &text);

void open(const char *ident, int option, int facility);
void close();
int mask(int mask);

} // namespace client

extern "C" {
/// `from C: 7` by syslog, `from C: eight` by vsyslog.
void c_log(int number);
}

#endif
