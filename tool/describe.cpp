#include "tool/describe.hpp"

#include "tool/match.hpp"
#include "tool/spelled_signature.hpp"
#include "tool/text.hpp"
#include "tool/wrapper_name.hpp"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Mangle.h"
#include "clang/Index/USRGeneration.h"
#include "clang/Lex/PPCallbacks.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace tripwire::tool {

class IncludeListener : public clang::PPCallbacks {
public:
  explicit IncludeListener(IncludeLog &log) : log_(log) {}
  void InclusionDirective(clang::SourceLocation, const clang::Token &, clang::StringRef name, bool angled,
                          clang::CharSourceRange range, clang::OptionalFileEntryRef, clang::StringRef, clang::StringRef,
                          const clang::Module *, bool, clang::SrcMgr::CharacteristicKind) override {
    log_.by_name_[range.getBegin()] = {name.str(), angled};
  }

private:
  IncludeLog &log_;
};

void IncludeLog::listen(clang::Preprocessor &preprocessor) {
  preprocessor.addPPCallbacks(std::make_unique<IncludeListener>(*this));
}

std::optional<Include> IncludeLog::inclusion(clang::FileID entry, const clang::SourceManager &sources) const {
  const auto written_at = by_name_.find(sources.getIncludeLoc(entry));
  if (written_at == by_name_.end())
    return std::nullopt;
  return written_at->second;
}

namespace {

/// Whether a file called \p name is compiled rather than included.
bool is_source(llvm::StringRef name) {
  return llvm::is_contained({".c", ".cc", ".cpp", ".cxx", ".c++", ".C"}, llvm::sys::path::extension(name));
}

} // namespace

std::vector<Include> headers_for(clang::FileID entry, const clang::SourceManager &sources, const IncludeLog &includes,
                                 llvm::function_ref<bool(clang::FileID)> editable) {
  if (entry == sources.getMainFileID())
    return {};
  if (const clang::OptionalFileEntryRef file = sources.getFileEntryRefForID(entry); file && is_source(file->getName()))
    return {}; // a unity build includes it
  clang::FileID outermost_foreign;
  // Around what the command line includes (`-include`) there is no file, but a text of the compiler's own.
  for (clang::FileID at = entry; at.isValid() && at != sources.getMainFileID() && sources.getFileEntryRefForID(at);
       at = sources.getFileID(sources.getIncludeLoc(at)))
    if (!editable(at))
      outermost_foreign = at;
  if (outermost_foreign.isValid())
    if (std::optional<Include> spelled = includes.inclusion(outermost_foreign, sources); spelled && spelled->angled)
      return {*spelled};
  const clang::FileID chosen = outermost_foreign.isValid() ? outermost_foreign : entry;
  if (const clang::OptionalFileEntryRef file = sources.getFileEntryRefForID(chosen))
    return {{normal_path(file->getName().str()), false}};
  return {};
}

namespace {

/// Attributes that warnings and code at the call depend on, spelled so that GCC and Clang take them in C and C++.
std::string attributes_of(const clang::FunctionDecl &function) {
  std::string list;
  auto add = [&list](const std::string &attribute) { list += (list.empty() ? "" : ", ") + attribute; };
  for (const clang::Attr *attribute : function.attrs()) {
    if (const auto *format = llvm::dyn_cast<clang::FormatAttr>(attribute)) {
      add("__format__(__" + format->getType()->getName().str() + "__, " + std::to_string(format->getFormatIdx()) +
          ", " + std::to_string(format->getFirstArg()) + ")");
    } else if (const auto *nonnull = llvm::dyn_cast<clang::NonNullAttr>(attribute)) {
      std::string which;
      for (const clang::ParamIdx &index : nonnull->args())
        which += (which.empty() ? "" : ", ") + std::to_string(index.getSourceIndex());
      add(which.empty() ? "__nonnull__" : "__nonnull__(" + which + ")");
    } else if (const auto *sentinel = llvm::dyn_cast<clang::SentinelAttr>(attribute)) {
      add("__sentinel__(" + std::to_string(sentinel->getSentinel()) + ")");
    } else if (llvm::isa<clang::WarnUnusedResultAttr>(attribute)) {
      add("__warn_unused_result__");
    } else if (llvm::isa<clang::ReturnsNonNullAttr>(attribute)) {
      add("__returns_nonnull__");
    } else if (const auto *deprecated = llvm::dyn_cast<clang::DeprecatedAttr>(attribute)) {
      add(deprecated->getMessage().empty() ? "__deprecated__"
                                           : "__deprecated__(" + as_literal(deprecated->getMessage()) + ")");
    }
  }
  if (function.isNoReturn())
    add("__noreturn__");
  return list.empty() ? "" : " __attribute__((" + list + "))";
}

} // namespace

