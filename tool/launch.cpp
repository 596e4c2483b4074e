// a build step's command --(launch)--> the same object with its seams rewritten, its depfile, its ledger
#include "tool/launch.hpp"
#include "tool/command_words.hpp"
#include "tool/compile_step.hpp"
#include "tool/configuration.hpp"
#include "tool/link.hpp"
#include "tool/own_words.hpp"
#include "tool/several_sources.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

namespace tripwire::tool {
namespace {

namespace fs = llvm::sys::fs;

using Ended = llvm::Expected<ProcessResult>;

bool may_link(const PassThrough &command) {
  const std::optional<std::size_t> compiler = count_launcher_words(command.original);
  return command.reason == PassThroughReason::no_source && compiler && looks_like_compiler(command.original[*compiler]);
}

Ended pass_through(const LaunchRequest &request, const PassThrough &command) {
  if (request.verbose)
    print(llvm::errs(), {Severity::note, {}, ("passed through: " + describe(command.reason)).str(), {}});
  if (!may_link(command))
    return replace_process(command.original);
  llvm::Expected<int> status =
      link({request.configuration, request.plugins_folders, request.runtime_include, command.original});
  if (!status)
    return status.takeError();
  return ProcessResult{*status, 0, {}, {}};
}

/// As the compilers do it: every source is compiled, whatever becomes of the others, and the link follows when all
/// went well.
Ended compile_each(const LaunchRequest &request, const SeveralSources &command) {
  const std::vector<SourceCompile> compiles = compiles_of(command);
  std::vector<ScratchFile> objects;
  ProcessResult first_failure;
  for (const SourceCompile &compile : compiles) {
    if (!compile.object.empty())
      objects.emplace_back(compile.object, Keep::never);
    std::vector<std::string> argv = again(request, "--compile");
    llvm::append_range(argv, compile.words);
    Ended ended = tool::run(argv);
    if (!ended)
      return ended;
    if (!ended->succeeded() && first_failure.succeeded())
      first_failure = std::move(*ended);
    if (!compile.ledger.empty())
      static_cast<void>(fs::rename(ledger_of(compile.object), compile.ledger));
  }
  const std::vector<std::string> link = link_of(command, compiles);
  if (!first_failure.succeeded() || link.empty())
    return first_failure;
  std::vector<std::string> argv = again(request, "--link");
  llvm::append_range(argv, link);
  return tool::run(argv);
}

} // namespace

llvm::Expected<ProcessResult> launch(const LaunchRequest &request) {
  llvm::Expected<Command> command = read_command(request.command);
  if (!command)
    return command.takeError();
  if (const auto *passed = std::get_if<PassThrough>(&*command))
    return pass_through(request, *passed);
  if (const auto *several = std::get_if<SeveralSources>(&*command))
    return compile_each(request, *several);
  llvm::Expected<config::Configuration> configuration =
      load_configuration(request.configuration, request.plugins_folders);
  if (!configuration)
    return configuration.takeError();
  return run_compile_step(request, std::move(std::get<CompileCommand>(*command)), std::move(*configuration));
}

} // namespace tripwire::tool
