// seams --(seam_symbols)--> the link symbols that mean them, aliases included
#pragma once

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"

#include <optional>
#include <string>
#include <vector>

namespace tripwire::tool {

/// Whether a function counts that compilers make of a seam's calls: `puts` for `printf`. In an object that was compiled
/// with -fno-builtin a call of `puts` is the project's own.
enum class Lowered { counts, is_another_function };

/// The symbols that count as seams.
class SeamSymbols {
public:
  explicit SeamSymbols(Lowered lowered) : lowered_(lowered) {}

  /// A seam by its link symbol (mangled for C++; an asm label where the declaration has one).
  void add_symbol(llvm::StringRef seam, llvm::StringRef symbol) { exact_[symbol] = seam.str(); }
  /// A seam as the configuration names it. Headers add nothing: what they declare is not known here.
  void add_pattern(const config::Seam &seam);
  /// Functions that what stands in for a type answers: those specialisations are no seams that take it.
  void add_answers(const config::Seam &seam);
  /// A seam by its qualified name, all overloads.
  void add_name(llvm::StringRef qualified_name) { names_.insert(qualified_name); }
  /// A template, or a member of a class template, by its qualified name without arguments: all specialisations.
  void add_template(llvm::StringRef qualified_name) { templates_.insert(qualified_name); }
  /// Lets \p symbol pass, whatever else says that it is a seam. Why is for the report; empty where another account
  /// says so already.
  void allow(llvm::StringRef symbol, llvm::StringRef reason = "") { allowed_[symbol] = reason.str(); }

  /// The seam that \p symbol means, unless it may pass.
  [[nodiscard]] std::optional<std::string> seam_of(llvm::StringRef symbol) const;
  /// The same of one that may pass, where there is a reason to report; none for all others.
  struct Allowed {
    std::string seam;
    std::string reason;
  };
  [[nodiscard]] std::optional<Allowed> allowed_of(llvm::StringRef symbol) const;

private:
  [[nodiscard]] std::optional<std::string> meant_by(llvm::StringRef symbol) const;
  [[nodiscard]] bool is_answered(const std::string &qualified_name, llvm::StringRef symbol) const;
  [[nodiscard]] std::optional<std::string> seam_named(const std::string &qualified_name, llvm::StringRef symbol) const;

  Lowered lowered_;
  llvm::StringMap<std::string> exact_;
  llvm::StringSet<> names_;
  llvm::StringSet<> templates_;
  llvm::StringMap<std::string> allowed_; ///< with the reason
  std::vector<config::Seam> patterns_;
  std::vector<config::Seam> answers_;
};

/// The C functions that \p symbol may be another name of, itself first: `__read_chk` is `read`, `open64` and
/// `__open64_2` are `open`.
std::vector<std::string> functions_behind(llvm::StringRef symbol);

/// What libc calls a function that knows no other offsets than those of 64 bits, without that: `lseek` for `lseek64`,
/// `preadv2` for `preadv64v2`, `fts_open` for `fts64_open`. Other names as they are.
std::string without_offset_width(llvm::StringRef symbol);

/// The class whose constructor \p symbol is; empty for what is none, for copies and moves, and for wrappers.
std::string class_made_by(llvm::StringRef symbol);

/// "acme::Gateway::charge" for a mangled \p symbol, of a specialisation the template's: `acme::Box::get`; the symbol
/// itself for a C one. Empty for symbols that are no functions.
std::string qualified_name_of(llvm::StringRef symbol);

/// `acme::Box::get` for `acme::Box<int>::get`.
std::string without_arguments(llvm::StringRef name);

/// Whether \p symbol is a specialisation of a function template, or of a member of a class template: a definition that
/// each object may hold itself.
bool is_specialisation(llvm::StringRef symbol);

} // namespace tripwire::tool
