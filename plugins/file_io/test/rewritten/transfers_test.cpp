// Bytes that go through descriptors by other ways than read and write: offsets, copies, mappings, room for them.
#include "foreign.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/file_io.hpp>
#include <tripwire/tripwire.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace {

using tripwire::anything;
using tripwire::file_io;
using tripwire::conformance::findings;

TEST(FileIoTransfers, PartsAreReadAndWrittenAtAnOffset) {
  file_io.mock_file("/plan", "beds and trees");
  {
    const tripwire::Sandbox sandbox;
    const int plan = open("/plan", O_RDWR);
    char one[4];
    char two[4];
    iovec parts[] = {{one, 4}, {two, 4}};
    EXPECT_EQ(preadv(plan, parts, 2, 5), 8);
    EXPECT_EQ(std::string(two, 4), "tree");
    std::memcpy(one, "AND ", 4);
    EXPECT_EQ(pwritev(plan, parts, 1, 5), 4);
    EXPECT_EQ(close(plan), 0);
  }
  EXPECT_EQ(file_io.written("/plan"), "beds AND trees");
  file_io.assert_open("/plan", O_RDWR);
  file_io.assert_read("/plan", "and tree");
  file_io.assert_write("/plan", "AND ");
  file_io.assert_close("/plan");
}

// Flags are the kernel's to honour, and are no part of what was moved.
TEST(FileIoTransfers, PartsAreReadAndWrittenWithFlags) {
  file_io.mock_file("/plan", "beds and trees");
  file_io.mock_error("write", "/plan", EDQUOT).after(7);
  {
    const tripwire::Sandbox sandbox;
    const int plan = open("/plan", O_RDWR);
    char one[4];
    char two[4];
    iovec parts[] = {{one, 4}, {two, 4}};
    EXPECT_EQ(preadv2(plan, parts, 2, 5, 0), 8);
    EXPECT_EQ(std::string(two, 4), "tree");
    EXPECT_EQ(preadv2(plan, parts, 1, -1, 0), 4) << "where the file stands";
    EXPECT_EQ(std::string(one, 4), "beds");
    std::memcpy(one, "AND ", 4);
    EXPECT_EQ(pwritev2(plan, parts, 1, 5, RWF_DSYNC), 4);
    EXPECT_EQ(pwritev64v2(plan, parts, 2, 0, RWF_APPEND), 3) << "no more is to go well";
    EXPECT_EQ(pwritev2(plan, parts, 1, 5, 0), -1);
    EXPECT_EQ(errno, EDQUOT);
    EXPECT_EQ(close(plan), 0);
  }
  EXPECT_EQ(file_io.written("/plan"), "beds AND treesAND");
  file_io.assert_open("/plan", O_RDWR);
  file_io.assert_read("/plan", "and treebeds");
  file_io.assert_write("/plan", "AND AND");
  file_io.assert_failed("write", "/plan", EDQUOT);
  file_io.assert_close("/plan");
  const std::string text = findings([] {
    file_io.mock_file("/plan", "beds");
    file_io.mock_error("read", "/plan", EIO);
    const tripwire::Sandbox sandbox;
    const int plan = open("/plan", O_RDONLY);
    iovec none = {nullptr, 0};
    EXPECT_EQ(preadv64v2(plan, &none, 1, 0, 0), -1);
    EXPECT_EQ(errno, EIO);
  });
  EXPECT_NE(text.find("tripwire::file_io.assert_failed(\"read\", \"/plan\", EIO);"), std::string::npos) << text;
}

