// a reader that may throw (yaml-cpp, memory, the file system) --> one that answers with a diagnostic instead.
#ifndef TRIPWIRE_SRC_CONFIG_GUARDED_HPP
#define TRIPWIRE_SRC_CONFIG_GUARDED_HPP

#include "log.hpp"

#include <exception>

namespace tripwire::config {

template <class T, class Reader> Read<T> guarded(const std::string &file, Reader reader) {
  try {
    return reader();
  } catch (const std::exception &error) {
    Log log;
    log.error({file, 0, 0}, std::string("cannot be read: ") + error.what());
    return finish(T{}, std::move(log));
  }
}

} // namespace tripwire::config

#endif
