// `tripwire::M(...)`, or a rule of tripwire.yaml --> a pattern that is checked, normalised and ready to be asked
#ifndef TRIPWIRE_SRC_FIREWALL_PATTERN_HPP
#define TRIPWIRE_SRC_FIREWALL_PATTERN_HPP

#include "address.hpp"
#include "glob.hpp"
#include "request.hpp"
#include "vocabulary.hpp"

#include "tripwire/firewall.hpp"

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tripwire::runtime {

/// What a test wrote, part by part.
struct PatternNode {
  enum class Kind : unsigned char { leaf, all, any, none };
  struct Field {
    std::string name;
    bool is_argument;
    FieldPattern pattern;
  };

  Kind kind = Kind::leaf;
  std::string plugin;        ///< of a leaf; empty for every plugin
  std::vector<Field> fields; ///< of a leaf
  std::vector<std::shared_ptr<const PatternNode>> parts;
};

/// One field's pattern for one kind of field.
class FieldTest {
public:
  /// Or why it cannot be honoured.
  static std::variant<FieldTest, std::string> make(FieldKind kind, const FieldPattern &pattern,
                                                   plugin::Rows<Scheme> schemes);

  FieldKind kind() const noexcept { return normal_.kind; }
  /// Throws what a predicate throws.
  bool matches(const RequestValue &value) const;
  /// Whether the user's code may decide.
  bool asks_user() const noexcept {
    return pattern_.form() == FieldPattern::Form::matcher || pattern_.form() == FieldPattern::Form::predicate;
  }

private:
  explicit FieldTest(FieldPattern pattern) : pattern_(std::move(pattern)) {}
  bool matches_uri(const Uri &uri) const;
  bool matches_text(const RequestValue &value, const Letters &letters) const;

  FieldPattern pattern_;
  Normal normal_;
  std::optional<Block> block_;
  std::optional<Glob> glob_; ///< of the whole field
  std::optional<Glob> host_; ///< of a URI's parts
  std::optional<Glob> path_;
  std::optional<Glob> query_;
};

/// Who wrote a pattern.
enum class Origin : unsigned char { test, file };

/// A pattern that can be honoured.
class Pattern {
public:
  /// Or why it cannot be. A rule of a test may name only arguments that some seam of this program has; those of a file
  /// serve other programs too.
  static std::variant<Pattern, std::string> make(const PatternNode &node, const Vocabulary &vocabulary, Origin origin);

  /// Throws what a predicate throws.
  bool matches(const Request &request) const;

private:
  struct Field {
    std::string name;
    bool is_argument;
    std::vector<FieldTest> tests; ///< one for each kind that a field of that name has
  };
  PatternNode::Kind kind_ = PatternNode::Kind::leaf;
  std::string plugin_;
  std::vector<Field> fields_;
  std::vector<Pattern> parts_;
};

/// The pattern of a rule that the configuration has read. Null when the rule is of a plugin that this program does not
/// have, so that none of its calls could match; the error is set when it cannot be honoured.
std::shared_ptr<const PatternNode> node_of(const config::Rule &rule, const Vocabulary &vocabulary, std::string &error);

} // namespace tripwire::runtime

#endif
