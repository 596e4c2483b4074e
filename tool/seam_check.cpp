// the configuration's seams --(seam_check)--> what no rewriting can serve
#include "tool/diagnostics.hpp"
#include "tool/machine_check.hpp"
#include "tool/rewrite.hpp"
#include "tool/symbol_seams.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

namespace tripwire::tool {
namespace {

Diagnostic at(const config::Place &place, std::string message, std::string next_step) {
  Diagnostic diagnostic;
  diagnostic.place = {place.file, static_cast<unsigned>(place.line), static_cast<unsigned>(place.column)};
  diagnostic.message = std::move(message);
  diagnostic.notes.push_back({Severity::note, {}, std::move(next_step), {}});
  return diagnostic;
}

/// Names that stand for no function a wrapper could call, with the reason.
const char *why_never(llvm::StringRef name) {
  static const llvm::StringSet<> twice = {"setjmp", "_setjmp", "sigsetjmp", "__sigsetjmp", "vfork", "getcontext"};
  static const llvm::StringSet<> frame = {"alloca", "va_start", "va_arg", "va_end", "va_copy"};
  if (twice.contains(name))
    return "it returns twice, and a wrapper's frame is gone the second time";
  if (frame.contains(name))
    return "it works on its caller's own frame, and there is no function behind it";
  if (name.starts_with("__builtin_") || name.starts_with("__atomic_") || name.starts_with("__sync_"))
    return "the compiler makes the code itself, and there is no function behind it";
  return nullptr;
}

/// Whether \p pattern names an operator that has no sign: `operator bool`, `operator new`, `operator""_x`.
bool names_operator_without_sign(llvm::StringRef pattern) {
  const std::size_t word = pattern.rfind("operator");
  if (word == llvm::StringRef::npos || (word > 0 && pattern[word - 1] != ':'))
    return false;
  const llvm::StringRef rest = pattern.drop_front(word + llvm::StringRef("operator").size());
  const llvm::StringRef what = rest.ltrim();
  return what.starts_with("\"") ||
         (!what.empty() && what.size() < rest.size() && (what.starts_with("::") || llvm::isAlpha(what[0])));
}

std::string last_component(const std::string &pattern) {
  const std::string name = config::parse_pattern(pattern).name;
  const std::size_t colons = name.rfind("::");
  return colons == std::string::npos ? name : name.substr(colons + 2);
}

} // namespace

llvm::Error check_seams(const config::Configuration &configuration) {
  std::vector<Diagnostic> errors;
  for (const config::Seam &seam : configuration.seams) {
    const std::string quoted = "'" + seam.pattern + "'";
    if (seam.kind == config::SeamKind::type && !config::is_exact(seam.pattern))
      errors.push_back(at(seam.place, "one type stands in for one other, and " + quoted + " may be several",
                          "write an entry for each type"));
    else if (const std::optional<std::string> by_symbol =
                 seam.mode == "symbol" ? why_not_by_symbol(seam) : std::nullopt)
      errors.push_back(at(seam.mode_place, "'mode: symbol' cannot serve " + quoted + ": " + *by_symbol,
                          "leave the mode out; references are then rewritten by name"));
    else if (const char *why =
                 seam.kind == config::SeamKind::header ? nullptr : why_never(last_component(seam.pattern)))
      errors.push_back(
          at(seam.place, quoted + " cannot be a seam: " + why, "make the function that calls it the seam"));
    else if (seam.kind != config::SeamKind::header && names_operator_without_sign(seam.pattern))
      errors.push_back(at(seam.place, quoted + " cannot be a seam: no sign or name at the call stands for it",
                          "name the functions that it calls"));
  }
  llvm::append_range(errors, check_machines(configuration));
  if (errors.empty())
    return llvm::Error::success();
  return llvm::make_error<Failure>(std::move(errors), ExitStatus::usage);
}

} // namespace tripwire::tool
