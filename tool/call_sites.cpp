#include "tool/call_sites.hpp"

#include "tool/record.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <tuple>

namespace tripwire::tool {
namespace {

auto order(const CallSite &site) {
  return std::tie(site.file, site.line, site.column, site.seam, site.kind, site.reason, site.function);
}

const char *word(CallSite::Kind kind) {
  switch (kind) {
  case CallSite::Kind::call:
    return "call";
  case CallSite::Kind::name:
    return "name";
  case CallSite::Kind::exempt:
    return "exempt";
  }
  return "";
}

/// Tabs and line ends separate.
std::string plain(std::string text) {
  for (char &c : text)
    if (c == '\t' || c == '\n')
      c = ' ';
  return text;
}

} // namespace

std::vector<CallSite> call_sites_of(const Found &found) {
  std::vector<CallSite> sites;
  for (const Reference &reference : found.references) {
    const Declaration &declaration = found.declarations[reference.declaration];
    if (reference.verdict == Verdict::refused || !declaration.becomes.empty())
      continue;
    CallSite site{reference.is_call ? CallSite::Kind::call : CallSite::Kind::name,
                  reference.file,
                  reference.line,
                  reference.column,
                  reference.function,
                  declaration.qualified_name,
                  {}};
    if (reference.verdict == Verdict::exempt) {
      site.kind = CallSite::Kind::exempt;
      site.reason = reference.reason;
    }
    sites.push_back(std::move(site));
  }
  return sites;
}

std::vector<CallSite> call_sites_of(llvm::ArrayRef<LedgerEntry> entries) {
  std::vector<CallSite> sites;
  for (const LedgerEntry &entry : entries)
    if (entry.verdict != Verdict::refused && entry.kind != EditKind::declare)
      sites.push_back({entry.verdict == Verdict::exempt ? CallSite::Kind::exempt : CallSite::Kind::call, entry.file,
                       entry.line, entry.column, entry.function, entry.seam, entry.reason});
  return sites;
}

std::string call_sites_text(std::vector<CallSite> sites, const CompileCommand &command) {
  if (sites.empty())
    return {};
  for (CallSite &site : sites)
    site.file = mapped_path(site.file, command);
  llvm::sort(sites, [](const CallSite &a, const CallSite &b) { return order(a) < order(b); });
  std::string text = "unit\t" + plain(directory_of(command)) + "\n";
  const CallSite *before = nullptr;
  for (const CallSite &site : sites) {
    if (before != nullptr && order(*before) == order(site))
      continue;
    if (before == nullptr || before->file != site.file)
      text += "file\t" + plain(site.file) + "\n";
    if (before == nullptr || before->file != site.file || before->function != site.function)
      text += "in\t" + plain(site.function) + "\n";
    text += std::string(word(site.kind)) + "\t" + std::to_string(site.line) + "\t" + std::to_string(site.column) +
            "\t" + plain(site.seam) + (site.reason.empty() ? "" : "\t" + plain(site.reason)) + "\n";
    before = &site;
  }
  return text;
}

} // namespace tripwire::tool
