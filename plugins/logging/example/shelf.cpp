// A library's shelf: production code, without a word of tripwire.
#include "shelf.hpp"

#include <syslog.h>

namespace shelf {

bool Shelf::lend(const std::string &reader) {
  openlog("shelf", LOG_PID, LOG_LOCAL0);
  if (copies_ == 0) {
    syslog(LOG_WARNING, "nothing left for %s", reader.c_str());
    return false;
  }
  --copies_;
  syslog(LOG_INFO, "lent to %s, %d left", reader.c_str(), copies_);
  return true;
}

} // namespace shelf
