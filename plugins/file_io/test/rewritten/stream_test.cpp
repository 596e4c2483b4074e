// Files by streams of <stdio.h>: they are libc's own, whoever uses them.
#include "client.hpp"
#include "foreign.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/file_io.hpp>
#include <tripwire/tripwire.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace {

using tripwire::file_io;

TEST(FileIoStreams, AStreamReadsWhatTheTestSays) {
  file_io.mock_file("/plan", "beds\ntrees\n");
  file_io.mock_file("/none");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::read_lines("/plan"), "beds\ntrees\n");
    EXPECT_EQ(client::read_lines("/none"), "errno " + std::to_string(ENOENT));
  }
  file_io.assert_open("/plan", "r");
  file_io.assert_read("/plan", "beds\ntrees\n");
  file_io.assert_close("/plan");
  file_io.assert_failed("open", "/none", ENOENT);
}

TEST(FileIoStreams, WhatAStreamHasWrittenIsSaidWhenItIsClosed) {
  file_io.mock_file("/plan");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::print("/plan", "w", "beds"), 0);
    EXPECT_EQ(client::print("/plan", "a", " trees"), 0);
    EXPECT_EQ(client::print("/plan", "r+", "BEDS"), 0);
    EXPECT_EQ(client::print("/plan", "a", ""), 0);
    EXPECT_EQ(c_save("/plan", "c"), 0);
    EXPECT_EQ(client::print("/plan", "wx", "beds"), EEXIST);
  }
  EXPECT_EQ(file_io.written("/plan"), "c");
  file_io.assert_open("/plan", "w");
  file_io.assert_write("/plan", "beds");
  file_io.assert_close("/plan");
  file_io.assert_open("/plan", "a");
  file_io.assert_write("/plan", " trees");
  file_io.assert_close("/plan");
  file_io.assert_open("/plan", "r+");
  file_io.assert_write("/plan", "BEDS trees");
  file_io.assert_close("/plan");
  file_io.assert_open("/plan", "a");
  file_io.assert_close("/plan");
  file_io.assert_open("/plan", "w");
  file_io.assert_write("/plan", "c");
  file_io.assert_close("/plan");
  file_io.assert_failed("open", "/plan", EEXIST);
}

TEST(FileIoStreams, CodeThatIsNotRewrittenUsesThemAsWell) {
  file_io.mock_file("/plan", "beds");
  {
    const tripwire::Sandbox sandbox;
    std::FILE *plan = std::fopen("/plan", "r+");
    ASSERT_NE(plan, nullptr);
    EXPECT_EQ(foreign::rest_of(plan), "beds");
    foreign::print(plan, " and trees");
    EXPECT_EQ(std::fflush(plan), 0);
    EXPECT_GE(fileno(plan), 0);
    EXPECT_EQ(foreign::mapped(fileno(plan)), "beds and trees");
    EXPECT_EQ(std::fclose(plan), 0);
  }
  file_io.assert_open("/plan", "r+");
  file_io.assert_write("/plan", "beds and trees");
  file_io.assert_close("/plan");
}

TEST(FileIoStreams, AStreamFailsWhenItIsClosed) {
  file_io.mock_file("/plan", "old");
  file_io.mock_error("write", "/plan", ENOSPC);
  file_io.mock_error("open", "/closed", EACCES);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::print("/plan", "a", "new"), ENOSPC);
    EXPECT_EQ(client::print("/closed", "w", "new"), EACCES);
  }
  EXPECT_EQ(file_io.written("/plan"), "old");
  file_io.assert_open("/plan", "a");
  file_io.assert_failed("write", "/plan", ENOSPC);
  file_io.assert_close("/plan");
  file_io.assert_failed("open", "/closed", EACCES);
}

// What is not read to its end says how far the stream has come.
TEST(FileIoStreams, WhatAStreamHasReadIsSaidWhenItIsClosed) {
  file_io.mock_file("/plan", "beds\ntrees\n");
  {
    const tripwire::Sandbox sandbox;
    char line[16];
    std::FILE *plan = std::fopen("/plan", "r");
    ASSERT_NE(plan, nullptr);
    EXPECT_NE(std::fgets(line, sizeof line, plan), nullptr);
    EXPECT_EQ(std::fclose(plan), 0);
    plan = std::fopen("/plan", "r");
    EXPECT_EQ(std::fclose(plan), 0); // and has read nothing
    const int descriptor = open("/plan", O_RDONLY);
    EXPECT_EQ(read(descriptor, line, 5), 5);
    plan = fdopen(descriptor, "r");
    EXPECT_EQ(std::fread(line, 1, 3, plan), 3u);
    EXPECT_EQ(std::fclose(plan), 0);
  }
  file_io.assert_open("/plan", "r");
  file_io.assert_read("/plan", "beds\n");
  file_io.assert_close("/plan");
  file_io.assert_open("/plan", "r");
  file_io.assert_close("/plan");
  file_io.assert_open("/plan", "r");
  file_io.assert_read("/plan", "beds\n");
  file_io.assert_read("/plan", "tre");
  file_io.assert_close("/plan");
}

