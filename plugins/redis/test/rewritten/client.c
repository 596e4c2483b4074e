#include <hiredis/hiredis.h>
#include <stddef.h>

long long c_visits(const char *host, int port, const char *page);

long long c_visits(const char *host, int port, const char *page) {
  long long count = -1;
  redisReply *reply;
  redisContext *context = redisConnect(host, port);
  if (context == NULL)
    return -1;
  reply = context->err ? NULL : (redisReply *)redisCommand(context, "INCR visits:%s", page);
  if (reply != NULL && reply->type == REDIS_REPLY_INTEGER)
    count = reply->integer;
  freeReplyObject(reply);
  redisFree(context);
  return count;
}
