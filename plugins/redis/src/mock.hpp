// redis.mock_connect(...), mock_command(...) --(RedisMock)--> which calls it answers, and how
#ifndef TRIPWIRE_PLUGINS_REDIS_MOCK_HPP
#define TRIPWIRE_PLUGINS_REDIS_MOCK_HPP

#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugins/redis.hpp>

#include <optional>
#include <string>
#include <utility>

namespace tripwire::plugins {

/// The key of connecting; commands have that of their name.
inline constexpr const char *redis_connecting = "connect to";

/// The connection breaks, or is never made.
struct RedisBreak {
  int code;            ///< REDIS_ERR_...
  std::string message; ///< empty: what is usual
};

/// An answer to a command, or to a connection.
class RedisMock final : public plugin::FieldMock {
public:
  enum class Default : bool { no, yes };
  /// \p yielding: answers what is said without arguments.
  RedisMock(const char *word, std::string key, Default yielding)
      : FieldMock(word), key_(std::move(key)), is_default_(yielding == Default::yes) {}

  bool matches(const plugin::Description &call) const override {
    return call.key() == key_ && FieldMock::matches(call);
  }
  std::string key() const override { return key_; }
  std::vector<plugin::Difference> compare(const plugin::Description &call) const override {
    return call.key() == key_ ? FieldMock::compare(call)
                              : std::vector<plugin::Difference>{{"call", key_, call.key(), false}};
  }
  bool yields() const noexcept override { return is_default_; }

  std::string wire = "+OK\r\n";      ///< what the server sends
  std::vector<std::string> messages; ///< and what it sends behind it
  std::optional<RedisBreak> broken;

  RedisAnswer answer{*this};
  RedisConnectAnswer connection{*this};

private:
  std::string key_;
  bool is_default_;
};

/// All that no other mock answers is real.
class RedisRealMock final : public plugin::Mock {
public:
  RedisRealMock() { set_always(); }
  bool matches(const plugin::Description &) const override { return true; }
  std::string describe() const override { return "pass_through()"; }
  bool passes_through() const noexcept override { return true; }
};

/// `REDIS_ERR_IO`
std::string name_of_redis_error(int code);

} // namespace tripwire::plugins

#endif
