// preprocessed text + configuration --(unit)--> whether the unit may refer to a seam at all
#include "tool/unit.hpp"
#include "tool/scan.hpp"

#include "llvm/ADT/STLExtras.h"

#include <optional>
#include <vector>

namespace tripwire::tool {

bool may_refer(llvm::StringRef text, llvm::ArrayRef<std::string> names, const config::Configuration &configuration) {
  const Scan scanned = scan(text, names);
  std::vector<std::optional<bool>> known(scanned.files.size());
  const auto is_the_projects = [&](const Instance &instance) {
    if (instance.system || instance.ordinal == Instance::no_ordinal)
      return false;
    std::optional<bool> &answer = known[instance.file];
    if (!answer)
      answer = config::instrumented(configuration, scanned.files[instance.file]);
    return *answer;
  };
  if (names.empty())
    return llvm::any_of(scanned.instances, is_the_projects);
  return llvm::any_of(scanned.occurrences, [&](const Occurrence &occurrence) {
    return is_the_projects(scanned.instances[occurrence.instance]);
  });
}

} // namespace tripwire::tool