std::string qualifiers_of(const clang::CXXMethodDecl &method) {
  std::string qualifiers = method.isConst() ? " const" : "";
  qualifiers += method.isVolatile() ? " volatile" : "";
  qualifiers += method.getRefQualifier() == clang::RQ_LValue   ? " &"
                : method.getRefQualifier() == clang::RQ_RValue ? " &&"
                                                               : "";
  return qualifiers;
}

bool is_known_noexcept(const clang::FunctionProtoType &type) {
  return !clang::isUnresolvedExceptionSpec(type.getExceptionSpecType()) && type.isNothrow();
}

std::vector<std::string> symbols_of(const clang::FunctionDecl &function, clang::ASTContext &context) {
  if (function.isTemplated() || function.isDependentContext())
    return {};
  clang::ASTNameGenerator names(context);
  std::vector<std::string> symbols;
  if (llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(function))
    symbols = names.getAllManglings(&function);
  else
    symbols.push_back(names.getName(&function));
  for (const clang::FunctionDecl *each : function.redecls())
    if (const auto *label = each->getAttr<clang::AsmLabelAttr>())
      symbols.push_back(llvm::StringRef(label->getLabel()).ltrim('\01').str());
  if (function.isExternC() && function.getIdentifier())
    symbols.push_back(function.getName().str());
  for (std::string &symbol : symbols)
    symbol = llvm::StringRef(symbol).ltrim('\01').str();
  llvm::sort(symbols);
  symbols.erase(std::unique(symbols.begin(), symbols.end()), symbols.end());
  return symbols;
}

std::vector<std::string> copied_symbols(const clang::FunctionDecl &function, clang::ASTContext &context) {
  std::vector<std::string> symbols;
  for (const clang::FunctionDecl *each = &function; each != nullptr;) {
    const bool shared = each->isInlined() || each->isTemplateInstantiation();
    if (shared && each->isExternallyVisible())
      llvm::append_range(symbols, symbols_of(*each, context));
    each = each->getDeclContext()->getNonTransparentContext()->isFunctionOrMethod()
               ? llvm::dyn_cast<clang::FunctionDecl>(each->getDeclContext())
               : nullptr;
  }
  return symbols;
}

