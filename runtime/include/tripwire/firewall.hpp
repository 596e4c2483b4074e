// which real calls a test lets through: patterns of requests, and scopes that allow and deny them
//
//   auto permit = tripwire::allow("dns", tripwire::M("http").host("*.example.com").method("GET"));
//   auto ceiling = tripwire::restrict("http", "subprocess");
#ifndef TRIPWIRE_FIREWALL_HPP
#define TRIPWIRE_FIREWALL_HPP

#include "tripwire/matcher.hpp"
#include "tripwire/place.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tripwire {

namespace runtime {
struct PatternNode;
struct VerifierState;
} // namespace runtime

/// What a rule says of one field of a request. Text is meant exactly; in a host, a path or a URI a `*` makes it a glob:
/// `*.x.com` is any depth of subdomain and not `x.com` itself, `/api/*` one segment, `/api/**` any. Both sides are
/// normalised. A matcher (`tripwire::regex(...)`, ...) gets the normalised text, or the argument itself; so does
/// anything that can be called with a `std::string_view` and gives a `bool`. Copies share what they hold.
class FieldPattern {
public:
  enum class Form : unsigned char { text, exact, block, matcher, predicate };

  FieldPattern(const char *text) : text_(text) {}            // NOLINT: text is a pattern
  FieldPattern(std::string text) : text_(std::move(text)) {} // NOLINT: as above
  FieldPattern(std::string_view text) : text_(text) {}       // NOLINT: as above
  FieldPattern(Matcher matcher)                              // NOLINT: so is a matcher
      : form_(Form::matcher), matcher_(std::move(matcher)) {}
  template <class T, std::enable_if_t<std::is_integral_v<T>, int> = 0>
  FieldPattern(T number) : text_(std::to_string(number)) {} // NOLINT: a port
  template <class F,
            std::enable_if_t<std::is_invocable_r_v<bool, const F &, std::string_view> &&
                                 !std::is_convertible_v<F, Matcher> && !std::is_convertible_v<F, std::string_view>,
                             int> = 0>
  FieldPattern(F decide) // NOLINT: a predicate
      : form_(Form::predicate), state_(std::make_shared<const F>(std::move(decide))),
        decide_(
            [](const void *state, std::string_view text) -> bool { return (*static_cast<const F *>(state))(text); }) {}
  FieldPattern(Form form, std::string text) : form_(form), text_(std::move(text)) {}

  Form form() const noexcept { return form_; }
  const std::string &text() const noexcept { return text_; }
  const Matcher &matcher() const noexcept { return matcher_; }
  /// Throws what the predicate throws.
  bool decide(std::string_view text) const { return decide_(state_.get(), text); }

private:
  Form form_ = Form::text;
  std::string text_;
  Matcher matcher_;
  std::shared_ptr<const void> state_;
  bool (*decide_)(const void *state, std::string_view text) = nullptr;
};

/// Text in which a `*` is a `*`.
inline FieldPattern exact(std::string text) { return {FieldPattern::Form::exact, std::move(text)}; }
/// Every host whose address lies in the block: `10.0.0.0/8`, `fe80::/10`.
inline FieldPattern cidr(std::string block) { return {FieldPattern::Form::block, std::move(block)}; }

/// A pattern of requests. Every field that it names must exist on the request and match. Composed by `&&`, `||`, `!`.
/// Immutable: each word returns a narrower pattern.
class M {
public:
  /// The calls of one plugin; `mock` stands for the project's own seams. Without a name, of every plugin.
  explicit M(std::string_view plugin = {});

  /// Any field that the plugin says its requests have, by its name.
  M field(std::string_view name, FieldPattern pattern) const;
  /// An argument of the seam, by its name in the declaration.
  M argument(std::string_view name, FieldPattern pattern) const;

  /// The seam that is called, and the file that calls it: every call has both. A file that begins with no `/` names the
  /// end of the path.
  M function(FieldPattern pattern) const { return field("function", std::move(pattern)); }
  M file(FieldPattern pattern) const { return field("file", std::move(pattern)); }

