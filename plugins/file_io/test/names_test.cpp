// Flags, modes and errors as a program would write them.
#include "names.hpp"

#include <tripwire/plugins/file_io.hpp>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace {

using namespace tripwire::plugins;

TEST(FileIoNames, FlagsAreThoseThatSayWhatHappensToTheFile) {
  EXPECT_EQ(text_of_flags(O_RDONLY), "O_RDONLY");
  EXPECT_EQ(text_of_flags(O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC), "O_WRONLY | O_CREAT | O_TRUNC");
  EXPECT_EQ(text_of_flags(O_RDWR | O_APPEND | O_EXCL | O_CREAT), "O_RDWR | O_CREAT | O_EXCL | O_APPEND");
  EXPECT_EQ(text_of_flags(O_RDONLY | O_DIRECTORY), "O_RDONLY | O_DIRECTORY");
  EXPECT_EQ(text_of_flags(O_RDWR | O_TMPFILE), "O_RDWR | O_TMPFILE");
  EXPECT_EQ(text_of_flags(O_WRONLY | O_SYNC), "O_WRONLY | O_SYNC");
  EXPECT_EQ(text_of_flags(O_WRONLY | 0x20000000), "O_WRONLY | 536870912");
}

TEST(FileIoNames, AModeOfFopenIsFlags) {
  EXPECT_EQ(flags_of_stream("r"), O_RDONLY);
  EXPECT_EQ(flags_of_stream("rb+"), O_RDWR);
  EXPECT_EQ(flags_of_stream("r+b"), O_RDWR);
  EXPECT_EQ(flags_of_stream("w"), O_WRONLY | O_CREAT | O_TRUNC);
  EXPECT_EQ(flags_of_stream("wx"), O_WRONLY | O_CREAT | O_TRUNC | O_EXCL);
  EXPECT_EQ(flags_of_stream("a+"), O_RDWR | O_CREAT | O_APPEND);
  EXPECT_EQ(flags_of_stream("r,ccs=UTF-16x+"), O_RDONLY);
  EXPECT_EQ(flags_of_stream(""), std::nullopt);
  EXPECT_EQ(flags_of_stream("x"), std::nullopt);
  EXPECT_EQ(flags_of_stream(nullptr), std::nullopt);
}

TEST(FileIoNames, WhatAsksForAFolderIsNoPartOfItsName) {
  for (const char *name : {"/a/b", "/a/b/", "/a/b//", "/a/b/.", "/a/b/./", "/a/b/.//."})
    EXPECT_EQ(without_end(name), "/a/b") << name;
  for (const char *name : {"/", "//", "/.", "/./"})
    EXPECT_EQ(without_end(name), "/") << name;
  for (const char *name : {"", ".", "..", "/..", "a.", "/a/..", "/a/b."})
    EXPECT_EQ(without_end(name), name);
}

TEST(FileIoNames, ModesAreOctal) {
  EXPECT_EQ(text_of_mode(0644), "0644");
  EXPECT_EQ(text_of_mode(0), "00");
  EXPECT_EQ(text_of_access(F_OK), "F_OK");
  EXPECT_EQ(text_of_access(R_OK | X_OK), "R_OK | X_OK");
  EXPECT_EQ(text_of_access(W_OK | 64), "W_OK | 64");
}

TEST(FileIoNames, TimesAreSecondsAndOwnersNumbers) {
  EXPECT_EQ(text_of_time({1700000000, 0}), "1700000000");
  EXPECT_EQ(text_of_time({1700000000, 250000000}), "1700000000.25");
  EXPECT_EQ(text_of_time({1, 1}), "1.000000001");
  EXPECT_EQ(text_of_time({0, UTIME_NOW}), "now");
  EXPECT_EQ(text_of_time({0, UTIME_OMIT}), "kept");
  EXPECT_EQ(text_of_owner(1000), "1000");
  EXPECT_EQ(text_of_owner(static_cast<unsigned>(-1)), "-1");
}

TEST(FileIoNames, WhatMappingsAndRoomAndRenamesDoBesides) {
  EXPECT_EQ(text_of_protection(PROT_NONE), "PROT_NONE");
  EXPECT_EQ(text_of_protection(PROT_READ | PROT_EXEC), "PROT_READ | PROT_EXEC");
  EXPECT_EQ(text_of_mapping(MAP_SHARED | MAP_FIXED), "MAP_SHARED | MAP_FIXED");
  EXPECT_EQ(text_of_mapping(MAP_PRIVATE), "MAP_PRIVATE");
  EXPECT_EQ(text_of_allocation(FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE),
            "FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE");
  EXPECT_EQ(text_of_renaming(RENAME_NOREPLACE), "RENAME_NOREPLACE");
  EXPECT_EQ(text_of_renaming(1u << 9), "512");
}

} // namespace
