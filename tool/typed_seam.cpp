#include "tool/typed_seam.hpp"

#include "tool/configuration.hpp"
#include "tool/describe.hpp"
#include "tool/editable_files.hpp"
#include "tool/match.hpp"
#include "tool/operator_sign.hpp"
#include "tool/parse.hpp"
#include "tool/reached.hpp"
#include "tool/seam_symbols.hpp"
#include "tool/specialise.hpp"
#include "tool/token_log.hpp"
#include "tool/visitor.hpp"
#include "tool/wrapper_name.hpp"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/QualTypeNames.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace tripwire::tool {
namespace {

/// Finds declarations by their unified symbol resolution, members of classes included, and instantiations by the
/// variable that holds their address.
class Declarations : public Visitor {
public:
  Declarations(const llvm::StringSet<> &identifiers, clang::ASTContext &context) : identifiers_(identifiers) {
    ShouldVisitTemplateInstantiations = true;
    Visitor::TraverseDecl(context.getTranslationUnitDecl());
  }

  bool TraverseDecl(clang::Decl *declaration) override {
    const auto *variable = llvm::dyn_cast_or_null<clang::VarDecl>(declaration);
    if (variable && variable->getIdentifier() && variable->getName().starts_with(use_prefix) && variable->hasInit())
      if (const auto *address = llvm::dyn_cast<clang::UnaryOperator>(variable->getInit()->IgnoreParenImpCasts()))
        if (const auto *named = llvm::dyn_cast<clang::DeclRefExpr>(address->getSubExpr()->IgnoreParens()))
          by_use_.try_emplace(variable->getName(), llvm::dyn_cast<clang::FunctionDecl>(named->getDecl()));
    return Visitor::TraverseDecl(declaration);
  }

  bool VisitFunctionDecl(clang::FunctionDecl *function) override {
    if (function->isImplicit() || !identifiers_.contains(function->getDeclName().getAsString()))
      return true;
    llvm::SmallString<128> usr;
    if (!clang::index::generateUSRForDecl(function, usr))
      by_usr_.try_emplace(usr, &written(*function));
    return true;
  }

  [[nodiscard]] const clang::FunctionDecl *by_usr(llvm::StringRef usr) const { return by_usr_.lookup(usr); }
  [[nodiscard]] const clang::FunctionDecl *by_use(llvm::StringRef variable) const { return by_use_.lookup(variable); }

private:
  const llvm::StringSet<> &identifiers_;
  llvm::StringMap<const clang::FunctionDecl *> by_usr_;
  llvm::StringMap<const clang::FunctionDecl *> by_use_;
};

/// Whether a type's spelling says something only where it was written: an expression over parameters, or a private
/// name.
class LocalSpelling : public Visitor {
public:
  static bool is_in(clang::QualType type) {
    LocalSpelling visitor;
    visitor.TraverseType(type);
    return visitor.found_;
  }

  bool VisitDecltypeType(clang::DecltypeType *) override { return found(); }
  bool VisitTypeOfExprType(clang::TypeOfExprType *) override { return found(); }
  bool VisitAutoType(clang::AutoType *) override { return found(); }
  bool VisitTypedefType(clang::TypedefType *type) override {
    const clang::AccessSpecifier access = type->getDecl()->getAccess();
    return access == clang::AS_private || access == clang::AS_protected ? found() : true;
  }

private:
  bool found() {
    found_ = true;
    return false;
  }

  bool found_ = false;
};

class Speller {
public:
  explicit Speller(const clang::ASTContext &context) : context_(context), policy_(context.getLangOpts()) {
    policy_.SuppressUnwrittenScope = false;
  }

  [[nodiscard]] SpelledType spell(clang::QualType type) const {
    SpelledType result;
    result.type = qualified(type);
    clang::QualType value = type.getNonReferenceType();
    if (const auto *pointer = value->getAs<clang::PointerType>()) {
      const clang::QualType pointee = pointer->getPointeeType().getUnqualifiedType();
      if (pointee->isObjectType() && !pointee->isIncompleteType()) {
        result.pointee = qualified(pointee);
        value = pointee;
      }
    }
    if (const auto *record = value->getAsRecordDecl(); record && record->isCompleteDefinition())
      add_fields(*record, value, result);
    if (const auto *enumeration = type.getNonReferenceType()->getAs<clang::EnumType>())
      add_enumerators(*enumeration->getDecl(), result);
    add_handle(type, result);
    return result;
  }