TEST(FileIoStreams, WhatWasFlushedStandsInFrontOfWhatFollowsIt) {
  file_io.mock_file("/plan");
  {
    const tripwire::Sandbox sandbox;
    std::FILE *plan = std::fopen("/plan", "a");
    ASSERT_NE(plan, nullptr);
    std::fputs("beds", plan);
    EXPECT_EQ(std::fflush(plan), 0);
    EXPECT_EQ(fsync(fileno(plan)), 0);
    std::fputs(" and trees", plan);
    EXPECT_EQ(fsync(fileno(plan)), 0); // too early, as the assertions show
    EXPECT_EQ(std::fclose(plan), 0);
  }
  file_io.assert_open("/plan", "a");
  file_io.assert_write("/plan", "beds");
  file_io.assert_sync("/plan");
  file_io.assert_sync("/plan");
  file_io.assert_write("/plan", " and trees");
  file_io.assert_close("/plan");
}

// What could not be written is gone, as always with libc.
TEST(FileIoStreams, AStreamFailsWhereItIsFlushed) {
  file_io.mock_file("/plan");
  file_io.mock_error("write", "/plan", ENOSPC);
  file_io.mock_file("/note");
  file_io.mock_error("write", "/note", EINTR);
  {
    const tripwire::Sandbox sandbox;
    std::FILE *plan = std::fopen("/plan", "w");
    ASSERT_NE(plan, nullptr);
    EXPECT_EQ(std::fwrite("beds", 1, 4, plan), 4u);
    EXPECT_EQ(std::fflush(plan), EOF);
    EXPECT_EQ(errno, ENOSPC);
    EXPECT_NE(std::ferror(plan), 0);
    struct stat facts {};
    EXPECT_EQ(fstat(fileno(plan), &facts), 0);
    EXPECT_TRUE(S_ISREG(facts.st_mode));
    EXPECT_GE(std::fputs("trees", plan), 0);
    EXPECT_EQ(std::fclose(plan), 0); // there is room again
    std::FILE *note = std::fopen("/note", "w");
    std::fputs("dry", note);
    EXPECT_EQ(std::fflush(note), EOF);
    EXPECT_EQ(errno, EINTR);
    std::clearerr(note);
    std::fputs("wet", note);
    EXPECT_EQ(std::fflush(note), 0);
    EXPECT_EQ(std::fclose(note), 0);
  }
  EXPECT_EQ(file_io.written("/plan"), "trees");
  EXPECT_EQ(file_io.written("/note"), "wet");
  file_io.assert_open("/plan", "w");
  file_io.assert_failed("write", "/plan", ENOSPC);
  file_io.assert_write("/plan", "trees");
  file_io.assert_close("/plan");
  file_io.assert_open("/note", "w");
  file_io.assert_failed("write", "/note", EINTR);
  file_io.assert_write("/note", "wet");
  file_io.assert_close("/note");
}

// Without a buffer it is the writing itself that fails.
TEST(FileIoStreams, AStreamFailsWhereItIsWritten) {
  file_io.mock_file("/plan");
  file_io.mock_error("write", "/plan", EDQUOT);
  {
    const tripwire::Sandbox sandbox;
    std::FILE *plan = std::fopen("/plan", "w");
    ASSERT_NE(plan, nullptr);
    std::setvbuf(plan, nullptr, _IONBF, 0);
    EXPECT_EQ(std::fwrite("beds", 1, 4, plan), 0u);
    EXPECT_LT(std::fprintf(plan, "%d", 4), 0);
    std::fclose(plan);
  }
  EXPECT_EQ(file_io.written("/plan"), "");
  file_io.assert_open("/plan", "w");
  file_io.assert_failed("write", "/plan", EDQUOT);
  file_io.assert_close("/plan");
}

