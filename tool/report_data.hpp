// reports of all processes --(report_data)--> the one JSON document that the page shows
#pragma once

#include "tool/report_coverage.hpp"
#include "tool/report_files.hpp"

#include "llvm/Support/JSON.h"

#include <cstddef>
#include <string>
#include <vector>

namespace tripwire::tool {

/// What the page says first, and the command prints.
struct ReportSummary {
  std::size_t programs = 0; ///< by path: of one program every process is a run
  std::size_t runs = 0;
  std::size_t tests = 0;
  std::size_t failed = 0;
  std::size_t unfinished = 0; ///< tests that had not ended when their program did
  std::size_t cut_short = 0;  ///< runs that did not come to their end
  std::size_t calls = 0;
  std::size_t reached = 0;
};

struct ReportData {
  ReportSummary summary;
  llvm::json::Value page = nullptr;
};

/// Interactions of one test beyond \p most stay in their file, and the page says so.
ReportData report_data(std::vector<ReportFile> files, std::size_t most = 2000);

/// One line for people.
std::string text_of(const ReportSummary &summary);

} // namespace tripwire::tool