TEST(FileIoTransfers, WhatOneFileGivesTheOtherTakes) {
  file_io.mock_file("/plan", "beds and trees");
  file_io.mock_file("/copy", "");
  {
    const tripwire::Sandbox sandbox;
    const int plan = open("/plan", O_RDONLY);
    const int copy = open("/copy", O_WRONLY);
    EXPECT_EQ(copy_file_range(plan, nullptr, copy, nullptr, 4, 0), 4);
    off_t from = 4;
    EXPECT_EQ(sendfile(copy, plan, &from, 4), 4);
    EXPECT_EQ(from, 8);
    EXPECT_EQ(close(copy), 0);
    EXPECT_EQ(close(plan), 0);
  }
  EXPECT_EQ(file_io.written("/copy"), "beds and");
  file_io.assert_open("/plan", O_RDONLY);
  file_io.assert_open("/copy", O_WRONLY);
  file_io.assert_write("/copy", "beds and");
  file_io.assert_read("/plan", "beds and");
  file_io.assert_close("/copy");
  file_io.assert_close("/plan");
}

// A pipe is none of the test's files: only what it gave, or took, is seen.
TEST(FileIoTransfers, OneEndMayBeAPipe) {
  file_io.mock_file("/plan", "beds");
  file_io.mock_file("/copy", "");
  {
    const tripwire::Sandbox sandbox;
    int ends[2] = {};
    ASSERT_EQ(pipe(ends), 0);
    const int plan = open("/plan", O_RDONLY);
    const int copy = open("/copy", O_WRONLY);
    EXPECT_EQ(sendfile(ends[1], plan, nullptr, 9), 4);
    EXPECT_EQ(splice(ends[0], nullptr, copy, nullptr, 4, 0), 4);
    for (const int one : {plan, copy, ends[0], ends[1]})
      EXPECT_EQ(close(one), 0);
  }
  file_io.assert_open("/plan", O_RDONLY);
  file_io.assert_open("/copy", O_WRONLY);
  file_io.assert_read("/plan", "beds");
  file_io.assert_write("/copy", "beds");
  file_io.assert_close("/plan");
  file_io.assert_close("/copy");
}

TEST(FileIoTransfers, ACopyFailsAsEitherFileDoes) {
  file_io.mock_file("/plan", "beds and trees");
  file_io.mock_file("/copy", "");
  file_io.mock_error("write", "/copy", ENOSPC).after(6);
  file_io.mock_error("read", "/plan", EIO);
  {
    const tripwire::Sandbox sandbox;
    const int plan = open("/plan", O_RDONLY);
    const int copy = open("/copy", O_WRONLY);
    EXPECT_EQ(copy_file_range(plan, nullptr, copy, nullptr, 14, 0), -1);
    EXPECT_EQ(errno, EIO);
    EXPECT_EQ(copy_file_range(plan, nullptr, copy, nullptr, 14, 0), 6);
    EXPECT_EQ(copy_file_range(plan, nullptr, copy, nullptr, 14, 0), -1);
    EXPECT_EQ(errno, ENOSPC);
    EXPECT_EQ(close(copy), 0);
    EXPECT_EQ(close(plan), 0);
  }
  EXPECT_EQ(file_io.written("/copy"), "beds a");
  file_io.assert_open("/plan", O_RDONLY);
  file_io.assert_open("/copy", O_WRONLY);
  file_io.assert_failed("write", "/copy", EIO);
  file_io.assert_failed("read", "/plan", EIO);
  file_io.assert_write("/copy", "beds a");
  file_io.assert_read("/plan", "beds a");
  file_io.assert_failed("write", "/copy", ENOSPC);
  file_io.assert_close("/copy");
  file_io.assert_close("/plan");
}

TEST(FileIoTransfers, RoomIsMadeSureOf) {
  file_io.mock_file("/plan", "");
  file_io.mock_error("allocate", "/full", ENOSPC).times(2);
  file_io.mock_file("/full", "");
  {
    const tripwire::Sandbox sandbox;
    const int plan = open("/plan", O_WRONLY);
    EXPECT_EQ(fallocate(plan, 0, 0, 100), 0);
    EXPECT_EQ(fallocate(plan, FALLOC_FL_KEEP_SIZE, 100, 100), 0);
    EXPECT_EQ(posix_fallocate(plan, 50, 70), 0);
    EXPECT_EQ(lseek(plan, 0, SEEK_END), 120);
    EXPECT_EQ(close(plan), 0);
    const int full = open("/full", O_WRONLY);
    errno = 0;
    EXPECT_EQ(posix_fallocate(full, 0, 10), ENOSPC);
    EXPECT_EQ(errno, 0);
    EXPECT_EQ(fallocate(full, 0, 0, 10), -1);
    EXPECT_EQ(errno, ENOSPC);
    EXPECT_EQ(close(full), 0);
  }
  file_io.assert_open("/plan", O_WRONLY);
  file_io.assert_allocate("/plan", 100);
  file_io.assert_allocate("/plan", 200, "FALLOC_FL_KEEP_SIZE");
  file_io.assert_allocate("/plan", 120);
  file_io.assert_close("/plan");
  file_io.assert_open("/full", O_WRONLY);
  file_io.assert_failed("allocate", "/full", ENOSPC);
  file_io.assert_failed("allocate", "/full", ENOSPC);
  file_io.assert_close("/full");
}

