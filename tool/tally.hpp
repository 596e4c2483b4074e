// the ledgers of many units --(tally)--> a table: what became of the references to each seam
#pragma once

#include "tool/ledger.hpp"

#include <map>
#include <set>
#include <string>
#include <tuple>

namespace tripwire::tool {

/// Counts places, not units: a reference in a header is one, however many units include it. One that ends differently
/// in two units, as in a template, counts under both.
class Tally {
public:
  /// Adds the account of one unit. File names mean the same in all ledgers.
  void add(const Ledger &ledger);

  /// One row for each seam, and below it one line for each reason why references were not rewritten; then the sum.
  /// Empty when there is no reference.
  [[nodiscard]] std::string text() const;

  /// How many units refer to a seam.
  [[nodiscard]] std::size_t units() const { return units_.size(); }

private:
  using At = std::tuple<std::string, unsigned, unsigned>;
  struct Row {
    std::set<At> rewritten;
    std::map<std::string, std::set<At>> exempt;  ///< by the reason
    std::map<std::string, std::set<At>> refused; ///< by the reason
    std::set<std::string> units;
  };
  std::map<std::string, Row> rows_; ///< by the seam
  std::set<std::string> units_;
};

} // namespace tripwire::tool
