#include "tool/scan.hpp"

#include "gtest/gtest.h"

namespace tripwire::tool {
namespace {

using Lines = std::vector<std::string>;

/// "file:line" of each occurrence of `close` or `open`, with "s" behind those in system headers and "m" behind those of
/// their macros.
Lines places(llvm::StringRef text) {
  const Scan scanned = scan(text, {"close", "open"});
  Lines result;
  for (const Occurrence &occurrence : scanned.occurrences)
    result.push_back(scanned.files[occurrence.file] + ":" + std::to_string(occurrence.line) +
                     (occurrence.system ? "s" : "") + (occurrence.system_macro ? "m" : ""));
  return result;
}

TEST(Scan, FindsIdentifiersAndNotPartsOfThem) {
  EXPECT_EQ(places("# 1 \"a.c\"\nclose(1); closed(2); x.close; _close; close2;\n\nopen(close)\n"),
            Lines({"a.c:1", "a.c:1", "a.c:3", "a.c:3"}));
}

TEST(Scan, GivesTheOffsetOfEachToken) {
  const std::string text = "# 1 \"a.c\"\nint close;\n";
  const Scan scanned = scan(text, {"nothing", "close"});
  ASSERT_EQ(scanned.occurrences.size(), 1U);
  EXPECT_EQ(text.substr(scanned.occurrences[0].offset, 5), "close");
  EXPECT_EQ(scanned.occurrences[0].name, 1U);
}

TEST(Scan, SkipsLiterals) {
  EXPECT_EQ(places("# 1 \"a.c\"\n\"close\" L\"close\" u8\"\\\"close\" 'c' '\"' close L'\\'' \"a\\\\\" open\n"),
            Lines({"a.c:1", "a.c:1"}));
  EXPECT_EQ(places("# 1 \"a.c\"\n1'000'000 + close(0x1p+3, 1.5e-3close, .5open) 'a'\n"), Lines({"a.c:1"}));
  EXPECT_EQ(places("# 1 \"a.c\"\n\"km\"close \"s\"_open\n"), Lines());
}

TEST(Scan, SkipsRawStringsThatLookLikeMarkers) {
  EXPECT_EQ(places("# 1 \"a.c\"\nauto s = R\"(\n# 5 \"x.h\" 1\nclose\n)\" close; u8R\"x(close)\" )x\" open\n"),
            Lines({"a.c:4", "a.c:4"}));
  EXPECT_EQ(places("# 1 \"a.c\"\nPR\"(\" close \")\"\n"), Lines({"a.c:1"}));
}

TEST(Scan, SkipsDirectivesButNotOpenMp) {
  EXPECT_EQ(
      places(
          "# 1 \"a.c\"\n#pragma redefine_extname close other\n#define close open\n#pragma omp parallel if(close(1))\n"),
      Lines({"a.c:3"}));
}

TEST(Scan, FollowsTheMarkersOfGcc) {
  EXPECT_EQ(places("# 0 \"a.c\"\n# 0 \"<built-in>\"\n# 0 \"<command-line>\"\n# 1 \"/usr/include/stdc-predef.h\" 1 3 4\n"
                   "# 0 \"<command-line>\" 2\n# 1 \"a.c\"\n# 1 \"/usr/include/unistd.h\" 1 3 4\nint close(int);\n"
                   "# 2 \"a.c\" 2\n\n# 3 \"a.c\"\nclose(\n# 3 \"a.c\" 3 4\nopen\n# 3 \"a.c\"\n);\n"),
            Lines({"/usr/include/unistd.h:1s", "a.c:3", "a.c:3m"}));
}

TEST(Scan, FollowsTheMarkersOfClang) {
  EXPECT_EQ(
      places(
          "# 1 \"a.c\"\n# 1 \"<built-in>\" 1\n# 1 \"<built-in>\" 3\n# 437 \"<built-in>\" 3\n# 1 \"<command line>\" 1\n"
          "# 1 \"<built-in>\" 2\n# 1 \"a.c\" 2\n# 1 \"./a.h\" 1\nclose\n# 2 \"a.c\" 2\nopen\n"),
      Lines({"./a.h:1", "a.c:2"}));
}

TEST(Scan, CountsEntriesThatGiveATokenForEachFile) {
  const Scan scanned =
      scan("# 1 \"a.c\"\nint x;\n# 1 \"b.inc\" 1\n# 2 \"a.c\" 2\n# 1 \"b.inc\" 1\nclose\n# 3 \"a.c\" 2\n"
           "# 1 \"b.inc\" 1\nclose\n# 4 \"a.c\" 2\nclose\n",
           {"close"});
  ASSERT_EQ(scanned.instances.size(), 4U);
  EXPECT_EQ(scanned.instances[1].ordinal, Instance::no_ordinal);
  ASSERT_EQ(scanned.occurrences.size(), 3U);
  EXPECT_EQ(scanned.instances[scanned.occurrences[0].instance].ordinal, 0U);
  EXPECT_EQ(scanned.instances[scanned.occurrences[1].instance].ordinal, 1U);
  EXPECT_EQ(scanned.instances[scanned.occurrences[2].instance].file, scanned.instances[0].file);
  EXPECT_EQ(scanned.instances[3].parent, 0U);
}

TEST(Scan, KeepsThePresumedFileApartFromTheEntry) {
  const Scan scanned = scan("# 1 \"parser.c\"\nint x;\n# 40 \"parser.y\"\nclose\n", {"close"});
  ASSERT_EQ(scanned.occurrences.size(), 1U);
  EXPECT_EQ(scanned.files[scanned.occurrences[0].file], "parser.y");
  EXPECT_EQ(scanned.occurrences[0].line, 40U);
  EXPECT_EQ(scanned.files[scanned.instances[scanned.occurrences[0].instance].file], "parser.c");
}

TEST(Scan, UndoesEscapesInFileNames) {
  EXPECT_EQ(places("# 1 \"a \\\"b\\\" \\\\ \\303\\244.c\"\nclose\n"), Lines({"a \"b\" \\ \303\244.c:1"}));
  EXPECT_EQ(line_marker(7, "a \"b\" \\.c", true), "# 7 \"a \\\"b\\\" \\\\.c\" 3\n");
}

TEST(Scan, SkipsCommentsThatTheUserAskedToKeep) {
  EXPECT_EQ(places("# 1 \"a.c\"\n// close\n/* close\n\n*/ close / open\n"), Lines({"a.c:4", "a.c:4"}));
}

TEST(Scan, SaysWhichNamesOccurOutsideSystemHeaders) {
  EXPECT_EQ(names_outside_system_headers("# 1 \"a.c\"\n# 1 \"/u/unistd.h\" 1 3 4\nclose read\n# 2 \"a.c\" 2\nread\n",
                                         {"close", "read", "x"}),
            std::vector<unsigned>({1}));
}

TEST(Scan, NotesWhereLiteralsHoldLineEnds) {
  const std::string text = "# 1 \"a.c\"\nR\"(\n\n)\" x;\ny;\n";
  const Scan scanned = scan(text, {});
  ASSERT_EQ(scanned.drifts.size(), 1U);
  EXPECT_EQ(text.substr(scanned.drifts[0].offset), "y;\n");
  EXPECT_EQ(scanned.drifts[0].line, 2U);
}

} // namespace
} // namespace tripwire::tool