TEST(FileIoTransfers, AMappingIsOfTheFile) {
  file_io.mock_file("/plan", "beds");
  file_io.mock_error("map", "/plan", ENOMEM);
  {
    const tripwire::Sandbox sandbox;
    const int plan = open("/plan", O_RDWR);
    EXPECT_EQ(mmap(nullptr, 4, PROT_READ, MAP_PRIVATE, plan, 0), MAP_FAILED);
    EXPECT_EQ(errno, ENOMEM);
    void *const place = mmap(nullptr, 4, PROT_READ | PROT_WRITE, MAP_SHARED, plan, 0);
    ASSERT_NE(place, MAP_FAILED);
    EXPECT_EQ(close(plan), 0);
    EXPECT_EQ(std::memcmp(place, "beds", 4), 0);
    std::memcpy(place, "TREE", 4);
    EXPECT_EQ(munmap(place, 4), 0);
    void *const memory = mmap(nullptr, 4, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(memory, MAP_FAILED); // of no file
    EXPECT_EQ(munmap(memory, 4), 0);
  }
  EXPECT_EQ(file_io.written("/plan"), "TREE");
  file_io.assert_open("/plan", O_RDWR);
  file_io.assert_failed("map", "/plan", ENOMEM);
  file_io.assert_map("/plan", 4, PROT_READ | PROT_WRITE);
  file_io.assert_close("/plan");
}

// The system closes what had the number before, and says nothing of it.
TEST(FileIoTransfers, ANumberThatIsGivenToAnotherFileIsThatFile) {
  file_io.mock_file("/one", "1");
  file_io.mock_file("/two", "2");
  {
    const tripwire::Sandbox sandbox;
    const int one = open("/one", O_RDONLY);
    const int two = open("/two", O_RDONLY);
    EXPECT_EQ(dup2(two, one), one);
    char held = 0;
    EXPECT_EQ(read(one, &held, 1), 1);
    EXPECT_EQ(held, '2');
    EXPECT_EQ(close(one), 0);
    EXPECT_EQ(close(two), 0);
  }
  file_io.assert_open("/one", O_RDONLY);
  file_io.assert_open("/two", O_RDONLY);
  file_io.assert_read("/two", "2");
  file_io.assert_close("/two");
  file_io.assert_close("/two");
}

// 2
TEST(FileIoTransfers, WhatNobodyAssertedFailsTheTest) {
  const std::string text = findings([] {
    file_io.mock_file("/plan", "beds");
    const tripwire::Sandbox sandbox;
    const int plan = open("/plan", O_RDWR);
    munmap(mmap(nullptr, 4, PROT_READ, MAP_PRIVATE, plan, 0), 4);
    fallocate(plan, FALLOC_FL_KEEP_SIZE, 0, 10);
    posix_fallocate(plan, 0, 10);
    close(plan);
  });
  for (const char *line :
       {R"(assert_map("/plan", 4, PROT_READ);)", R"(assert_allocate("/plan", 10, "FALLOC_FL_KEEP_SIZE");)",
        R"(assert_allocate("/plan", 10);)"})
    EXPECT_NE(text.find(std::string("      tripwire::file_io.") + line), std::string::npos) << line << "\n" << text;
}

} // namespace
