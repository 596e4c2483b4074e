#include "tool/find.hpp"

#include "tool/clang_compat.hpp"
#include "tool/comments.hpp"
#include "tool/configuration.hpp"
#include "tool/declared.hpp"
#include "tool/describe.hpp"
#include "tool/editable_files.hpp"
#include "tool/inside_library.hpp"
#include "tool/match.hpp"
#include "tool/named_specialisations.hpp"
#include "tool/operator_sign.hpp"
#include "tool/parse.hpp"
#include "tool/qualifier.hpp"
#include "tool/replaced_types.hpp"
#include "tool/sightings.hpp"
#include "tool/sign_form.hpp"
#include "tool/token_log.hpp"
#include "tool/type_references.hpp"
#include "tool/variadic_types.hpp"
#include "tool/verdict.hpp"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/CharInfo.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

#include <set>

namespace tripwire::tool {
namespace {

constexpr const char *say_so = "if no seam is meant, say so on this line: // tripwire: ignore(reason)";

/// Turns sightings into decided references.
class Decider {
public:
  Decider(clang::ASTContext &context, const config::Configuration &configuration, TokenLog &tokens,
          const IncludeLog &includes, const IgnoreComments &ignored)
      : context_(context), sources_(context.getSourceManager()), configuration_(configuration), tokens_(tokens),
        includes_(includes), ignored_(ignored), matcher_(configuration, context, Entries::by_name),
        editable_(configuration, sources_), inside_(sources_, matcher_),
        replaced_(replaced_types(context, configuration)), specialisations_(context, includes, editable_, replaced_) {}

  /// Whether \c found is complete; if not, a template's instantiations in system headers' bodies matter.
  enum class Outcome { complete, undecided };

  Outcome decide(Found &found) {
    llvm::DenseSet<clang::SourceLocation> own_names;
    found.declared = declared_seams(context_, matcher_, &own_names);
    mark_called_elsewhere(own_names, found);
    for (const config::Seam &seam : configuration_.seams)
      found.asked_for.push_back(asked_for(seam));
    const TypeNames types = find_type_names(context_, configuration_, replaced_, matcher_, editable_);
    for (const auto &[entry, identifier] : types.declared)
      found.declared.push_back({entry, configuration_.seams[entry].pattern, identifier, {}});
    for (const TypeName &name : types.names)
      names_.insert(name.identifier);
    Sightings sightings = collect_sightings(context_, matcher_, editable_);
    gather_names(sightings, found);
    tokens_.place(names_, sources_, found);
    for (auto &[location, here] : sightings.by_name)
      if (is_editable(sources_.getFileID(sources_.getExpansionLoc(location))))
        decide_place(location, here, found);
    for (auto &[location, here] : sightings.constructions)
      if (is_editable(sources_.getFileID(sources_.getExpansionLoc(location))))
        decide_construction(location, here, sightings.of_parameter.contains(location), found);
    decide_library_calls(sightings, found);
    for (const auto &[record, entry] : sightings.without_constructors)
      found.refusals.push_back(no_constructor(*record, entry));
    for (const auto &[location, seams] : sightings.republished)
      if (const std::optional<TokenPlace> token = tokens_.at(location))
        for (const clang::FunctionDecl *seam : seams)
          if (const auto known = declarations_.find(seam); known != declarations_.end())
            found.republished.push_back({known->second, *token});
    for (const auto &[location, function] : sightings.cleanups)
      refuse_at(found, location,
                "the cleanup attribute calls the seam '" + qualified_name(*function, true) +
                    "' where nothing can be rewritten",
                "name a function of the project's own that makes the call", matcher_.match(*function).value());
    decide_type_names(types, context_, configuration_, tokens_, ignored_, found);
    check_claims(sightings, found);
    mark_editable(found);
    return outcome_;
  }

private:
  /// What has no name may be called anywhere; else a name that is rewritten, or is one of a declaration, calls nothing
  /// past its wrapper.
  void mark_called_elsewhere(const llvm::DenseSet<clang::SourceLocation> &own_names, Found &found) {
    llvm::StringMap<bool> called;
    for (DeclaredSeam &seam : found.declared)
      if (seam.defined && seam.identifier.empty())
        seam.called_elsewhere = true;
      else if (seam.defined)
        called[seam.identifier] = false;
    if (called.empty())
      return;
    for (const TokenLog::Identifier &identifier : tokens_.identifiers())
      if (const auto name = called.find(identifier.name->getName());
          name != called.end() && !name->second && !own_names.contains(identifier.location))
        name->second = !is_editable(sources_.getFileID(sources_.getExpansionLoc(identifier.location)));
    for (DeclaredSeam &seam : found.declared)
      seam.called_elsewhere = seam.called_elsewhere || called.lookup(seam.identifier);
  }

