// reports of all processes --(report_data)--> the one JSON document that the page shows
#include "tool/report_data.hpp"

#include "tool/json.hpp"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <map>

namespace tripwire::tool {
namespace {

using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

/// The program of a report, among those that are known by their path.
std::size_t program_of(const ReportFile &file, std::map<std::string, std::size_t> &known, Array &programs) {
  const auto [at, is_new] = known.try_emplace(text_at(file.report, "path"), programs.size());
  if (is_new)
    programs.push_back(Object{{"name", text_at(file.report, "program")},
                              {"path", text_at(file.report, "path")},
                              {"configuration", text_at(file.report, "configuration")},
                              {"knows_call_sites", false},
                              {"calls_without_place", 0},
                              {"runs", Array()}});
  return at->second;
}

void add_run(const ReportFile &file, Object &program) {
  program["knows_call_sites"] = program.getBoolean("knows_call_sites").value_or(false) ||
                                file.report.getBoolean("knows_call_sites").value_or(false);
  program["calls_without_place"] =
      program.getInteger("calls_without_place").value_or(0) + file.report.getInteger("calls_without_place").value_or(0);
  program.getArray("runs")->push_back(Object{{"file", llvm::sys::path::filename(file.path).str()},
                                             {"started", text_at(file.report, "started")},
                                             {"is_whole", file.is_whole}});
}

/// The leaks that configurations allow, each once.
void add_leaks(const Object &report, std::map<std::string, bool> &known, Array &leaks) {
  const Array *allowed = report.getArray("allowed_leaks");
  if (allowed == nullptr)
    return;
  for (const Value &leak : *allowed)
    if (leak.getAsObject() != nullptr && known.try_emplace(llvm::formatv("{0}", leak).str(), true).second)
      leaks.push_back(leak);
}

void shorten(Object &test, std::size_t most) {
  Array &timeline = *test.getArray("timeline");
  const std::size_t size = timeline.size();
  if (size <= most)
    return;
  Array first;
  for (std::size_t index = 0; index < most; ++index)
    first.push_back(std::move(timeline[index]));
  timeline = std::move(first);
  test["left_out"] = test.getInteger("left_out").value_or(0) + static_cast<std::int64_t>(size - most);
}

void count(const Object &test, ReportSummary &summary) {
  const llvm::StringRef outcome = test.getString("outcome").value_or("");
  summary.tests += outcome == "outside" ? 0 : 1;
  summary.failed += outcome == "failed" ? 1 : 0;
  summary.unfinished += outcome == "unfinished" ? 1 : 0;
}

std::string counted(std::size_t count, llvm::StringRef one, llvm::StringRef many) {
  return std::to_string(count) + " " + (count == 1 ? one : many).str();
}

} // namespace

ReportData report_data(std::vector<ReportFile> files, std::size_t most) {
  ReportData data;
  ReportSummary &summary = data.summary;
  const Coverage coverage = coverage_of(files);
  Array programs;
  Array tests;
  Array leaks;
  std::map<std::string, std::size_t> known_programs;
  std::map<std::string, bool> known_leaks;
  for (ReportFile &file : files) {
    const std::size_t program = program_of(file, known_programs, programs);
    add_run(file, *programs[program].getAsObject());
    add_leaks(file.report, known_leaks, leaks);
    summary.cut_short += file.is_whole ? 0 : 1;
    for (Value &value : *file.report.getArray("tests")) {
      Object &test = *value.getAsObject();
      count(test, summary);
      shorten(test, most);
      test["program"] = static_cast<std::int64_t>(program);
      test["report"] = llvm::sys::path::filename(file.path).str();
      tests.push_back(std::move(value));
    }
  }
  summary.programs = programs.size();
  summary.runs = files.size();
  summary.calls = coverage.calls;
  summary.reached = coverage.reached;
  data.page = Object{{"programs", std::move(programs)},
                     {"tests", std::move(tests)},
                     {"files", to_json(coverage)},
                     {"allowed_leaks", std::move(leaks)},
                     {"calls", static_cast<std::int64_t>(coverage.calls)},
                     {"reached", static_cast<std::int64_t>(coverage.reached)}};
  return data;
}

std::string text_of(const ReportSummary &summary) {
  std::string line = counted(summary.tests, "test", "tests") + " of " +
                     counted(summary.programs, "program", "programs") + ": " + std::to_string(summary.failed) +
                     " failed";
  if (summary.unfinished > 0)
    line += ", " + std::to_string(summary.unfinished) + " did not end";
  line +=
      "; " + std::to_string(summary.reached) + " of " + counted(summary.calls, "call site", "call sites") + " reached";
  if (summary.cut_short > 0)
    line += "; " + counted(summary.cut_short, "run", "runs") + " did not come to the end";
  return line;
}

} // namespace tripwire::tool
