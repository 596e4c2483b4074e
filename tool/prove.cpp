#include "tool/prove.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"

namespace tripwire::tool {
namespace {

/// What goes past its wrapper by the configuration's leave is part of the account, once.
void add_allowed(const std::vector<AllowedUse> &uses, Ledger &ledger) {
  for (const AllowedUse &use : uses) {
    LedgerEntry entry;
    entry.verdict = Verdict::exempt;
    entry.file = use.at.use.file.empty() ? ledger.unit : use.at.use.file;
    entry.line = use.at.use.line;
    entry.function = use.at.use.function;
    entry.seam = use.at.seam;
    entry.reason = "allowed: " + use.reason;
    const auto is_same = [&](const LedgerEntry &other) {
      return other.line == entry.line && other.seam == entry.seam && other.reason == entry.reason;
    };
    if (llvm::none_of(ledger.entries, is_same))
      ledger.entries.push_back(std::move(entry));
  }
  sort(ledger);
}

/// What both objects show is told once, with the place that one of them knows.
void add_new(AuditReport in_line, AuditReport &report) {
  const auto is_same = [](const Leak &a, const Leak &b) {
    return a.use.symbol == b.use.symbol && a.use.by == b.use.by && a.use.function == b.use.function;
  };
  for (Leak &leak : in_line.leaks)
    if (llvm::none_of(report.leaks, [&](const Leak &known) { return is_same(known, leak); }))
      report.leaks.push_back(std::move(leak));
  for (AllowedUse &use : in_line.allowed)
    if (llvm::none_of(report.allowed, [&](const AllowedUse &known) { return is_same(known.at, use.at); }))
      report.allowed.push_back(std::move(use));
}

} // namespace

SeamSymbols symbols_to_prove(const config::Configuration &configuration, const Rewritten *rewritten) {
  SeamSymbols symbols(Lowered::is_another_function);
  // Clang knows which symbols the patterns mean in a unit that it parsed; else only the names can tell.
  for (const config::Seam &seam : configuration.seams)
    if (rewritten == nullptr || seam.mode == "symbol")
      symbols.add_pattern(seam);
  for (const config::Seam &seam : configuration.seams)
    symbols.add_answers(seam);
  for (const config::AllowedLeak &allowed : configuration.allow_undefined)
    symbols.allow(allowed.symbol, allowed.reason);
  if (rewritten == nullptr)
    return symbols;
  for (const ReferredSeam &seam : rewritten->seams) {
    if (seam.symbols.empty() && !seam.ignored)
      symbols.add_template(seam.name);
    for (const std::string &symbol : seam.symbols) {
      symbols.add_symbol(seam.name, symbol);
      if (seam.ignored)
        symbols.allow(symbol);
    }
  }
  return symbols;
}

llvm::Expected<AuditReport> audit_output(const CompileCommand &command, const SeamSymbols &seams) {
  llvm::Expected<AuditReport> report = audit(command.output, seams);
  if (!report)
    static_cast<void>(llvm::sys::fs::remove(command.output));
  return report;
}

llvm::Error prove(const CompileCommand &command, const config::Configuration &configuration, const SeamSymbols &seams,
                  Ledger &ledger, AuditReport in_line) {
  llvm::Expected<AuditReport> report = audit_output(command, seams);
  if (!report)
    return report.takeError();
  add_new(std::move(in_line), *report);
  llvm::Error leaks = refuse_leaks(*report, configuration, ledger);
  if (leaks)
    static_cast<void>(llvm::sys::fs::remove(command.output));
  return leaks;
}

llvm::Error refuse_leaks(const AuditReport &report, const config::Configuration &configuration, Ledger &ledger) {
  add_allowed(report.allowed, ledger);
  std::vector<Diagnostic> leaks = describe(report, configuration);
  if (leaks.empty())
    return llvm::Error::success();
  leaks.back().notes.push_back(
      {Severity::note,
       {},
       "code outside 'instrument:' is not rewritten, nor a system header that no include glob names: instrument it, or "
       "give the symbol and the reason why it may stay in 'allow_undefined:' of " +
           configuration.file,
       {}});
  return refuse(std::move(leaks));
}

} // namespace tripwire::tool