  void gather_names(const Sightings &sightings, Found &found) {
    for (const auto &[location, here] : sightings.by_name)
      for (const Sighting &sighting : here)
        if (sighting.seam)
          names_.insert(name_token_of(*sighting.seam));
    for (const auto &[location, here] : sightings.constructions)
      for (const Construction &construction : here)
        if (construction.sighting.seam)
          names_.insert(construction.sighting.seam->getDeclName().getAsString());
    for (const Sightings::LibraryCall &call : sightings.library_calls)
      for (const clang::CXXConstructorDecl *seam : inside_.constructed_by(*call.callee))
        names_.insert(seam->getDeclName().getAsString());
    for (const DeclaredSeam &declared : found.declared)
      if (!declared.identifier.empty())
        names_.insert(declared.identifier);
      else
        operators_.insert(llvm::StringRef(declared.name).substr(declared.name.rfind("operator")));
    for (const config::Seam &seam : configuration_.seams) {
      const config::Pattern pattern = config::parse_pattern(seam.pattern);
      llvm::StringRef last = llvm::StringRef(pattern.name).rsplit("::").second;
      last = last.empty() ? llvm::StringRef(pattern.name) : last;
      if (seam.kind != config::SeamKind::header && config::is_exact(last.str()))
        names_.insert(is_operator_name(last) ? "operator" : last);
    }
    for (const auto &entry : names_)
      found.names.push_back(entry.getKey().str());
    llvm::sort(found.names);
  }

  bool is_editable(clang::FileID file) { return editable_.contains(file); }

  void mark_editable(Found &found) {
    for (unsigned i = 0; i < sources_.local_sloc_entry_size(); ++i) {
      const clang::SrcMgr::SLocEntry &entry = sources_.getLocalSLocEntry(i);
      if (!entry.isFile() || !entry.getFile().getContentCache().OrigEntry)
        continue;
      const clang::FileID file = sources_.getFileID(clang::SourceLocation::getFromRawEncoding(entry.getOffset()));
      if (is_editable(file)) {
        const unsigned index = file_index(found, sources_.getFileEntryRefForID(file)->getName().str(), sources_);
        found.editable[index] = true;
      }
    }
  }

  config::Pattern pattern_of(std::size_t entry) const {
    const config::Seam &seam = configuration_.seams[entry];
    return seam.kind == config::SeamKind::header ? config::Pattern() : config::parse_pattern(seam.pattern);
  }

  /// The declaration's place in \c found, added at its first use.
  std::size_t declaration_of(const clang::FunctionDecl &seam, Found &found) {
    auto [known, is_new] = declarations_.try_emplace(&seam, found.declarations.size());
    if (is_new) {
      const std::size_t entry = matcher_.match(seam).value();
      Declaration declaration = describe(seam, pattern_of(entry), context_, includes_,
                                         [this](clang::FileID file) { return is_editable(file); });
      declaration.seam = entry;
      add_places(seam, declaration);
      found.declarations.push_back(std::move(declaration));
    }
    return known->second;
  }

