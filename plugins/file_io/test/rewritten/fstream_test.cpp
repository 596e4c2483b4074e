// Streams of <fstream>: their opening and closing are seen, whoever reads and writes.
#include "foreign.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/file_io.hpp>
#include <tripwire/tripwire.hpp>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

namespace {

using tripwire::file_io;

std::string read_all(const std::string &path) {
  std::ifstream file(path);
  return file ? std::string(std::istreambuf_iterator<char>(file), {}) : "none";
}

/// As production code holds one.
class Log {
public:
  explicit Log(const std::string &path) : file_(path, std::ios::app) {}
  bool is_open() const { return file_.is_open(); }
  void add(const std::string &line) { file_ << line << '\n'; }

private:
  std::ofstream file_;
};

TEST(FileIoFstream, AStreamReadsWhatTheTestSays) {
  file_io.mock_file("/plan", "beds");
  file_io.mock_file("/none");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(read_all("/plan"), "beds");
    EXPECT_EQ(read_all("/none"), "none");
  }
  file_io.assert_open("/plan", "r");
  file_io.assert_read("/plan", "beds");
  file_io.assert_close("/plan");
  file_io.assert_failed("open", "/none", ENOENT);
}

TEST(FileIoFstream, WhatAStreamHasWrittenIsSaidWhenItIsClosed) {
  file_io.mock_file("/log");
  file_io.mock_file("/plan", "old plan");
  {
    const tripwire::Sandbox sandbox;
    for (const char *line : {"one", "two"})
      Log("/log").add(line);
    std::fstream plan("/plan", std::ios::in | std::ios::out | std::ios::binary);
    plan << "new";
    plan.seekg(0);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(plan), {}), "new plan");
    plan.close();
    EXPECT_FALSE(plan.fail());
    plan.open("/plan", std::ios::out | std::ios::trunc);
    EXPECT_TRUE(plan.is_open());
  }
  EXPECT_EQ(file_io.written("/log"), "one\ntwo\n");
  EXPECT_EQ(file_io.written("/plan"), "");
  for (const char *line : {"one\n", "two\n"}) {
    file_io.assert_open("/log", "a");
    file_io.assert_write("/log", line);
    file_io.assert_close("/log");
  }
  file_io.assert_open("/plan", "r+");
  file_io.assert_write("/plan", "new plan");
  file_io.assert_close("/plan");
  file_io.assert_open("/plan", "w");
  file_io.assert_close("/plan");
}

TEST(FileIoFstream, AStreamIsMovedAndSwapped) {
  file_io.mock_file("/one", "1");
  file_io.mock_file("/two", "2");
  {
    const tripwire::Sandbox sandbox;
    std::ifstream one("/one");
    std::ifstream two("/two");
    std::swap(one, two);
    std::ifstream moved(std::move(one));
    EXPECT_EQ(moved.get(), '2');
    moved = std::move(two);
    EXPECT_EQ(moved.get(), '1');
  }
  file_io.assert_open("/one", "r");
  file_io.assert_open("/two", "r");
  file_io.assert_read("/two", "2");
  file_io.assert_close("/two");
  file_io.assert_read("/one", "1");
  file_io.assert_close("/one");
}

TEST(FileIoFstream, AStreamFailsAsTheTestSays) {
  file_io.mock_file("/plan", "old");
  file_io.mock_error("open", "/closed", EACCES);
  file_io.mock_error("write", "/plan", ENOSPC);
  {
    const tripwire::Sandbox sandbox;
    std::ofstream closed("/closed");
    EXPECT_TRUE(closed.fail());
    EXPECT_EQ(errno, EACCES);
    std::ofstream plan("/plan", std::ios::in);
    plan << "new";
    plan.close();
    EXPECT_TRUE(plan.fail());
  }
  EXPECT_EQ(file_io.written("/plan"), "old");
  file_io.assert_failed("open", "/closed", EACCES);
  file_io.assert_open("/plan", "r+");
  file_io.assert_failed("write", "/plan", ENOSPC);
  file_io.assert_close("/plan");
}

