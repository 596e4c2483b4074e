#include "mock.hpp"

namespace tripwire::plugins {

std::string name_of_redis_error(int code) {
  switch (code) {
  case REDIS_ERR_IO:
    return "REDIS_ERR_IO";
  case REDIS_ERR_EOF:
    return "REDIS_ERR_EOF";
  case REDIS_ERR_PROTOCOL:
    return "REDIS_ERR_PROTOCOL";
  case REDIS_ERR_OOM:
    return "REDIS_ERR_OOM";
  case REDIS_ERR_OTHER:
    return "REDIS_ERR_OTHER";
  default:
    return "REDIS_ERR_" + std::to_string(code);
  }
}

} // namespace tripwire::plugins
