// the declaration of a seam in the syntax tree --(describe)--> Declaration
#pragma once

#include "tool/found.hpp"
#include "tool/token_log.hpp"

#include "tripwire/config/seam.hpp"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/Preprocessor.h"

#include <map>

namespace tripwire::tool {

/// Remembers how each #include was written.
class IncludeLog {
public:
  /// Starts to listen. The log must outlive the preprocessor's work.
  void listen(clang::Preprocessor &preprocessor);
  /// How the inclusion that entered \p entry was written; none for the main file.
  [[nodiscard]] std::optional<Include> inclusion(clang::FileID entry, const clang::SourceManager &sources) const;

private:
  friend class IncludeListener;
  std::map<clang::SourceLocation, Include> by_name_;
};

/// The header to include to see a declaration in \p entry: the outermost one that is not the project's own, as it was
/// included, since inner headers of a library refuse to be included alone; else the declaring file itself. None for the
/// main file.
std::vector<Include> headers_for(clang::FileID entry, const clang::SourceManager &sources, const IncludeLog &includes,
                                 llvm::function_ref<bool(clang::FileID)> editable);

/// Everything that later steps need to know of \p function, which is as written. \p pattern is what the seam's entry
/// says, if it is a pattern; \p editable tells which files are the project's own.
Declaration describe(const clang::FunctionDecl &function, const config::Pattern &pattern,
                     const clang::ASTContext &context, const IncludeLog &includes,
                     llvm::function_ref<bool(clang::FileID)> editable);

/// Whether \p type promises that nothing is thrown, as far as anybody has asked: of what nobody called it is not known.
bool is_known_noexcept(const clang::FunctionProtoType &type);

/// ` const &`, as it stands behind the parameters.
std::string qualifiers_of(const clang::CXXMethodDecl &method);

/// The symbols under which the linker may know \p function; empty for a template's pattern.
std::vector<std::string> symbols_of(const clang::FunctionDecl &function, clang::ASTContext &context);

/// The symbols of \p function, and of those around it, of which another object may hold a copy: it must be the same
/// one.
std::vector<std::string> copied_symbols(const clang::FunctionDecl &function, clang::ASTContext &context);

/// The letter for a variadic argument of \p type after promotion (\p literal: it is a string literal); none when no
/// wrapper can take it.
std::optional<char> variadic_letter(clang::QualType type, bool literal, const clang::ASTContext &context);

} // namespace tripwire::tool