// So that what checks the stream behind each line sees it.
TEST(FileIoFstream, AStreamFailsWhereItIsFlushed) {
  file_io.mock_file("/plan");
  file_io.mock_error("write", "/plan", ENOSPC);
  file_io.mock_file("/note");
  file_io.mock_error("write", "/note", EINTR); // after which the library tries again
  file_io.mock_file("/log");
  file_io.mock_error("write", "/log", EDQUOT).after(3);
  {
    const tripwire::Sandbox sandbox;
    std::ofstream plan("/plan");
    plan << "beds";
    EXPECT_TRUE(plan.good());
    plan << std::flush;
    EXPECT_TRUE(plan.bad());
    EXPECT_EQ(errno, ENOSPC);
    plan.close();
    std::ofstream note("/note");
    note << "dry" << std::flush;
    EXPECT_TRUE(note.good());
    note.close();
    EXPECT_TRUE(note.good());
    std::ofstream log("/log");
    log << "a line";
    log.close();
    EXPECT_TRUE(log.fail());
  }
  EXPECT_EQ(file_io.written("/plan"), "");
  EXPECT_EQ(file_io.written("/note"), "dry");
  EXPECT_EQ(file_io.written("/log"), "a l");
  file_io.assert_open("/plan", "w");
  file_io.assert_failed("write", "/plan", ENOSPC);
  file_io.assert_close("/plan");
  file_io.assert_open("/note", "w");
  file_io.assert_failed("write", "/note", EINTR);
  file_io.assert_write("/note", "dry");
  file_io.assert_close("/note");
  file_io.assert_open("/log", "w");
  file_io.assert_write("/log", "a l");
  file_io.assert_failed("write", "/log", EDQUOT);
  file_io.assert_close("/log");
}

TEST(FileIoFstream, AStreamFailsToRead) {
  file_io.mock_file("/plan", "beds");
  file_io.mock_error("read", "/plan", EIO);
  {
    const tripwire::Sandbox sandbox;
    std::ifstream plan("/plan");
    std::string line;
    EXPECT_FALSE(std::getline(plan, line));
    EXPECT_TRUE(plan.bad());
  }
  file_io.assert_open("/plan", "r");
  file_io.assert_failed("read", "/plan", EIO);
  file_io.assert_close("/plan");
}

TEST(FileIoFstream, ALibraryTakesTheStreamForARealOne) {
  file_io.mock_file("/plan", "beds");
  {
    const tripwire::Sandbox sandbox;
    std::ifstream plan;
    plan.open(std::string("/plan"));
    EXPECT_EQ(foreign::rest_of(plan), "beds"); // and closes it
    EXPECT_FALSE(plan.is_open());
  }
  file_io.assert_open("/plan", "r");
  file_io.assert_close("/plan");
}

TEST(FileIoFstream, AStreamPassesThrough) {
  const foreign::Folder folder;
  file_io.pass_through(folder / "*");
  {
    const tripwire::Sandbox sandbox;
    std::ofstream(folder / "plan") << "beds";
  }
  EXPECT_EQ(folder.get("plan"), "beds");
  file_io.assert_open(folder / "plan", "w");
  file_io.assert_write(folder / "plan", "beds");
  file_io.assert_close(folder / "plan");
}

// 1: the place of a refusal is the program's
TEST(FileIoFstream, AStreamThatTheTestDoesNotSpeakOfIsRefused) {
  const std::string text = tripwire::conformance::findings([] {
    const tripwire::Sandbox sandbox;
    read_all("/plan");
  });
  EXPECT_NE(text.find("UnmockedInteractionError: file_io open \"/plan\" was attempted"), std::string::npos) << text;
  EXPECT_NE(text.find("fstream_test.cpp:21 in"), std::string::npos) << text;
  EXPECT_NE(text.find("tripwire::file_io.mock_file(\"/plan\", \"\");"), std::string::npos) << text;
}

} // namespace