  /// The wrapper is declared beside the first declaration of each scope: in blocks beside each, then in the file.
  void add_places(const clang::FunctionDecl &seam, Declaration &declaration) {
    std::vector<const clang::FunctionDecl *> in_order;
    for (const clang::FunctionDecl *each = seam.getMostRecentDecl(); each; each = each->getPreviousDecl())
      if (!each->isImplicit() && each->getFriendObjectKind() == clang::Decl::FOK_None)
        in_order.push_back(each);
    for (const clang::FunctionDecl *each : llvm::reverse(in_order)) {
      if (const std::optional<TokenPlace> place = tokens_.at(each->getLocation()))
        declaration.places.push_back({*place, each->isThisDeclarationADefinition()});
      if (!each->isLocalExternDecl())
        break;
    }
  }

  void decide_place(clang::SourceLocation location, llvm::ArrayRef<Sighting> here, Found &found) {
    const Sighting *seam = nullptr;
    bool mixed = false;
    bool other = false;
    bool dependent = false;
    for (const Sighting &sighting : here) {
      if (sighting.dependent)
        dependent = true;
      else if (!sighting.seam)
        other = true;
      else if (seam && seam->seam != sighting.seam && !same_wrapper(*seam->seam, *sighting.seam))
        mixed = true;
      else if (!seam || (seam->exempt && !sighting.exempt))
        seam = &sighting;
    }
    if (!seam) {
      const std::string &identifier = here.front().identifier;
      if (dependent && !other && (names_.contains(identifier) || operators_.contains(identifier)))
        outcome_ = Outcome::undecided;
      return;
    }

    Reference reference;
    reference.declaration = declaration_of(*seam->seam, found);
    Declaration &declaration = found.declarations[reference.declaration];
    locate(reference, location, *seam);
    for (const Sighting &sighting : here)
      add_enclosing(reference, sighting);

    const std::optional<TokenPlace> token = tokens_.at(location);
    const bool all_exempt =
        llvm::all_of(here, [](const Sighting &sighting) { return sighting.exempt || sighting.dependent; });
    const std::string ignore_reason = ignored_.reason_at(sources_.getExpansionLoc(location), sources_);
    if (token)
      reference.name = *token;
    if (!ignore_reason.empty())
      exempt(reference, "ignored here: " + ignore_reason);
    else if (all_exempt)
      exempt(reference, seam->exempt);
    else if (const ReplacedType *answers = answered_by(here))
      exempt(reference, "'" + answers->becomes + "' answers it");
    else if (std::optional<std::string> why =
                 why_not_wrappable(*seam->seam, !pattern_of(declaration.seam).file.empty()))
      refuse(reference, "this function cannot be wrapped", *why + "; " + say_so);
    else if (!is_sign(*seam) && (!token || token->line.name != name_token_of(*seam->seam)))
      refuse(reference, "this calls the seam without naming it", "name the call, or take the seam's entry away");
    else if (!is_sign(*seam) && (mixed || other))
      refuse(reference, "some instantiations of this template name the seam here and others do not",
             "write the call in a function of its own, overloaded for the seam's type");
    else if (!declaration.local_type.empty())
      refuse(reference, "its type names '" + declaration.local_type + "', which no other unit can see",
             "declare '" + declaration.local_type + "' in a header that this file includes");
    else if (declaration.places.empty())
      refuse(reference, "the seam is declared only where no wrapper can be declared beside it",
             "include the header that declares it in the enclosing scope");
    else
      rewrite(reference, here, *seam, declaration);
    if (reference.verdict == Verdict::rewritten && is_sign(*seam))
      place_sign(reference, location, here, *seam, tokens_, context_, found);
    add_overloads(reference, here, found);
    if (specialisations_.add(reference, here, found,
                             [&](const clang::FunctionDecl &each) { return declaration_of(each, found); }))
      outcome_ = Outcome::undecided; // an instantiation may be asked for in a system header's body
    found.references.push_back(std::move(reference));
  }

  /// The type whose drop-in is given to the call and sees all that it does, in each instantiation; null when there is
  /// none.
  const ReplacedType *answered_by(llvm::ArrayRef<Sighting> here) const {
    const ReplacedType *answers = nullptr;
    for (const Sighting &sighting : here) {
      if (sighting.dependent || (sighting.named && sighting.named->isTemplated()))
        continue;
      answers = sighting.named ? answering(*sighting.named, replaced_.types, configuration_) : nullptr;
      if (!answers)
        return nullptr;
    }
    return answers;
  }

