// a build tree's commands --(over_units)--> one look at each unit, several at once, and what stopped some of them
#pragma once

#include "tool/compile_database.hpp"
#include "tool/diagnostics.hpp"
#include "tool/options.hpp"
#include "tool/unit.hpp"
#include "tool/unit_text.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// The configuration and the commands that it is held against.
struct BuildTree {
  config::Configuration configuration;
  std::vector<DatabaseEntry> entries;
};

/// Reads the configuration, with its globs checked, and the commands of \p build for \p sources (all when there are
/// none).
llvm::Expected<BuildTree> open_build_tree(const CommonOptions &common, const std::string &build,
                                          const std::vector<std::string> &sources);

/// A unit that compiles, in a process of its own that stands in the command's working directory.
struct OpenUnit {
  CompileCommand command;
  UnitText unit;
  UnitLook look;
  std::string resource_dir;
  std::string directory; ///< where the command runs
  std::string home;      ///< where tripwire-rewrite was started

  /// \p file, which is spelled from the command's directory, as it has to be spelled at home.
  [[nodiscard]] std::string from_home(const std::string &file) const;
};

/// What became of all units together.
struct UnitsSeen {
  std::size_t looked_at = 0;
  std::size_t failed = 0;               ///< do not compile, or Clang cannot parse them
  llvm::StringMap<std::size_t> skipped; ///< commands that compile no source, by the reason
  ExitStatus status = ExitStatus::done; ///< the worst of what was reported
};

/// Looks at many units. What compilers say of units that they cannot preprocess, and everything that looks refuse, is
/// printed on standard error in the order of the commands, the same refusal once; meanwhile progress is shown there
/// when it is a terminal.
class OverUnits {
public:
  explicit OverUnits(const BuildTree &tree) : tree_(tree) {}

  /// One look, in the unit's own process. An error stops this unit only.
  using Look = llvm::function_ref<llvm::Expected<llvm::json::Value>(OpenUnit &)>;
  /// Takes the answer of a look. Called at home, in the order of the commands.
  using Take = llvm::function_ref<void(const DatabaseEntry &, const llvm::json::Value &)>;

  llvm::Expected<UnitsSeen> run(Look look, Take take);

private:
  const BuildTree &tree_;
  llvm::StringSet<> printed_;
};

/// Why a unit of `mode: symbol` is skipped: nothing but its object says what it refers to.
constexpr const char *compiled_by_symbol =
    "the unit is compiled by symbol, and its object alone says what it refers to";

/// An answer may carry diagnostics under this key: they are printed before the answer is taken.
constexpr const char *refusals_key = "refusals";

} // namespace tripwire::tool