  [[nodiscard]] std::string qualified(clang::QualType type) const {
    if (const auto *pointer = type->getAs<clang::PointerType>())
      if (const auto *tag = pointer->getPointeeType()->getAsRecordDecl(); tag && tag->getName() == "__va_list_tag")
        return "::std::decay_t<__builtin_va_list>"; // the tag itself has no name that can be written
    if (LocalSpelling::is_in(type))
      type = type.getCanonicalType();
    return clang::TypeName::getFullyQualifiedName(type, context_, policy_, /*WithGlobalNsPrefix=*/true);
  }

private:
  void add_fields(const clang::RecordDecl &record, clang::QualType type, SpelledType &result) const {
    result.record = type.getUnqualifiedType().getAsString(policy_);
    for (const clang::FieldDecl *field : record.fields()) {
      const bool readable = field->getIdentifier() && field->getAccess() != clang::AS_private &&
                            field->getAccess() != clang::AS_protected && !field->isUnnamedBitField() &&
                            !record.isUnion() && !field->getType()->isIncompleteArrayType();
      if (readable)
        result.fields.push_back(field->getName().str());
    }
  }

  static bool is_number(clang::QualType type) {
    return type->isIntegralOrEnumerationType() && !type->isAnyCharacterType();
  }

  void add_handle(clang::QualType type, SpelledType &result) const {
    const clang::QualType value = type.getNonReferenceType();
    const clang::QualType pointee = value->getPointeeType();
    clang::QualType handle = value;
    if (value->isPointerType() && (pointee->isPointerType() || (is_number(pointee) && pointee->isObjectType()))) {
      result.handle_in = HandleIn::pointee;
      handle = pointee;
    } else if (value->isPointerType() || is_number(value)) {
      result.handle_in = HandleIn::value;
    } else if (type->isReferenceType()) {
      result.handle_in = HandleIn::address;
    } else {
      return;
    }
    result.handle = result.handle_in == HandleIn::address ? "const void *" : qualified(handle.getUnqualifiedType());
  }

  void add_enumerators(const clang::EnumDecl &enumeration, SpelledType &result) const {
    for (const clang::EnumConstantDecl *enumerator : enumeration.enumerators()) {
      const std::string name = qualified_name(*enumerator, true);
      result.enumerators.push_back({"::" + name, name});
    }
  }

  const clang::ASTContext &context_;
  clang::PrintingPolicy policy_;
};

TypedSeam type_seam(const clang::FunctionDecl &function, const clang::ASTContext &context) {
  const Speller speller(context);
  TypedSeam seam;
  seam.result = speller.spell(function.getReturnType());
  seam.returns_nothing = function.getReturnType()->isVoidType();
  seam.never_returns = function.isNoReturn();
  seam.is_overloaded = !function.getDeclContext()->getRedeclContext()->lookup(function.getDeclName()).isSingleResult();
  for (const clang::ParmVarDecl *parameter : function.parameters())
    seam.parameters.push_back(
        {parameter->getName().ltrim('_').str(), speller.spell(parameter->getType().getUnqualifiedType())});
  if (llvm::isa<clang::CXXConstructorDecl>(function)) {
    seam.returns_nothing = true;
    seam.never_returns = false;
  }
  if (const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function)) {
    seam.member_of = "::" + qualified_name(*method->getParent(), true);
    seam.is_static = method->isStatic();
    seam.is_public = method->getAccess() == clang::AS_public || method->getAccess() == clang::AS_none;
    seam.qualifiers = qualifiers_of(*method);
  }
  return seam;
}

/// The seams of all records, each once, with every wrapper that any of them uses.
std::vector<RecordedSeam> merge(const std::vector<Record> &records) {
  std::map<std::string, RecordedSeam> by_usr;
  for (const Record &record : records)
    for (const RecordedSeam &seam : record.seams) {
      auto [known, is_new] = by_usr.try_emplace(seam.usr, seam);
      if (!is_new)
        for (const auto &[kind, count] : seam.wrappers)
          known->second.wrappers[kind] += count;
    }
  std::vector<RecordedSeam> merged;
  merged.reserve(by_usr.size());
  for (auto &[usr, seam] : by_usr)
    merged.push_back(std::move(seam));
  return merged;
}

