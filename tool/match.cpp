#include "tool/match.hpp"

#include "tool/text.hpp"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

#include <algorithm>

namespace tripwire::tool {
namespace {

std::string without_spaces(llvm::StringRef text) {
  std::string result;
  for (char c : text)
    if (!llvm::isSpace(c))
      result += c;
  return result;
}

/// Whether the list in a pattern's parentheses is the function's, compared as written and with every alias resolved.
bool parameters_are(const std::string &wanted, const clang::FunctionDecl &function, const clang::ASTContext &context) {
  clang::PrintingPolicy policy(context.getLangOpts());
  std::string as_written;
  std::string canonical;
  for (const clang::ParmVarDecl *parameter : function.parameters()) {
    const char *comma = as_written.empty() ? "" : ",";
    as_written += comma + parameter->getType().getAsString(policy);
    canonical += comma + parameter->getType().getCanonicalType().getAsString(policy);
  }
  if (function.isVariadic()) {
    as_written += as_written.empty() ? "..." : ",...";
    canonical += canonical.empty() ? "..." : ",...";
  }
  std::string want = without_spaces(wanted);
  if (want == "void")
    want.clear();
  return want == without_spaces(as_written) || want == without_spaces(canonical);
}

bool qualifiers_are(const std::string &wanted, const clang::FunctionDecl &function) {
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  std::string have;
  if (method) {
    have += method->isConst() ? "const" : "";
    have += method->isVolatile() ? "volatile" : "";
    have += method->getRefQualifier() == clang::RQ_LValue   ? "&"
            : method->getRefQualifier() == clang::RQ_RValue ? "&&"
                                                            : "";
  }
  return without_spaces(wanted) == have;
}

llvm::StringRef last_component(llvm::StringRef name) {
  const std::size_t colons = name.rfind("::");
  return colons == llvm::StringRef::npos ? name : name.substr(colons + 2);
}

bool names_function(const config::Pattern &pattern, const std::string &name, const std::string &short_name,
                    const clang::FunctionDecl &function, const clang::ASTContext &context) {
  // With its file named, a function need not be called by its scope too.
  const bool by_file_alone = !pattern.file.empty() && !llvm::StringRef(pattern.name).contains("::") &&
                             config::matches(pattern.name, function.getDeclName().getAsString());
  if (!by_file_alone && !config::matches(pattern.name, name) && !config::matches(pattern.name, short_name))
    return false;
  if (!pattern.file.empty()) {
    const clang::SourceManager &sources = context.getSourceManager();
    const bool is_there = llvm::any_of(function.redecls(), [&](const clang::FunctionDecl *each) {
      return names_file(pattern.file, sources.getFilename(sources.getExpansionLoc(each->getLocation())));
    });
    if (!is_there)
      return false;
  }
  if (!pattern.parameters)
    return true;
  return parameters_are(*pattern.parameters, function, context) && qualifiers_are(pattern.qualifiers, function);
}

/// A constructor is named by its class.
bool names_constructor(const config::Pattern &pattern, const clang::CXXConstructorDecl &constructor,
                       const clang::ASTContext &context) {
  const clang::CXXRecordDecl &record = *constructor.getParent();
  return (config::matches(pattern.name, qualified_name(record, true)) ||
          config::matches(pattern.name, qualified_name(record, false))) &&
         (!pattern.parameters || parameters_are(*pattern.parameters, constructor, context));
}

bool header_names(const config::Seam &seam, const clang::FunctionDecl &function, const clang::ASTContext &context) {
  const clang::SourceManager &sources = context.getSourceManager();
  llvm::StringRef file = sources.getFilename(sources.getExpansionLoc(function.getLocation()));
  // The glob names a header as it is included, so it may match at any folder of the real path.
  for (;;) {
    if (config::path_matches(seam.pattern, file.str()))
      return true;
    const size_t slash = file.find('/');
    if (slash == llvm::StringRef::npos)
      return false;
    file = file.substr(slash + 1);
  }
}

} // namespace

const clang::FunctionDecl &written(const clang::FunctionDecl &function) {
  const clang::FunctionDecl *decl = &function;
  if (const clang::FunctionDecl *pattern = decl->getTemplateInstantiationPattern(/*ForDefinition=*/false))
    decl = pattern;
  else if (const clang::FunctionTemplateDecl *primary = decl->getPrimaryTemplate())
    decl = primary->getTemplatedDecl();
  const clang::FunctionDecl *first = decl->getFirstDecl();
  if (!first->isImplicit())
    return *first;
  for (const clang::FunctionDecl *each = decl->getMostRecentDecl(); each; each = each->getPreviousDecl())
    if (!each->isImplicit())
      first = each;
  return *first;
}

bool is_templated(const clang::FunctionDecl &function) {
  if (function.isTemplated())
    return true;
  const clang::DeclContext *scope = function.getDeclContext();
  while (scope && scope->isRecord() && !llvm::isa<clang::ClassTemplateSpecializationDecl>(scope))
    scope = scope->getParent();
  return scope && scope->isRecord();
}

std::string qualified_name(const clang::NamedDecl &declaration, bool spell_inline) {
  std::string name = declaration.getDeclName().getAsString();
  for (const clang::DeclContext *scope = declaration.getDeclContext(); scope; scope = scope->getParent()) {
    if (const auto *space = llvm::dyn_cast<clang::NamespaceDecl>(scope)) {
      if (space->isAnonymousNamespace() || (!spell_inline && space->isInline()))
        continue;
      name = space->getName().str() + "::" + name;
    } else if (const auto *enumeration = llvm::dyn_cast<clang::EnumDecl>(scope);
               enumeration && !enumeration->isScoped()) {
      continue; // its enumerators are names of the scope around it
    } else if (const auto *tag = llvm::dyn_cast<clang::TagDecl>(scope)) {
      name = tag->getDeclName().getAsString() + "::" + name;
    }
  }
  return name;
}

SeamMatcher::SeamMatcher(const config::Configuration &configuration, const clang::ASTContext &context, Entries entries)
    : configuration_(configuration), context_(context), entries_(entries) {
  for (std::size_t i = 0; i < configuration.seams.size(); ++i)
    order_.push_back(i);
  std::stable_partition(order_.begin(), order_.end(),
                        [&](std::size_t i) { return configuration.seams[i].mode == "symbol"; });
  for (const config::Seam &seam : configuration.seams) {
    std::vector<config::Pattern> patterns;
    if (seam.kind != config::SeamKind::header)
      patterns.push_back(config::parse_pattern(seam.pattern));
    const llvm::StringRef last = patterns.empty() ? llvm::StringRef("**") : last_component(patterns[0].name);
    if (last.contains("**"))
      names_anything_ = true;
    else if (!config::is_exact(last.str()))
      wildcards_.push_back(last.str());
    else
      exact_names_.insert(last);
    for (const std::string &exception : seam.except)
      patterns.push_back(config::parse_pattern(exception));
    patterns_.push_back(std::move(patterns));
    names_constructors_ = names_constructors_ || seam.kind == config::SeamKind::constructor;
  }
}

bool SeamMatcher::may_name(const clang::FunctionDecl &function) {
  if (names_anything_)
    return true;
  if (llvm::isa<clang::CXXConstructorDecl>(function))
    return names_constructors_;
  const clang::IdentifierInfo *name = function.getIdentifier();
  if (!name) { // operators and conversions are few
    const std::string text = function.getDeclName().getAsString();
    return exact_names_.contains(text) ||
           llvm::any_of(wildcards_, [&](const std::string &glob) { return config::matches(glob, text); });
  }
  auto [known, is_new] = may_be_named_.try_emplace(name, false);
  if (is_new) {
    const std::string text = name->getName().str();
    known->second = exact_names_.contains(text) ||
                    llvm::any_of(wildcards_, [&](const std::string &glob) { return config::matches(glob, text); });
  }
  return known->second;
}

std::optional<std::size_t> SeamMatcher::match(const clang::FunctionDecl &function) {
  if (!may_name(function))
    return std::nullopt;
  const clang::FunctionDecl &decl = written(function);
  auto [at, is_new] = known_.try_emplace(&decl);
  if (is_new)
    at->second = look_up(decl);
  return at->second;
}

std::optional<std::size_t> SeamMatcher::look_up(const clang::FunctionDecl &function) const {
  if (function.getBuiltinID() && function.getLocation().isInvalid())
    return std::nullopt;
  if (llvm::isa<clang::CXXDestructorDecl, clang::CXXDeductionGuideDecl>(function))
    return std::nullopt;
  const bool is_constructor = llvm::isa<clang::CXXConstructorDecl>(function);
  const bool is_member = llvm::isa<clang::CXXMethodDecl>(function);
  const std::string name = qualified_name(function, true);
  const std::string short_name = qualified_name(function, false);

  for (const std::size_t i : order_) {
    const config::Seam &seam = configuration_.seams[i];
    const std::vector<config::Pattern> &patterns = patterns_[i];
    auto named = [&](const config::Pattern &pattern) {
      return names_function(pattern, name, short_name, function, context_);
    };
    bool hit = false;
    switch (seam.kind) {
    case config::SeamKind::function:
      hit = !is_constructor && (!is_member || llvm::cast<clang::CXXMethodDecl>(function).isStatic()) &&
            named(patterns[0]);
      break;
    case config::SeamKind::method:
      hit = is_member && !is_constructor && named(patterns[0]);
      break;
    case config::SeamKind::header:
      hit = !is_constructor && !function.isImplicit() && header_names(seam, function, context_);
      break;
    case config::SeamKind::constructor:
      // Copies are made where nobody writes them, and make nothing new.
      hit = is_constructor && !llvm::cast<clang::CXXConstructorDecl>(function).isCopyOrMoveConstructor() &&
            names_constructor(patterns[0], llvm::cast<clang::CXXConstructorDecl>(function), context_) &&
            llvm::none_of(llvm::ArrayRef(patterns).drop_front(), [&](const config::Pattern &exception) {
              return names_constructor(exception, llvm::cast<clang::CXXConstructorDecl>(function), context_);
            });
      if (hit)
        return i;
      break;
    case config::SeamKind::type:
      break; // refused when the configuration is read
    }
    if (!hit)
      continue;
    const auto exceptions = llvm::ArrayRef(patterns).drop_front(seam.kind == config::SeamKind::header ? 0 : 1);
    if (!llvm::any_of(exceptions, named))
      return entries_ == Entries::by_name && seam.mode == "symbol" ? std::nullopt : std::optional(i);
  }
  return std::nullopt;
}

std::optional<std::size_t> SeamMatcher::match_class(const clang::CXXRecordDecl &record) const {
  if (record.isInjectedClassName() || !record.getIdentifier())
    return std::nullopt;
  for (std::size_t i = 0; i < configuration_.seams.size(); ++i)
    if (configuration_.seams[i].kind == config::SeamKind::constructor &&
        (config::matches(patterns_[i][0].name, qualified_name(record, true)) ||
         config::matches(patterns_[i][0].name, qualified_name(record, false))))
      return i;
  return std::nullopt;
}

bool names_file(llvm::StringRef file, llvm::StringRef path) {
  return path.consume_back(file) && (path.empty() || path.ends_with("/"));
}

namespace {

/// Whether a value that came as an argument can be handed to the next function: moved or copied.
bool can_be_passed_on(clang::QualType type) {
  const clang::CXXRecordDecl *record = type->getAsCXXRecordDecl();
  if (!record || !record->hasDefinition() || type->isDependentType())
    return true;
  if (record->hasSimpleMoveConstructor() || record->hasSimpleCopyConstructor())
    return true;
  return llvm::any_of(record->ctors(), [](const clang::CXXConstructorDecl *constructor) {
    return constructor->isCopyOrMoveConstructor() && !constructor->isDeleted() &&
           constructor->getAccess() == clang::AS_public;
  });
}

} // namespace

std::optional<std::string> why_not_wrappable(const clang::FunctionDecl &function, bool by_file) {
  static const llvm::StringSet<> returns_twice = {"setjmp",      "_setjmp", "sigsetjmp",
                                                  "__sigsetjmp", "vfork",   "getcontext"};
  static const llvm::StringSet<> uses_the_callers_frame = {"alloca", "va_start", "va_end", "va_copy", "va_arg"};
  const std::string name = function.getDeclName().getAsString();

  if (function.hasAttr<clang::ReturnsTwiceAttr>() || returns_twice.contains(name))
    return "it returns twice, and a wrapper's frame is gone the second time; make the function that calls it the seam";
  if (uses_the_callers_frame.contains(name) || llvm::StringRef(name).starts_with("__builtin_"))
    return "there is no function behind it; make the function that calls it the seam";
  if (function.getIdentifier() && !function.getASTContext().getLangOpts().CPlusPlus && !is_plain_identifier(name))
    return "its name is a keyword in C++, in which wrappers are written; call it by a function of another name, and "
           "make that the seam";
  if (llvm::isa<clang::CXXConversionDecl>(function) || function.getLiteralIdentifier())
    return "conversions and literal operators cannot be seams yet; name the functions that they call";
  switch (function.getOverloadedOperator()) {
  case clang::OO_New:
  case clang::OO_Array_New:
  case clang::OO_Delete:
  case clang::OO_Array_Delete:
    return "the compiler calls it where memory is needed; replace it by a definition of its own in the test program";
  case clang::OO_Coawait:
    return "the compiler calls it where a coroutine waits; name the functions that it calls";
  default:
    break;
  }
  if (function.isOverloadedOperator() && function.isImplicit())
    return "the compiler writes this operator itself, and nothing can stand in front of it; write its body, or list it "
           "under 'except:'";
  if (const auto *constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&function)) {
    if (constructor->isImplicit() || !constructor->isUserProvided())
      return "the compiler writes this constructor itself, and nothing can stand in front of it; write its body";
    if (is_templated(function))
      return "constructors that are templates, or of class templates, cannot be seams yet; name a function that they "
             "call, or list it under 'except:'";
    if (function.isConstexpr())
      return "it is constexpr, so a call may happen at compile time; list it under 'except:'";
  }
  if (function.isDeleted())
    return "it is deleted";
  if (is_templated(function) && !function.isExternallyVisible())
    return "it is a template that other units cannot see; declare it in a header, outside of anonymous namespaces";
  if (const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function)) {
    if (method->getParent()->isLocalClass())
      return "it is a member of a local class; move the class out of the function";
    if (method->isLambdaStaticInvoker() || method->getParent()->isLambda())
      return "it belongs to a lambda";
    if (method->isExplicitObjectMemberFunction())
      return "functions with an explicit object parameter cannot be seams yet";
  }
  if (function.getDeclaredReturnType()->getContainedDeducedType())
    return "its return type is deduced from its body; spell the type out, or make the function that calls it the seam";
  if (function.isConsteval())
    return "only the compiler may call it; list it under 'except:'";
  if (!function.isExternallyVisible() && llvm::isa<clang::CXXMethodDecl>(function))
    return "it is a member of a class that has internal linkage; give the class a name that other units can see, or "
           "list "
           "the function under 'except:'";
  if (!function.isExternallyVisible() && !by_file)
    return "it has internal linkage; name its file too, as in 'function: \"FILE:" + qualified_name(function, false) +
           "\"', or list it under 'except:'";
  for (const clang::ParmVarDecl *parameter : function.parameters())
    if (!can_be_passed_on(parameter->getType()))
      return "it takes a value of type '" + parameter->getType().getAsString() +
             "', which can be neither copied nor moved, so it cannot be passed on; take it by reference";
  if (!function.hasPrototype())
    return "its declaration names no parameters; write a prototype (`(void)` for none)";
  return std::nullopt;
}

} // namespace tripwire::tool
