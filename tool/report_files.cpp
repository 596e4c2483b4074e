// a folder --(report_files)--> what the test programs reported into it
#include "tool/report_files.hpp"

#include "tool/diagnostics.hpp"
#include "tool/process.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace tripwire::tool {
namespace {

namespace fs = llvm::sys::fs;

constexpr const char *run_again = "take the file away, and run the tests again";

/// The place that LLVM's reader of JSON names: `[3:14, byte=80]: Expected object key`.
Place place_in(const std::string &file, llvm::StringRef &message) {
  Place place{file, 0, 0};
  llvm::StringRef rest = message;
  if (rest.consume_front("[") && !rest.consumeInteger(10, place.line) && rest.consume_front(":") &&
      !rest.consumeInteger(10, place.column))
    message = rest.split("]: ").second;
  return place;
}

bool is_test(const llvm::json::Value &value) {
  const llvm::json::Object *test = value.getAsObject();
  return test != nullptr && test->getString("name") && test->getString("outcome") && test->getArray("timeline") &&
         test->getArray("violations") && test->getArray("call_sites");
}

bool is_report(const llvm::json::Value &value) {
  const llvm::json::Object *report = value.getAsObject();
  return report != nullptr && report->getString("program") && report->getString("path") && report->getArray("tests") &&
         llvm::all_of(*report->getArray("tests"), is_test);
}

llvm::Expected<llvm::json::Object> read_one(const std::string &path, llvm::StringRef text) {
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(text);
  if (!value) {
    const std::string message = llvm::toString(value.takeError());
    llvm::StringRef what = message;
    const Place place = place_in(path, what);
    return refuse(place, "this is no report of a test program: " + what.str(), run_again);
  }
  const llvm::json::Object *object = value->getAsObject();
  const std::optional<std::int64_t> version = object == nullptr ? std::nullopt : object->getInteger("version");
  if (version && *version != 1)
    return refuse({path, 0, 0}, "this is a report of version " + std::to_string(*version) + ", and not of version 1",
                  "use the tripwire-rewrite that belongs to the test program's runtime");
  if (!version || !is_report(*value))
    return refuse({path, 0, 0}, "this is no report of a test program", run_again);
  return std::move(*value->getAsObject());
}

} // namespace

std::string closed(llvm::StringRef part) {
  llvm::StringRef lines = part;
  while (!lines.empty()) {
    const std::string whole = lines.rtrim(",\n").str() + "]}";
    llvm::Expected<llvm::json::Value> value = llvm::json::parse(whole);
    if (value)
      return whole;
    llvm::consumeError(value.takeError());
    const std::size_t last = lines.rtrim("\n").rfind('\n');
    lines = last == llvm::StringRef::npos ? llvm::StringRef() : lines.take_front(last);
  }
  return part.str();
}

llvm::Expected<std::vector<ReportFile>> read_report_files(const std::string &folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; at != end && !error; at.increment(error)) {
    const llvm::StringRef path = at->path();
    if (path.ends_with(".json") || path.ends_with(".json.part"))
      paths.push_back(path.str());
  }
  if (error)
    return misuse("the folder '" + folder + "' cannot be read: " + error.message(),
                  "'--report' wants the folder that TRIPWIRE_REPORT named when the tests ran");
  if (paths.empty())
    return misuse("there is no report in '" + folder + "'",
                  "run the tests with TRIPWIRE_REPORT=" + folder + " in their environment");
  llvm::sort(paths);
  std::vector<ReportFile> files;
  for (const std::string &path : paths) {
    llvm::Expected<std::string> text = read_whole(path);
    if (!text)
      return text.takeError();
    const bool is_whole = llvm::StringRef(path).ends_with(".json");
    llvm::Expected<llvm::json::Object> report = read_one(path, is_whole ? *text : closed(*text));
    if (!report)
      return report.takeError();
    files.push_back({path, is_whole, std::move(*report)});
  }
  return files;
}

} // namespace tripwire::tool
