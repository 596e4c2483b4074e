// What is logged, to see what is to be pasted for it.
#ifndef TRIPWIRE_PLUGINS_LOGGING_TEST_PASTED_VALUES_HPP
#define TRIPWIRE_PLUGINS_LOGGING_TEST_PASTED_VALUES_HPP

#include <syslog.h>

#include <string>
#include <utility>
#include <vector>

inline const std::vector<std::pair<int, std::string>> &pasted_values() {
  static const std::vector<std::pair<int, std::string>> values = {
      {LOG_EMERG, ""},
      {LOG_ALERT, "plain"},
      {LOG_CRIT, "a \"quoted\" word"},
      {LOG_ERR, "back\\slash and end\\"},
      {LOG_WARNING, "two\nlines\n"},
      {LOG_NOTICE, "tab\there"},
      {LOG_INFO, "carriage\r\nreturn"},
      {LOG_DEBUG, "\x01\x7f\xff\xfe then 1f"},
      {LOG_MAIL | LOG_INFO, "gr\xc3\xbc\xc3\x9f dich"},
      {LOG_AUTHPRIV | LOG_WARNING, "what\?\?="}, // a trigraph, were it pasted as it is
      {LOG_LOCAL7 | LOG_ERR, "%s %d {} {0}"},
      {LOG_USER | LOG_INFO, "R\"(raw)\""},
  };
  return values;
}

#endif
