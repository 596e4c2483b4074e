#include "tool/rewrite.hpp"

#include "tool/call_sites.hpp"
#include "tool/editable_files.hpp"
#include "tool/find.hpp"
#include "tool/map.hpp"
#include "tool/render.hpp"
#include "tool/scan.hpp"
#include "tool/symbol_seams.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"

namespace tripwire::tool {
namespace {

Record record_of(const RewriteRequest &request, const Found &found, const Plan &planned) {
  Record record = record_of_unit(request.command, request.configuration);
  auto add_headers = [&request](RecordedSeam &seam, const std::vector<Include> &headers) {
    for (const Include &header : headers)
      seam.headers.push_back({mapped_path(header.name, request.command), header.angled});
  };
  for (const auto &[index, wrappers] : planned.specialised) {
    const Specialisation &specialisation = found.specialisations[index];
    const Declaration &declaration = found.declarations[specialisation.declaration];
    RecordedSeam seam;
    seam.usr = declaration.usr + " as " + specialisation.symbol;
    seam.name = specialisation.name;
    seam.entry = declaration.seam;
    add_headers(seam, specialisation.headers);
    seam.printed = specialisation.printed;
    seam.symbols = {specialisation.symbol};
    seam.template_usr = declaration.usr;
    seam.identifier = declaration.identifier;
    seam.specialisation = specialisation;
    seam.wrappers = wrappers;
    record.seams.push_back(std::move(seam));
  }
  for (const auto &[index, wrappers] : planned.wrappers) {
    const Declaration &declaration = found.declarations[index];
    if (declaration.templated)
      continue;
    RecordedSeam seam;
    seam.usr = declaration.usr;
    seam.name = declaration.qualified_name;
    seam.entry = declaration.seam;
    seam.inner = declaration.inner;
    add_headers(seam, declaration.headers);
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
  for (const Reference &reference : found.references) {
    if (reference.verdict != Verdict::rewritten)
      continue;
    record.inlines.insert(record.inlines.end(), reference.enclosing_symbols.begin(), reference.enclosing_symbols.end());
    record.edits_headers = record.edits_headers || reference.file != request.command.source;
  }
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
    seams.push_back({declared.name, declared.symbols, ignored.contains(declared.name), declared.called_elsewhere});
  return seams;
}

} // namespace

llvm::Expected<Judged> judge(const RewriteRequest &request) {
  ClangArguments arguments = clang_arguments(request.command, request.compiler, request.resource_dir);
  arguments.way_without = way_by_symbol(request.command, request.configuration);
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
  result.changed = !planned->edits.empty();
  result.ledger = ledger_of(request, *planned);
  result.seams = seams_of(*found);
  if (!result.changed)
    return result;
  result.text = with_record(apply_edits(request.text, planned->edits), to_line(record_of(request, *found, *planned)),
                            call_sites_text(call_sites_of(*found), request.command));
  for (const auto &[index, wrappers] : planned->wrappers)
    if (found->declarations[index].c_linkage)
      result.c_names.push_back(found->declarations[index].identifier);
  return result;
}

} // namespace tripwire::tool
