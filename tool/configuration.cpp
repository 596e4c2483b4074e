#include "tool/configuration.hpp"

#include "tool/diagnostics.hpp"
#include "tool/rewrite.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace tripwire::tool {
namespace {

Place place_of(const config::Place &place) {
  return {place.file, static_cast<unsigned>(place.line), static_cast<unsigned>(place.column)};
}

} // namespace

Diagnostic as_ours(const config::Diagnostic &diagnostic) {
  Diagnostic result;
  result.severity = diagnostic.severity == config::Severity::error ? Severity::error : Severity::warning;
  result.place = place_of(diagnostic.place);
  result.message = diagnostic.message;
  for (const config::Note &note : diagnostic.notes)
    result.notes.push_back({Severity::note, place_of(note.place), note.message, {}});
  return result;
}

Diagnostic asked_for(const config::Seam &seam) {
  return {Severity::note, place_of(seam.place), "the seam is asked for here", {}};
}

std::vector<Diagnostic> asked_for(const config::Configuration &configuration, const std::string &name) {
  const std::string scope = llvm::StringRef(name).rsplit("::").first.str(); // a constructor's entry names its class
  for (const config::Seam &seam : configuration.seams)
    if (seam.kind != config::SeamKind::header &&
        config::names(seam, seam.kind == config::SeamKind::constructor ? scope : name))
      return {asked_for(seam)};
  return {};
}

llvm::Expected<config::Configuration> load_configuration(const std::string &path,
                                                         const std::vector<std::string> &plugins_folders) {
  config::Read<config::Configuration> read = config::load(path, plugins_folders);
  std::vector<Diagnostic> errors;
  for (const config::Diagnostic &diagnostic : read.diagnostics) {
    if (!read.value)
      errors.push_back(as_ours(diagnostic));
    else
      print(llvm::errs(), as_ours(diagnostic));
  }
  if (!read.value)
    return llvm::make_error<Failure>(std::move(errors), ExitStatus::usage);
  if (llvm::Error error = check_seams(*read.value))
    return error;
  return std::move(*read.value);
}

llvm::Error check_globs(const config::Configuration &configuration) {
  std::vector<Diagnostic> unmatched;
  for (const config::Diagnostic &diagnostic : config::unmatched_globs(configuration))
    unmatched.push_back(as_ours(diagnostic));
  if (llvm::any_of(unmatched, [](const Diagnostic &it) { return it.severity == Severity::error; }))
    return llvm::make_error<Failure>(std::move(unmatched), ExitStatus::usage);
  for (const Diagnostic &warning : unmatched)
    print(llvm::errs(), warning);
  return llvm::Error::success();
}

} // namespace tripwire::tool
