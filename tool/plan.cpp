#include "tool/plan.hpp"

#include "tool/operator_sign.hpp"

#include "llvm/ADT/STLExtras.h"

#include <set>

namespace tripwire::tool {
namespace {

void sort(std::vector<Edit> &edits) {
  llvm::stable_sort(edits, [](const Edit &a, const Edit &b) {
    return std::make_tuple(a.offset, a.rank, a.length > 0) < std::make_tuple(b.offset, b.rank, b.length > 0);
  });
}

class Planner {
public:
  Planner(const Found &found, const TokenMap &map, llvm::StringRef text, DeclareStyle style)
      : found_(found), map_(map), text_(text), lexemes_(text), tokens_(found, text, lexemes_), style_(style) {}

  void add_references() {
    result_.refusals = found_.refusals;
    for (const Reference &reference : found_.references)
      add(reference);
  }

  void add(const Reference &reference) {
    const Declaration &declaration = found_.declarations[reference.declaration];
    LedgerEntry entry;
    entry.file = reference.file;
    entry.line = reference.line;
    entry.column = reference.column;
    entry.function = reference.function;
    entry.verdict = reference.verdict;
    entry.seam = declaration.qualified_name;
    entry.reason = reference.reason;
    if (reference.verdict == Verdict::refused) {
      refuse_reference(reference, declaration);
    } else if (reference.insertion && reference.verdict == Verdict::rewritten) {
      const bool is_sign = declaration.constructs.empty();
      entry.kind = is_sign ? EditKind::name : EditKind::argument;
      entry.wrapper = wrapper_name(declaration.stem(), wrapper_of(reference));
      entry.text = is_sign ? (declaration.member ? "" : declaration.scope) + entry.wrapper
                           : declaration.constructs + "::" + entry.wrapper + "()";
      std::optional<std::vector<Edit>> edits =
          is_sign ? edits_of_sign(reference, declaration, entry.wrapper, lexemes_, tokens_)
                  : edits_of(*reference.insertion, declaration.constructs, entry.text, lexemes_, tokens_);
      if (!edits) {
        lose(reference, declaration, std::move(entry));
        return;
      }
      for (Edit &edit : *edits)
        result_.edits.push_back(std::move(edit));
      use_wrapper(reference);
    } else if (reference.verdict == Verdict::rewritten) {
      const std::optional<std::size_t> offset = map_.offset(reference.name);
      if (!offset) {
        lose(reference, declaration, std::move(entry));
        return;
      }
      entry.kind = EditKind::name;
      if (!declaration.becomes.empty()) {
        entry.text = entry.wrapper = declaration.becomes;
        if (!edit_name(reference, declaration, *offset, entry.text))
          lose(reference, declaration, std::move(entry));
        else
          result_.entries.push_back(std::move(entry));
        return;
      }
      entry.wrapper = wrapper_name(declaration.stem(), wrapper_of(reference));
      entry.text = declaration.member                 ? entry.wrapper
                   : style_.language == Language::cxx ? declaration.scope + entry.wrapper
                                                      : entry.wrapper;
      if (!edit_name(reference, declaration, *offset, entry.text)) {
        lose(reference, declaration, std::move(entry));
        return;
      }
      use_wrapper(reference);
    }
    result_.entries.push_back(std::move(entry));
  }

