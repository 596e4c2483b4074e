// What the test framework and code that is not rewritten do with files is theirs: not answered, not recorded, not
// refused. Nothing is asserted here, so whatever were recorded would fail its test.
#include "client.hpp"
#include "foreign.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/file_io.hpp>
#include <tripwire/tripwire.hpp>

#include <cstdio>
#include <string>

namespace {

using tripwire::file_io;
using tripwire::conformance::findings;

TEST(FileIoFramework, WhatOtherCodeWritesAndReadsInASandboxIsReal) {
  const foreign::Folder folder;
  folder.put("fixture", "old");
  const std::string path = folder / "fixture";
  file_io.mock_file(path, "of the test");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(folder.get("fixture"), "old");
    folder.put("fixture", "new");
    folder.put("report", "made in the sandbox");
    EXPECT_EQ(client::read_all(path), "of the test") << "the program sees its own";
  }
  EXPECT_EQ(folder.get("fixture"), "new");
  EXPECT_EQ(folder.get("report"), "made in the sandbox");
  file_io.assert_open(path, O_RDONLY);
  file_io.assert_read(path, "of the test");
  file_io.assert_close(path);
}

// It keeps what it captures in a file with a name that is made up.
TEST(FileIoFramework, WhatIsCapturedInASandboxGoesThroughARealFile) {
  const tripwire::Sandbox sandbox;
  testing::internal::CaptureStdout();
  std::printf("beds\n");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "beds\n");
}

/// Its files are the fixture's: what set-up and tear-down do is real, also in code that is rewritten.
class FileIoFixture : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_EQ(client::write_all(path, "beds", O_WRONLY | O_CREAT, 0600), 0);
    EXPECT_EQ(client::read_all(path), "beds");
  }
  void TearDown() override {
    EXPECT_EQ(client::unlink_file(path), 0);
    EXPECT_EQ(folder.get("plan"), "none");
  }
  const foreign::Folder folder;
  const std::string path = folder / "plan";
};

TEST_F(FileIoFixture, IsOutsideOfWhatATestWatches) {
  EXPECT_EQ(folder.get("plan"), "beds");
  const tripwire::Sandbox sandbox;
  EXPECT_THROW(client::read_all(path), tripwire::UnmockedInteractionError) << "in a sandbox it is another matter";
  tripwire::take_violations();
}

// The report is written at the end of the program, and once in a sandbox as well.
TEST(FileIoFramework, TheReportOfTheTestsIsWritten) {
  testing::UnitTest &all = *testing::UnitTest::GetInstance();
  if (testing::TestEventListener *const report = all.listeners().default_xml_generator()) {
    const tripwire::Sandbox sandbox;
    report->OnTestIterationEnd(all, 0);
    return;
  }
  const foreign::Folder folder;
  const std::string path = folder / "report.xml";
  EXPECT_EQ(foreign::run_this_program("--gtest_filter=FileIoFramework.TheReportOfTheTestsIsWritten "
                                      "--gtest_output=xml:" +
                                      path),
            0);
  EXPECT_NE(folder.get("report.xml").find("<testcase name=\"TheReportOfTheTestsIsWritten\""), std::string::npos)
      << folder.get("report.xml");
}

} // namespace
