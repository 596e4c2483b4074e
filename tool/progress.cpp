// how far a long task is --(progress)--> one line on the terminal, written over and over
#include "tool/progress.hpp"

#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

namespace tripwire::tool {
namespace {

std::size_t width_of_terminal() {
  if (!llvm::sys::Process::StandardErrIsDisplayed())
    return 0;
  const unsigned columns = llvm::sys::Process::StandardErrColumns();
  return columns == 0 ? 80 : columns;
}

} // namespace

Progress::Progress(std::size_t total) : total_(total), width_(width_of_terminal()) {}

Progress::~Progress() { clear(); }

void Progress::show(std::size_t done, const std::string &what) {
  if (width_ == 0)
    return;
  std::string line = "[" + std::to_string(done) + "/" + std::to_string(total_) + "] " + what;
  if (line.size() >= width_)
    line.resize(width_ - 1);
  llvm::errs() << '\r' << line << "\033[K";
  shown_ = true;
}

void Progress::clear() {
  if (!shown_)
    return;
  llvm::errs() << "\r\033[K";
  shown_ = false;
}

} // namespace tripwire::tool