  /// A construction gets an argument more, by which it runs the wrapper.
  void decide_construction(clang::SourceLocation location, llvm::ArrayRef<Construction> here, bool is_of_parameter,
                           Found &found) {
    const auto first = llvm::find_if(here, [](const Construction &each) { return each.sighting.seam != nullptr; });
    if (first == here.end())
      return;
    const Sighting &seam = first->sighting;
    const bool differ = llvm::any_of(here, [&](const Construction &each) { return each.sighting.seam != seam.seam; });
    Reference reference;
    reference.declaration = declaration_of(*seam.seam, found);
    const Declaration &declaration = found.declarations[reference.declaration];
    locate(reference, location, seam);
    for (const Construction &each : here)
      add_enclosing(reference, each.sighting);
    const std::string ignore_reason = ignored_.reason_at(sources_.getExpansionLoc(location), sources_);
    const bool by_file = !pattern_of(declaration.seam).file.empty();
    if (!ignore_reason.empty())
      exempt(reference, "ignored here: " + ignore_reason);
    else if (llvm::all_of(here, [](const Construction &each) { return each.sighting.exempt; }))
      exempt(reference, seam.exempt);
    else if (std::optional<std::string> why = why_not_wrappable(*seam.seam, by_file))
      refuse(reference, "this constructor cannot be wrapped", *why);
    else if (is_of_parameter)
      refuse(reference, "the type that is made here depends on a template's parameter",
             "write the construction in a function of its own, overloaded for the seam's type");
    else if (differ)
      refuse(reference, "some instantiations of this template run this constructor here and others another",
             "write the construction in a function of its own, overloaded for each type");
    else if (first->form.refused)
      refuse(reference, first->form.refused, first->form.next_step);
    else if (declaration.places.empty())
      refuse(reference, "the class is defined only where no wrapper can be declared in it",
             "define the class in a header, outside of macros");
    else
      insert(reference, *first, here, found);
    found.references.push_back(std::move(reference));
  }

  /// The library's own text cannot be edited. What it hands on to a constructor can take the argument along.
  void decide_library_calls(const Sightings &sightings, Found &found) {
    std::set<std::pair<clang::SourceLocation, const clang::FunctionDecl *>> known;
    llvm::DenseSet<clang::SourceLocation> others; // where some instantiation constructs none
    for (const Sightings::LibraryCall &call : sightings.library_calls)
      if (inside_.constructed_by(*call.callee).empty())
        others.insert(call.expression->getEndLoc());
    for (const Sightings::LibraryCall &call : sightings.library_calls) {
      const clang::SourceLocation location = call.expression->getBeginLoc();
      if (location.isInvalid() || !is_editable(sources_.getFileID(sources_.getExpansionLoc(location))))
        continue;
      const auto seams = inside_.constructed_by(*call.callee);
      for (const clang::CXXConstructorDecl *seam : seams) {
        if (!known.insert({call.expression->getEndLoc(), seam}).second)
          continue;
        Construction construction;
        construction.sighting = call.sighting;
        construction.sighting.seam = &written(*seam);
        construction.form = form_of(call, *seam);
        if (seams.size() > 1)
          construction.form.refused = "a call of the library runs several constructors of it";
        decide_construction(location, construction, others.contains(call.expression->getEndLoc()), found);
      }
    }
    const bool has_constructors = llvm::any_of(found.declared, [this](const DeclaredSeam &seam) {
      return configuration_.seams[seam.seam].kind == config::SeamKind::constructor;
    });
    if (has_constructors)
      outcome_ = Outcome::undecided; // without bodies of system headers nobody knows what their templates construct
  }