/// The specialisation that \p seam records.
Specialisation specialisation_in(const RecordedSeam &seam) {
  Specialisation specialisation = seam.specialisation;
  specialisation.name = seam.name;
  specialisation.printed = seam.printed;
  specialisation.symbol = seam.symbols.empty() ? "" : seam.symbols.front();
  return specialisation;
}

/// Makes \p typed, which has the specialisation's type, speak of the specialisation.
void take_specialisation(const RecordedSeam &seam, TypedSeam &typed) {
  const Specialisation &specialisation = seam.specialisation;
  typed.arguments = specialisation.arguments;
  typed.heads = specialisation.heads;
  typed.member_of = specialisation.member_of;
  typed.qualifiers = specialisation.qualifiers;
  typed.is_static = specialisation.is_static;
  typed.is_public = specialisation.is_public;
  typed.is_overloaded = true; // only its type says which one it is
  typed.declaration.qualified_name = seam.name;
  typed.declaration.identifier = seam.identifier;
  typed.declaration.symbols = seam.symbols;
  typed.declaration.scope = specialisation.scope;
  typed.declaration.member = !specialisation.member_of.empty();
  typed.declaration.c_linkage = false;
}

std::string unit_that_refers(const std::vector<Record> &records, const std::string &usr) {
  for (const Record &record : records)
    for (const RecordedSeam &seam : record.seams)
      if (seam.usr == usr)
        return record.unit;
  return {};
}

/// Symbols without what only says that offsets have 64 bits, which they always have here.
std::vector<std::string> plain_symbols(const std::vector<std::string> &symbols) {
  std::vector<std::string> plain;
  for (const std::string &symbol : symbols)
    plain.push_back(without_offset_width(symbol));
  llvm::sort(plain);
  plain.erase(std::unique(plain.begin(), plain.end()), plain.end());
  return plain;
}

/// The units in which a C function's name means another function than where the wrappers are defined: macros of a unit,
/// _XOPEN_SOURCE for one, choose between functions of one name.
void refuse_other_meanings(const Declaration &declaration, const std::vector<Record> &records,
                           std::vector<Diagnostic> &errors) {
  if (!declaration.c_linkage)
    return;
  const std::vector<std::string> defined = plain_symbols(declaration.symbols);
  for (const Record &record : records)
    for (const RecordedSeam &seam : record.seams) {
      if (seam.usr != declaration.usr || plain_symbols(seam.symbols) == defined)
        continue;
      Diagnostic diagnostic;
      diagnostic.place = {record.unit, 0, 0};
      diagnostic.message = "the seam '" + seam.name + "' that this unit calls is the symbol '" +
                           (seam.symbols.empty() ? seam.name : seam.symbols.front()) + "' here and '" +
                           declaration.symbols.front() + "' in C++";
      diagnostic.notes.push_back(
          {Severity::note,
           {},
           "macros like _XOPEN_SOURCE choose between functions of one name: compile the unit with "
           "_GNU_SOURCE, as C++ is, or leave the function out of the seams",
           {}});
      errors.push_back(std::move(diagnostic));
    }
}

} // namespace

std::string uses_of_templates(const std::vector<Record> &records) {
  std::string text;
  for (const RecordedSeam &seam : merge(records))
    if (!seam.template_usr.empty())
      text += use_of(specialisation_in(seam), seam.identifier);
  return text;
}

