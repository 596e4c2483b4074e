#include "tool/declare.hpp"

#include "tool/llvm_compat.hpp"
#include "tool/operator_sign.hpp"

#include <optional>

namespace tripwire::tool {
namespace {

/// Walks one declaration in the text.
class DeclarationText {
public:
  DeclarationText(const Lexemes &lexemes, std::size_t name, llvm::StringRef identifier, bool drop_static)
      : lexemes_(lexemes), name_(name), drop_static_(drop_static) {
    if (is(name_, "operator") && is_operator_name(identifier))
      sign_ = operator_lexemes(lexemes_, name_, identifier).value_or(0);
    find_begin();
    find_end();
  }

  [[nodiscard]] bool is_whole() const { return end_ < lexemes_.size(); }
  /// Behind the semicolon or the body.
  [[nodiscard]] std::size_t behind() const { return lexemes_[end_].offset + lexemes_[end_].length; }
  /// Several functions are declared at once: `int a(void), b(void);`
  [[nodiscard]] bool is_shared() const { return shared_; }

  /// The declaration's tokens with \p wrapper for the name, without a body and without what only the seam itself may
  /// say.
  [[nodiscard]] std::string clone(const std::string &wrapper, bool keep_noexcept, llvm::StringRef attribute) const {
    std::string result;
    std::size_t i = begin_;
    std::size_t last = lexemes_.size();
    auto add = [&](llvm::StringRef token) {
      if (last + 1 != i || !touches(i)) // `&&` is two tokens here, and must stay one there
        result += ' ';
      result += token;
      last = i;
    };
    if (is(i, "extern") && i + 1 < name_ && lexemes_[i + 1].kind == LexemeKind::literal) {
      for (const std::size_t end = i + 2; i < end; ++i)
        add(lexemes_.text(i));
    }
    for (const std::size_t head = behind_template_heads(i); i < head; ++i)
      add(lexemes_.text(i));
    while (is(i, "[") && is(i + 1, "[")) { // the standard wants its attributes first
      const std::size_t close = lexemes_.closing(i);
      for (; i <= close; ++i)
        add(lexemes_.text(i));
    }
    if (!attribute.empty())
      result += " " + attribute.str();
    for (; i < body_; ++i) {
      if (i == name_) {
        add(wrapper);
        i += sign_;
      } else if (const std::optional<std::size_t> skipped = end_of_dropped(i, keep_noexcept)) {
        i = *skipped;
      } else if (is(i, "__attribute__") || is(i, "__attribute")) {
        const std::size_t close = lexemes_.closing(i + 1);
        result += kept_attributes(i + 3, close - 1, keep_noexcept);
        i = close;
      } else {
        add(lexemes_.text(i));
      }
    }
    return result + ";";
  }

private:
  /// Nothing stands between the token at \p index and the one before it.
  [[nodiscard]] bool touches(std::size_t index) const {
    return index > 0 && lexemes_[index - 1].offset + lexemes_[index - 1].length == lexemes_[index].offset;
  }
  [[nodiscard]] bool is(std::size_t index, llvm::StringRef token) const {
    return index < lexemes_.size() && lexemes_.text(index) == token;
  }

  /// Whether the `{` at \p index opens the body of a requires-expression, not that of a function.
  [[nodiscard]] bool is_requirement(std::size_t index) const {
    if (index == 0 || index >= lexemes_.size())
      return false;
    std::size_t word = index - 1;
    if (is(word, ")"))
      word = lexemes_.opening(word) - 1;
    if (word == 0 || word >= lexemes_.size() || !is(word, "requires"))
      return false;
    // Where a clause may begin, a list in parentheses is its whole condition.
    const llvm::StringRef before = lexemes_.text(word - 1);
    return word + 1 == index || before == "requires" || before == "&" || before == "|" || before == "(" ||
           before == "!" || before == "=";
  }

  /// Behind the `template <...>` and its requires-clause, as often as they stand at \p i.
  [[nodiscard]] std::size_t behind_template_heads(std::size_t i) const {
    while (is(i, "template") && is(i + 1, "<")) {
      i = behind_angles(i + 1);
      if (is(i, "requires"))
        i = behind_constraint(i + 1);
    }
    return i;
  }

  /// Behind the list that the `<` at \p i opens.
  [[nodiscard]] std::size_t behind_angles(std::size_t i) const {
    int depth = 0;
    for (; i < name_; ++i) {
      if (is(i, "(") || is(i, "[") || is(i, "{"))
        i = lexemes_.closing(i);
      else if (is(i, "<"))
        ++depth;
      else if (is(i, ">") && --depth == 0)
        return i + 1;
    }
    return i;
  }

