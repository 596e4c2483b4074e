// tripwire::redis: what a Redis server replies in a test, and what the program asked of it
//
//   tripwire::redis.mock_connect("cache.example", 6379);
//   tripwire::redis.mock_command("GET", "user:1").returns("Ada");
//   {
//     tripwire::Sandbox sandbox;
//     greet(1);
//   }
//   tripwire::redis.assert_connect("cache.example", 6379);
//   tripwire::redis.assert_command("GET", "user:1");
#ifndef TRIPWIRE_PLUGINS_REDIS_HPP
#define TRIPWIRE_PLUGINS_REDIS_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/place.hpp>
#include <tripwire/plugin.hpp>
#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugins/redis_reply.hpp>

#include <hiredis/hiredis.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tripwire::plugins {

class RedisMock;

/// The name of a command, in any case, and where the test says it.
class RedisCommand {
public:
  template <class T, class = std::enable_if_t<std::is_convertible_v<const T &, std::string_view>>>
  RedisCommand(const T &name, Place place = Place::here()) // NOLINT: stands for what is said
      : name_(std::string_view(name)), place_(place) {}
  const std::string &name() const noexcept { return name_; }
  const Place &place() const noexcept { return place_; }

private:
  std::string name_;
  Place place_;
};

/// How a call failed: an error that the server replied, as its text or a matcher, or one of `REDIS_ERR_...`.
class RedisFailure {
public:
  RedisFailure(int code); // NOLINT: stands for what is said
  template <class T, class = std::enable_if_t<!std::is_integral_v<T>>>
  RedisFailure(const T &text) : matcher_(matcher_for<std::string>(text)) {} // NOLINT: the same
  const Matcher &matcher() const noexcept { return matcher_; }

private:
  Matcher matcher_;
};

/// The answer to a command: `OK`, unless told.
class RedisAnswer : public plugin::MockWords<RedisAnswer> {
public:
  explicit RedisAnswer(RedisMock &mock);
  RedisAnswer &returns(const RedisReply &reply);
  /// The server sends that as well, without being asked: messages of a subscription.
  RedisAnswer &then(const RedisReply &message);
  /// `REDIS_REPLY_STATUS`
  RedisAnswer &status(std::string_view text) { return returns(RedisReply::status(text)); }
  /// `REDIS_REPLY_ERROR`: the text begins with the kind of error, `ERR` or `WRONGTYPE`.
  RedisAnswer &error(std::string_view text) { return returns(RedisReply::error(text)); }
  /// The connection breaks: no reply, and `err` of the context is that one of `REDIS_ERR_...`. Without a \p message
  /// `errstr` is hiredis' own. Asynchronous connections break by `REDIS_ERR_EOF` and `REDIS_ERR_PROTOCOL` only.
  RedisAnswer &fails(int code, std::string_view message = {});
  /// Only on connections to that server.
  RedisAnswer &on(std::string_view host, int port);

private:
  RedisMock *mock_;
};

/// A connection that the test waits for.
class RedisConnectAnswer : public plugin::MockWords<RedisConnectAnswer> {
public:
  explicit RedisConnectAnswer(RedisMock &mock);
  /// There is no connection: `err` of the context is that one of `REDIS_ERR_...`. Without a \p message `errstr` is
  /// `Connection refused`.
  RedisConnectAnswer &fails(int code, std::string_view message = {});

private:
  RedisMock *mock_;
};

/// Connections and commands that are really made, recorded, and must be asserted.
class RedisPassThrough {};

/// The plugin's words. Has no state: everything belongs to the current test.
///
/// Passwords (`AUTH`, `HELLO`, `CONFIG SET requirepass` and the like) are never recorded: such an argument is only
/// matched by `tripwire::anything`.
class Redis {
public:
  /// The program connects to that server, blocking or not.
  template <class Host, class Port>
  RedisConnectAnswer &mock_connect(const Host &host, const Port &port, Place place = Place::here()) const {
    return connect(matcher_for<std::string>(host), matcher_for<int>(port), place);
  }
  /// The same by a socket of Unix.
  template <class Path> RedisConnectAnswer &mock_connect_unix(const Path &path, Place place = Place::here()) const {
    return connect_unix(matcher_for<std::string>(path), place);
  }
  /// The next call of the command with these arguments; with any, when there are none. What is said with arguments goes
  /// before what is said without.
  template <class... Arguments>
  RedisAnswer &mock_command(const RedisCommand &command, const Arguments &...arguments) const {
    return answer(command, {detail::redis_argument(arguments)...});
  }
  /// Connections and commands that nothing else in the test answers are real.
  RedisPassThrough pass_through(Place place = Place::here()) const;

