// what a mocked server replies, and what a command's arguments are expected to be
#ifndef TRIPWIRE_PLUGINS_REDIS_REPLY_HPP
#define TRIPWIRE_PLUGINS_REDIS_REPLY_HPP

#include <tripwire/matcher.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tripwire::plugins {

/// A reply as a word makes it: not a `RedisReply` yet, of which one in braces would be itself and no list of one.
class RedisPart {
public:
  explicit RedisPart(std::string wire) : wire_(std::move(wire)) {}
  /// As the server sends it.
  const std::string &wire() const noexcept { return wire_; }

private:
  std::string wire_;
};

/// A reply of Redis: text (`REDIS_REPLY_STRING`), a number (`REDIS_REPLY_INTEGER`), `nullptr` (`REDIS_REPLY_NIL`), or a
/// list of replies in braces or a vector (`REDIS_REPLY_ARRAY`). `tripwire::redis.status(...)`, `error(...)` and the
/// like make the others.
class RedisReply {
public:
  RedisReply(std::nullptr_t) : text_("$-1\r\n") {} // NOLINT: stands for what is said
  template <class T, class = std::enable_if_t<std::is_integral_v<T>>>
  RedisReply(T number) : text_(":" + std::to_string(number) + "\r\n") { // NOLINT: the same
    static_assert(!std::is_same_v<T, bool> && !std::is_same_v<T, char>,
                  "tripwire: Redis replies numbers and text; a bool is tripwire::redis.boolean(...)");
  }
  template <class T,
            class = std::enable_if_t<std::is_convertible_v<const T &, std::string_view> && !std::is_null_pointer_v<T>>,
            class = void>
  RedisReply(const T &text) : text_(bulk(std::string_view(text))) {}                              // NOLINT: the same
  RedisReply(const RedisPart &part) : text_(part.wire()) {}                                       // NOLINT: the same
  RedisReply(std::initializer_list<RedisReply> list) : text_(array(list.begin(), list.size())) {} // NOLINT: the same
  RedisReply(const std::vector<RedisReply> &list) : text_(array(list.data(), list.size())) {}     // NOLINT: the same

  static RedisPart status(std::string_view text) { return line('+', text); }
  static RedisPart error(std::string_view text) { return line('-', text); }

  // Of RESP3, the protocol that a program asks for by HELLO 3.
  static RedisPart real(double number);
  static RedisPart boolean(bool value) { return line('#', value ? "t" : "f"); }
  static RedisPart big_number(std::string_view digits) { return line('(', digits); }
  /// \p format has three letters: `txt`, `mkd`.
  static RedisPart verbatim(std::string_view format, std::string_view text);
  using Pairs = std::initializer_list<std::pair<RedisReply, RedisReply>>;
  static RedisPart map(Pairs pairs) { return paired('%', pairs); }
  static RedisPart attribute(Pairs pairs) { return paired('|', pairs); }
  static RedisPart set(std::initializer_list<RedisReply> members) { return listed('~', members); }
  static RedisPart push(std::initializer_list<RedisReply> message) { return listed('>', message); }

  /// As the server sends it.
  const std::string &wire() const noexcept { return text_; }

private:
  static RedisPart line(char type, std::string_view text);
  static RedisPart paired(char type, Pairs pairs);
  static RedisPart listed(char type, std::initializer_list<RedisReply> list);
  static std::string bulk(std::string_view text);
  static std::string array(const RedisReply *first, std::size_t count);

  std::string text_;
};

/// One argument of a command; its text is empty where it is a secret.
struct RedisArgument {
  std::string text;
  bool is_secret = false;
};

/// The arguments of a command, behind its name.
struct RedisArguments {
  std::vector<RedisArgument> list;
};
/// `"key", "value"`; to paste, what stands behind the name in an assertion.
void tripwire_print(seam::Out &out, const RedisArguments &arguments);

namespace detail {

/// What a test writes for an argument: text, a number as its text, a matcher, or a callable that takes a `std::string`.
template <class T> Matcher redis_argument(const T &said) {
  if constexpr (std::is_integral_v<T>) {
    return matcher_of(std::to_string(said));
  } else {
    return matcher_for<std::string>(said);
  }
}

/// All of them, in order, and no others.
Matcher redis_arguments(std::vector<Matcher> arguments);

} // namespace detail

} // namespace tripwire::plugins

#endif
