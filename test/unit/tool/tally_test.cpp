// the ledgers of many units --(tally)--> a table
#include "tool/tally.hpp"

#include "gtest/gtest.h"

namespace tripwire::tool {
namespace {

LedgerEntry at(unsigned line, Verdict verdict, const std::string &reason = {}) {
  LedgerEntry entry;
  entry.file = "pay.h";
  entry.line = line;
  entry.column = 1;
  entry.seam = "acme::send";
  entry.verdict = verdict;
  entry.reason = reason;
  return entry;
}

Ledger ledger(const std::string &unit, std::vector<LedgerEntry> entries) { return {unit, {}, {}, std::move(entries)}; }

TEST(Tally, AReferenceInAHeaderIsOneHoweverManyUnitsIncludeIt) {
  Tally tally;
  tally.add(ledger("a.cpp", {at(1, Verdict::rewritten)}));
  tally.add(ledger("b.cpp", {at(1, Verdict::rewritten), at(2, Verdict::rewritten)}));
  EXPECT_EQ(tally.text(), "seam        rewritten  exempt  refused  units\n"
                          "acme::send          2       0        0      2\n"
                          "all                 2       0        0      2\n");
  EXPECT_EQ(tally.units(), 2U);
}

TEST(Tally, EachReasonHasItsLine) {
  Tally tally;
  tally.add(ledger("a.cpp", {at(1, Verdict::exempt, "an unevaluated operand"), at(2, Verdict::refused, "it is deleted"),
                             at(3, Verdict::exempt, "an unevaluated operand")}));
  EXPECT_EQ(tally.text(), "seam        rewritten  exempt  refused  units\n"
                          "acme::send          0       2        1      1\n"
                          "    2 exempt: an unevaluated operand\n"
                          "    1 refused: it is deleted\n"
                          "all                 0       2        1      1\n");
}

TEST(Tally, DeclarationsOfWrappersAreNoReferences) {
  LedgerEntry declared = at(1, Verdict::rewritten);
  declared.kind = EditKind::declare;
  Tally tally;
  tally.add(ledger("a.cpp", {declared}));
  EXPECT_EQ(tally.text(), "");
  EXPECT_EQ(tally.units(), 0U);
}

} // namespace
} // namespace tripwire::tool
