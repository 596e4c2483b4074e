// reports of all processes --(report_coverage)--> per source file the references to seams, and who reached them
#pragma once

#include "tool/report_files.hpp"

#include "llvm/Support/JSON.h"

#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace tripwire::tool {

/// What a reference is.
enum class ReferenceKind { call, never_called, exempt };

/// The references of one kind to one seam in one line.
struct LineOfSeam {
  std::string function;
  std::string reason;          ///< of exempt ones
  bool is_known = false;       ///< a ledger has it
  std::vector<std::size_t> by; ///< the tests that reached it, each once, in order
};

/// By line, seam and kind.
using CoveredFile = std::map<std::tuple<unsigned, std::string, ReferenceKind>, LineOfSeam>;

struct Coverage {
  std::map<std::string, CoveredFile> files;
  std::size_t calls = 0; ///< seams in lines that call them, ...
  std::size_t reached = 0;
};

/// Tests are numbered as they come, over all \p files. A line counts as reached when a test of any process reached it.
Coverage coverage_of(const std::vector<ReportFile> &files);

/// `acme::Box<int>::get` --> `acme::Box::get`, as a reference in a template names it.
std::string without_template_arguments(llvm::StringRef name);

/// The files for the page, each with the lines around what is called there, where the source can be read.
llvm::json::Array to_json(const Coverage &coverage);

} // namespace tripwire::tool
