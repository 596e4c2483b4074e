#include "tool/rewrite.hpp"

#include "tool/editable_files.hpp"
#include "tool/find.hpp"
#include "tool/map.hpp"
#include "tool/render.hpp"
#include "tool/scan.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"

namespace tripwire::tool {
namespace {

/// \p path as the user's -ffile-prefix-map spells it, so that objects do not depend on where they are made.
std::string mapped(std::string path, const CompileCommand &command) {
  for (const Argument &argument : command.arguments) {
    llvm::StringRef word = argument.words.front();
    if (!word.consume_front("-ffile-prefix-map=") && !word.consume_front("-fdebug-prefix-map="))
      continue;
    const auto [from, to] = word.split('=');
    if (llvm::StringRef(path).starts_with(from))
      path = to.str() + path.substr(from.size());
  }
  return path;
}

std::string directory_of(const CompileCommand &command) {
  llvm::SmallString<256> directory;
  if (llvm::sys::fs::current_path(directory))
    return {};
  return mapped(directory.str().str(), command);
}

bool is_cxx17_or_later(llvm::StringRef standard) {
  return standard.contains("17") || standard.contains("1z") || standard.contains("20") || standard.contains("2a") ||
         standard.contains("23") || standard.contains("2b") || standard.contains("26") || standard.contains("2c");
}

Record record_of(const RewriteRequest &request, const Found &found, const Plan &planned) {
  Record record;
  record.version = TRIPWIRE_VERSION;
  record.fingerprint = fingerprint_text(request.configuration);
  record.unit = request.command.source;
  record.language = request.command.language;
  record.directory = directory_of(request.command);
  record.flags = flags_for_definitions(request.command);
  if (record.language == Language::cxx)
    record.standard = is_cxx17_or_later(request.command.standard) ? request.command.standard : "gnu++17";
  for (const auto &[index, wrappers] : planned.wrappers) {
    const Declaration &declaration = found.declarations[index];
    RecordedSeam seam;
    seam.usr = declaration.usr;
    seam.name = declaration.qualified_name;
    seam.entry = declaration.seam;
    seam.inner = declaration.inner;
    for (const Include &header : declaration.headers)
      seam.headers.push_back({mapped(header.name, request.command), header.angled});
    seam.printed = declaration.printed;
    seam.c_unit = record.language == Language::c;
    seam.symbols = declaration.symbols;
    seam.wrappers = wrappers;
    record.seams.push_back(std::move(seam));
  }
  for (const DeclaredSeam &declared : found.declared)
    record.declared.push_back(declared.seam);
  llvm::sort(record.declared);
  record.declared.erase(std::unique(record.declared.begin(), record.declared.end()), record.declared.end());
  llvm::sort(record.seams, [](const RecordedSeam &a, const RecordedSeam &b) { return a.usr < b.usr; });
  for (const Reference &reference : found.references)
    if (reference.verdict == Verdict::rewritten)
      record.inlines.insert(record.inlines.end(), reference.enclosing_symbols.begin(),
                            reference.enclosing_symbols.end());
  llvm::sort(record.inlines);
  record.inlines.erase(std::unique(record.inlines.begin(), record.inlines.end()), record.inlines.end());
  return record;
}

std::vector<ReferredSeam> seams_of(const Found &found) {
  llvm::StringSet<> ignored;
  for (const Reference &reference : found.references)
    if (llvm::StringRef(reference.reason).starts_with("ignored here"))
      ignored.insert(found.declarations[reference.declaration].qualified_name);
  std::vector<ReferredSeam> seams;
  seams.reserve(found.declared.size());
  for (const DeclaredSeam &declared : found.declared)
    seams.push_back({declared.name, declared.symbols, ignored.contains(declared.name)});
  return seams;
}

} // namespace

llvm::Expected<Judged> judge(const RewriteRequest &request) {
  const ClangArguments arguments = clang_arguments(request.command, request.compiler, request.resource_dir);
  llvm::Expected<Found> found = find(arguments, request.configuration, request.files);
  if (!found)
    return found.takeError();

  const TokenMap map(*found, scan(request.text, found->names));
  std::vector<Diagnostic> differences = map.disagreements(*found, [&](llvm::StringRef file, bool system) {
    return is_editable(request.configuration, file.str(), system);
  });
  Plan planned = plan(*found, map, request.text, {request.command.language, request.compiler.kind});
  if (!differences.empty()) // tokens are counted off line by line, so what follows from the difference is no news
    planned.refusals = std::move(differences);
  return Judged{std::move(*found), std::move(planned)};
}

Ledger ledger_of(const RewriteRequest &request, const Plan &planned) {
  Ledger ledger = {request.command.source, request.command.output, fingerprint_text(request.configuration),
                   planned.entries};
  sort(ledger);
  return ledger;
}

llvm::Expected<Rewritten> rewrite(const RewriteRequest &request) {
  llvm::Expected<Judged> judged = judge(request);
  if (!judged)
    return judged.takeError();
  const Found *found = &judged->found;
  Plan *planned = &judged->plan;
  if (!planned->refusals.empty())
    return refuse(std::move(planned->refusals));

  Rewritten result;
  result.changed = !planned->wrappers.empty();
  result.ledger = ledger_of(request, *planned);
  result.seams = seams_of(*found);
  if (!result.changed)
    return result;
  result.text = with_record(apply_edits(request.text, planned->edits), to_line(record_of(request, *found, *planned)));
  for (const auto &[index, wrappers] : planned->wrappers)
    if (found->declarations[index].c_linkage)
      result.c_names.push_back(found->declarations[index].identifier);
  return result;
}

} // namespace tripwire::tool
