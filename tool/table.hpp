// rows of words --(table)--> text in columns
#pragma once

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace tripwire::tool {

enum class Align { left, right };

/// Text in columns that are as wide as their widest word, two blanks apart. No row ends in blanks.
class Table {
public:
  explicit Table(std::vector<Align> columns) : columns_(std::move(columns)) {}

  /// Adds a row; words that are missing at its end are empty.
  void add(std::vector<std::string> row) { rows_.push_back({std::move(row), {}}); }
  /// Adds a line of its own, which takes no part in the columns.
  void add_line(std::string line) { rows_.push_back({{}, std::move(line)}); }
  [[nodiscard]] std::string text() const;

private:
  struct Row {
    std::vector<std::string> words;
    std::string line;
  };
  std::vector<Align> columns_;
  std::vector<Row> rows_;
};

} // namespace tripwire::tool
