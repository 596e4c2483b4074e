// a build tree --(check)--> every refusal, and the ledger's summary over all units; nothing is compiled
#include "tool/check.hpp"

#include "tool/calls.hpp"
#include "tool/configuration.hpp"
#include "tool/diagnostics_json.hpp"
#include "tool/misspelt.hpp"
#include "tool/over_units.hpp"
#include "tool/rewrite.hpp"
#include "tool/tally.hpp"
#include "tool/token_log.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <set>

namespace tripwire::tool {
namespace {

std::string unit_or_units(std::size_t count) { return std::to_string(count) + (count == 1 ? " unit" : " units"); }

/// What a build step would find out about this unit before it compiles anything.
llvm::Expected<llvm::json::Value> judge_unit(OpenUnit &unit, const config::Configuration &configuration) {
  if (!unit.look.may_refer)
    return llvm::json::Object{};
  put_tokens_on_their_lines(unit.unit, unit.command, unit.resource_dir);
  const RewriteRequest request{unit.command, unit.unit.compiler, configuration, unit.resource_dir, unit.unit.text};
  llvm::Expected<Judged> judged = judge(request);
  if (!judged)
    return judged.takeError();
  Ledger ledger = ledger_of(request, judged->plan);
  for (LedgerEntry &entry : ledger.entries)
    entry.file = normal_path(entry.file);
  std::set<std::size_t> declared;
  for (const DeclaredSeam &seam : judged->found.declared)
    declared.insert(seam.seam);
  return llvm::json::Object{{"ledger", to_json(ledger)},
                            {"declared", llvm::json::Array(declared)},
                            {refusals_key, to_json(judged->plan.refusals)}};
}

/// What there is to be named in the project's code.
llvm::Expected<llvm::json::Value> name_unit(OpenUnit &unit, const config::Configuration &configuration) {
  if (!unit.look.is_of_project)
    return llvm::json::Object{};
  llvm::Expected<Calls> calls =
      find_calls(clang_arguments(unit.command, unit.unit.compiler, unit.resource_dir), configuration);
  if (!calls)
    return calls.takeError();
  llvm::json::Array names;
  for (const NamedFunction &function : calls->functions)
    names.push_back(function.name);
  llvm::json::Array files;
  for (const std::string &file : unit.look.files)
    files.push_back(unit.from_home(file));
  return llvm::json::Object{
      {"names", std::move(names)}, {"declared", llvm::json::Array(calls->declared)}, {"files", std::move(files)}};
}

/// Everything that the units of a build tree name, together.
struct Vocabulary {
  llvm::StringSet<> names;
  std::set<std::size_t> declared; ///< seams of the configuration
  std::set<std::string> files;

