#include "tool/in_line.hpp"

#include "tool/edited_compile.hpp"
#include "tool/process.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace tripwire::tool {
namespace {

/// The last -O wins, in both compilers.
bool optimises(const CompileCommand &command) {
  bool result = false;
  for (const Argument &argument : command.arguments)
    if (argument.role == Role::code && llvm::StringRef(argument.words.front()).starts_with("-O"))
      result = argument.words.front() != "-O0";
  return result;
}

std::string names_in(const Rewritten &rewritten) {
  std::vector<std::string> names;
  for (const ReferredSeam &seam : rewritten.seams)
    if (seam.may_be_in_line && !llvm::is_contained(names, "'" + seam.name + "'"))
      names.push_back("'" + seam.name + "'");
  return llvm::join(names, ", ");
}

} // namespace

bool may_run_in_line(const CompileCommand &command, const Rewritten &rewritten) {
  return optimises(command) &&
         llvm::any_of(rewritten.seams, [](const ReferredSeam &seam) { return seam.may_be_in_line && !seam.ignored; });
}

llvm::Expected<AuditReport> audit_in_line(const CompileCommand &command, const Compiler &compiler, llvm::StringRef text,
                                          const Rewritten &rewritten, const SeamSymbols &seams) {
  CompileCommand compile = command;
  compile.output = scratch_name(command.output, ".tripwire.calls.o");
  const ScratchFile object(compile.output);
  llvm::Expected<ProcessResult> compiled =
      run(compile_keeping_calls(compile, compiler, text, rewritten.c_names), {Stream::discard, Stream::discard});
  if (!compiled)
    return compiled.takeError();
  if (!compiled->succeeded()) {
    print(llvm::errs(), {Severity::warning,
                         {command.source, 0, 0},
                         "cannot tell whether a header runs code of " + names_in(rewritten) +
                             " in line: this unit does not compile with -fno-inline",
                         {{Severity::note, {}, "compile it with -O0, where the proof needs no second look", {}}}});
    return AuditReport();
  }
  llvm::Expected<AuditReport> report = audit(compile.output, seams);
  if (!report)
    return report.takeError();
  llvm::erase_if(report->leaks, [](const Leak &leak) { return !leak.use.of_own_copy; });
  llvm::erase_if(report->allowed, [](const AllowedUse &use) { return !use.at.use.of_own_copy; });
  for (Leak &leak : report->leaks)
    leak.file = command.output;
  return report;
}

} // namespace tripwire::tool
