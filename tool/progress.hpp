// how far a long task is --(progress)--> one line on the terminal, written over and over
#pragma once

#include <cstddef>
#include <string>

namespace tripwire::tool {

/// Shows how far a task over many files is. Writes to standard error, and only when that is a terminal.
class Progress {
public:
  explicit Progress(std::size_t total);
  /// Takes the line away.
  ~Progress();
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;

  /// \p done of the total are done, \p what was the last.
  void show(std::size_t done, const std::string &what);
  /// Takes the line away, so that other text can be printed; the next \c show brings it back.
  void clear();

private:
  std::size_t total_;
  std::size_t width_; ///< of the terminal; zero when there is none
  bool shown_ = false;
};

} // namespace tripwire::tool
