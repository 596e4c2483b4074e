// a unit's source --(calls: Clang parses it)--> every function that the project's code names, seam or not
#include "tool/calls.hpp"

#include "tool/declared.hpp"
#include "tool/describe.hpp"
#include "tool/editable_files.hpp"
#include "tool/match.hpp"
#include "tool/parse.hpp"
#include "tool/visitor.hpp"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

namespace tripwire::tool {
namespace {

class Walker : public Visitor {
public:
  Walker(clang::ASTContext &context, SeamMatcher &matcher, EditableFiles &editable, const IncludeLog &includes)
      : sources_(context.getSourceManager()), matcher_(matcher), editable_(editable), includes_(includes) {
    ShouldVisitTemplateInstantiations = true;
  }

  bool TraverseDecl(clang::Decl *declaration) override {
    return !declaration || is_foreign(*declaration) || Visitor::TraverseDecl(declaration);
  }

  // Operands that are never evaluated.
  bool TraverseDecltypeTypeLoc(clang::DecltypeTypeLoc, bool) override { return true; }
  bool TraverseTypeOfExprTypeLoc(clang::TypeOfExprTypeLoc, bool) override { return true; }
  bool TraverseUnaryExprOrTypeTraitExpr(clang::UnaryExprOrTypeTraitExpr *) override { return true; }
  bool TraverseCXXNoexceptExpr(clang::CXXNoexceptExpr *) override { return true; }
  bool TraverseRequiresExpr(clang::RequiresExpr *) override { return true; }
  bool TraverseStaticAssertDecl(clang::StaticAssertDecl *) override { return true; }

  bool VisitDeclRefExpr(clang::DeclRefExpr *name) override {
    if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(name->getDecl()))
      add(*function, name->getLocation());
    return true;
  }
  bool VisitMemberExpr(clang::MemberExpr *member) override {
    const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(member->getMemberDecl());
    if (method && !llvm::isa<clang::CXXConversionDecl, clang::CXXDestructorDecl>(method))
      add(*method, member->getMemberLoc());
    return true;
  }
  bool VisitCXXConstructExpr(clang::CXXConstructExpr *construction) override {
    const clang::CXXConstructorDecl *constructor = construction->getConstructor();
    if (!constructor->isImplicit() && !constructor->isDefaulted() && !constructor->isCopyOrMoveConstructor())
      add(*constructor, construction->getLocation());
    return true;
  }

  std::vector<NamedFunction> take() {
    std::vector<NamedFunction> result;
    for (auto &[function, named] : functions_)
      if (!named.places.empty())
        result.push_back(std::move(named));
    return result;
  }

private:
  bool is_editable(clang::SourceLocation location) {
    return editable_.contains(sources_.getFileID(sources_.getExpansionLoc(location)));
  }

  /// Code of others holds no call of the project's; its templates are seen where they are instantiated by none of ours.
  bool is_foreign(const clang::Decl &declaration) {
    const clang::DeclContext *scope = declaration.getLexicalDeclContext();
    if (!scope || !(scope->isFileContext() || llvm::isa<clang::LinkageSpecDecl>(scope)))
      return false;
    return declaration.getLocation().isValid() &&
           !llvm::isa<clang::NamespaceDecl, clang::LinkageSpecDecl>(declaration) &&
           !is_editable(declaration.getLocation());
  }

  void add(const clang::FunctionDecl &function, clang::SourceLocation location) {
    const clang::FunctionDecl &named = written(function);
    if (named.getLocation().isInvalid() || location.isInvalid() || !is_editable(location))
      return; // the compiler's own functions have no declaration
    if (llvm::StringRef(qualified_name(named, false)).starts_with("__builtin_"))
      return;
    auto [known, is_new] = functions_.try_emplace(&named);
    if (is_new)
      known->second = describe_function(named);
    const clang::SourceLocation expansion = sources_.getExpansionLoc(location);
    const clang::PresumedLoc at = sources_.getPresumedLoc(expansion);
    if (at.isValid() && seen_.insert({&named, location}).second)
      known->second.places.push_back({at.getFilename(), at.getLine(), at.getColumn()});
  }

