// tripwire-rewrite: reads its command line, does one task, prints what went wrong
#include "tool/audit_files.hpp"
#include "tool/by_hand.hpp"
#include "tool/check.hpp"
#include "tool/diagnostics.hpp"
#include "tool/explain.hpp"
#include "tool/inventory.hpp"
#include "tool/launch.hpp"
#include "tool/link.hpp"
#include "tool/make_reference.hpp"
#include "tool/make_report.hpp"
#include "tool/options.hpp"
#include "tool/process.hpp"

#include "llvm/Support/raw_ostream.h"

#include <unistd.h>

namespace {

using namespace tripwire::tool;

/// Ends the process at once: nothing that is still in memory has anything left to do, and taking it down takes longer
/// than it sounds.
[[noreturn]] void end(int status) {
  llvm::outs().flush();
  llvm::errs().flush();
  _exit(status);
}

[[noreturn]] void end(llvm::Error error) { end(static_cast<int>(report(llvm::errs(), std::move(error)))); }

[[noreturn]] void end(llvm::Expected<int> status) {
  if (!status)
    end(status.takeError());
  end(*status);
}

[[noreturn]] void end(llvm::Expected<ProcessResult> result) {
  if (!result)
    end(result.takeError());
  end_like(*result);
}

} // namespace

int main(int argc, char **argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  llvm::Expected<Task> task = read_options(words);
  if (!task)
    end(task.takeError());
  if (std::holds_alternative<ShowHelp>(*task)) {
    llvm::outs() << help_text();
    end(0);
  }
  if (std::holds_alternative<ShowVersion>(*task)) {
    llvm::outs() << version_text();
    end(0);
  }
  if (const auto *step = std::get_if<CompileStep>(&*task))
    end(launch({step->common.configuration, step->common.plugins_folders, step->common.runtime_include, step->command,
                step->common.cache_folder, step->common.verbose}));
  if (const auto *step = std::get_if<LinkStep>(&*task))
    end(link({step->common.configuration, step->common.plugins_folders, step->common.runtime_include, step->command}));
  if (const auto *step = std::get_if<AuditStep>(&*task))
    end(audit_files({step->common.configuration, step->common.plugins_folders, step->files}));
  if (const auto *step = std::get_if<CheckStep>(&*task))
    end(check(*step));
  if (const auto *step = std::get_if<InventoryStep>(&*task))
    end(inventory(*step));
  if (const auto *step = std::get_if<ExplainStep>(&*task))
    end(explain(*step));
  if (const auto *step = std::get_if<ReportStep>(&*task))
    end(make_report(*step));
  if (const auto *step = std::get_if<ReferenceStep>(&*task))
    end(make_reference(*step));
  end(rewrite_by_hand(std::get<ByHand>(*task)));
}