  void add(const llvm::json::Object &answer) {
    const auto each = [&](llvm::StringRef key, auto take) {
      if (const llvm::json::Array *values = answer.getArray(key))
        for (const llvm::json::Value &value : *values)
          take(value);
    };
    each("names", [&](const llvm::json::Value &value) { names.insert(*value.getAsString()); });
    each("declared",
         [&](const llvm::json::Value &value) { declared.insert(static_cast<std::size_t>(*value.getAsInteger())); });
    each("files", [&](const llvm::json::Value &value) { files.insert(value.getAsString()->str()); });
  }
};

/// The project's own seams that nothing in the build tree answers to. A slip of the pen is an error, since the call
/// that was meant goes out unseen; another name may be there for another build.
std::vector<Diagnostic> unanswered(const config::Configuration &configuration, const Vocabulary &vocabulary) {
  std::vector<Diagnostic> result;
  const std::vector<std::string> files(vocabulary.files.begin(), vocabulary.files.end());
  for (std::size_t i = 0; i < configuration.seams.size(); ++i) {
    const config::Seam &seam = configuration.seams[i];
    if (!seam.plugin.empty())
      continue;
    std::optional<std::string> meant;
    std::string message;
    switch (seam.kind) {
    case config::SeamKind::function:
    case config::SeamKind::method:
    case config::SeamKind::constructor:
    case config::SeamKind::type:
      if (vocabulary.declared.count(i) != 0)
        continue;
      meant = seam_meant(seam, vocabulary.names);
      message = "no unit of the build tree declares '" + seam.pattern + "'";
      break;
    case config::SeamKind::header:
      if (is_included(seam.pattern, files))
        continue;
      meant = header_meant(seam.pattern, files);
      message = "no unit of the build tree includes a header called '" + seam.pattern + "'";
      break;
    }
    Diagnostic diagnostic = as_ours({config::Severity::warning, seam.place, std::move(message), {}});
    if (meant) {
      diagnostic.severity = Severity::error;
      diagnostic.message += "; did you mean '" + *meant + "'?";
    }
    result.push_back(std::move(diagnostic));
  }
  return result;
}

/// The seams that the ledgers have seen need no further look.
bool all_seen(const config::Configuration &configuration, const std::set<std::size_t> &declared) {
  for (std::size_t i = 0; i < configuration.seams.size(); ++i)
    if (configuration.seams[i].plugin.empty() && declared.count(i) == 0)
      return false;
  return true;
}

void print_summary(const Tally &tally, const UnitsSeen &seen) {
  llvm::outs() << tally.text();
  llvm::outs() << unit_or_units(seen.looked_at) << ": " << tally.units() << " with references to seams";
  if (seen.failed != 0)
    llvm::outs() << ", " << seen.failed << " that could not be read";
  llvm::outs() << '\n';
  std::vector<std::string> skipped;
  for (const auto &reason : seen.skipped)
    skipped.push_back("left alone: " + std::to_string(reason.getValue()) +
                      (reason.getValue() == 1 ? " command, since " : " commands, since ") + reason.getKey().str() +
                      "\n");
  llvm::sort(skipped);
  for (const std::string &line : skipped)
    llvm::outs() << line;
}

} // namespace

llvm::Expected<int> check(const CheckStep &task) {
  llvm::Expected<BuildTree> tree = open_build_tree(task.common, task.build, task.sources);
  if (!tree)
    return tree.takeError();
  const config::Configuration &configuration = tree->configuration;
  OverUnits units(*tree);
  Tally tally;
  std::set<std::size_t> declared;
  llvm::Expected<UnitsSeen> seen = units.run([&](OpenUnit &unit) { return judge_unit(unit, configuration); },
                                             [&](const DatabaseEntry &entry, const llvm::json::Value &answer) {
                                               const llvm::json::Object &fields = *answer.getAsObject();
                                               if (const llvm::json::Array *indices = fields.getArray("declared"))
                                                 for (const llvm::json::Value &index : *indices)
                                                   declared.insert(static_cast<std::size_t>(*index.getAsInteger()));
                                               const llvm::json::Value *value = fields.get("ledger");
                                               if (value == nullptr)
                                                 return;
                                               llvm::Expected<Ledger> ledger = ledger_in(*value, entry.file);
                                               if (!ledger) {
                                                 llvm::consumeError(ledger.takeError());
                                                 return;
                                               }
                                               ledger->unit = entry.file;
                                               tally.add(*ledger);
                                             });
  if (!seen)
    return seen.takeError();

  const bool whole_tree = task.sources.empty();
  const bool none_by_symbol = seen->skipped.count(compiled_by_symbol) == 0;
  bool all_read = seen->failed == 0 && none_by_symbol;
  ExitStatus status = seen->status;
  // Whether nothing answers to a seam is certain only when everything has been read.
  if (whole_tree && all_read && !all_seen(configuration, declared)) {
    Vocabulary vocabulary;
    llvm::Expected<UnitsSeen> named = units.run(
        [&](OpenUnit &unit) { return name_unit(unit, configuration); },
        [&](const DatabaseEntry &, const llvm::json::Value &answer) { vocabulary.add(*answer.getAsObject()); });
    if (!named)
      return named.takeError();
    status = std::max(status, named->status);
    all_read = named->failed == 0 && none_by_symbol;
    if (all_read)
      for (const Diagnostic &diagnostic : unanswered(configuration, vocabulary)) {
        print(llvm::errs(), diagnostic);
        if (diagnostic.severity == Severity::error)
          status = ExitStatus::usage;
      }
  }
  print_summary(tally, *seen);
  if (whole_tree && !all_read)
    llvm::outs() << "whether something answers to each seam is not known, since not every unit could be read\n";
  return static_cast<int>(status);
}

} // namespace tripwire::tool