  NamedFunction describe_function(const clang::FunctionDecl &function) {
    NamedFunction named;
    named.name = qualified_name(function, false);
    named.seam = matcher_.match(function);
    named.header = header_of(sources_.getFileID(sources_.getExpansionLoc(function.getLocation())));
    named.code = code_of(function);
    return named;
  }

  /// The header that people include for what \p file declares: the innermost that somebody included in angles, but for
  /// the inner parts of a C library; else the one that a definition would include.
  std::string header_of(clang::FileID file) {
    for (clang::FileID at = file; at.isValid() && at != sources_.getMainFileID() && !editable_.contains(at);
         at = sources_.getFileID(sources_.getIncludeLoc(at)))
      if (const std::optional<Include> spelled = includes_.inclusion(at, sources_);
          spelled && spelled->angled && !llvm::StringRef(spelled->name).starts_with("bits/") &&
          !llvm::StringRef(spelled->name).starts_with("asm"))
        return "<" + spelled->name + ">";
    for (const Include &header :
         headers_for(file, sources_, includes_, [this](clang::FileID each) { return editable_.contains(each); }))
      return header.angled ? "<" + header.name + ">" : "\"" + header.name + "\"";
    return {};
  }

  CodeIs code_of(const clang::FunctionDecl &function) {
    for (const clang::FunctionDecl *each : function.redecls())
      if (is_editable(each->getLocation()))
        return CodeIs::in_project;
    if (!has_code(function))
      return CodeIs::in_library;
    return is_of_standard_library(function) ? CodeIs::in_standard_library : CodeIs::in_header;
  }

  /// Bodies in system headers are left out of the parse; that there is one is still known. What glibc defines `extern
  /// inline` in its headers is in the library all the same.
  static bool has_code(const clang::FunctionDecl &function) {
    if (function.isTemplated() || function.getTemplateInstantiationPattern() || function.isDefaulted() ||
        function.isDeleted() || function.isPureVirtual())
      return true;
    return llvm::any_of(function.redecls(), [](const clang::FunctionDecl *each) {
      return (each->isThisDeclarationADefinition() || each->hasSkippedBody()) && !each->hasAttr<clang::GNUInlineAttr>();
    });
  }

  static bool is_of_standard_library(const clang::FunctionDecl &function) {
    const clang::DeclContext *outermost = nullptr;
    for (const clang::DeclContext *scope = function.getDeclContext(); scope; scope = scope->getParent())
      if (llvm::isa<clang::NamespaceDecl>(scope))
        outermost = scope;
    if (!outermost)
      return llvm::StringRef(function.getDeclName().getAsString()).starts_with("__");
    const llvm::StringRef space = llvm::cast<clang::NamespaceDecl>(outermost)->getName();
    return space == "std" || space.starts_with("__");
  }

  const clang::SourceManager &sources_;
  SeamMatcher &matcher_;
  EditableFiles &editable_;
  const IncludeLog &includes_;
  llvm::MapVector<const clang::FunctionDecl *, NamedFunction> functions_;
  llvm::DenseSet<std::pair<const clang::FunctionDecl *, clang::SourceLocation>> seen_;
};

} // namespace

llvm::Expected<Calls> find_calls(const ClangArguments &arguments, const config::Configuration &configuration) {
  Calls calls;
  IncludeLog includes;
  auto begin = [&](clang::Preprocessor &preprocessor) { includes.listen(preprocessor); };
  auto tree = [&](clang::ASTContext &context, clang::Preprocessor &) {
    SeamMatcher matcher(configuration, context);
    EditableFiles editable(configuration, context.getSourceManager());
    for (const DeclaredSeam &declared : declared_seams(context, matcher))
      calls.declared.push_back(declared.seam);
    Walker walker(context, matcher, editable, includes);
    walker.TraverseDecl(context.getTranslationUnitDecl());
    calls.functions = walker.take();
  };
  auto is_rewritten = [&](llvm::StringRef header) { return config::instrumented_by_name(configuration, header.str()); };
  if (llvm::Error error = parse(arguments, SystemBodies::skip, {begin, tree, is_rewritten}))
    return error;
  llvm::sort(calls.declared);
  calls.declared.erase(std::unique(calls.declared.begin(), calls.declared.end()), calls.declared.end());
  return calls;
}

} // namespace tripwire::tool
