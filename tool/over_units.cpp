// a build tree's commands --(over_units)--> one look at each unit, several at once, and what stopped some of them
#include "tool/over_units.hpp"

#include "tool/configuration.hpp"
#include "tool/diagnostics_json.hpp"
#include "tool/edited_compile.hpp"
#include "tool/progress.hpp"
#include "tool/several_sources.hpp"
#include "tool/side_by_side.hpp"
#include "tool/token_log.hpp"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

namespace tripwire::tool {
namespace {

namespace fs = llvm::sys::fs;

std::string current_folder() {
  llvm::SmallString<256> folder;
  if (fs::current_path(folder))
    return {};
  return folder.str().str();
}

std::string seen_from(const std::string &home, const std::string &directory, const std::string &file) {
  if (file.empty() || llvm::sys::path::is_absolute(file) || home == directory)
    return file;
  return spelled_in(home, absolute_from(directory, file));
}

void move_home(std::vector<Diagnostic> &diagnostics, const std::string &home, const std::string &directory,
               const config::Configuration &configuration) {
  for (Diagnostic &diagnostic : diagnostics) {
    // The seam files are named from home already.
    if (std::find(configuration.files.begin(), configuration.files.end(), diagnostic.place.file) ==
        configuration.files.end())
      diagnostic.place.file = seen_from(home, directory, diagnostic.place.file);
    move_home(diagnostic.notes, home, directory, configuration);
  }
}

/// The diagnostics of \p error with the exit status that it leads to.
std::pair<std::vector<Diagnostic>, ExitStatus> take_apart(llvm::Error error) {
  std::pair<std::vector<Diagnostic>, ExitStatus> result{{}, ExitStatus::refused};
  llvm::handleAllErrors(
      std::move(error),
      [&](const Failure &failure) {
        result = {failure.diagnostics(), failure.status()};
      },
      [&](const llvm::ErrorInfoBase &other) {
        result.first.push_back({Severity::error, {}, other.message(), {}});
      });
  return result;
}

/// One unit's look, in the process that is made for it.
class Piece {
public:
  Piece(const DatabaseEntry &entry, const config::Configuration &configuration, std::string home)
      : entry_(entry), configuration_(configuration), home_(std::move(home)),
        directory_(normal_path(entry.directory) == normal_path(home_) ? home_ : entry.directory) {}

  llvm::json::Value run(OverUnits::Look look) {
    if (const std::error_code error = fs::set_current_path(entry_.directory))
      return failed(refuse({entry_.directory, 0, 0}, "cannot enter this folder: " + error.message(),
                           "make the build tree again"));
    llvm::Expected<Command> command = read_command(entry_.command);
    if (!command)
      return failed(command.takeError());
    if (const auto *passed = std::get_if<PassThrough>(&*command))
      return llvm::json::Object{{"skipped", describe(passed->reason)}};
    if (const auto *several = std::get_if<SeveralSources>(&*command)) {
      command = own_compile(*several);
      if (!command)
        return failed(command.takeError());
    }
    return look_at_unit(std::move(std::get<CompileCommand>(*command)), look);
  }

private:
  /// Of a command that compiles several sources, what compiles the entry's own.
  llvm::Expected<Command> own_compile(const SeveralSources &command) const {
    for (const SourceCompile &compile : compiles_of(command))
      if (normal_path(compile.source) == normal_path(entry_.file))
        return read_command(compile.words);
    return refuse({entry_.file, 0, 0}, "the command of this entry does not compile it", "make the build tree again");
  }

  llvm::json::Value look_at_unit(CompileCommand command, OverUnits::Look look) {
    command.depfile = Depfile(); // a look is no build step: nothing of it stays
    command.output = "/dev/null";
    if (command.preprocessed)
      return look_at_preprocessed(command);
    if (config::compiled_by_symbol(configuration_, command.source))
      return llvm::json::Object{{"skipped", compiled_by_symbol}};
    llvm::Expected<std::variant<UnitText, CompilerFailed>> read = read_unit_text(command, configuration_);
    if (!read)
      return failed(read.takeError());
    if (const CompilerFailed *compiler = std::get_if<CompilerFailed>(&*read))
      return said_by_compiler(compiler->result);
    llvm::Expected<std::string> resource_dir = need_resource_dir();
    if (!resource_dir)
      return failed(resource_dir.takeError());
    OpenUnit unit{std::move(command), std::move(std::get<UnitText>(*read)), {}, *resource_dir, directory_, home_};
    unit.look = look_at(unit.unit.text, configuration_);
    llvm::Expected<llvm::json::Value> answer = look(unit);
    if (!answer)
      return explain(unit, answer.takeError());
    if (llvm::json::Object *object = answer->getAsObject())
      if (const llvm::json::Array *refusals = object->getArray(refusals_key)) {
        std::vector<Diagnostic> diagnostics = read_diagnostics(refusals);
        move_home(diagnostics, home_, directory_, configuration_);
        (*object)[refusals_key] = to_json(diagnostics);
      }
    return llvm::json::Object{{"answer", std::move(*answer)}};
  }