  /// Behind a constraint: primary expressions that `&&` and `||` join.
  [[nodiscard]] std::size_t behind_constraint(std::size_t i) const {
    for (;; i += 2) {
      if (is(i, "requires"))
        ++i;
      if (is(i, "("))
        i = lexemes_.closing(i) + 1;
      if (is(i, "{"))
        i = lexemes_.closing(i) + 1;
      while (i < name_ && (is(i, "::") || lexemes_[i].kind == LexemeKind::identifier)) {
        ++i;
        if (is(i, "<"))
          i = behind_angles(i);
        if (!is(i, "::"))
          break;
      }
      const bool goes_on = (is(i, "&") && is(i + 1, "&")) || (is(i, "|") && is(i + 1, "|"));
      if (!goes_on || i >= name_)
        return i;
    }
  }

  void find_begin() {
    begin_ = name_;
    int angles = 0;
    while (begin_ > 0) {
      const llvm::StringRef before = lexemes_.text(begin_ - 1);
      if (before == "}" && is_requirement(lexemes_.opening(begin_ - 1))) {
        begin_ = lexemes_.opening(begin_ - 1);
        continue;
      }
      if (before == ";" || before == "{" || before == "}")
        return;
      if (before == ":" && begin_ > 1 &&
          (is(begin_ - 2, "public") || is(begin_ - 2, "protected") || is(begin_ - 2, "private")))
        return;
      if (before == ")" || before == "]") {
        begin_ = lexemes_.opening(begin_ - 1);
        continue;
      }
      if (before == ">")
        ++angles;
      else if (before == "<")
        --angles;
      else if (before == "," && angles == 0)
        shared_ = true;
      --begin_;
    }
  }

  void find_end() {
    int angles = 0;
    body_ = lexemes_.size();
    for (end_ = name_ + sign_ + 1; end_ < lexemes_.size(); ++end_) {
      const llvm::StringRef token = lexemes_.text(end_);
      if (token == ";") {
        body_ = std::min(body_, end_);
        return;
      }
      if (token == "{" && is_requirement(end_)) {
        end_ = lexemes_.closing(end_);
        continue;
      }
      if (token == "{" || token == ":" || token == "try") {
        body_ = end_;
        find_end_of_body();
        return;
      }
      if (token == "(" || token == "[") {
        end_ = lexemes_.closing(end_);
      } else if (token == "<") {
        ++angles;
      } else if (token == ">") {
        --angles;
      } else if (token == "=" && (is(end_ + 1, "0") || is(end_ + 1, "default") || is(end_ + 1, "delete"))) {
        body_ = end_;
      } else if (token == "," && angles == 0) {
        shared_ = true;
      }
    }
  }

  /// From the first token of a body, or of what stands in front of it, to its last.
  void find_end_of_body() {
    const bool has_handlers = is(end_, "try");
    if (has_handlers)
      ++end_;
    if (is(end_, ":")) // initialisers, whose names may be templates'
      for (++end_; end_ < lexemes_.size();) {
        while (end_ < lexemes_.size() && !is(end_, "(") && !is(end_, "{"))
          ++end_;
        end_ = end_ < lexemes_.size() ? lexemes_.closing(end_) + 1 : end_;
        end_ += is(end_, "...") ? 1 : 0;
        if (!is(end_, ","))
          break;
        ++end_;
      }
    while (end_ < lexemes_.size() && !is(end_, "{"))
      ++end_;
    end_ = end_ < lexemes_.size() ? lexemes_.closing(end_) : end_;
    while (has_handlers && is(end_ + 1, "catch") && is(end_ + 2, "(")) {
      const std::size_t open = lexemes_.closing(end_ + 2) + 1;
      end_ = is(open, "{") ? lexemes_.closing(open) : lexemes_.size();
    }
  }

  /// For a token that the wrapper's declaration leaves out, the last token of what goes with it.
  [[nodiscard]] std::optional<std::size_t> end_of_dropped(std::size_t i, bool keep_noexcept) const {
    if (lexemes_[i].kind != LexemeKind::identifier)
      return std::nullopt;
    const llvm::StringRef token = lexemes_.text(i);
    if (token == "__asm__" || token == "asm" || token == "__asm")
      return lexemes_.closing(i + 1);
    if (token == "explicit" && is(i + 1, "(") && i < name_)
      return lexemes_.closing(i + 1);
    if (!keep_noexcept && (token == "noexcept" || token == "throw"))
      return is(i + 1, "(") ? lexemes_.closing(i + 1) : i;
    const bool specifier = StringSwitch<bool>(token)
                               .Cases({"inline", "__inline", "__inline__", "virtual", "friend", "explicit"}, true)
                               .Cases({"constexpr", "consteval", "_Noreturn"}, true)
                               .Case("static", drop_static_)
                               .Default(false);
    if (specifier && i < name_)
      return i;
    if ((token == "override" || token == "final") && i > name_)
      return i;
    return std::nullopt;
  }

