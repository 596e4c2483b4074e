#include "tool/diagnostics.hpp"
#include "tool/process.hpp"
#include "workspace.hpp"

namespace tripwire::tool {
namespace {

ProcessResult result_of(const std::string &script, RunOptions options = {}) {
  llvm::Expected<ProcessResult> result = run({"sh", "-c", script}, options);
  if (result)
    return std::move(*result);
  ADD_FAILURE() << llvm::toString(result.takeError());
  return {};
}

TEST(Run, TellsStatusFromSignal) {
  EXPECT_TRUE(result_of("exit 0").succeeded());
  EXPECT_EQ(result_of("exit 3").status, 3);
  EXPECT_EQ(result_of("kill -9 $$").signal, 9);
}

TEST(Run, CapturesBothStreamsHoweverMuchTheyHold) {
  const ProcessResult result = result_of(
      "i=0; while [ $i -lt 5000 ]; do echo 0123456789012345678901234567890123456789; echo e >&2; i=$((i+1)); done",
      {Stream::capture, Stream::capture});
  EXPECT_EQ(result.standard_output.size(), 5000U * 41);
  EXPECT_EQ(result.standard_error.size(), 5000U * 2);
}

TEST(Run, SaysThatAProgramCannotBeStarted) {
  llvm::Expected<ProcessResult> result = run({"no-such-program-anywhere"});
  ASSERT_FALSE(static_cast<bool>(result));
  EXPECT_EQ(llvm::toString(result.takeError()), "cannot run 'no-such-program-anywhere': No such file or directory");
}

using Scratch = WorkspaceTest;

TEST_F(Scratch, FilesGoWithTheirOwnerUnlessKept) {
  {
    const ScratchFile scratch(scratch_name("out/../a.o", ".ii"));
    write(scratch.path(), "text");
  }
  EXPECT_FALSE(exists("a.o.ii"));
  {
    ScratchFile scratch("b");
    write("b", "text");
    scratch.keep();
  }
  EXPECT_TRUE(exists("b"));
}

TEST_F(Scratch, FilesStayWhenTheUserAsksForThem) {
  setenv("TRIPWIRE_KEEP", "1", 1);
  {
    const ScratchFile shown("shown.ii");
    const ScratchFile never("never.o", Keep::never);
    write("shown.ii", "text");
    write("never.o", "text");
  }
  unsetenv("TRIPWIRE_KEEP");
  EXPECT_TRUE(exists("shown.ii"));
  EXPECT_FALSE(exists("never.o"));
}

TEST_F(Scratch, FilesForADeviceAreElsewhere) {
  EXPECT_EQ(scratch_name("/dev/null", ".ii").find("/dev"), std::string::npos);
  EXPECT_EQ(scratch_name("a.o", ".ii"), "a.o.ii");
}

TEST_F(Scratch, WholeFilesReplaceWhatWasThere) {
  write("a.txt", "old");
  ASSERT_FALSE(static_cast<bool>(write_whole("a.txt", "new")));
  EXPECT_EQ(read("a.txt"), "new");
  EXPECT_EQ(names_in("."), std::vector<std::string>({"a.txt"}));
  EXPECT_EQ(llvm::toString(write_whole("no/such/folder/a.txt", "new")),
            "cannot write 'no/such/folder/a.txt': No such file or directory");
}

using Message = WorkspaceTest;

std::string printed(const Diagnostic &diagnostic) {
  std::string text;
  llvm::raw_string_ostream out(text);
  print(out, diagnostic);
  return text;
}

TEST_F(Message, ShowsThePlaceTheLineAndACaret) {
  write("a.cpp", "int x;\n\treturn close(1);\n");
  EXPECT_EQ(printed({Severity::error, {"a.cpp", 2, 9}, "no", {{Severity::note, {"a.cpp", 2, 9}, "do it so", {}}}}),
            "a.cpp:2:9: error: no\n    2 | \treturn close(1);\n      | \t       ^\na.cpp:2:9: note: do it so\n");
}

TEST_F(Message, WithoutAPlaceNamesTheProgram) {
  EXPECT_EQ(printed({Severity::warning, {}, "careful", {}}), "tripwire-rewrite: warning: careful\n");
  EXPECT_EQ(printed({Severity::error, {"gone.cpp", 3, 0}, "no", {}}), "gone.cpp:3: error: no\n");
}

TEST_F(Message, LeadsToTheExitStatusOfTheWorst) {
  std::string text;
  llvm::raw_string_ostream out(text);
  EXPECT_EQ(report(out, llvm::Error::success()), ExitStatus::done);
  EXPECT_EQ(report(out, refuse({}, "a")), ExitStatus::refused);
  EXPECT_EQ(report(out, llvm::joinErrors(misuse("b"), refuse({}, "c"))), ExitStatus::usage);
  EXPECT_EQ(report(out, llvm::createStringError("d")), ExitStatus::refused);
}

} // namespace
} // namespace tripwire::tool
