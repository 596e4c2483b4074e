// A counter of visits: production code, without a word of tripwire.
#include "counter.hpp"

#include <hiredis/hiredis.h>

namespace counter {

long long visit(const char *page) {
  redisContext *redis = redisConnect("cache.example", 6379);
  long long count = -1;
  if (redis != nullptr && redis->err == 0) {
    auto *reply = static_cast<redisReply *>(redisCommand(redis, "INCR visits:%s", page));
    if (reply != nullptr && reply->type == REDIS_REPLY_INTEGER)
      count = reply->integer;
    freeReplyObject(reply);
  }
  redisFree(redis);
  return count;
}

} // namespace counter