  /// Replies within others.
  static RedisPart status(std::string_view text) { return RedisReply::status(text); }
  static RedisPart error(std::string_view text) { return RedisReply::error(text); }
#ifdef REDIS_REPLY_MAP // since hiredis 1.0
  /// `REDIS_REPLY_DOUBLE`
  static RedisPart real(double number) { return RedisReply::real(number); }
  static RedisPart boolean(bool value) { return RedisReply::boolean(value); }
  /// `REDIS_REPLY_BIGNUM`
  static RedisPart big_number(std::string_view digits) { return RedisReply::big_number(digits); }
  /// `REDIS_REPLY_VERB`. \p format has three letters: `txt`, `mkd`.
  static RedisPart verbatim(std::string_view format, std::string_view text) {
    return RedisReply::verbatim(format, text);
  }
  /// `map({{"field", 1}, {"other", 2}})`
  static RedisPart map(RedisReply::Pairs pairs) { return RedisReply::map(pairs); }
  static RedisPart attribute(RedisReply::Pairs pairs) { return RedisReply::attribute(pairs); }
  static RedisPart set(std::initializer_list<RedisReply> members) { return RedisReply::set(members); }
  /// What the server sends without being asked, as an answer's `.then(...)`: it reaches the program's callback for that
  /// where there is one.
  static RedisPart push(std::initializer_list<RedisReply> message) { return RedisReply::push(message); }
#endif

  template <class Host, class Port>
  void assert_connect(const Host &host, const Port &port, Place place = Place::here()) const {
    check_connect(matcher_for<std::string>(host), matcher_for<int>(port), nullptr, place);
  }
  template <class Path> void assert_connect_unix(const Path &path, Place place = Place::here()) const {
    check_connect_unix(matcher_for<std::string>(path), nullptr, place);
  }
  /// The program tried to connect, and could not.
  template <class Host, class Port>
  void assert_connect_failed(const RedisFailure &failure, const Host &host, const Port &port,
                             Place place = Place::here()) const {
    check_connect(matcher_for<std::string>(host), matcher_for<int>(port), &failure, place);
  }
  template <class Path>
  void assert_connect_unix_failed(const RedisFailure &failure, const Path &path, Place place = Place::here()) const {
    check_connect_unix(matcher_for<std::string>(path), &failure, place);
  }
  /// The program sent that command, with these arguments and no others.
  template <class... Arguments> void assert_command(const RedisCommand &command, const Arguments &...arguments) const {
    check_command(command, {detail::redis_argument(arguments)...}, nullptr);
  }
  /// The same; the server replied an error, or the connection broke.
  template <class... Arguments>
  void assert_command_failed(const RedisFailure &failure, const RedisCommand &command,
                             const Arguments &...arguments) const {
    check_command(command, {detail::redis_argument(arguments)...}, &failure);
  }

private:
  RedisConnectAnswer &connect(Matcher host, Matcher port, const Place &place) const;
  RedisConnectAnswer &connect_unix(Matcher path, const Place &place) const;
  RedisAnswer &answer(const RedisCommand &command, std::vector<Matcher> arguments) const;
  void check_connect(Matcher host, Matcher port, const RedisFailure *failure, const Place &place) const;
  void check_connect_unix(Matcher path, const RedisFailure *failure, const Place &place) const;
  void check_command(const RedisCommand &command, std::vector<Matcher> arguments, const RedisFailure *failure) const;
};

} // namespace tripwire::plugins

namespace tripwire {

inline constexpr plugins::Redis redis{};

} // namespace tripwire

#endif
