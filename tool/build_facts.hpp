#pragma once

namespace tripwire::tool {

/// What CMake knows about the build of this program. It stands in one file, so that no other is compiled anew for it.
struct BuildFacts {
  const char *version;         ///< of tripwire, as "0.1.0"
  const char *runtime_include; ///< in the sources: for a program that is not installed
  const char *plugins;         ///< likewise
  const char
      *resources; ///< the folder of Clang's own headers on the machine that built it, one level above the version
  const char *installed_resources; ///< the same, relative to the prefix of an installed program
};
extern const BuildFacts build_facts;

} // namespace tripwire::tool
