// one source, by hand --(by_hand)--> the edited text, its ledger, its edits as text
#include "tool/by_hand.hpp"
#include "tool/compile_command.hpp"
#include "tool/configuration.hpp"
#include "tool/process.hpp"
#include "tool/rewrite.hpp"
#include "tool/unit_text.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace tripwire::tool {
namespace {

/// The compile that the words stand for: they may be a whole command with "-c SOURCE -o OBJECT", or flags only.
llvm::Expected<CompileCommand> compile_of(const ByHand &task) {
  std::vector<std::string> argv = task.command;
  if (!llvm::is_contained(argv, task.source))
    argv.push_back(task.source);
  if (!llvm::is_contained(argv, "-c"))
    argv.push_back("-c");
  llvm::Expected<Command> command = read_command(argv);
  if (!command)
    return command.takeError();
  if (const auto *passed = std::get_if<PassThrough>(&*command))
    return misuse(("the command behind '--' compiles nothing: " + describe(passed->reason)).str(),
                  "give the flags of the compile, as in '-- g++ -O2 -Iinclude'");
  if (std::holds_alternative<SeveralSources>(*command))
    return misuse("the command behind '--' names another source than '" + task.source + "'", "give its flags only");
  CompileCommand compile = std::move(std::get<CompileCommand>(*command));
  compile.depfile = Depfile(); // a look at the text is no build step
  if (!task.output.empty() && task.output != "-")
    compile.output = task.output;
  return compile;
}

llvm::Error write(llvm::StringRef path, llvm::StringRef text) {
  if (path == "-") {
    llvm::outs() << text;
    return llvm::Error::success();
  }
  return path.empty() ? llvm::Error::success() : write_whole(path, text);
}

} // namespace

llvm::Expected<int> rewrite_by_hand(const ByHand &task) {
  llvm::Expected<CompileCommand> command = compile_of(task);
  if (!command)
    return command.takeError();
  llvm::Expected<config::Configuration> configuration =
      load_configuration(task.common.configuration, task.common.plugins_folders);
  if (!configuration)
    return configuration.takeError();
  if (llvm::Error error = check_globs(*configuration))
    return error;
  if (config::compiled_by_symbol(*configuration, command->source))
    return refuse({command->source, 0, 0}, "this unit is compiled by symbol: there is no edited text",
                  "compile it by --compile; the ledger beside the object says what was renamed");
  llvm::Expected<std::variant<UnitText, CompilerFailed>> read = read_unit_text(*command, *configuration);
  if (!read)
    return read.takeError();
  if (const CompilerFailed *failed = std::get_if<CompilerFailed>(&*read)) {
    llvm::errs() << failed->result.standard_error;
    return 1;
  }
  UnitText &unit = std::get<UnitText>(*read);
  llvm::Expected<std::string> resource_dir = need_resource_dir();
  if (!resource_dir)
    return resource_dir.takeError();
  put_tokens_on_their_lines(unit, *command, *resource_dir);
  llvm::Expected<Rewritten> rewritten = rewrite({*command, unit.compiler, *configuration, *resource_dir, unit.text});
  if (!rewritten)
    return rewritten.takeError();
  if (llvm::Error error = write(task.output, rewritten->changed ? rewritten->text : unit.text))
    return error;
  if (llvm::Error error = write(task.ledger, to_text(rewritten->ledger)))
    return error;
  if (task.dump_edits)
    llvm::outs() << edits_text(rewritten->ledger);
  if (task.common.verbose)
    print(llvm::errs(), {Severity::note, {}, summary(rewritten->ledger), {}});
  return 0;
}

} // namespace tripwire::tool
