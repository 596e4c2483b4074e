// The promises of the redis plugin, over a real server on loopback.
#include "client.hpp"
#include "plugin.hpp"
#include "served.hpp"

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/redis.hpp>

namespace {

using tripwire::anything;
using tripwire::redis;
using tripwire::conformance::Harmless;
using tripwire::conformance::Subject;
using tripwire::conformance::Use;

constexpr const char *host = served::host;

Use connecting() {
  const int port = served::port;
  Use use;
  use.name = "connect";
  use.call = [=] { client::connect(host, port); };
  use.mock = [=] { redis.mock_connect(host, port); };
  use.mock_optional = [=] { redis.mock_connect(host, port).optional(); };
  use.assert_mocked = [=] { redis.assert_connect(host, port); };
  use.wrong = {{"host", [=] { redis.assert_connect("localhost.example", port); }},
               {"port", [=] { redis.assert_connect(host, port + 1); }}};
  use.mock_failure = [=] { redis.mock_connect(host, port).fails(REDIS_ERR_IO); };
  use.assert_failure = [=] { redis.assert_connect_failed(REDIS_ERR_IO, host, port); };
  use.pass_through = [] { redis.pass_through(); };
  use.assert_real = use.assert_mocked;
  return use;
}

Use connecting_by_unix() {
  Use use;
  use.name = "connect by a socket of Unix";
  use.call = [] { client::connect_unix(served::socket); };
  use.mock = [] { redis.mock_connect_unix(served::socket); };
  use.mock_optional = [] { redis.mock_connect_unix(served::socket).optional(); };
  use.pass_through = [] { redis.pass_through(); };
  use.assert_real = [] { redis.assert_connect_unix(served::socket); };
  use.mock_failure = [] { redis.mock_connect_unix(served::socket).fails(REDIS_ERR_IO); };
  use.assert_mocked = [] { redis.assert_connect_unix(served::socket); };
  use.assert_failure = [] { redis.assert_connect_unix_failed(REDIS_ERR_IO, served::socket); };
  use.wrong = {{"socket", [] { redis.assert_connect_unix("/run/redis.sock"); }}};
  return use;
}

Use asking(const std::string &value) {
  Use use;
  use.name = "SET " + value;
  use.call = [=] { client::set(served::connection(), "key", value); };
  use.mock = [=] { redis.mock_command("SET", "key", value).status("OK"); };
  use.mock_optional = [=] { redis.mock_command("SET", "key", value).status("OK").optional(); };
  use.assert_mocked = [=] { redis.assert_command("SET", "key", value); };
  use.wrong = {{"command", [=] { redis.assert_command("GET", "key", value); }},
               {"args", [=] { redis.assert_command("SET", "key", value + "x"); }}};
  use.mock_failure = [=] { redis.mock_command("SET", "key", value).error("OOM command not allowed"); };
  use.assert_failure = [=] { redis.assert_command_failed("OOM command not allowed", "SET", "key", value); };
  use.pass_through = [] { redis.pass_through(); };
  use.assert_real = use.assert_mocked;
  return use;
}

Use authenticating() {
  Use use;
  use.name = "AUTH";
  use.secret = "s3cr3t-of-the-host";
  use.call = [] { client::of_words(served::connection(), {"AUTH", "s3cr3t-of-the-host"}); };
  use.mock = [] { redis.mock_command("AUTH", anything); };
  use.mock_optional = [] { redis.mock_command("AUTH", anything).optional(); };
  use.assert_mocked = [] { redis.assert_command("AUTH", anything); };
  use.wrong = {{"command", [] { redis.assert_command("HELLO", anything); }},
               {"args", [] { redis.assert_command("AUTH", "s3cr3t"); }}};
  use.mock_failure = [] { redis.mock_command("AUTH", anything).fails(REDIS_ERR_EOF); };
  use.assert_failure = [] { redis.assert_command_failed(REDIS_ERR_EOF, "AUTH", anything); };
  return use;
}

Use asking_without_arguments() {
  Use use;
  use.name = "PING";
  use.call = [] { client::of_words(served::connection(), {"PING"}); };
  use.mock = [] { redis.mock_command("PING"); };
  use.assert_mocked = [] { redis.assert_command("PING"); };
  use.wrong = {{"command", [] { redis.assert_command("QUIT"); }}, {"args", [] { redis.assert_command("PING", "x"); }}};
  use.pass_through = [] { redis.pass_through(); };
  use.assert_real = use.assert_mocked;
  return use;
}

/// Functions that get a connection and are no seams.
std::vector<Harmless> harmless() {
  return {
      {"sets what the context keeps, of a socket that each has",
       {"redisSetTimeout", "redisSetPushCallback", "redisAsyncSetPushCallback", "redisAsyncSetTimeout",
        "redisAsyncSetConnectCallback", "redisAsyncSetConnectCallbackNC", "redisAsyncSetDisconnectCallback"}},
      {"writes what commands have left to be written: of mocked ones nothing", {"redisBufferWrite"}},
      {"is what an event loop calls: the socket has the replies that the test gives",
       {"redisAsyncHandleRead", "redisAsyncHandleWrite", "redisAsyncHandleTimeout", "redisAsyncRead",
        "redisAsyncWrite"}},
      {"ends the connection, as hiredis also does by itself", {"redisAsyncDisconnect", "redisAsyncFree"}},
  };
}

} // namespace

// 1, 2, 3, 5, 21, 24, 25, 40, 42, 45, 61, 62, 64
int main(int count, char **arguments) {
  served::start();
  Subject subject(tripwire::plugins::redis_plugin());
  subject.real_calls = [] { return served::calls(); };
  subject.uses.push_back(connecting());
  subject.uses.push_back(connecting_by_unix());
  for (const std::string &text : tripwire::conformance::awkward_texts())
    subject.uses.push_back(asking(text));
  subject.uses.push_back(authenticating());
  subject.uses.push_back(asking_without_arguments());
  subject.headers = {REDIS_HEADERS "/hiredis.h", REDIS_HEADERS "/async.h"};
  subject.handles = {"redisContext *", "redisAsyncContext *"};
  subject.harmless = harmless();
  return tripwire::conformance::run(subject, count, arguments);
}
