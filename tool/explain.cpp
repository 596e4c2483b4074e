// a build tree and a line --(explain)--> what becomes of each reference in the line, and why, or why there is none
#include "tool/explain.hpp"

#include "tool/calls.hpp"
#include "tool/configuration.hpp"
#include "tool/diagnostics_json.hpp"
#include "tool/line_text.hpp"
#include "tool/over_units.hpp"
#include "tool/render.hpp"
#include "tool/rewrite.hpp"
#include "tool/token_log.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace tripwire::tool {
namespace {

constexpr const char *notes_key = "notes";

/// The line in question.
struct Line {
  std::string file;   ///< as the user wrote it
  std::string normal; ///< links resolved
  unsigned number = 0;
  std::string text;

  [[nodiscard]] bool is(const std::string &other, unsigned line) const {
    return line == number && normal_path(other) == normal;
  }
  [[nodiscard]] Diagnostic note(std::string message) const {
    return {Severity::note, {file, number, 0}, std::move(message), {}};
  }
};

std::string without_blanks(llvm::StringRef text) {
  std::string result;
  for (const char character : text)
    if (!llvm::isSpace(character))
      result += character;
  return result;
}

/// One unit's view of the line.
class View {
public:
  View(OpenUnit &unit, const config::Configuration &configuration, const Line &line)
      : unit_(unit), configuration_(configuration), line_(line) {}

  llvm::Expected<llvm::json::Value> explain() {
    if (llvm::none_of(unit_.look.files, [&](const std::string &file) { return normal_path(file) == line_.normal; }))
      return nullptr;
    put_tokens_on_their_lines(unit_.unit, unit_.command, unit_.resource_dir);
    const RewriteRequest request{unit_.command, unit_.unit.compiler, configuration_, unit_.resource_dir,
                                 unit_.unit.text};
    llvm::Expected<Judged> judged = judge(request);
    if (!judged)
      return judged.takeError();
    std::vector<Diagnostic> notes = references(*judged);
    llvm::append_range(notes, declarations(*judged));
    std::vector<Diagnostic> refusals;
    for (const Diagnostic &refusal : judged->plan.refusals)
      if (line_.is(refusal.place.file, refusal.place.line))
        refusals.push_back(refusal);
    if (!notes.empty())
      llvm::append_range(notes.back().notes, before_and_after(judged->plan));
    if (notes.empty() && refusals.empty()) {
      llvm::Expected<std::vector<Diagnostic>> why = why_nothing(judged->found);
      if (!why)
        return why.takeError();
      notes = std::move(*why);
    }
    return llvm::json::Object{{notes_key, to_json(notes)}, {refusals_key, to_json(refusals)}};
  }

private:
  /// What is rewritten and what is exempt; the refused ones speak for themselves.
  std::vector<Diagnostic> references(const Judged &judged) const {
    std::vector<Diagnostic> notes;
    for (std::size_t i = 0; i < judged.found.references.size(); ++i) {
      const Reference &reference = judged.found.references[i];
      const LedgerEntry &entry = judged.plan.entries[i];
      if (entry.verdict == Verdict::refused || !line_.is(reference.file, reference.line))
        continue;
      Diagnostic note = line_.note("");
      note.place.column = reference.column;
      if (entry.verdict == Verdict::exempt) {
        note.message = "exempt: '" + entry.seam + "' stays as it is: " + entry.reason;
      } else {
        note.message = "rewritten: '" + entry.seam + "' becomes '" + entry.text + "'";
        note.notes.push_back(
            line_.note(reference.may_throw ? "a refusal leaves this call as an exception"
                                           : "a refusal is answered here without an exception: this is no direct call, "
                                             "or the code around it may not throw"));
      }
      note.notes.push_back(judged.found.asked_for[judged.found.declarations[reference.declaration].seam]);
      notes.push_back(std::move(note));
    }
    llvm::stable_sort(notes, [](const Diagnostic &a, const Diagnostic &b) { return a.place.column < b.place.column; });
    return notes;
  }

  /// The wrappers that are declared beside their seams.
  std::vector<Diagnostic> declarations(const Judged &judged) const {
    std::vector<Diagnostic> notes;
    for (std::size_t i = judged.found.references.size(); i < judged.plan.entries.size(); ++i) {
      const LedgerEntry &entry = judged.plan.entries[i];
      if (!line_.is(entry.file, entry.line))
        continue;
      Diagnostic note = line_.note("declared: the wrapper of '" + entry.seam + "': " + entry.text);
      note.place.column = entry.column;
      const auto declaration = llvm::find_if(
          judged.found.declarations, [&](const Declaration &each) { return each.qualified_name == entry.seam; });
      if (declaration != judged.found.declarations.end())
        note.notes.push_back(judged.found.asked_for[declaration->seam]);
      notes.push_back(std::move(note));
    }
    return notes;
  }

  [[nodiscard]] std::string text_in(llvm::StringRef text) const {
    return text_of_line(text, line_.number,
                        [this](const std::string &file) { return normal_path(file) == line_.normal; });
  }

  [[nodiscard]] std::vector<Diagnostic> before_and_after(const Plan &plan) const {
    std::vector<Diagnostic> notes;
    const std::string before = text_in(unit_.unit.text);
    const std::string after = text_in(apply_edits(unit_.unit.text, plan.edits));
    if (before == after)
      return notes;
    if (without_blanks(before) != without_blanks(line_.text))
      notes.push_back(line_.note("before, macros expanded: " + before));
    notes.push_back(line_.note("after: " + after));
    return notes;
  }

