// the steps of --report: files, coverage, data, page
#include "tool/report_coverage.hpp"
#include "tool/report_data.hpp"
#include "tool/report_files.hpp"
#include "tool/report_page.hpp"

#include "workspace.hpp"

#include "llvm/Support/FormatVariadic.h"

namespace tripwire::tool {
namespace {

/// A report with the JSON \p tests and, behind them, \p rest: more keys.
std::string report_text(const std::string &tests, const std::string &rest = "") {
  return R"({"version":1,"program":"pay_test","path":"/b/pay_test","pid":1,"started":"","configuration":"","tests":[)" +
         tests + "]" + (rest.empty() ? "" : "," + rest) + "}";
}

/// A test that reached \p calls, JSON of call sites.
std::string test_text(const std::string &name, const std::string &calls = "", const std::string &timeline = "") {
  return R"({"name":")" + name + R"(","file":"","outcome":"passed","timeline":[)" + timeline +
         R"(],"violations":[],"call_sites":[)" + calls + "]}";
}

std::string call_text(const std::string &seam, unsigned line) {
  return R"({"seam":")" + seam + R"(","plugin":"","call_site":{"file":"/p/a.cpp","line":)" + std::to_string(line) +
         R"(},"recorded":1})";
}

/// The key \p key with calls of \p seam in lines of one file.
std::string known_text(const std::string &key, const std::string &seam, std::initializer_list<unsigned> lines) {
  std::string references;
  for (const unsigned line : lines)
    references += (references.empty() ? "" : ",") + std::string(R"({"line":)") + std::to_string(line) +
                  R"(,"column":5,"seam":")" + seam + R"(","function":"f"})";
  return "\"" + key + R"(":[{"file":"/p/a.cpp","references":[)" + references + "]}]";
}

std::vector<ReportFile> files_of(std::initializer_list<std::string> texts) {
  std::vector<ReportFile> files;
  for (const std::string &text : texts) {
    llvm::Expected<llvm::json::Value> value = llvm::json::parse(text);
    if (!value) {
      ADD_FAILURE() << llvm::toString(value.takeError()) << "\n" << text;
      continue;
    }
    files.push_back({"r/a.json", true, std::move(*value->getAsObject())});
  }
  return files;
}

/// `3 close: 2 tests` for each line of the one file.
std::vector<std::string> lines_of(const Coverage &coverage) {
  std::vector<std::string> lines;
  for (const auto &[path, file] : coverage.files)
    for (const auto &[at, line] : file)
      lines.push_back(std::to_string(std::get<0>(at)) + " " + std::get<1>(at) + ": " + std::to_string(line.by.size()) +
                      " tests");
  return lines;
}

using Lines = std::vector<std::string>;

TEST(ReportCoverage, IsWhatAnyProcessReached) {
  const Coverage coverage = coverage_of(
      files_of({report_text(test_text("A", call_text("close", 3)),
                            known_text("reached", "close", {3}) + "," + known_text("unreached", "open", {3, 9})),
                report_text(test_text("B", call_text("close", 3)) + "," + test_text("C", call_text("open", 9)),
                            known_text("unreached", "open", {3}))}));
  EXPECT_EQ(lines_of(coverage), Lines({"3 close: 2 tests", "3 open: 0 tests", "9 open: 1 tests"}));
  EXPECT_EQ(coverage.calls, 3U);
  EXPECT_EQ(coverage.reached, 2U);
}

TEST(ReportCoverage, CountsATestOnceForALine) {
  const Coverage coverage = coverage_of(files_of({report_text(
      test_text("A", call_text("close", 3) + "," + call_text("close", 3)), known_text("reached", "close", {3}))}));
  EXPECT_EQ(lines_of(coverage), Lines({"3 close: 1 tests"}));
}

TEST(ReportCoverage, GivesACallOverSeveralLinesToTheNearestReference) {
  const Coverage coverage = coverage_of(
      files_of({report_text(test_text("A", call_text("close", 5)), known_text("reached", "close", {3, 9}))}));
  EXPECT_EQ(lines_of(coverage), Lines({"3 close: 1 tests", "9 close: 0 tests"}));
}

TEST(ReportCoverage, KnowsTheLinesOfProgramsWithoutALedgerByTheirCalls) {
  const Coverage coverage = coverage_of(files_of({report_text(test_text("A", call_text("acme::Box<int>::get", 5)))}));
  EXPECT_EQ(lines_of(coverage), Lines({"5 acme::Box::get: 1 tests"}));
}

TEST(ReportCoverage, DoesNotCountWhatNoCallCanReach) {
  const Coverage coverage = coverage_of(
      files_of({report_text("", known_text("never_called", "close", {3}) + "," + known_text("exempt", "open", {4}))}));
  EXPECT_EQ(lines_of(coverage), Lines({"3 close: 0 tests", "4 open: 0 tests"}));
  EXPECT_EQ(coverage.calls, 0U);
}

TEST(ReportCoverage, NamesATemplateAsTheLedgerDoes) {
  EXPECT_EQ(without_template_arguments("acme::Box<std::pair<int, int>>::get"), "acme::Box::get");
  EXPECT_EQ(without_template_arguments("acme::Box<int>::operator->"), "acme::Box::operator->");
  EXPECT_EQ(without_template_arguments("acme::operator<"), "acme::operator<");
}

TEST(ReportData, GathersTheRunsOfAProgramAndSaysWhatIsInIt) {
  std::vector<ReportFile> files = files_of({report_text(test_text("A")), report_text(test_text("B"))});
  files[1].is_whole = false;
  const ReportData data = report_data(std::move(files));
  EXPECT_EQ(data.summary.programs, 1U);
  EXPECT_EQ(text_of(data.summary), "2 tests of 1 program: 0 failed; 0 of 0 call sites reached; "
                                   "1 run did not come to the end");
}

TEST(ReportData, LeavesInteractionsBeyondTheMostInTheirFile) {
  const std::string one = R"({"call":"f"})";
  const ReportData data = report_data(files_of({report_text(test_text("A", "", one + "," + one + "," + one))}), 2);
  const std::string page = llvm::formatv("{0}", data.page).str();
  EXPECT_NE(page.find(R"("left_out":1)"), std::string::npos) << page;
}

TEST(ReportPage, KeepsTextOfProgramsOutOfItsOwnMarks) {
  const std::string page = report_page(llvm::json::Object{{"name", "</script><!-- /*STYLE*/ /*SCRIPT*/"}});
  EXPECT_NE(page.find("\\u003c/script>\\u003c!-- /*STYLE*/ /*SCRIPT*/"), std::string::npos);
  EXPECT_EQ(page.find("/*DATA*/"), std::string::npos);
}

TEST(ReportPage, LoadsNothing) {
  const std::string page = report_page(llvm::json::Object{});
  for (const char *sign : {"http:", "https:", "src=", "url(", "import "})
    EXPECT_EQ(page.find(sign), std::string::npos) << sign;
}

const std::string head = R"({"version":1,"program":"p","path":"/p","tests":[)"
                         "\n";

TEST(UnfinishedReport, IsClosedBehindItsLastWholeTest) {
  const std::string whole = head + test_text("A") + "]}";
  EXPECT_EQ(closed(head + test_text("A")), whole);
  EXPECT_EQ(closed(head + test_text("A") + ",\n"), whole);
  EXPECT_EQ(closed(head + test_text("A") + ",\n" + test_text("B").substr(0, 20)), whole);
}

TEST(UnfinishedReport, MayHoldNoTestAtAll) {
  const std::string text = closed(head + test_text("A").substr(0, 20));
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(text);
  ASSERT_TRUE(static_cast<bool>(value)) << text;
}

class ReportFolder : public WorkspaceTest {
protected:
  std::string error_of(const std::string &folder) {
    auto files = read_report_files(folder);
    return files ? "no error" : llvm::toString(files.takeError());
  }
};

TEST_F(ReportFolder, IsReadInTheOrderOfNames) {
  write("r/b.json", report_text(test_text("B")));
  write("r/a.json.part", head + test_text("A"));
  write("r/notes.txt", "not ours");
  auto files = read_report_files("r");
  ASSERT_TRUE(static_cast<bool>(files));
  ASSERT_EQ(files->size(), 2U);
  EXPECT_FALSE((*files)[0].is_whole);
  EXPECT_TRUE((*files)[1].is_whole);
}

TEST_F(ReportFolder, WithABrokenFileIsRefusedAtItsPlace) {
  write("r/a.json", "{\"version\": 1,\n  broken");
  EXPECT_EQ(error_of("r").rfind("r/a.json:2:3: error: this is no report of a test program: ", 0), 0U) << error_of("r");
}

TEST_F(ReportFolder, WithOtherJsonIsRefused) {
  for (const char *text : {"[]", "{}", R"({"version":1,"program":"p","path":"/p","tests":[{}]})"}) {
    write("r/a.json", text);
    EXPECT_EQ(error_of("r").rfind("r/a.json: error: this is no report of a test program\n", 0), 0U) << error_of("r");
  }
  write("r/a.json", R"({"version":2})");
  EXPECT_NE(error_of("r").find("a report of version 2"), std::string::npos);
}

TEST_F(ReportFolder, WithoutAReportIsWrongUsage) {
  std::filesystem::create_directory("empty");
  EXPECT_NE(error_of("empty").find("there is no report in 'empty'"), std::string::npos);
  EXPECT_NE(error_of("nowhere").find("the folder 'nowhere' cannot be read"), std::string::npos);
}

} // namespace
} // namespace tripwire::tool