Declaration describe(const clang::FunctionDecl &function, const config::Pattern &pattern,
                     const clang::ASTContext &context, const IncludeLog &includes,
                     llvm::function_ref<bool(clang::FileID)> editable) {
  const clang::SourceManager &sources = context.getSourceManager();
  Declaration result;
  llvm::SmallString<128> usr;
  clang::index::generateUSRForDecl(&function, usr);
  result.usr = usr.str().str();
  result.qualified_name = qualified_name(function, true);
  result.identifier = function.getDeclName().getAsString();
  result.member = llvm::isa<clang::CXXMethodDecl>(function);
  if (const auto *constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&function)) {
    result.constructs = "::" + qualified_name(*constructor->getParent(), true);
    result.tag = unique_name(result.identifier, result.usr);
  }
  result.templated = is_templated(function);
  if (!result.member) {
    result.scope = "::" + result.qualified_name.substr(0, result.qualified_name.size() - result.identifier.size());
  }
  result.symbols = symbols_of(function, const_cast<clang::ASTContext &>(context));
  result.c_linkage = function.isExternC() || !context.getLangOpts().CPlusPlus;
  if (const auto *type = function.getType()->getAs<clang::FunctionProtoType>())
    result.is_noexcept =
        context.getLangOpts().CPlusPlus && is_known_noexcept(*type) &&
        type->getExceptionSpecType() != clang::EST_NoThrow; // GCC takes the attribute for no part of it
  result.variadic = function.isVariadic();
  result.attributes = attributes_of(function);
  const clang::SourceLocation at = sources.getExpansionLoc(function.getLocation());
  const clang::PresumedLoc presumed = sources.getPresumedLoc(at);
  if (presumed.isValid()) {
    result.file = presumed.getFilename();
    result.line = presumed.getLine();
    result.column = presumed.getColumn();
  }
  if (!function.isExternallyVisible() && !result.member && !pattern.file.empty()) {
    result.inner = inner_name(pattern.file, result.identifier, result.usr);
    // As the entry says it, since that is what a test has to say.
    result.qualified_name =
        pattern.file + ":" + (config::is_exact(pattern.name) ? pattern.name : result.qualified_name);
    result.symbols.clear(); // another unit's function may be called the same
    const SpelledSignature signature(function, context, includes, editable);
    result.headers = signature.headers();
    result.local_type = signature.local_type();
    result.printed = signature.declaration(type_name(result.inner));
    return result;
  }
  result.headers = headers_for(sources.getFileID(at), sources, includes, editable);
  if (result.headers.empty()) {
    clang::PrintingPolicy policy(context.getLangOpts());
    policy.TerseOutput = true;
    policy.PolishForDeclaration = true;
    policy.SuppressInitializers = true; // a default argument may stand in one declaration only
    llvm::raw_string_ostream out(result.printed);
    function.print(out, policy);
  }
  return result;
}

std::optional<char> variadic_letter(clang::QualType type, bool literal, const clang::ASTContext &context) {
  const clang::QualType plain = type.getCanonicalType().getUnqualifiedType();
  if (plain->isDependentType())
    return std::nullopt;
  if (plain->isNullPtrType())
    return 'p';
  if (const auto *pointer = plain->getAs<clang::PointerType>()) {
    const clang::QualType pointee = pointer->getPointeeType();
    if (pointee->isFunctionType())
      return 'f';
    if (literal || (pointee->isCharType() && pointee.isConstQualified()))
      return 's';
    return 'p';
  }
  if (plain->isArrayType() || plain->isFunctionType())
    return plain->isFunctionType() ? 'f' : 'p';
  if (const auto *enumeration = plain->getAs<clang::EnumType>()) {
    const clang::QualType integer = enumeration->getDecl()->getIntegerType();
    return integer.isNull() ? std::nullopt : variadic_letter(integer, false, context);
  }
  const auto *builtin = plain->getAs<clang::BuiltinType>();
  if (!builtin)
    return std::nullopt;
  switch (builtin->getKind()) {
  case clang::BuiltinType::Bool:
  case clang::BuiltinType::Char_S:
  case clang::BuiltinType::Char_U:
  case clang::BuiltinType::SChar:
  case clang::BuiltinType::UChar:
  case clang::BuiltinType::Short:
  case clang::BuiltinType::UShort:
  case clang::BuiltinType::Int:
    return 'i';
  case clang::BuiltinType::UInt:
    return 'j';
  case clang::BuiltinType::Long:
    return 'l';
  case clang::BuiltinType::ULong:
    return 'm';
  case clang::BuiltinType::LongLong:
    return 'x';
  case clang::BuiltinType::ULongLong:
    return 'y';
  case clang::BuiltinType::Float:
  case clang::BuiltinType::Double:
    return 'd';
  case clang::BuiltinType::LongDouble:
    return 'e';
  default:
    return std::nullopt;
  }
}

const char *variadic_type(char letter) {
  switch (letter) {
  case 'i':
    return "int";
  case 'j':
    return "unsigned int";
  case 'l':
    return "long";
  case 'm':
    return "unsigned long";
  case 'x':
    return "long long";
  case 'y':
    return "unsigned long long";
  case 'd':
    return "double";
  case 'e':
    return "long double";
  case 's':
    return "const char *";
  case 'f':
    return "void (*)()";
  default:
    return "void *";
  }
}

} // namespace tripwire::tool
