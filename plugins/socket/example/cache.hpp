#ifndef CACHE_HPP
#define CACHE_HPP

#include <string>

namespace cache {

/// Whether the cache at that address answers.
bool is_alive(const std::string &host, int port);

} // namespace cache

#endif
