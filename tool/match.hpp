// a declaration in the syntax tree --(match)--> the entry of the seam file that names it, or none
#pragma once

#include "tripwire/config/configuration.hpp"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringSet.h"

#include <optional>
#include <string>
#include <vector>

namespace tripwire::tool {

/// Which entries count: all, or those whose references are rewritten by name (not those of `mode: symbol`).
enum class Entries { all, by_name };

/// Says which seam a function is. Answers are kept by declaration, so asking again is cheap. Not for several threads.
class SeamMatcher {
public:
  /// \p configuration must outlive the matcher.
  SeamMatcher(const config::Configuration &configuration, const clang::ASTContext &context,
              Entries entries = Entries::all);

  /// The index in `configuration.seams` of the entry that names \p function (a specialisation counts as its template),
  /// the first where several do, one of `mode: symbol` before all others. None when it is no seam.
  std::optional<std::size_t> match(const clang::FunctionDecl &function);

  /// Whether some entry names constructors.
  [[nodiscard]] bool names_constructors() const { return names_constructors_; }
  /// The entry that names the constructors of \p record.
  std::optional<std::size_t> match_class(const clang::CXXRecordDecl &record) const;

private:
  std::optional<std::size_t> look_up(const clang::FunctionDecl &function) const;
  /// Quick: false when no entry can name a function that is called so.
  bool may_name(const clang::FunctionDecl &function);

  const config::Configuration &configuration_;
  const clang::ASTContext &context_;
  Entries entries_;
  std::vector<std::size_t> order_;                     ///< in which entries are asked
  std::vector<std::vector<config::Pattern>> patterns_; ///< by seam: its own, then its exceptions
  llvm::StringSet<> exact_names_;                      ///< the last components of patterns, those without wildcards
  std::vector<std::string> wildcards_;                 ///< ... and those with
  bool names_constructors_ = false;
  bool names_anything_ = false; ///< some entry names functions whatever they are called
  llvm::DenseMap<const clang::IdentifierInfo *, bool> may_be_named_;
  llvm::DenseMap<const clang::FunctionDecl *, std::optional<std::size_t>> known_;
};

/// The function as the user wrote it: of an instantiation its template's pattern, of a redeclaration the first that
/// somebody wrote (Clang makes declarations of library functions itself).
const clang::FunctionDecl &written(const clang::FunctionDecl &function);

/// Whether \p function, as written, is called by way of specialisations: a template, or a member of a class template or
/// of a class that is one's specialisation.
bool is_templated(const clang::FunctionDecl &function);

/// `acme::v1::send`, without anonymous or inline namespaces when \p spell_inline is false.
std::string qualified_name(const clang::NamedDecl &declaration, bool spell_inline);

/// Whether a pattern's \p file, `config.cpp` or `net/config.cpp`, names the file at \p path.
bool names_file(llvm::StringRef file, llvm::StringRef path);

/// Why no wrapper can stand in for \p function, lower case, with what to do instead; none when one can. \p by_file: the
/// seam's entry names the function's file, as one with internal linkage wants it.
std::optional<std::string> why_not_wrappable(const clang::FunctionDecl &function, bool by_file);

} // namespace tripwire::tool
