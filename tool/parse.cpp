#include "tool/parse.hpp"

#include "tool/diagnostics.hpp"

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/thread.h"

#include <optional>

namespace tripwire::tool {
namespace {

constexpr unsigned stack_bytes = 256U << 20;
constexpr std::size_t shown_errors = 5;

class Complaints : public clang::DiagnosticConsumer {
public:
  void HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic &info) override {
    clang::DiagnosticConsumer::HandleDiagnostic(level, info);
    if (level < clang::DiagnosticsEngine::Error || complaints_.size() >= shown_errors)
      return;
    llvm::SmallString<128> text;
    info.FormatDiagnostic(text);
    Diagnostic complaint;
    complaint.message = ("Clang cannot parse this: " + text).str();
    if (info.hasSourceManager() && info.getLocation().isValid()) {
      const clang::PresumedLoc at =
          info.getSourceManager().getPresumedLoc(info.getSourceManager().getExpansionLoc(info.getLocation()));
      if (at.isValid())
        complaint.place = {at.getFilename(), at.getLine(), at.getColumn()};
    }
    complaints_.push_back(std::move(complaint));
  }

  std::vector<Diagnostic> take() { return std::move(complaints_); }

private:
  std::vector<Diagnostic> complaints_;
};

class Consumer : public clang::ASTConsumer {
public:
  Consumer(const ParseHooks &hooks, SystemBodies bodies, clang::CompilerInstance &compiler)
      : hooks_(hooks), bodies_(bodies), compiler_(compiler) {}

  bool shouldSkipFunctionBody(clang::Decl *declaration) override {
    const clang::SourceManager &sources = compiler_.getSourceManager();
    return bodies_ == SystemBodies::skip && sources.isInSystemHeader(declaration->getLocation()) &&
           !is_rewritten(sources.getFileID(sources.getExpansionLoc(declaration->getLocation())));
  }

  void HandleTranslationUnit(clang::ASTContext &context) override {
    if (!context.getDiagnostics().hasErrorOccurred())
      hooks_.tree(context, compiler_.getPreprocessor());
  }

private:
  bool is_rewritten(clang::FileID header) {
    auto [known, is_new] = rewritten_.try_emplace(header, false);
    if (is_new && hooks_.is_rewritten)
      if (const clang::OptionalFileEntryRef file = compiler_.getSourceManager().getFileEntryRefForID(header))
        known->second = hooks_.is_rewritten(file->getName());
    return known->second;
  }

  const ParseHooks &hooks_;
  SystemBodies bodies_;
  clang::CompilerInstance &compiler_;
  llvm::DenseMap<clang::FileID, bool> rewritten_;
};

class Action : public clang::ASTFrontendAction {
public:
  Action(const ParseHooks &hooks, SystemBodies bodies) : hooks_(hooks), bodies_(bodies) {}

protected:
  bool BeginInvocation(clang::CompilerInstance &compiler) override {
    compiler.getFrontendOpts().SkipFunctionBodies = true;
    return true;
  }
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &compiler, llvm::StringRef) override {
    hooks_.begin(compiler.getPreprocessor());
    return std::make_unique<Consumer>(hooks_, bodies_, compiler);
  }

private:
  const ParseHooks &hooks_;
  SystemBodies bodies_;
};

std::string advice(const ClangArguments &arguments) {
  std::string text = arguments.when_unparsable;
  if (!arguments.dropped.empty()) {
    text += " (flags that were not passed on to the parse:";
    for (const std::string &flag : arguments.dropped)
      text += " " + flag;
    text += ")";
  }
  return text;
}

} // namespace

llvm::Error parse(const ClangArguments &arguments, SystemBodies bodies, ParseHooks hooks,
                  const llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> &files) {
  Complaints complaints;
  bool parsed = false;
  llvm::thread worker(std::optional<unsigned>(stack_bytes), [&] {
    clang::FileSystemOptions options;
    llvm::IntrusiveRefCntPtr<clang::FileManager> manager(new clang::FileManager(options, files));
    clang::tooling::ToolInvocation invocation(arguments.command_line, std::make_unique<Action>(hooks, bodies),
                                              manager.get());
    invocation.setDiagnosticConsumer(&complaints);
    parsed = invocation.run();
  });
  worker.join();

  std::vector<Diagnostic> errors = complaints.take();
  if (errors.empty() && parsed)
    return llvm::Error::success();
  if (errors.empty())
    errors.push_back({Severity::error, {}, "Clang cannot parse this unit", {}});
  errors.back().notes.push_back({Severity::note, {}, advice(arguments), {}});
  if (!arguments.way_without.empty())
    errors.back().notes.push_back({Severity::note, {}, arguments.way_without, {}});
  return refuse(std::move(errors));
}

} // namespace tripwire::tool