  static ConstructionForm form_of(const Sightings::LibraryCall &call, const clang::CXXConstructorDecl &seam) {
    ConstructionForm form;
    form.form = Insertion::Form::argument;
    const auto *written_call = llvm::dyn_cast<clang::CallExpr>(call.expression);
    const std::optional<unsigned> first = first_forwarded(*call.callee, *seam.getParent());
    if (written_call && first && written_call->getNumArgs() > *first)
      form.from = written_call->getArg(*first)->getBeginLoc();
    else if (written_call && first)
      form.from = written_call->getRParenLoc();
    if (form.from.isValid())
      return form;
    form.refused = "the library runs it where nothing can be rewritten";
    form.next_step = "make the object in code of the project and hand it over, as in push_back(TYPE(...))";
    return form;
  }

  void insert(Reference &reference, const Construction &construction, llvm::ArrayRef<Construction> here, Found &found) {
    const ConstructionForm &form = construction.form;
    const std::optional<TokenPlace> from = tokens_.any_at(form.from, sources_, found);
    const std::optional<TokenPlace> to =
        form.form == Insertion::Form::around ? tokens_.any_at(form.to, sources_, found) : from;
    if (!from || !to) {
      refuse(reference, "its text cannot be followed here", "write the construction without macros, in one line");
      return;
    }
    reference.verdict = Verdict::rewritten;
    reference.insertion = {form.form, *from, *to};
    reference.is_call = true;
    reference.may_throw = llvm::all_of(here, [this](const Construction &each) {
      return each.sighting.exempt || (!each.sighting.quiet && lets_throw(each.sighting.function));
    });
  }

  /// An entry that names a class which has no constructor to stand in front of would be silent.
  Diagnostic no_constructor(const clang::CXXRecordDecl &record, std::size_t entry) const {
    const config::Seam &seam = configuration_.seams[entry];
    Diagnostic diagnostic;
    diagnostic.place = {seam.place.file, static_cast<unsigned>(seam.place.line),
                        static_cast<unsigned>(seam.place.column)};
    diagnostic.message = "'" + qualified_name(record, true) + "' has no constructor that somebody wrote, so nothing " +
                         "can stand in front of it";
    diagnostic.notes.push_back(
        {Severity::note, {}, "give the class a constructor, or name the functions that do the work", {}});
    return diagnostic;
  }

  /// Every overload that some instantiation names at this place needs its wrapper: overload resolution happens again
  /// among them.
  void add_overloads(Reference &reference, llvm::ArrayRef<Sighting> here, Found &found) {
    for (const Sighting &sighting : here) {
      if (!sighting.seam || reference.verdict != Verdict::rewritten)
        continue;
      const std::size_t declaration = declaration_of(*sighting.seam, found);
      if (declaration == reference.declaration || llvm::is_contained(reference.overloads, declaration))
        continue;
      const bool by_file = !pattern_of(found.declarations[declaration].seam).file.empty();
      if (std::optional<std::string> why = why_not_wrappable(*sighting.seam, by_file))
        refuse(reference, "this function cannot be wrapped", *why);
      else if (!found.declarations[declaration].inner.empty())
        refuse(reference, "overloads with internal linkage are called here, by different instantiations",
               "write the call in a function of its own, overloaded for each type");
      else if (found.declarations[declaration].variadic || reference.variadic_call)
        refuse(reference, "a variadic function and its overloads are called here, by different instantiations",
               "write the call in a function of its own, overloaded for each type");
      else
        reference.overloads.push_back(declaration);
    }
  }

  /// Overloads of one scope share their wrappers' name, so overload resolution still decides between them. Members are
  /// named without their class.
  static bool same_wrapper(const clang::FunctionDecl &a, const clang::FunctionDecl &b) {
    if (a.getDeclName() != b.getDeclName())
      return false;
    return (llvm::isa<clang::CXXMethodDecl>(a) && llvm::isa<clang::CXXMethodDecl>(b)) ||
           a.getDeclContext()->getPrimaryContext() == b.getDeclContext()->getPrimaryContext();
  }

