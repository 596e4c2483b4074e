// curl_easy_setopt(handle, option, argument), as accepted --(Options)--> what the next transfer of the handle will do
//
// libcurl has no way to read an option back, so what a transfer needs is kept beside the handle. The real handle gets
// every option too: it judges the arguments, and it owns whatever libcurl owns.
#ifndef TRIPWIRE_PLUGINS_HTTP_OPTIONS_HPP
#define TRIPWIRE_PLUGINS_HTTP_OPTIONS_HPP

#include <curl/curl.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tripwire::plugins::curl {

/// A function pointer of any type; cast back to its own type before the call.
using Function = void (*)();

/// The third argument of curl_easy_setopt after promotion.
using OptionArgument = std::variant<curl_off_t, const void *, Function>;

/// Which request line libcurl will write. The options that choose it overwrite each other, in the order they are set.
enum class Verb { get, head, post, post_form, post_mime, put };

class Options {
public:
  /// Takes over an option that the real curl_easy_setopt has accepted. Strings that libcurl copies are copied; lists,
  /// forms and POSTFIELDS stay the caller's and are read when the transfer starts, as libcurl does.
  void accept(CURLoption option, const OptionArgument &argument);

  /// Puts the referer of a redirect in the place of the user's, where libcurl keeps it until CURLOPT_REFERER is set.
  void redirected_from(std::string url) { values_[CURLOPT_REFERER] = std::optional<std::string>(std::move(url)); }

  /// Forgets everything but that cookies are kept, as curl_easy_reset does.
  void reset() {
    Options fresh;
    fresh.keeps_cookies_ = keeps_cookies_;
    *this = std::move(fresh);
  }

  /// The number behind a long or curl_off_t option; \p otherwise when it was never set.
  curl_off_t number(CURLoption option, curl_off_t otherwise = 0) const;
  bool flag(CURLoption option) const { return number(option) != 0; }

  /// A string option; null when it was never set or set to NULL. Valid until the next accept() or reset().
  const std::string *text(CURLoption option) const;

  /// A list, form or data pointer as given; null when it was never set.
  const void *pointer(CURLoption option) const;
  /// The same, as a callback of the user gets it.
  void *user_pointer(CURLoption option) const { return const_cast<void *>(pointer(option)); }

  /// A callback; null when it was never set or set to NULL. \p F is the callback's own pointer type.
  template <class F> F function(CURLoption option) const { return reinterpret_cast<F>(raw_function(option)); }

  /// A list option, line by line.
  std::vector<std::string> list(CURLoption option) const;

  /// Whether the option was set to something other than NULL and zero.
  bool is_set(CURLoption option) const;

  Verb verb() const { return verb_; }
  bool no_body() const { return no_body_; }
  bool upload() const { return verb_ == Verb::put; }

  /// The bytes that COPYPOSTFIELDS took; null unless they are the request's body.
  const std::string *copied_post_fields() const { return copied_ ? &*copied_ : nullptr; }

  /// Whether an option that starts the cookie engine was ever set: nothing stops it.
  bool keeps_cookies() const { return keeps_cookies_; }

  bool has_user() const { return has_user_; }
  /// How many bytes of `user:password` the Authorization header would carry; the password itself is not kept.
  std::size_t credentials_size() const { return user_size_ + 1 + password_size_; }
  std::size_t bearer_size() const { return bearer_size_; }

  /// The options that were set and that a request of \p scheme without a network cannot honour, each with its name and
  /// the reason.
  std::vector<std::pair<CURLoption, std::string>> not_honoured(const std::string &scheme) const;

private:
  using Value = std::variant<curl_off_t, const void *, Function, std::optional<std::string>>;

  Function raw_function(CURLoption option) const;
  bool keep_secret(CURLoption option, const char *text);
  void choose_verb(CURLoption option, const OptionArgument &argument);

  std::map<CURLoption, Value> values_;
  std::optional<std::string> copied_;
  Verb verb_ = Verb::get;
  bool no_body_ = false;
  bool keeps_cookies_ = false;
  bool has_user_ = false;
  std::size_t user_size_ = 0;
  std::size_t password_size_ = 0;
  std::size_t bearer_size_ = 0;
};

/// Where a transfer begins: CURLOPT_RESUME_FROM, in either size.
inline curl_off_t resume_from(const Options &options) {
  return options.number(CURLOPT_RESUME_FROM_LARGE, options.number(CURLOPT_RESUME_FROM));
}

/// `CURLOPT_URL` for CURLOPT_URL; the number when this libcurl does not know the option.
std::string option_name(CURLoption option);

} // namespace tripwire::plugins::curl

#endif