  void declare(std::size_t index, const WrapperKind &kind) {
    const Declaration &declaration = found_.declarations[index];
    const bool exports = !declaration.inner.empty() && exported_.insert(index).second;
    for (const DeclaredAt &place : declaration.places) {
      const std::optional<std::size_t> offset = map_.offset(place.name);
      if (!offset) {
        result_.refusals.push_back(
            {Severity::error,
             {declaration.file, declaration.line, declaration.column},
             "the compiler does not see this declaration of the seam '" + declaration.qualified_name + "'",
             {}});
        continue;
      }
      llvm::Expected<WrapperDeclaration> wrapper = declare_wrapper(declaration, kind, lexemes_, *offset, style_);
      if (wrapper && style_.defines && !declaration.constructs.empty() && agreed_.insert(declaration.constructs).second)
        wrapper->text += agreed_constructor(declaration);
      if (wrapper && exports)
        wrapper->text += export_of(declaration, kind, style_.language);
      if (!wrapper) {
        llvm::handleAllErrors(wrapper.takeError(), [this](const Failure &failure) {
          result_.refusals.insert(result_.refusals.end(), failure.diagnostics().begin(), failure.diagnostics().end());
        });
        continue;
      }
      LedgerEntry entry;
      entry.file = declaration.file;
      entry.line = declaration.line;
      entry.column = declaration.column;
      entry.kind = EditKind::declare;
      entry.seam = declaration.qualified_name;
      entry.wrapper = wrapper_name(declaration.stem(), kind);
      entry.text = llvm::StringRef(wrapper->text).trim().str();
      result_.entries.push_back(std::move(entry));
      result_.edits.push_back({wrapper->offset, 0, std::move(wrapper->text)});
    }
  }

  /// Puts the wrapper beside the seam in a using-declaration of a class.
  void republish(const Republished &name, const WrapperKind &kind) {
    const Declaration &declaration = found_.declarations[name.declaration];
    const std::string wrapper = wrapper_name(declaration.stem(), kind);
    const std::optional<std::size_t> offset = map_.offset(name.name);
    const std::size_t token = offset ? lexemes_.at(*offset) : lexemes_.size();
    std::size_t begin = token;
    while (begin > 0 && begin < lexemes_.size() && lexemes_.text(begin) != "using" && lexemes_.text(begin) != ",")
      --begin;
    std::size_t end = token;
    while (end < lexemes_.size() && lexemes_.text(end) != ";")
      ++end;
    if (begin == 0 || end == lexemes_.size())
      return; // a reference through this name does not compile then
    if (!republished_.insert({lexemes_[begin].offset, wrapper}).second)
      return;
    std::string text = " using";
    for (std::size_t i = begin + 1; i < token; ++i)
      text += " " + lexemes_.text(i).str();
    result_.edits.push_back({lexemes_[end].offset + lexemes_[end].length, 0, text + " " + wrapper + ";"});
  }

  Plan finish() {
    sort(result_.edits);
    return std::move(result_);
  }

  [[nodiscard]] const WrapperUse &wrappers() const { return result_.wrappers; }

private:
  /// Counts the wrappers that \p reference calls, which have to be declared and defined.
  void use_wrapper(const Reference &reference) {
    ++result_.wrappers[reference.declaration][wrapper_of(reference)];
    for (const std::size_t overload : reference.overloads)
      ++result_.wrappers[overload][wrapper_of(reference)];
    for (const std::size_t specialisation : reference.specialisations)
      ++result_.specialised[specialisation][wrapper_of(reference)];
  }

  /// Puts \p wrapper for the name and the namespaces in front of it. False when the text has other tokens there.
  bool edit_name(const Reference &reference, const Declaration &declaration, std::size_t offset,
                 const std::string &wrapper) {
    const std::size_t name = lexemes_.at(offset);
    const bool is_operator = is_operator_name(declaration.identifier);
    if (name == lexemes_.size() || lexemes_.text(name) != (is_operator ? "operator" : declaration.identifier))
      return false;
    const std::optional<std::size_t> sign = is_operator ? operator_lexemes(lexemes_, name, declaration.identifier) : 0;
    if (!sign)
      return false;
    std::size_t begin = name;
    if (!reference.qualifier.empty() && begin > 0 && lexemes_.text(begin - 1) == "template")
      --begin;
    for (const std::string &token : llvm::reverse(reference.qualifier)) {
      if (begin == 0 || lexemes_.text(begin - 1) != token)
        return false;
      --begin;
    }
    const std::size_t from = lexemes_[begin].offset;
    // A space in front: `case 1:close(fd)` must not become `:::`.
    const std::string text = (wrapper.front() == ':' ? " " : "") + wrapper;
    const Lexeme &last = lexemes_[name + *sign];
    const std::size_t end = last.offset + last.length;
    // What stood between the qualifier and the name may hold line ends and markers: they stay.
    std::string kept;
    for (std::size_t token = begin; token < name; ++token) {
      const std::size_t gap = lexemes_[token].offset + lexemes_[token].length;
      kept += text_.slice(gap, lexemes_[token + 1].offset).str();
    }
    result_.edits.push_back({from, end - from, (llvm::StringRef(kept).trim(" \t").empty() ? "" : kept) + text});
    return true;
  }