  void rewrite(Reference &reference, llvm::ArrayRef<Sighting> here, const Sighting &seam,
               const Declaration &declaration) {
    reference.verdict = Verdict::rewritten;
    if (llvm::any_of(here, [](const Sighting &sighting) { return sighting.perhaps_constant && !sighting.exempt; })) {
      refuse(reference, "a constexpr function calls it, so that the compiler may have to make this call itself",
             "take 'constexpr' from the caller, make that function the seam, or list this one under 'except:'");
      return;
    }
    reference.qualified = llvm::any_of(here, [](const Sighting &sighting) { return sighting.past_virtual; });
    reference.is_call = llvm::any_of(here, [](const Sighting &sighting) { return sighting.call != nullptr; });
    reference.may_throw = llvm::all_of(here, [this](const Sighting &sighting) {
      return sighting.dependent || sighting.exempt || may_throw(sighting);
    });
    if (is_sign(seam))
      return;
    if (!declaration.member && !take_qualifier(seam.qualifier, QualifiedBy::namespaces, reference.qualifier)) {
      refuse(reference, "the seam is named through a type", std::string("name it through its namespace; ") + say_so);
      return;
    }
    if (declaration.variadic && take_variadic_types(reference, here, context_))
      outcome_ = Outcome::undecided; // an instantiation knows
    if (reference.verdict == Verdict::rewritten && declaration.variadic && !seam.call)
      refuse(reference, "the address of a variadic function is taken",
             "its wrapper has to know the arguments' types; call it through a function of the project's own");
  }

  /// A refusal may travel as an exception out of a call that somebody wrote, in C++ that allows it.
  bool may_throw(const Sighting &sighting) const {
    return sighting.call && !sighting.quiet && lets_throw(sighting.function);
  }

  /// Whether an exception may leave code of \p function; what stands in none is run where nobody can catch it.
  bool lets_throw(const clang::FunctionDecl *function) const {
    if (!function || !context_.getLangOpts().CPlusPlus || !context_.getLangOpts().CXXExceptions)
      return false;
    if (function->isExternC() && !function->isMain())
      return false;
    const auto *type = function->getType()->getAs<clang::FunctionProtoType>();
    if (!type)
      return false;
    if (llvm::isa<clang::CXXDestructorDecl>(function))
      return type->getExceptionSpecType() == clang::EST_NoexceptFalse;
    switch (type->getExceptionSpecType()) {
    case clang::EST_BasicNoexcept:
    case clang::EST_NoexceptTrue:
    case clang::EST_DynamicNone:
    case clang::EST_NoThrow:
      return false;
    default:
      return true;
    }
  }

  void locate(Reference &reference, clang::SourceLocation location, const Sighting &sighting) {
    const clang::PresumedLoc at = sources_.getPresumedLoc(sources_.getExpansionLoc(location));
    if (at.isValid()) {
      reference.file = at.getFilename();
      reference.line = at.getLine();
      reference.column = at.getColumn();
    }
    if (sighting.function)
      reference.function = qualified_name(*sighting.function, false);
  }

  /// Functions of which another object may have a copy: it must be the same copy.
  void add_enclosing(Reference &reference, const Sighting &sighting) {
    if (!sighting.function)
      return;
    for (std::string &symbol : copied_symbols(*sighting.function, context_))
      if (!llvm::is_contained(reference.enclosing_symbols, symbol))
        reference.enclosing_symbols.push_back(std::move(symbol));
  }

  void refuse_at(Found &found, clang::SourceLocation location, std::string message, std::string next_step,
                 std::size_t seam) {
    const clang::SourceLocation expansion = sources_.getExpansionLoc(location);
    if (!is_editable(sources_.getFileID(expansion)) || !ignored_.reason_at(expansion, sources_).empty())
      return;
    const clang::PresumedLoc at = sources_.getPresumedLoc(expansion);
    Diagnostic diagnostic;
    if (at.isValid())
      diagnostic.place = {at.getFilename(), at.getLine(), at.getColumn()};
    diagnostic.message = std::move(message);
    diagnostic.notes.push_back({Severity::note, {}, std::move(next_step), {}});
    diagnostic.notes.push_back(found.asked_for[seam]);
    found.refusals.push_back(std::move(diagnostic));
  }

  bool in_attribute(clang::SourceLocation location, const Sightings &sightings) const {
    return llvm::any_of(sightings.attributes, [&](clang::SourceRange range) {
      return range.isValid() && !sources_.isBeforeInTranslationUnit(location, range.getBegin()) &&
             !sources_.isBeforeInTranslationUnit(range.getEnd(), location);
    });
  }

