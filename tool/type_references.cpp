#include "tool/type_references.hpp"

#include "tool/describe.hpp"
#include "tool/qualifier.hpp"
#include "tool/verdict.hpp"

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

#include <map>
#include <tuple>

namespace tripwire::tool {
namespace {

class Decider {
public:
  Decider(clang::ASTContext &context, const config::Configuration &configuration, const TokenLog &tokens,
          const IgnoreComments &ignored, Found &found)
      : context_(context), sources_(context.getSourceManager()), configuration_(configuration), tokens_(tokens),
        ignored_(ignored), found_(found) {}

  void decide(const TypeName &name) {
    Reference reference;
    reference.declaration = declaration_of(name);
    locate(name.written.name, reference);
    if (name.function) {
      reference.function = qualified_name(*name.function, false);
      reference.enclosing_symbols = copied_symbols(*name.function, context_);
    }
    if (name.record)
      add_members(*name.record, reference);
    const std::optional<TokenPlace> token = tokens_.at(name.written.name);
    const std::string ignore_reason = ignored_.reason_at(sources_.getExpansionLoc(name.written.name), sources_);
    if (token)
      reference.name = *token;
    if (!ignore_reason.empty())
      exempt(reference, "ignored here: " + ignore_reason);
    else if (name.exempt)
      exempt(reference, name.exempt);
    else if (!context_.getLangOpts().CPlusPlus)
      refuse(reference, "a type stands in for another in C++ only", "name the functions that take it");
    else if (name.refused)
      refuse(reference, name.refused, name.next_step);
    else if (!token || token->line.name != name.identifier)
      refuse(reference, "this names the type without its name", "write the name, without macros");
    else if (!take_qualifier(name.written.qualifier, QualifiedBy::namespaces_and_classes, reference.qualifier))
      refuse(reference, "a template with its arguments stands in front of the name",
             "give the type an alias in a namespace and name that in the seam's entry");
    found_.references.push_back(std::move(reference));
  }

  void refuse_template(std::size_t entry) {
    const config::Seam &seam = configuration_.seams[entry];
    Diagnostic diagnostic;
    diagnostic.place = {seam.place.file, static_cast<unsigned>(seam.place.line),
                        static_cast<unsigned>(seam.place.column)};
    diagnostic.message = "'" + seam.pattern + "' is a class template, and a type stands in for a type";
    diagnostic.notes.push_back(
        {Severity::note, {}, "name an alias of a specialisation, as 'std::ifstream' is of 'std::basic_ifstream'", {}});
    found_.refusals.push_back(std::move(diagnostic));
  }

  void refuse_signature(const ForeignSignature &foreign) {
    const std::string function = qualified_name(*foreign.function, true);
    const std::string type = configuration_.seams[foreign.entry].pattern;
    Reference at;
    locate(foreign.function->getLocation(), at);
    Diagnostic diagnostic;
    diagnostic.place = {at.file, at.line, at.column};
    diagnostic.message = foreign.is_seam
                             ? "the seam '" + function + "' takes or returns '" + type +
                                   "', which another type stands in for: its wrapper cannot have both"
                             : "'" + function + "' takes or returns '" + type +
                                   "', which another type stands in for, and code that is not rewritten says so too";
    diagnostic.notes.push_back({Severity::note,
                                {},
                                foreign.is_seam ? "leave one of the two out of the seams"
                                                : "have that code rewritten as well, or give the function another type",
                                {}});
    diagnostic.notes.push_back(found_.asked_for[foreign.entry]);
    found_.refusals.push_back(std::move(diagnostic));
  }

private:
  std::size_t declaration_of(const TypeName &name) {
    auto [known, is_new] =
        declarations_.try_emplace({name.entry, name.identifier, name.is_member}, found_.declarations.size());
    if (is_new) {
      const config::Seam &seam = configuration_.seams[name.entry];
      Declaration declaration;
      declaration.seam = name.entry;
      declaration.qualified_name = seam.pattern;
      declaration.identifier = name.identifier;
      const llvm::StringRef becomes = llvm::StringRef(seam.becomes).ltrim(':');
      declaration.becomes = name.is_member ? becomes.substr(becomes.rfind(':') + 1).str() : "::" + becomes.str();
      found_.declarations.push_back(std::move(declaration));
    }
    return known->second;
  }

  void locate(clang::SourceLocation location, Reference &reference) const {
    const clang::PresumedLoc at = sources_.getPresumedLoc(sources_.getExpansionLoc(location));
    if (at.isInvalid())
      return;
    reference.file = at.getFilename();
    reference.line = at.getLine();
    reference.column = at.getColumn();
  }

  /// Who has the class laid out otherwise has other copies of its members.
  void add_members(const clang::CXXRecordDecl &record, Reference &reference) const {
    for (const clang::CXXMethodDecl *method : record.methods())
      if (method->isInlined())
        llvm::append_range(reference.enclosing_symbols, copied_symbols(*method, context_));
  }

  clang::ASTContext &context_;
  const clang::SourceManager &sources_;
  const config::Configuration &configuration_;
  const TokenLog &tokens_;
  const IgnoreComments &ignored_;
  Found &found_;
  std::map<std::tuple<std::size_t, std::string, bool>, std::size_t> declarations_;
};

} // namespace

void decide_type_names(const TypeNames &types, clang::ASTContext &context, const config::Configuration &configuration,
                       const TokenLog &tokens, const IgnoreComments &ignored, Found &found) {
  Decider decider(context, configuration, tokens, ignored, found);
  for (const TypeName &name : types.names)
    decider.decide(name);
  for (const std::size_t entry : types.templates)
    decider.refuse_template(entry);
  for (const ForeignSignature &foreign : types.foreign)
    decider.refuse_signature(foreign);
}

} // namespace tripwire::tool
