// the ledgers of many units --(tally)--> a table: what became of the references to each seam
#include "tool/tally.hpp"

#include "tool/table.hpp"

namespace tripwire::tool {
namespace {

template <class Reasons> std::size_t count(const Reasons &reasons) {
  std::size_t sum = 0;
  for (const auto &[reason, places] : reasons)
    sum += places.size();
  return sum;
}

template <class Reasons> void add_reasons(Table &table, const char *verdict, const Reasons &reasons) {
  for (const auto &[reason, places] : reasons)
    table.add_line("    " + std::to_string(places.size()) + " " + verdict + ": " + reason);
}

std::string number(std::size_t count) { return std::to_string(count); }

} // namespace

void Tally::add(const Ledger &ledger) {
  for (const LedgerEntry &entry : ledger.entries) {
    if (entry.kind == EditKind::declare)
      continue;
    Row &row = rows_[entry.seam];
    const At at(entry.file, entry.line, entry.column);
    switch (entry.verdict) {
    case Verdict::rewritten:
      row.rewritten.insert(at);
      break;
    case Verdict::exempt:
      row.exempt[entry.reason].insert(at);
      break;
    case Verdict::refused:
      row.refused[entry.reason].insert(at);
      break;
    }
    row.units.insert(ledger.unit);
    units_.insert(ledger.unit);
  }
}

std::string Tally::text() const {
  if (rows_.empty())
    return {};
  Table table({Align::left, Align::right, Align::right, Align::right, Align::right});
  table.add({"seam", "rewritten", "exempt", "refused", "units"});
  std::size_t rewritten = 0;
  std::size_t exempt = 0;
  std::size_t refused = 0;
  for (const auto &[seam, row] : rows_) {
    table.add({seam, number(row.rewritten.size()), number(count(row.exempt)), number(count(row.refused)),
               number(row.units.size())});
    add_reasons(table, "exempt", row.exempt);
    add_reasons(table, "refused", row.refused);
    rewritten += row.rewritten.size();
    exempt += count(row.exempt);
    refused += count(row.refused);
  }
  table.add({"all", number(rewritten), number(exempt), number(refused), number(units_.size())});
  return table.text();
}

} // namespace tripwire::tool
