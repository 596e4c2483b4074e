// files, by the user's hand --(audit_files)--> their leaks on standard error
#include "tool/audit_files.hpp"
#include "tool/audit.hpp"
#include "tool/configuration.hpp"
#include "tool/record.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace tripwire::tool {
namespace {

/// Seams that only the objects' own records know: those that the configuration names by header.
void add_recorded(const std::vector<ObjectFacts> &objects, SeamSymbols &seams) {
  for (const ObjectFacts &object : objects)
    for (const std::string &line : object.records) {
      llvm::Expected<Record> record = read_record(line, object.file);
      if (!record) {
        llvm::consumeError(record.takeError()); // another version's: the configuration's own names still count
        continue;
      }
      for (const RecordedSeam &seam : record->seams)
        if (seam.template_usr.empty())
          seams.add_name(seam.name);
        else
          seams.add_template(without_arguments(seam.name));
    }
}

SeamSymbols seams_of(const config::Configuration &configuration, const std::vector<ObjectFacts> &objects) {
  // Objects that carry a record were compiled so that the compiler makes no calls of its own; for others it may have.
  const bool rewritten = llvm::any_of(objects, [](const ObjectFacts &object) { return !object.records.empty(); });
  SeamSymbols seams(rewritten ? Lowered::is_another_function : Lowered::counts);
  for (const config::Seam &seam : configuration.seams)
    seams.add_pattern(seam);
  for (const config::Seam &seam : configuration.seams)
    seams.add_answers(seam);
  for (const config::AllowedLeak &allowed : configuration.allow_undefined)
    seams.allow(allowed.symbol, allowed.reason);
  add_recorded(objects, seams);
  return seams;
}

} // namespace

llvm::Expected<int> audit_files(const AuditFilesRequest &request) {
  llvm::Expected<config::Configuration> configuration =
      load_configuration(request.configuration, request.plugins_folders);
  if (!configuration)
    return configuration.takeError();
  bool leaks = false;
  for (const std::string &file : request.files) {
    llvm::Expected<std::vector<ObjectFacts>> objects = read_objects(file);
    if (!objects)
      return objects.takeError();
    llvm::Expected<AuditReport> audited = audit(file, seams_of(*configuration, *objects));
    if (!audited)
      return audited.takeError();
    for (const Diagnostic &limit : describe_limits(*audited))
      print(llvm::errs(), limit);
    for (const Diagnostic &allowed : describe_allowed(*audited))
      print(llvm::errs(), allowed);
    for (const Diagnostic &leak : describe(*audited, *configuration)) {
      print(llvm::errs(), leak);
      leaks = true;
    }
  }
  return leaks ? 1 : 0;
}

} // namespace tripwire::tool
