#include "tool/ledger.hpp"

#include "gtest/gtest.h"

#include <algorithm>

namespace tripwire::tool {
namespace {

Ledger example() {
  Ledger ledger;
  ledger.unit = "src/pay.cpp";
  ledger.output = "pay.o";
  ledger.configuration = "1f";
  ledger.entries = {
      {"src/pay.cpp", 9, 3, "pay", Verdict::exempt, EditKind::none, "close", "", "",
       "the operand of sizeof is not evaluated"},
      {"src/pay.cpp", 7, 3, "pay", Verdict::rewritten, EditKind::name, "close", "tripwire_seam_close",
       "::tripwire_seam_close", ""},
      {"/usr/include/unistd.h", 358, 12, "", Verdict::rewritten, EditKind::declare, "close", "tripwire_seam_close",
       "extern __typeof__(close) tripwire_seam_close;", ""},
  };
  return ledger;
}

TEST(Ledger, IsTheSameTextInWhateverOrderReferencesWereFound) {
  Ledger other = example();
  std::reverse(other.entries.begin(), other.entries.end());
  EXPECT_EQ(to_text(example()), to_text(other));
}

TEST(Ledger, ReadsBackWhatItWrote) {
  llvm::Expected<Ledger> read = read_ledger(to_text(example()), "pay.o.tripwire.json");
  ASSERT_TRUE(static_cast<bool>(read));
  EXPECT_EQ(to_text(*read), to_text(example()));
  EXPECT_EQ(read->entries.size(), 3U);
}

TEST(Ledger, RefusesTextThatIsNoLedger) {
  for (const char *text :
       {"{", "[]", "{\"references\": []}", "{\"version\": 1, \"references\": [{\"verdict\": \"lost\"}]}"}) {
    llvm::Expected<Ledger> read = read_ledger(text, "x.json");
    ASSERT_FALSE(static_cast<bool>(read)) << text;
    EXPECT_EQ(llvm::toString(read.takeError()).rfind("x.json: error: not a ledger: ", 0), 0U);
  }
}

TEST(Ledger, SummarisesReferencesWithoutDeclarations) {
  EXPECT_EQ(summary(example()), "src/pay.cpp: 1 rewritten, 1 exempt");
  EXPECT_EQ(summary({"a.c", "", "", {}}), "a.c: no references");
}

TEST(Ledger, ShowsEditsAsStableText) {
  EXPECT_EQ(edits_text(example()),
            "/usr/include/unistd.h:358:12 declare close -> extern __typeof__(close) tripwire_seam_close;\n"
            "src/pay.cpp:7:3 name close -> ::tripwire_seam_close\n");
}

} // namespace
} // namespace tripwire::tool
