// preprocessed text + the name of a C function --(symbol_text)--> where it is declared, defined and named; no parse
#pragma once

#include "tool/diagnostics.hpp"
#include "tool/found.hpp"
#include "tool/lexemes.hpp"
#include "tool/scan.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <vector>

namespace tripwire::tool {

/// Where the text declares and names a C function.
struct DeclaredInText {
  std::optional<Include> header; ///< to include for its declaration; none when the unit itself declares it, or nothing
  bool variadic = false;
  bool has_body = false;           ///< the text defines it: an inline function of a header, say
  std::optional<Place> named_here; ///< the first place in the project's code that does not declare it
};

/// The text of a unit, for questions about the C functions that it declares. Needs no parse.
class SymbolText {
public:
  /// Both must outlive this object.
  SymbolText(llvm::StringRef text, const config::Configuration &configuration);

  [[nodiscard]] DeclaredInText declared(const std::string &name) const;

private:
  enum class Standing { declares, defines, names };
  [[nodiscard]] Standing standing(std::size_t token, bool &variadic) const;
  [[nodiscard]] bool is_of_project(const Scan &scanned, unsigned instance) const;
  [[nodiscard]] std::optional<Include> header_for(const Scan &scanned, unsigned instance) const;

  llvm::StringRef text_;
  const config::Configuration &configuration_;
  Lexemes lexemes_;
  std::vector<bool> in_braces_; ///< by token: inside braces of a function, a type or an initialiser
};

} // namespace tripwire::tool