TEST(FileIoStreams, AFullDiskTakesAPartOfIt) {
  file_io.mock_file("/plan");
  file_io.mock_error("write", "/plan", ENOSPC).after(6).always();
  file_io.mock_file("/note");
  file_io.mock_operation("write", "/note").at_most(2);
  {
    const tripwire::Sandbox sandbox;
    std::FILE *plan = std::fopen("/plan", "w");
    ASSERT_NE(plan, nullptr);
    EXPECT_EQ(std::fputs("beds", plan), 1);
    EXPECT_EQ(std::fflush(plan), 0);
    EXPECT_GE(std::fputs(" and trees", plan), 0);
    EXPECT_EQ(std::fflush(plan), EOF);
    EXPECT_EQ(errno, ENOSPC);
    EXPECT_NE(std::ferror(plan), 0);
    EXPECT_EQ(std::fclose(plan), 0);
    EXPECT_EQ(client::print("/note", "w", "dry"), 0); // libc writes the rest
  }
  EXPECT_EQ(file_io.written("/plan"), "beds a");
  EXPECT_EQ(file_io.written("/note"), "dry");
  file_io.assert_open("/plan", "w");
  file_io.assert_write("/plan", "beds");
  file_io.assert_write("/plan", " a");
  file_io.assert_failed("write", "/plan", ENOSPC);
  file_io.assert_close("/plan");
  file_io.assert_open("/note", "w");
  file_io.assert_write("/note", "dr");
  file_io.assert_write("/note", "y");
  file_io.assert_close("/note");
}

TEST(FileIoStreams, AStreamFailsToRead) {
  file_io.mock_file("/plan", "beds");
  file_io.mock_error("read", "/plan", EIO);
  {
    const tripwire::Sandbox sandbox;
    char line[16];
    std::FILE *plan = std::fopen("/plan", "r");
    ASSERT_NE(plan, nullptr);
    EXPECT_EQ(std::fgets(line, sizeof line, plan), nullptr);
    EXPECT_EQ(errno, EIO);
    EXPECT_NE(std::ferror(plan), 0);
    std::clearerr(plan);
    EXPECT_STREQ(std::fgets(line, sizeof line, plan), "beds");
    EXPECT_EQ(std::fclose(plan), 0);
  }
  file_io.assert_open("/plan", "r");
  file_io.assert_failed("read", "/plan", EIO);
  file_io.assert_read("/plan", "beds");
  file_io.assert_close("/plan");
}

TEST(FileIoStreams, AStreamIsMadeOfADescriptorAndOpenedAnew) {
  file_io.mock_file("/plan", "");
  file_io.mock_file("/log");
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = open("/plan", O_WRONLY);
    EXPECT_EQ(write(descriptor, "beds", 4), 4);
    std::FILE *plan = fdopen(descriptor, "w");
    ASSERT_NE(plan, nullptr);
    std::fputs(" and trees", plan);
    plan = std::freopen("/log", "w", plan);
    ASSERT_NE(plan, nullptr);
    std::fputs("done", plan);
    EXPECT_EQ(std::fclose(plan), 0);
  }
  EXPECT_EQ(file_io.written("/plan"), "beds and trees");
  EXPECT_EQ(file_io.written("/log"), "done");
  file_io.assert_open("/plan", O_WRONLY);
  file_io.assert_write("/plan", "beds");
  file_io.assert_write("/plan", "beds and trees");
  file_io.assert_close("/plan");
  file_io.assert_open("/log", "w");
  file_io.assert_write("/log", "done");
  file_io.assert_close("/log");
}

TEST(FileIoStreams, AStreamPassesThrough) {
  const foreign::Folder folder;
  file_io.pass_through(folder / "**");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::print(folder / "plan", "w", "beds"), 0);
    EXPECT_EQ(client::read_lines(folder / "plan"), "beds");
  }
  EXPECT_EQ(folder.get("plan"), "beds");
  file_io.assert_open(folder / "plan", "w");
  file_io.assert_write(folder / "plan", "beds");
  file_io.assert_close(folder / "plan");
  file_io.assert_open(folder / "plan", "r");
  file_io.assert_read(folder / "plan", "beds");
  file_io.assert_close(folder / "plan");
}

TEST(FileIoStreams, StreamsThatAreNoFilesStayAsTheyAre) {
  const tripwire::Sandbox sandbox;
  char text[8] = "beds";
  std::FILE *memory = fmemopen(text, sizeof text, "r");
  ASSERT_NE(memory, nullptr);
  EXPECT_EQ(std::fgetc(memory), 'b');
  EXPECT_EQ(std::fclose(memory), 0);
  EXPECT_EQ(std::fopen("/plan", "no mode"), nullptr);
  EXPECT_EQ(errno, EINVAL);
}

} // namespace
