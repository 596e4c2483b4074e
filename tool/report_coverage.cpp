// reports of all processes --(report_coverage)--> per source file the references to seams, and who reached them
#include "tool/report_coverage.hpp"

#include "tool/json.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <cstdlib>
#include <set>

namespace tripwire::tool {
namespace {

using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

/// Lines that are shown around one that calls.
constexpr unsigned context = 3;

std::string normal(llvm::StringRef path) {
  llvm::SmallString<256> result(path);
  llvm::sys::path::remove_dots(result, /*remove_dot_dot=*/true);
  return result.str().str();
}

unsigned number(const Object &object, llvm::StringRef key) {
  return static_cast<unsigned>(object.getInteger(key).value_or(0));
}

/// Calls \p visit for each object of an array of objects.
template <class Visit> void for_each(const Object &object, llvm::StringRef key, Visit visit) {
  if (const Array *values = object.getArray(key))
    for (const Value &value : *values)
      if (const Object *each = value.getAsObject())
        visit(*each);
}

void add_known(const Object &report, llvm::StringRef key, ReferenceKind kind, Coverage &coverage) {
  for_each(report, key, [&](const Object &file) {
    CoveredFile &covered = coverage.files[normal(text_at(file, "file"))];
    for_each(file, "references", [&](const Object &reference) {
      LineOfSeam &line = covered[{number(reference, "line"), text_at(reference, "seam"), kind}];
      line.function = text_at(reference, "function");
      line.reason = text_at(reference, "reason");
      line.is_known = true;
    });
  });
}

/// Where a call belongs: the line itself, else the nearest that calls the seam. The debug information of a call over
/// several lines may name another of them.
LineOfSeam &line_of(CoveredFile &file, unsigned line, const std::string &seam) {
  LineOfSeam *nearest = nullptr;
  unsigned least = 0;
  for (auto &[at, known] : file) {
    const auto &[at_line, at_seam, kind] = at;
    if (kind != ReferenceKind::call || !known.is_known || without_template_arguments(at_seam) != seam)
      continue;
    const auto distance = static_cast<unsigned>(std::abs(static_cast<int>(at_line) - static_cast<int>(line)));
    if (nearest == nullptr || distance <= least) {
      nearest = &known;
      least = distance;
    }
  }
  return nearest != nullptr ? *nearest : file[{line, seam, ReferenceKind::call}];
}

Array lines_of(const CoveredFile &file, llvm::StringRef source) {
  llvm::SmallVector<llvm::StringRef, 0> lines;
  source.split(lines, '\n');
  std::set<unsigned> shown;
  for (const auto &[at, ignored] : file)
    for (unsigned near = std::get<0>(at) > context ? std::get<0>(at) - context : 1; near <= std::get<0>(at) + context;
         ++near)
      if (near <= lines.size())
        shown.insert(near);
  Array result;
  for (const unsigned line : shown) {
    const llvm::StringRef content = lines[line - 1].rtrim();
    result.push_back(Array{line, llvm::json::isUTF8(content) ? content.str() : llvm::json::fixUTF8(content)});
  }
  return result;
}

const char *word(ReferenceKind kind) {
  switch (kind) {
  case ReferenceKind::call:
    return "call";
  case ReferenceKind::never_called:
    return "never_called";
  case ReferenceKind::exempt:
    return "exempt";
  }
  return "";
}

} // namespace

std::string without_template_arguments(llvm::StringRef name) {
  std::string plain;
  int depth = 0;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const llvm::StringRef rest = name.substr(at);
    if (depth == 0 && (rest.starts_with("operator<") || rest.starts_with("operator>") || rest.starts_with("operator-")))
      return plain + rest.str();
    depth += name[at] == '<' ? 1 : 0;
    if (depth == 0)
      plain += name[at];
    depth -= name[at] == '>' ? 1 : 0;
  }
  return plain;
}

Coverage coverage_of(const std::vector<ReportFile> &files) {
  Coverage coverage;
  std::vector<const Object *> tests;
  for (const ReportFile &file : files) {
    add_known(file.report, "unreached", ReferenceKind::call, coverage);
    add_known(file.report, "reached", ReferenceKind::call, coverage);
    add_known(file.report, "never_called", ReferenceKind::never_called, coverage);
    add_known(file.report, "exempt", ReferenceKind::exempt, coverage);
    for_each(file.report, "tests", [&](const Object &test) { tests.push_back(&test); });
  }
  for (std::size_t index = 0; index < tests.size(); ++index)
    for_each(*tests[index], "call_sites", [&](const Object &call) {
      const Object *site = call.getObject("call_site");
      if (site == nullptr || !site->getString("file"))
        return;
      LineOfSeam &line = line_of(coverage.files[normal(text_at(*site, "file"))], number(*site, "line"),
                                 without_template_arguments(text_at(call, "seam")));
      if (line.function.empty())
        line.function = text_at(*site, "function");
      if (line.by.empty() || line.by.back() != index)
        line.by.push_back(index);
    });
  for (const auto &[path, file] : coverage.files)
    for (const auto &[at, line] : file) {
      const bool is_call = std::get<ReferenceKind>(at) == ReferenceKind::call;
      coverage.calls += is_call ? 1 : 0;
      coverage.reached += is_call && !line.by.empty() ? 1 : 0;
    }
  return coverage;
}

Array to_json(const Coverage &coverage) {
  Array files;
  for (const auto &[path, file] : coverage.files) {
    Array seams;
    for (const auto &[at, line] : file) {
      const auto &[number, name, kind] = at;
      Object seam{{"line", number}, {"seam", name}, {"kind", word(kind)}, {"function", line.function}};
      if (!line.reason.empty())
        seam["reason"] = line.reason;
      if (!line.by.empty())
        seam["by"] = Array(line.by);
      seams.push_back(std::move(seam));
    }
    Object object{{"path", path}, {"seams", std::move(seams)}};
    if (const auto source = llvm::MemoryBuffer::getFile(path))
      object["lines"] = lines_of(file, (*source)->getBuffer());
    files.push_back(std::move(object));
  }
  return files;
}

} // namespace tripwire::tool
