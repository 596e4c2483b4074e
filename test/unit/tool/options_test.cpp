#include "tool/diagnostics.hpp"
#include "tool/options.hpp"

#include "commands.hpp"

#include "gtest/gtest.h"

namespace tripwire::tool {
namespace {

template <class T> T task_of(const Words &words) {
  llvm::Expected<Task> task = read_options(words);
  if (!task) {
    ADD_FAILURE() << llvm::toString(task.takeError());
    return {};
  }
  if (auto *wanted = std::get_if<T>(&*task))
    return std::move(*wanted);
  ADD_FAILURE() << "another task";
  return {};
}

std::string error_of(const Words &words) {
  llvm::Expected<Task> task = read_options(words);
  if (task)
    return "no error";
  std::string text;
  llvm::raw_string_ostream out(text);
  EXPECT_EQ(report(out, task.takeError()), ExitStatus::usage);
  return text;
}

TEST(Options, ReadABuildStep) {
  const auto step =
      task_of<CompileStep>({"--config", "t.yaml", "--plugins-folder=a", "--plugins-folder", "b", "--runtime-include",
                            "i", "--compile", "--", "ccache", "g++", "-c", "a.cpp", "--help"});
  EXPECT_EQ(step.common.configuration, "t.yaml");
  EXPECT_EQ(step.common.plugins_folders, Words({"a", "b"}));
  EXPECT_EQ(step.common.runtime_include, "i");
  EXPECT_EQ(step.command, Words({"ccache", "g++", "-c", "a.cpp", "--help"}));
}

TEST(Options, ReadOneFileByHand) {
  const auto task =
      task_of<ByHand>({"a.cpp", "-o", "out.ii", "--ledger", "l.json", "--dump-edits", "--", "g++", "-O2"});
  EXPECT_EQ(task.source, "a.cpp");
  EXPECT_EQ(task.output, "out.ii");
  EXPECT_EQ(task.ledger, "l.json");
  EXPECT_TRUE(task.dump_edits);
  EXPECT_EQ(task.command, Words({"g++", "-O2"}));
}

TEST(Options, ReadAnAudit) {
  EXPECT_EQ(task_of<AuditStep>({"--audit", "a.o", "libb.a"}).files, Words({"a.o", "libb.a"}));
  EXPECT_EQ(task_of<AuditStep>({"a.o", "--audit"}).files, Words({"a.o"}));
}

TEST(Options, ReadTheFormsOverABuildTree) {
  const auto check = task_of<CheckStep>({"-p", "build", "a.cpp", "--check"});
  EXPECT_EQ(check.build, "build");
  EXPECT_EQ(check.sources, Words({"a.cpp"}));
  EXPECT_TRUE(task_of<InventoryStep>({"-p", "build", "--inventory", "--json"}).json);
  const auto explain = task_of<ExplainStep>({"-p", "build", "--explain", "dir:with/a.cpp:12"});
  EXPECT_EQ(explain.file, "dir:with/a.cpp");
  EXPECT_EQ(explain.line, 12U);
}

TEST(Options, RefuseWhatTheFormsOverABuildTreeCannotMean) {
  EXPECT_NE(error_of({"--check"}).find("'--check' wants a build tree"), std::string::npos);
  EXPECT_NE(error_of({"-p", "b", "--check", "--", "g++"}).find("'--check' wants a build tree and no command"),
            std::string::npos);
  EXPECT_NE(error_of({"-p", "b", "--explain", "a.cpp"}).find("'--explain' wants FILE:LINE, not 'a.cpp'"),
            std::string::npos);
  EXPECT_NE(error_of({"-p", "b", "--explain", "a.cpp:0"}).find("lines count from 1"), std::string::npos);
  EXPECT_NE(error_of({"-p", "b", "--check", "--inventory"}).find("do not go together"), std::string::npos);
  EXPECT_NE(error_of({"-p", "b", "--check", "--json"}).find("'--json' is for '--inventory'"), std::string::npos);
  EXPECT_NE(error_of({"-p", "b", "--compile", "--", "g++"}).find("'-p' is for '--check'"), std::string::npos);
}

TEST(Options, ReadTheReport) {
  const auto task = task_of<ReportStep>({"--report", "build/report", "-o", "report.html"});
  EXPECT_EQ(task.folder, "build/report");
  EXPECT_EQ(task.output, "report.html");
  EXPECT_EQ(task_of<ReportStep>({"--report=r", "-o", "-"}).folder, "r");
}

TEST(Options, RefuseWhatTheReportCannotMean) {
  EXPECT_NE(error_of({"--report", "r"}).find("'--report' wants a file for the page"), std::string::npos);
  EXPECT_NE(error_of({"--report"}).find("'--report' wants a value"), std::string::npos);
  EXPECT_NE(error_of({"--report", "r", "a.cpp", "-o", "x"}).find("and nothing else"), std::string::npos);
  EXPECT_NE(error_of({"--report", "r", "-o", "x", "--", "g++"}).find("and nothing else"), std::string::npos);
  EXPECT_NE(error_of({"--report", "r", "-o", "x", "--json"}).find("are not for '--report'"), std::string::npos);
  EXPECT_NE(error_of({"--report", "r", "--check", "-o", "x"}).find("do not go together"), std::string::npos);
}

TEST(Options, ReadTheReference) {
  EXPECT_EQ(task_of<ReferenceStep>({"--reference", "mail/seams.yaml"}).manifest, "mail/seams.yaml");
  EXPECT_EQ(task_of<ReferenceStep>({"--reference=m", "-o", "README.md"}).output, "README.md");
  EXPECT_EQ(task_of<ReferenceStep>({"--reference", "m", "--page", "README.md"}).page, "README.md");
}

TEST(Options, RefuseWhatTheReferenceCannotMean) {
  EXPECT_NE(error_of({"--reference"}).find("'--reference' wants a value"), std::string::npos);
  EXPECT_NE(error_of({"--reference", "m", "a.cpp"}).find("and nothing else"), std::string::npos);
  EXPECT_NE(error_of({"--reference", "m", "--", "g++"}).find("and nothing else"), std::string::npos);
  EXPECT_NE(error_of({"--reference", "m", "-o", "a", "--page", "b"}).find("do not go together"), std::string::npos);
  EXPECT_NE(error_of({"--report", "r", "--page", "b", "-o", "x"}).find("'--page' is for '--reference'"),
            std::string::npos);
}

TEST(Options, AnswerHelpAndVersionAsEverywhere) {
  task_of<ShowHelp>({"--help"});
  task_of<ShowHelp>({"--compile", "-h"});
  task_of<ShowVersion>({"--version"});
}

TEST(Options, SayWhatIsWrongAndWhereToLook) {
  EXPECT_EQ(error_of({"--compil", "--", "g++"}),
            "tripwire-rewrite: error: unknown option '--compil'; did you mean '--compile'?\n"
            "tripwire-rewrite: note: 'tripwire-rewrite --help' shows the command lines\n");
  EXPECT_EQ(error_of({"--config", "--", "g++"}).find("tripwire-rewrite: error: '--config' wants a value\n"), 0U);
  EXPECT_EQ(error_of({"--compile", "--link", "--", "g++"})
                .find("tripwire-rewrite: error: '--compile' and '--link' do not go together\n"),
            0U);
  EXPECT_EQ(error_of({"--compile"}).find("tripwire-rewrite: error: no compile command behind '--'\n"), 0U);
  EXPECT_EQ(error_of({"--compile", "a.cpp", "--", "g++"})
                .find("tripwire-rewrite: error: 'a.cpp' in front of '--' is not understood\n"),
            0U);
  EXPECT_EQ(error_of({"--audit"})
                .find("tripwire-rewrite: error: '--audit' wants objects, archives or programs and no command\n"),
            0U);
  EXPECT_EQ(error_of({"--", "g++"}).find("tripwire-rewrite: error: no source to rewrite\n"), 0U);
  EXPECT_EQ(error_of({"a.cpp", "b.cpp", "--", "g++"})
                .find("tripwire-rewrite: error: one source at a time, not 'a.cpp' and 'b.cpp'\n"),
            0U);
  EXPECT_EQ(error_of({"a.cpp", "--", "g++"})
                .find("tripwire-rewrite: error: nothing to write: no '-o', '--ledger' or '--dump-edits'\n"),
            0U);
}

} // namespace
} // namespace tripwire::tool