llvm::Expected<TypedSeams> describe_seams(const ClangArguments &arguments, const std::vector<Record> &records,
                                          const config::Configuration &configuration) {
  const std::vector<RecordedSeam> wanted = merge(records);
  llvm::StringSet<> identifiers = {"operator"}; // where the declaration of one is named
  for (const RecordedSeam &seam : wanted) {
    const llvm::StringRef name = seam.name;
    const std::size_t colons = name.rfind("::");
    if (!seam.template_usr.empty())
      identifiers.insert(seam.identifier);
    if (!seam.template_usr.empty())
      identifiers.insert(type_name_of(specialisation_in(seam)));
    else if (!seam.inner.empty())
      identifiers.insert(type_name(seam.inner));
    else
      identifiers.insert(colons == llvm::StringRef::npos ? name : name.substr(colons + 2));
  }

  TypedSeams result;
  std::vector<Diagnostic> errors;
  TokenLog tokens;
  IncludeLog includes;
  auto begin = [&](clang::Preprocessor &preprocessor) {
    tokens.listen(preprocessor);
    includes.listen(preprocessor);
  };
  auto tree = [&](clang::ASTContext &context, clang::Preprocessor &) {
    const Declarations known_here(identifiers, context);
    std::vector<const clang::FunctionDecl *> called; // by the real calls
    tokens.place(identifiers, context.getSourceManager(), result.found);
    for (const auto &identifier : identifiers)
      if (!is_operator_name(identifier.getKey()))
        result.found.names.push_back(identifier.getKey().str());
    llvm::sort(result.found.names);
    SeamMatcher matcher(configuration, context);
    llvm::StringMap<std::size_t> declared; // by the unified symbol resolution of what the wrappers stand beside
    for (const RecordedSeam &seam : wanted) {
      const bool is_inner = !seam.inner.empty();
      const bool is_specialisation = !seam.template_usr.empty();
      const std::string usr = is_inner            ? "c:@F@" + type_name(seam.inner)
                              : is_specialisation ? seam.template_usr
                                                  : seam.usr;
      const clang::FunctionDecl *function = known_here.by_usr(usr);
      const clang::FunctionDecl *typed_by =
          is_specialisation ? known_here.by_usr("c:@F@" + type_name_of(specialisation_in(seam))) : function;
      std::optional<std::size_t> entry;
      if (function && typed_by)
        entry = is_inner ? seam.entry : matcher.match(*function);
      if (!entry) {
        Diagnostic diagnostic;
        diagnostic.place = {unit_that_refers(records, seam.usr), 0, 0};
        diagnostic.message = "the seam '" + seam.name + "' that this unit calls is not declared by its header in C++";
        diagnostic.notes.push_back({Severity::note, {}, "name the header by 'include:' in the seam's entry", {}});
        llvm::append_range(diagnostic.notes, asked_for(configuration, seam.name));
        errors.push_back(std::move(diagnostic));
        continue;
      }
      TypedSeam typed = type_seam(*typed_by, context);
      typed.declaration = describe(*typed_by, {}, context, includes, [](clang::FileID) { return false; });
      typed.declaration.seam = *entry;
      if (!typed.declaration.constructs.empty()) {
        const clang::AccessSpecifier access = llvm::cast<clang::CXXMethodDecl>(function)->getParent()->getAccess();
        typed.is_public = access == clang::AS_public || access == clang::AS_none;
      }
      if (is_specialisation)
        take_specialisation(seam, typed);
      else if (!is_inner)
        refuse_other_meanings(typed.declaration, records, errors);
      if (is_inner) {
        typed.declaration.inner = seam.inner;
        typed.declaration.qualified_name = seam.name;
        typed.declaration.symbols.clear();
        typed.is_public = false; // a test names it by text
      }
      typed.wrappers = seam.wrappers;
      if (!is_specialisation)
        called.push_back(function);
      const clang::FunctionDecl *instantiation =
          is_specialisation ? known_here.by_use(use_prefix + type_name_of(specialisation_in(seam))) : nullptr;
      if (instantiation) {
        called.push_back(instantiation);
        // Not those that the unit's own text has: a type may have been another one there.
        typed.declaration.symbols = symbols_of(*instantiation, context);
      }
      const auto [known, is_new] = declared.try_emplace(usr, result.found.declarations.size());
      typed.declared = known->second;
      if (is_new) {
        Declaration beside = is_specialisation
                                 ? describe(*function, {}, context, includes, [](clang::FileID) { return false; })
                                 : typed.declaration;
        if (const std::optional<TokenPlace> place = tokens.at(function->getLocation()); place && !is_inner)
          beside.places.push_back({*place, function->isThisDeclarationADefinition()});
        result.found.declarations.push_back(std::move(beside));
      }
      result.seams.push_back(std::move(typed));
    }
    EditableFiles editable(configuration, context.getSourceManager());
    result.reached = reached_from(called, editable, context.getSourceManager());
  };
  auto is_rewritten = [&](llvm::StringRef header) { return config::instrumented_by_name(configuration, header.str()); };
  if (llvm::Error error = parse(arguments, SystemBodies::skip, {begin, tree, is_rewritten}))
    return error;
  if (!errors.empty())
    return refuse(std::move(errors));
  return result;
}

} // namespace tripwire::tool