  /// Whether the name at \p location stands in `template int acme::twice(int);`, which calls nothing and has no node of
  /// its own.
  bool in_explicit_instantiation(clang::SourceLocation location) const {
    const auto [file, offset] = sources_.getDecomposedExpansionLoc(location);
    const llvm::StringRef before = sources_.getBufferData(file).take_front(offset);
    const std::size_t statement = before.find_last_of(";{}");
    const llvm::StringRef head = statement == llvm::StringRef::npos ? before : before.substr(statement + 1);
    const std::size_t keyword = head.rfind("template");
    if (keyword == llvm::StringRef::npos || head.contains('(') || head.contains('='))
      return false;
    const llvm::StringRef after = head.substr(keyword + llvm::StringRef("template").size());
    const bool whole_word =
        keyword == 0 || !clang::isAsciiIdentifierContinue(static_cast<unsigned char>(head[keyword - 1]));
    return whole_word && after != after.ltrim() && !after.ltrim().starts_with("<");
  }

  /// Every token that is spelled like a seam must be somebody's: a kind of node that nobody thought of is refused, not
  /// passed over.
  void check_claims(const Sightings &sightings, Found &found) {
    llvm::StringMap<std::size_t> seams;
    for (const DeclaredSeam &declared : found.declared)
      seams.try_emplace(declared.identifier, declared.seam);
    for (const TokenLog::Identifier &identifier : tokens_.identifiers()) {
      const auto seam = seams.find(identifier.name->getName());
      if (seam != seams.end() && !sightings.claimed.contains(identifier.location) &&
          !in_attribute(identifier.location, sightings) && !in_explicit_instantiation(identifier.location))
        refuse_at(found, identifier.location,
                  "cannot tell whether '" + identifier.name->getName().str() + "' is the seam here", say_so,
                  seam->second);
    }
  }

  clang::ASTContext &context_;
  const clang::SourceManager &sources_;
  const config::Configuration &configuration_;
  TokenLog &tokens_;
  const IncludeLog &includes_;
  const IgnoreComments &ignored_;
  SeamMatcher matcher_;
  llvm::StringSet<> names_;
  llvm::StringSet<> operators_; ///< the seams among them, which are no names of one token: `operator+`
  EditableFiles editable_;
  InsideLibrary inside_;
  llvm::MapVector<const clang::FunctionDecl *, std::size_t> declarations_;
  ReplacedTypes replaced_;
  NamedSpecialisations specialisations_;
  Outcome outcome_ = Outcome::complete;
};

} // namespace

llvm::Expected<Found> find(const ClangArguments &arguments, const config::Configuration &configuration,
                           const llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> &files) {
  for (const SystemBodies bodies : {SystemBodies::skip, SystemBodies::parse}) {
    Found found;
    TokenLog tokens;
    IncludeLog includes;
    IgnoreComments ignored;
    Decider::Outcome outcome = Decider::Outcome::complete;
    const bool has_constructors = llvm::any_of(
        configuration.seams, [](const config::Seam &seam) { return seam.kind == config::SeamKind::constructor; });
    if (has_constructors || may_name_operators(configuration))
      tokens.keep_all();
    auto begin = [&](clang::Preprocessor &preprocessor) {
      tokens.listen(preprocessor);
      includes.listen(preprocessor);
      ignored.listen(preprocessor);
    };
    auto tree = [&](clang::ASTContext &context, clang::Preprocessor &) {
      outcome = Decider(context, configuration, tokens, includes, ignored).decide(found);
    };
    auto is_rewritten = [&](llvm::StringRef header) {
      return config::instrumented_by_name(configuration, header.str());
    };
    if (llvm::Error error = parse(arguments, bodies, {begin, tree, is_rewritten}, files))
      return error;
    if (outcome == Decider::Outcome::complete || bodies == SystemBodies::parse)
      return found;
  }
  llvm_unreachable("the second parse is always the last");
}

} // namespace tripwire::tool
