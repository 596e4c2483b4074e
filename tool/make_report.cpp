// the folder that TRIPWIRE_REPORT named --(make_report)--> one page to look at
#include "tool/make_report.hpp"

#include "tool/process.hpp"
#include "tool/report_data.hpp"
#include "tool/report_page.hpp"

#include "llvm/Support/raw_ostream.h"

namespace tripwire::tool {

llvm::Expected<int> make_report(const ReportStep &task) {
  llvm::Expected<std::vector<ReportFile>> files = read_report_files(task.folder);
  if (!files)
    return files.takeError();
  const ReportData data = report_data(std::move(*files));
  if (task.output == "-") {
    llvm::outs() << report_page(data.page);
    return 0;
  }
  if (llvm::Error error = write_whole(task.output, report_page(data.page)))
    return error;
  llvm::outs() << task.output << ": " << text_of(data.summary) << "\n";
  return 0;
}

} // namespace tripwire::tool
