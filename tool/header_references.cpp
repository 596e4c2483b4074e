#include "tool/header_references.hpp"

#include "tool/diagnostics.hpp"
#include "tool/find.hpp"
#include "tool/object_file.hpp"
#include "tool/plan.hpp"

#include "llvm/ADT/STLExtras.h"

namespace tripwire::tool {
namespace {

/// Why the definitions cannot rewrite the reference; null when they can.
const char *obstacle_to(const Reference &reference, const Found &found, const TypedSeams &typed) {
  const Declaration &declaration = found.declarations[reference.declaration];
  if (reference.verdict != Verdict::rewritten || !declaration.becomes.empty())
    return nullptr;
  if (!reference.specialisations.empty())
    return "a template, whose wrapper is defined behind it";
  const auto seam = llvm::find_if(
      typed.seams, [&](const TypedSeam &candidate) { return candidate.declaration.usr == declaration.usr; });
  const bool has_wrapper = seam != typed.seams.end() && seam->wrappers.count(wrapper_of(reference)) != 0;
  return has_wrapper ? nullptr : "which no unit has there";
}

llvm::Error refuse_obstacle(const Reference &reference, const Found &found, llvm::StringRef what_runs,
                            llvm::StringRef why) {
  return refuse({reference.file, reference.line, reference.column},
                what_runs.str() + " runs into this reference to the seam '" +
                    found.declarations[reference.declaration].qualified_name + "', " + why.str(),
                "define the function '" + reference.function +
                    "' in a source, or leave one of the two out of the seams");
}

bool may_have_to_rewrite(const TypedSeams &typed, const std::vector<Record> &records,
                         const config::Configuration &configuration) {
  return !typed.reached.empty() || llvm::any_of(records, [](const Record &record) {
    return record.edits_headers;
  }) || llvm::any_of(configuration.seams, [](const config::Seam &seam) { return seam.kind == config::SeamKind::type; });
}

} // namespace

llvm::Expected<HeaderReferences> header_references(const TypedSeams &typed, const std::vector<Record> &records,
                                                   const ClangArguments &arguments,
                                                   const config::Configuration &configuration, llvm::StringRef source) {
  HeaderReferences result;
  if (!may_have_to_rewrite(typed, records, configuration))
    return result;
  llvm::Expected<Found> found = find(arguments, configuration);
  if (!found)
    return found.takeError();
  llvm::erase_if(found->refusals, [&](const Diagnostic &refusal) { return refusal.place.file == source; });
  const std::vector<Reference> references = std::exchange(found->references, {});
  result.left_out.declarations = found->declarations;
  result.rewritten = std::move(*found);
  for (const Reference &reference : references) {
    const bool is_type = !result.rewritten.declarations[reference.declaration].becomes.empty();
    const bool is_reached = reference.function.empty() || typed.reached.contains(reference.function);
    if (reference.file == source || (reference.verdict != Verdict::rewritten && !is_type && !is_reached))
      continue;
    const char *const obstacle = obstacle_to(reference, result.rewritten, typed);
    if (obstacle != nullptr && is_reached)
      return refuse_obstacle(reference, result.rewritten, "the real call of a seam that this header defines", obstacle);
    (obstacle == nullptr ? result.rewritten : result.left_out).references.push_back(reference);
  }
  return result;
}

llvm::Error check_left_out(const Found &left_out, const TypedSeams &typed, const std::string &object) {
  if (left_out.references.empty())
    return llvm::Error::success();
  llvm::Expected<std::vector<ObjectFacts>> objects = read_objects(object);
  if (!objects)
    return objects.takeError();
  for (const Reference &reference : left_out.references)
    for (const ObjectFacts &facts : *objects)
      if (llvm::any_of(reference.enclosing_symbols,
                       [&](const std::string &symbol) { return llvm::is_contained(facts.weak_functions, symbol); }))
        return refuse_obstacle(reference, left_out, "a header's function, which the definitions have a copy of,",
                               obstacle_to(reference, left_out, typed));
  return llvm::Error::success();
}

} // namespace tripwire::tool