  /// The attributes in [first, last) that a call depends on.
  [[nodiscard]] std::string kept_attributes(std::size_t first, std::size_t last, bool keep_noexcept) const {
    std::string kept;
    while (first < last) {
      std::size_t end = first;
      while (end < last && !is(end, ","))
        end = is(end, "(") ? lexemes_.closing(end) + 1 : end + 1;
      const llvm::StringRef name = lexemes_.text(first).trim('_');
      const bool wanted = StringSwitch<bool>(name)
                              .Cases({"format", "format_arg", "nonnull", "sentinel", "warn_unused_result"}, true)
                              .Cases({"noreturn", "returns_nonnull", "deprecated", "unavailable"}, true)
                              .Case("nothrow", keep_noexcept)
                              .Default(false);
      if (wanted) {
        kept += kept.empty() ? "" : ",";
        for (std::size_t i = first; i < end; ++i)
          kept += " " + lexemes_.text(i).str();
      }
      first = end + 1;
    }
    return kept.empty() ? "" : " __attribute__ ((" + kept + " ))";
  }

  const Lexemes &lexemes_;
  std::size_t name_;
  std::size_t sign_ = 0; ///< lexemes of an operator's sign behind the word `operator`
  bool drop_static_;     ///< the wrapper is another unit's
  std::size_t begin_ = 0;
  std::size_t body_ = 0; ///< the first token that is not declaration any more
  std::size_t end_ = 0;  ///< the last token
  bool shared_ = false;
};

/// A constructor's clone, whose name is \p tag so far: the type of that name, and its first parameter.
std::string with_tag(const std::string &clone, const std::string &tag, const std::string &identifier) {
  const std::size_t name = clone.find(" " + tag);
  llvm::StringRef rest = llvm::StringRef(clone).drop_front(name + 1 + tag.size()).ltrim().drop_front().ltrim();
  llvm::StringRef nothing = rest;
  if (nothing.consume_front("void") && nothing.ltrim().starts_with(")"))
    rest = nothing.ltrim();
  return " struct " + tag + " {};" + clone.substr(0, name) + " " + identifier + "(const " + tag + " &" +
         (rest.starts_with(")") ? "" : ", ") + rest.str();
}

} // namespace

llvm::Expected<WrapperDeclaration> declare_wrapper(const Declaration &declaration, const WrapperKind &kind,
                                                   const Lexemes &lexemes, std::size_t name, DeclareStyle style) {
  const std::size_t token = lexemes.at(name);
  if (token == lexemes.size())
    return refuse({declaration.file, declaration.line, declaration.column},
                  "the declaration of '" + declaration.qualified_name + "' is not where the parse has seen it");
  const DeclarationText seam(lexemes, token, declaration.identifier, !declaration.inner.empty());
  if (!seam.is_whole())
    return refuse({declaration.file, declaration.line, declaration.column},
                  "the declaration of '" + declaration.qualified_name + "' has no end");

  const std::string wrapper = wrapper_name(declaration.stem(), kind);
  // Clang may merge two calls of one function into one, and then their places with them.
  const std::string nomerge = style.compiler == CompilerKind::clang ? "__attribute__((__nomerge__))" : "";
  WrapperDeclaration result;
  result.offset = seam.behind();
  const bool is_inner = !declaration.inner.empty();
  // Naming a deprecated seam for its type would warn of it once more.
  const bool by_type = style.language == Language::c && declaration.attributes.find("deprecated") == std::string::npos;
  if (by_type || (seam.is_shared() && !declaration.member)) {
    const bool is_c = style.language == Language::cxx && (declaration.c_linkage || is_inner);
    const std::string linkage = is_c ? " \"C\"" : "";
    result.text = " extern" + linkage + " __typeof__(" + declaration.identifier + ") " + wrapper +
                  declaration.attributes + (nomerge.empty() ? "" : " " + nomerge) + ";";
  } else {
    result.text = (is_inner ? " extern \"C\"" : "") + seam.clone(wrapper, !kind.may_throw, nomerge);
    if (!declaration.constructs.empty())
      result.text = with_tag(result.text, wrapper, declaration.identifier);
  }
  return result;
}

std::string agreed_constructor(const Declaration &declaration) {
  return " struct tripwire_seam_agreed {}; template <class... A> " + declaration.identifier +
         "(tripwire_seam_agreed, A &&...a) : " + declaration.identifier + "(static_cast<A &&>(a)...) {}";
}

std::string export_of(const Declaration &declaration, const WrapperKind &kind, Language language) {
  const std::string type = "__typeof__(" + wrapper_name(declaration.stem(), kind) + ") *const ";
  const std::string name = real_name(declaration.inner);
  // Declared first, as warnings want it; seen by other objects, whatever the flags say of visibility.
  const std::string text = "extern " + type + name + " __attribute__((__visibility__(\"default\"))); " + type + name +
                           " = " + declaration.identifier + ";";
  return language == Language::cxx ? " extern \"C\" { " + text + " }" : " " + text;
}

} // namespace tripwire::tool
