#include "tool/declared.hpp"

#include "tool/describe.hpp"
#include "tool/visitor.hpp"

#include "llvm/ADT/DenseSet.h"

namespace tripwire::tool {
namespace {

class Walker : public Visitor {
public:
  Walker(clang::ASTContext &context, SeamMatcher &matcher, std::vector<DeclaredSeam> &result)
      : context_(context), matcher_(matcher), result_(result) {}

  /// Declarations only: what stands in bodies is no part of the account, except what is declared there.
  bool TraverseStmt(clang::Stmt *statement) override {
    return !llvm::isa_and_nonnull<clang::CompoundStmt, clang::DeclStmt>(statement) || Visitor::TraverseStmt(statement);
  }

  bool VisitFunctionDecl(clang::FunctionDecl *function) override {
    const std::optional<std::size_t> entry = matcher_.match(*function);
    if (!entry)
      return true;
    const clang::FunctionDecl &seam = written(*function);
    if (known_.insert(&seam).second)
      result_.push_back({*entry, qualified_name(seam, true),
                         seam.getDeclName().isIdentifier() ? seam.getName().str() : std::string(),
                         symbols_of(seam, context_)});
    return true;
  }

private:
  clang::ASTContext &context_;
  SeamMatcher &matcher_;
  std::vector<DeclaredSeam> &result_;
  llvm::DenseSet<const clang::FunctionDecl *> known_;
};

} // namespace

std::vector<DeclaredSeam> declared_seams(clang::ASTContext &context, SeamMatcher &matcher) {
  std::vector<DeclaredSeam> result;
  Walker(context, matcher, result).TraverseDecl(context.getTranslationUnitDecl());
  return result;
}

} // namespace tripwire::tool
