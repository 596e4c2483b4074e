#include "tool/declared.hpp"

#include "tool/describe.hpp"
#include "tool/visitor.hpp"

#include "llvm/ADT/DenseMap.h"

namespace tripwire::tool {
namespace {

class Walker : public Visitor {
public:
  Walker(clang::ASTContext &context, SeamMatcher &matcher, std::vector<DeclaredSeam> &result,
         llvm::DenseSet<clang::SourceLocation> *names)
      : context_(context), matcher_(matcher), result_(result), names_(names) {}

  /// Declarations only: what stands in bodies is no part of the account, except what is declared there.
  bool TraverseStmt(clang::Stmt *statement) override {
    return !llvm::isa_and_nonnull<clang::CompoundStmt, clang::DeclStmt>(statement) || Visitor::TraverseStmt(statement);
  }

  bool VisitFunctionDecl(clang::FunctionDecl *function) override {
    const std::optional<std::size_t> entry = matcher_.match(*function);
    if (!entry)
      return true;
    const clang::FunctionDecl &seam = written(*function);
    const auto [index, is_new] = known_.try_emplace(&seam, result_.size());
    if (is_new)
      result_.push_back({*entry, qualified_name(seam, true),
                         seam.getDeclName().isIdentifier() ? seam.getName().str() : std::string(),
                         symbols_of(seam, context_)});
    if (function->isThisDeclarationADefinition() && !function->isDeleted() && function->isExternallyVisible())
      result_[index->second].defined = true;
    if (names_ != nullptr)
      names_->insert(function->getLocation());
    return true;
  }

private:
  clang::ASTContext &context_;
  SeamMatcher &matcher_;
  std::vector<DeclaredSeam> &result_;
  llvm::DenseSet<clang::SourceLocation> *names_;
  llvm::DenseMap<const clang::FunctionDecl *, std::size_t> known_; ///< with its place in the result
};

} // namespace

std::vector<DeclaredSeam> declared_seams(clang::ASTContext &context, SeamMatcher &matcher,
                                         llvm::DenseSet<clang::SourceLocation> *names) {
  std::vector<DeclaredSeam> result;
  Walker(context, matcher, result, names).TraverseDecl(context.getTranslationUnitDecl());
  return result;
}

} // namespace tripwire::tool