  llvm::json::Value look_at_preprocessed(const CompileCommand &command) {
    llvm::Expected<std::string> text = read_whole(command.source);
    if (!text)
      return failed(text.takeError());
    if (look_at(*text, configuration_).may_refer)
      return failed(refuse_preprocessed(command));
    return llvm::json::Object{{"skipped", "its source is preprocessed text"}};
  }

  /// A unit that the user's own compiler refuses as well is the user's to mend, with that compiler's messages.
  llvm::json::Value explain(const OpenUnit &unit, llvm::Error error) {
    llvm::Expected<ProcessResult> own =
        tool::run(report_warnings(unit.command, unit.unit.compiler), {Stream::discard, Stream::capture});
    if (own && !own->succeeded()) {
      llvm::consumeError(std::move(error));
      return said_by_compiler(*own);
    }
    llvm::consumeError(own.takeError());
    return failed(std::move(error));
  }

  static llvm::json::Value said_by_compiler(const ProcessResult &result) {
    const std::string &text = result.standard_error;
    return llvm::json::Object{{"failed", static_cast<int>(ExitStatus::refused)},
                              {"said", llvm::json::isUTF8(text) ? text : llvm::json::fixUTF8(text)}};
  }

  llvm::json::Value failed(llvm::Error error) {
    auto [diagnostics, status] = take_apart(std::move(error));
    move_home(diagnostics, home_, directory_, configuration_);
    return llvm::json::Object{{"failed", static_cast<int>(status)}, {refusals_key, to_json(diagnostics)}};
  }

  const DatabaseEntry &entry_;
  const config::Configuration &configuration_;
  std::string home_;
  std::string directory_; ///< the command's; spelled like home when it is that
};

/// A text by which the same diagnostic is known again.
std::string key_of(const Diagnostic &diagnostic) {
  return diagnostic.place.file + ":" + std::to_string(diagnostic.place.line) + ":" +
         std::to_string(diagnostic.place.column) + ": " + diagnostic.message;
}

} // namespace

std::string OpenUnit::from_home(const std::string &file) const { return seen_from(home, directory, file); }

llvm::Expected<BuildTree> open_build_tree(const CommonOptions &common, const std::string &build,
                                          const std::vector<std::string> &sources) {
  llvm::Expected<config::Configuration> configuration =
      load_configuration(common.configuration, common.plugins_folders);
  if (!configuration)
    return configuration.takeError();
  if (llvm::Error error = check_globs(*configuration))
    return error;
  llvm::Expected<std::vector<DatabaseEntry>> entries = read_compile_database(build);
  if (!entries)
    return entries.takeError();
  llvm::Expected<std::vector<DatabaseEntry>> chosen = entries_for(std::move(*entries), sources);
  if (!chosen)
    return chosen.takeError();
  return BuildTree{std::move(*configuration), std::move(*chosen)};
}

llvm::Expected<UnitsSeen> OverUnits::run(Look look, Take take) {
  UnitsSeen seen;
  const std::string home = current_folder();
  Progress progress(tree_.entries.size());
  const auto print_once = [&](const llvm::json::Array *diagnostics) {
    for (const Diagnostic &diagnostic : read_diagnostics(diagnostics)) {
      if (diagnostic.severity == Severity::error)
        seen.status = std::max(seen.status, ExitStatus::refused);
      if (!printed_.insert(key_of(diagnostic)).second)
        continue;
      progress.clear();
      print(llvm::errs(), diagnostic);
    }
  };
  const auto work = [&](std::size_t index) { return Piece(tree_.entries[index], tree_.configuration, home).run(look); };
  const auto take_one = [&](std::size_t index, const llvm::json::Value &value) {
    const DatabaseEntry &entry = tree_.entries[index];
    const llvm::json::Object *object = value.getAsObject();
    if (object == nullptr) {
      ++seen.failed;
      seen.status = std::max(seen.status, ExitStatus::refused);
      progress.clear();
      print(llvm::errs(), {Severity::error, {entry.file, 0, 0}, "the look at this unit ended without an answer", {}});
      return;
    }
    if (const std::optional<llvm::StringRef> reason = object->getString("skipped")) {
      ++seen.skipped[*reason];
      return;
    }
    ++seen.looked_at;
    if (const std::optional<std::int64_t> status = object->getInteger("failed")) {
      ++seen.failed;
      seen.status = std::max(seen.status, static_cast<ExitStatus>(*status));
      print_once(object->getArray(refusals_key));
      if (const std::optional<llvm::StringRef> said = object->getString("said")) {
        progress.clear();
        llvm::errs() << *said;
      }
      return;
    }
    const llvm::json::Value *answer = object->get("answer");
    if (const llvm::json::Object *fields = answer->getAsObject())
      print_once(fields->getArray(refusals_key));
    take(entry, *answer);
  };
  const auto show = [&](std::size_t done, std::size_t index) {
    progress.show(done, llvm::sys::path::filename(tree_.entries[index].file).str());
  };
  if (llvm::Error error = side_by_side({tree_.entries.size(), work, take_one, show}))
    return error;
  return seen;
}

} // namespace tripwire::tool