  void refuse_reference(const Reference &reference, const Declaration &declaration) {
    Diagnostic diagnostic;
    diagnostic.place = {reference.file, reference.line, reference.column};
    diagnostic.message =
        "cannot rewrite this reference to the seam '" + declaration.qualified_name + "': " + reference.reason;
    if (!reference.next_step.empty())
      diagnostic.notes.push_back({Severity::note, {}, reference.next_step, {}});
    diagnostic.notes.push_back(found_.asked_for[declaration.seam]);
    result_.refusals.push_back(std::move(diagnostic));
  }

  void lose(const Reference &reference, const Declaration &declaration, LedgerEntry entry) {
    Diagnostic diagnostic;
    diagnostic.place = {reference.file, reference.line, reference.column};
    diagnostic.message = "the compiler's text of this line does not have the reference to the seam '" +
                         declaration.qualified_name + "' that Clang sees";
    diagnostic.notes.push_back({Severity::note,
                                {},
                                "write the line so that it does not depend on the compiler, or exclude the file under "
                                "'instrument:'",
                                {}});
    diagnostic.notes.push_back(found_.asked_for[declaration.seam]);
    result_.refusals.push_back(std::move(diagnostic));
    entry.verdict = Verdict::refused;
    entry.kind = EditKind::none;
    entry.wrapper.clear();
    entry.text.clear();
    entry.reason = "the compiler's text does not have it";
    result_.entries.push_back(std::move(entry));
  }

  const Found &found_;
  const TokenMap &map_;
  llvm::StringRef text_;
  Lexemes lexemes_;
  LineTokens tokens_;
  DeclareStyle style_;
  Plan result_;
  std::set<std::pair<std::size_t, std::string>> republished_; ///< by the using-declaration's offset
  std::set<std::string> agreed_;                              ///< classes that have their agreed constructor
  std::set<std::size_t> exported_; ///< declarations with internal linkage whose address other units have got
};

} // namespace

WrapperKind wrapper_of(const Reference &reference) {
  return {reference.may_throw, reference.variadic_call, reference.variadic_types, reference.qualified};
}

std::vector<Edit> merge_edits(std::vector<Edit> one, std::vector<Edit> other) {
  one.insert(one.end(), std::make_move_iterator(other.begin()), std::make_move_iterator(other.end()));
  sort(one);
  return one;
}

Plan plan_references(const Found &found, const TokenMap &map, llvm::StringRef text, DeclareStyle style) {
  Planner planner(found, map, text, style);
  planner.add_references();
  return planner.finish();
}

Plan plan(const Found &found, const TokenMap &map, llvm::StringRef text, DeclareStyle style, const AlsoDeclare &also) {
  Planner planner(found, map, text, style);
  planner.add_references();
  AlsoDeclare needed = also;
  for (const auto &[declaration, kinds] : planner.wrappers())
    for (const auto &[kind, count] : kinds)
      needed[declaration].insert(kind);
  for (const auto &[declaration, kinds] : needed)
    for (const WrapperKind &kind : kinds)
      planner.declare(declaration, kind);
  for (const Republished &name : found.republished)
    for (const WrapperKind &kind : needed[name.declaration])
      planner.republish(name, kind);
  return planner.finish();
}

} // namespace tripwire::tool
