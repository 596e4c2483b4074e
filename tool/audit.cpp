// objects + seams --(audit)--> every seam that is still reached past its wrapper
#include "tool/audit.hpp"
#include "tool/configuration.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

#include <tuple>

namespace tripwire::tool {
namespace {

/// Generated definitions and the runtime call the real functions on purpose.
bool is_of_tripwire(llvm::StringRef function) {
  return function.contains("tripwire_seam_") || function.contains("tripwire_may_throw_") ||
         function.starts_with("tripwire::") || function.contains(" tripwire::");
}

/// A class that leaves a virtual seam of its base as it is names it in its table, or in the thunk that the table names.
/// Calls through the table name the seam where they are written.
bool is_virtual_table(llvm::StringRef function) {
  for (const char *part : {"vtable for ", "construction vtable for ", "non-virtual thunk to ", "virtual thunk to ",
                           "covariant return thunk to "})
    if (function.starts_with(part))
      return true;
  return false;
}

bool is_wanted(const SeamSymbols &seams, llvm::StringRef symbol) {
  return seams.seam_of(symbol).has_value() || seams.allowed_of(symbol).has_value();
}

void add(const ObjectFacts &object, const SymbolUse &use, const SeamSymbols &seams, AuditReport &report) {
  if (std::optional<SeamSymbols::Allowed> allowed = seams.allowed_of(use.symbol))
    report.allowed.push_back({{object.file, object.member, std::move(allowed->seam), use}, std::move(allowed->reason)});
  else
    report.leaks.push_back({object.file, object.member, seams.seam_of(use.symbol).value_or(use.symbol), use});
}

llvm::Error add_leaks(const ObjectFacts &object, const std::vector<SymbolUse> &uses, const SeamSymbols &seams,
                      AuditReport &report) {
  llvm::StringSet<> with_use;
  for (const SymbolUse &use : uses) {
    with_use.insert(use.symbol);
    // A seam's own code is the vendor's, or says why it is exempt.
    const bool by_a_seam = use.of_own_copy && seams.seam_of(use.by);
    if (!is_of_tripwire(use.function) && !is_virtual_table(use.function) && !by_a_seam)
      add(object, use, seams, report);
  }
  if (object.linked)
    return llvm::Error::success(); // an import that no code reaches does nothing
  for (const std::string &symbol : object.undefined) {
    if (!is_wanted(seams, symbol) || with_use.contains(symbol))
      continue;
    if (object.unreadable == Unreadable::no) {
      llvm::Expected<bool> described = is_described(object.file, object.member, symbol);
      if (!described)
        return described.takeError();
      if (*described)
        continue;
    }
    add(object, {symbol, {}, {}, 0, {}, false}, seams, report);
  }
  return llvm::Error::success();
}

std::string name_of(llvm::StringRef file, llvm::StringRef member) {
  return member.empty() ? file.str() : (file + "(" + member + ")").str();
}

bool may_leak(const ObjectFacts &object, const SeamSymbols &seams) {
  const auto is_seam = [&](const std::string &symbol) { return is_wanted(seams, symbol); };
  return llvm::any_of(object.undefined, is_seam) || llvm::any_of(object.defined, is_seam);
}

} // namespace

llvm::Expected<AuditReport> audit(llvm::StringRef path, const SeamSymbols &seams) {
  llvm::Expected<std::vector<ObjectFacts>> objects = read_objects(path);
  if (!objects)
    return objects.takeError();
  AuditReport report;
  report.objects = std::move(*objects);
  for (const ObjectFacts &object : report.objects) {
    if (!may_leak(object, seams))
      continue;
    llvm::Expected<std::vector<SymbolUse>> uses =
        uses_of(path, object.member, [&](llvm::StringRef symbol) { return is_wanted(seams, symbol); });
    if (!uses)
      return uses.takeError();
    if (llvm::Error error = add_leaks(object, *uses, seams, report))
      return error;
  }
  return report;
}

namespace {

/// What is reached past its wrapper, and where.
Diagnostic describe(const Leak &leak) {
  const std::string object = name_of(leak.file, leak.member);
  Diagnostic diagnostic;
  diagnostic.message = "seam '" + leak.seam + "' is reached past its wrapper";
  if (!leak.use.function.empty())
    diagnostic.message += " in '" + leak.use.function + "'";
  if (leak.use.symbol != leak.seam)
    diagnostic.message += ", as symbol '" + leak.use.symbol + "'";
  if (leak.use.file.empty()) {
    diagnostic.place.file = object;
  } else {
    diagnostic.place = {leak.use.file, leak.use.line, 0};
    diagnostic.notes.push_back({Severity::note, {object, 0, 0}, "in this object", {}});
  }
  return diagnostic;
}

} // namespace

std::vector<Diagnostic> describe(const AuditReport &report) {
  std::vector<Diagnostic> result;
  for (const Leak &leak : report.leaks)
    result.push_back(describe(leak));
  return result;
}

std::vector<Diagnostic> describe_allowed(const AuditReport &report) {
  std::vector<Diagnostic> result;
  for (const AllowedUse &use : report.allowed) {
    result.push_back(describe(use.at));
    result.back().severity = Severity::note;
    result.back().message += ", which is allowed: " + use.reason;
  }
  return result;
}

std::vector<Diagnostic> describe(const AuditReport &report, const config::Configuration &configuration) {
  std::vector<Diagnostic> result = describe(report);
  for (std::size_t i = 0; i < result.size(); ++i)
    llvm::append_range(result[i].notes, asked_for(configuration, report.leaks[i].seam));
  return result;
}

std::vector<Diagnostic> describe_limits(const AuditReport &report) {
  std::vector<Diagnostic> result;
  for (const ObjectFacts &object : report.objects) {
    std::string message;
    switch (object.unreadable) {
    case Unreadable::no:
      continue;
    case Unreadable::slim_lto:
      message = "holds GCC's intermediate code only: its symbols are known, places are not; compile it with "
                "-ffat-lto-objects for those";
      break;
    case Unreadable::bitcode:
      message = "holds LLVM's intermediate code only: its symbols are known, places are not";
      break;
    case Unreadable::foreign:
      message = "is no ELF object and was not looked into";
      break;
    }
    result.push_back({Severity::warning, {name_of(object.file, object.member), 0, 0}, message, {}});
  }
  return result;
}

} // namespace tripwire::tool
