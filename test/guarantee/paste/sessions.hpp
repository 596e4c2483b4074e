// A test whose session lacks something: what a message says of it is printed, pasted and run.
#ifndef SESSIONS_HPP
#define SESSIONS_HPP

#include "link_seams.hpp"

#include <tripwire/tripwire.hpp>

/// The code under test.
inline void talk() {
  const int link = tripwire_may_throw_link_open("host");
  tripwire_may_throw_link_login(link, "me");
  tripwire_may_throw_link_close(link);
}

/// The lines of a message that stand behind the one which ends with \p introduction.
inline std::string pasted_line(const std::string &message, const std::string &introduction) {
  const std::size_t at = message.find(introduction);
  if (at == std::string::npos) {
    return "#error \"no such line\"";
  }
  const std::size_t start = message.find('\n', at) + 1;
  return message.substr(start, message.find('\n', start) - start);
}

#endif
