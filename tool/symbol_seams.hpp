// configuration + preprocessed text --(symbol_seams)--> the C functions that are seams by their symbol
// (decision 37)
#pragma once

#include "tool/compile_command.hpp"
#include "tool/diagnostics.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <vector>

namespace tripwire::tool {

/// What goes by symbol in a unit: the entries of `mode: symbol`, or all that can when the unit itself is compiled so.
enum class ByName { some, none };

/// The configuration without the seams that go by symbol, for a look at a text. Its indices are its own.
config::Configuration named_part(const config::Configuration &configuration);

/// A C function that is a seam by its symbol.
struct SymbolSeam {
  std::string name;
  std::size_t entry = 0; ///< index into the configuration's seams
};

/// Says which symbols mean seams in a unit.
class SymbolSeams {
public:
  /// \p configuration must outlive this object.
  SymbolSeams(const config::Configuration &configuration, ByName by_name)
      : configuration_(configuration), by_name_(by_name) {}

  /// The seam that the link symbol \p symbol means: the function's own name, or one by which libc makes the same
  /// function known (`open64`, `__isoc99_scanf`). None for a name that takes other arguments (`__read_chk`): the proof
  /// finds those.
  [[nodiscard]] std::optional<SymbolSeam> seam_of(llvm::StringRef symbol) const;

  /// The identifiers of the project's code in \p text that name such a seam, sorted, each once.
  [[nodiscard]] std::vector<std::string> named_in(llvm::StringRef text) const;

  /// What the project's code in \p text names that cannot go by symbol in a unit that is not parsed: members, functions
  /// of namespaces, everything that a header declares. One refusal for each entry.
  [[nodiscard]] std::vector<Diagnostic> not_servable_in(llvm::StringRef text, const CompileCommand &command) const;

  [[nodiscard]] bool is_exact(const SymbolSeam &seam) const;

private:
  [[nodiscard]] std::optional<std::size_t> entry_for(const std::string &name) const;

  const config::Configuration &configuration_;
  ByName by_name_;
};

/// Whether a name that fortification puts in front of one of \p names is declared in \p text.
bool is_fortified(llvm::StringRef text, const std::vector<std::string> &names);

/// Why an entry of `mode: symbol` cannot be served, lower case; none when it can.
std::optional<std::string> why_not_by_symbol(const config::Seam &seam);

/// The way to compile the unit of \p command without a parse: the line to paste into the configuration.
std::string way_by_symbol(const CompileCommand &command, const config::Configuration &configuration);

/// The first C++20 module that the project's \p text imports or is part of, by its place; none when there is none.
std::optional<Place> module_in(llvm::StringRef text, const CompileCommand &command);

} // namespace tripwire::tool