  llvm::Expected<std::vector<Diagnostic>> why_nothing(const Found &found) const {
    if (text_in(unit_.unit.text).empty())
      return std::vector{
          line_.note("the compiler gets no code from this line: it is blank, a comment or a directive, left "
                     "out by a condition, or part of a macro's call that begins in another line")};
    const auto file = llvm::find(found.files, line_.normal);
    if (file == found.files.end() || !found.editable[static_cast<std::size_t>(file - found.files.begin())])
      return std::vector{line_.note("the compiler takes this file for a system header, and those are not rewritten")};
    std::vector<Diagnostic> notes;
    for (const auto &[where, count] : found.occurrences)
      if (where.line == line_.number && found.files[where.presumed] == line_.normal)
        notes.push_back(line_.note("'" + where.name +
                                   "' is no reference to a seam here: it declares one, or names "
                                   "something else"));
    llvm::Expected<Calls> calls =
        find_calls(clang_arguments(unit_.command, unit_.unit.compiler, unit_.resource_dir), configuration_);
    if (!calls)
      return calls.takeError();
    for (const NamedFunction &function : calls->functions)
      if (!function.seam && llvm::any_of(function.places, [&](const Place &at) { return line_.is(at.file, at.line); }))
        notes.push_back(line_.note("'" + function.name + "'" +
                                   (function.code == CodeIs::in_project ? "" : " of " + function.header) +
                                   " is named here, and is no seam"));
    if (notes.empty())
      notes.push_back(line_.note("no function is named here"));
    return notes;
  }

  OpenUnit &unit_;
  const config::Configuration &configuration_;
  const Line &line_;
};

llvm::Expected<Line> read_line(const ExplainStep &task) {
  llvm::Expected<std::string> text = read_whole(task.file);
  if (!text) {
    llvm::consumeError(text.takeError());
    return misuse("there is no '" + task.file + "'", "name a file of the project, from the current folder");
  }
  llvm::SmallVector<llvm::StringRef, 0> lines;
  llvm::StringRef(*text).split(lines, '\n');
  if (task.line > lines.size())
    return misuse("'" + task.file + "' has no line " + std::to_string(task.line),
                  "its last is " + std::to_string(lines.size()));
  return Line{task.file, normal_path(task.file), task.line, lines[task.line - 1].str()};
}

/// Why the file is none of those that are rewritten; none when it is.
std::optional<Diagnostic> why_not_instrumented(const Line &line, const config::Configuration &configuration) {
  if (config::instrumented(configuration, line.file))
    return std::nullopt;
  Diagnostic note = line.note("this file is not instrumented, so nothing in it is rewritten");
  const auto show = [&](const config::Text &glob, std::string message) {
    note.notes.push_back(as_ours({config::Severity::warning, glob.place, std::move(message), {}}));
    note.notes.back().severity = Severity::note;
  };
  for (const config::Text &glob : configuration.exclude) {
    config::Configuration only = configuration;
    only.include.clear();
    only.exclude = {glob};
    if (!config::instrumented(only, line.file)) {
      show(glob, "it is excluded here");
      return note;
    }
  }
  if (!configuration.include.empty())
    show(configuration.include.front(), "none of these globs includes it");
  return note;
}

/// The units that compile the file itself where there are such, else all: one may include it.
void choose_units(BuildTree &tree, const Line &line) {
  std::vector<DatabaseEntry> own;
  for (const DatabaseEntry &entry : tree.entries)
    if (normal_path(entry.file) == line.normal)
      own.push_back(entry);
  if (!own.empty())
    tree.entries = std::move(own);
}

} // namespace

llvm::Expected<int> explain(const ExplainStep &task) {
  llvm::Expected<BuildTree> tree = open_build_tree(task.common, task.build, task.sources);
  if (!tree)
    return tree.takeError();
  llvm::Expected<Line> line = read_line(task);
  if (!line)
    return line.takeError();
  if (std::optional<Diagnostic> note = why_not_instrumented(*line, tree->configuration)) {
    print(llvm::outs(), *note);
    return 0;
  }
  choose_units(*tree, *line);
  std::vector<std::pair<llvm::json::Value, std::vector<std::string>>> views; // with the units that have them
  llvm::Expected<UnitsSeen> seen =
      OverUnits(*tree).run([&](OpenUnit &unit) { return View(unit, tree->configuration, *line).explain(); },
                           [&](const DatabaseEntry &entry, const llvm::json::Value &answer) {
                             if (answer.getAsObject() == nullptr)
                               return;
                             auto known = llvm::find_if(views, [&](const auto &view) { return view.first == answer; });
                             if (known == views.end())
                               known = views.insert(views.end(), {answer, {}});
                             known->second.push_back(entry.file);
                           });
  if (!seen)
    return seen.takeError();
  if (views.empty() && seen->failed == 0)
    return misuse("no unit of the build tree reads '" + line->file + "'", "add a source that includes it");
  for (const auto &[view, units] : views) {
    if (views.size() > 1)
      llvm::outs() << "in " << units.front()
                   << (units.size() == 1 ? ":" : " and " + std::to_string(units.size() - 1) + " more:") << '\n';
    for (const Diagnostic &note : read_diagnostics(view.getAsObject()->getArray(notes_key)))
      print(llvm::outs(), note);
  }
  return static_cast<int>(seen->status);
}

} // namespace tripwire::tool