  M host(FieldPattern pattern) const { return field("host", std::move(pattern)); }
  M hostname(FieldPattern pattern) const { return field("hostname", std::move(pattern)); }
  M port(FieldPattern pattern) const { return field("port", std::move(pattern)); }
  M scheme(FieldPattern pattern) const { return field("scheme", std::move(pattern)); }
  M path(FieldPattern pattern) const { return field("path", std::move(pattern)); }
  M method(FieldPattern pattern) const { return field("method", std::move(pattern)); }
  M url(FieldPattern pattern) const { return field("url", std::move(pattern)); }
  M uri(FieldPattern pattern) const { return field("uri", std::move(pattern)); }
  M binary(FieldPattern pattern) const { return field("binary", std::move(pattern)); }
  M command(FieldPattern pattern) const { return field("command", std::move(pattern)); }
  M database(FieldPattern pattern) const { return field("database", std::move(pattern)); }
  M operation(FieldPattern pattern) const { return field("operation", std::move(pattern)); }

  friend M operator&&(const M &left, const M &right);
  friend M operator||(const M &left, const M &right);
  friend M operator!(const M &pattern);

  const std::shared_ptr<const runtime::PatternNode> &node() const noexcept { return node_; }

private:
  explicit M(std::shared_ptr<const runtime::PatternNode> node) noexcept : node_(std::move(node)) {}
  std::shared_ptr<const runtime::PatternNode> node_;
};

M operator&&(const M &left, const M &right);
M operator||(const M &left, const M &right);
M operator!(const M &pattern);

/// What `allow`, `deny` and `restrict` take: a pattern, or text as in `tripwire.yaml`: `dns`, `dns:*.example.com`,
/// `http://localhost:*`, `mock: {function: acme_send}`.
class Rule {
public:
  Rule(M pattern, Place place = Place::here()) : pattern_(std::move(pattern)), place_(place) {} // NOLINT: a pattern
  Rule(const char *text, Place place = Place::here()) : Rule(std::string(text), place) {}       // NOLINT: its text
  Rule(std::string_view text, Place place = Place::here()) : Rule(std::string(text), place) {}  // NOLINT: as above
  Rule(std::string text, Place place = Place::here())                                           // NOLINT: as above
      : text_(std::move(text)), is_text_(true), place_(place) {}

  bool is_text() const noexcept { return is_text_; }
  const M &pattern() const noexcept { return pattern_; }
  const std::string &text() const noexcept { return text_; }
  const Place &place() const noexcept { return place_; }

private:
  M pattern_;
  std::string text_;
  bool is_text_ = false;
  Place place_;
};

/// Rules that hold for as long as it lives. The innermost scope with a rule that matches decides; all `restrict` scopes
/// must have one that matches. One that the thread which runs the test opens holds for all threads of the test, one
/// that another thread opens for that thread. Ends in any order.
class [[nodiscard]] RuleScope {
public:
  enum class Effect : unsigned char { allow, deny, restrict };

  /// Throws `ConfigurationError` for a rule that cannot be honoured as it is written; then nothing holds.
  RuleScope(Effect effect, const std::vector<Rule> &rules);
  RuleScope(const RuleScope &) = delete;
  RuleScope &operator=(const RuleScope &) = delete;
  ~RuleScope();

private:
  runtime::VerifierState *verifier_;
  std::uint64_t id_;
};

/// Lets the calls through that match any of the rules: the real function is called. Inside a sandbox, where nothing
/// else answers the call, it stands in the timeline as "allowed": it needs no assertion and can be asserted.
template <class... More> [[nodiscard]] RuleScope allow(Rule first, const More &...more) {
  return RuleScope(RuleScope::Effect::allow, {first, Rule(more, first.place())...});
}
/// Takes the calls out of what is allowed that match any of the rules.
template <class... More> [[nodiscard]] RuleScope deny(Rule first, const More &...more) {
  return RuleScope(RuleScope::Effect::deny, {first, Rule(more, first.place())...});
}
/// Nothing is allowed any more that matches none of the rules, whoever allows it. Allows nothing by itself.
template <class... More> [[nodiscard]] RuleScope restrict(Rule first, const More &...more) {
  return RuleScope(RuleScope::Effect::restrict, {first, Rule(more, first.place())...});
}

} // namespace tripwire

#endif
