// Files by descriptors and by names, over rewritten code in C++ and C.
#include "client.hpp"
#include "foreign.hpp"
#include "fortified.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/file_io.hpp>
#include <tripwire/tripwire.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

namespace {

using tripwire::anything;
using tripwire::file_io;

void assert_read_whole(const std::string &path, const std::string &data) {
  file_io.assert_open(path, O_RDONLY);
  file_io.assert_read(path, data);
  file_io.assert_close(path);
}

TEST(FileIo, AFileHoldsWhatTheTestSaysInHoweverManyStepsItIsRead) {
  file_io.mock_file("/etc/garden.conf", "beds=4, all of them with carrots\n");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::read_all("/etc/garden.conf"), "beds=4, all of them with carrots\n");
  }
  assert_read_whole("/etc/garden.conf", "beds=4, all of them with carrots\n");
}

TEST(FileIo, AFileMayBeEmptyOrHoldZeros) {
  const std::string zeros("a\0b\0", 4);
  file_io.mock_file("/empty", "");
  file_io.mock_file("/zeros", zeros);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::read_all("/empty"), "");
    EXPECT_EQ(client::read_all("/zeros"), zeros);
  }
  assert_read_whole("/empty", "");
  assert_read_whole("/zeros", zeros);
}

// 47
TEST(FileIo, AFileHasOneNameInAllSpellings) {
  file_io.mock_file("plans/./spring//beds.txt", "beds");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::read_all("./plans/../plans/spring/beds.txt"), "beds");
    EXPECT_EQ(client::read_all(tripwire::plugin::file_name("plans/spring/beds.txt")), "beds");
  }
  assert_read_whole("plans/spring/beds.txt", "beds");
  assert_read_whole("plans//spring/beds.txt", "beds");
}

TEST(FileIo, AFileThatIsNotThereIsSoughtAndMade) {
  file_io.mock_file("/var/garden/plan");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::read_all("/var/garden/plan"), "errno " + std::to_string(ENOENT));
    EXPECT_EQ(client::can_access("/var/garden/plan", R_OK | W_OK), ENOENT);
    EXPECT_EQ(client::write_all("/var/garden/plan", "4 beds", O_WRONLY | O_CREAT | O_TRUNC, 0640), 0);
    EXPECT_EQ(client::can_access("/var/garden/plan", F_OK), 0);
    EXPECT_EQ(client::write_all("/var/garden/plan", "5 beds", O_WRONLY | O_CREAT | O_EXCL, 0640), EEXIST);
    EXPECT_EQ(client::write_all("/var/garden/plan", ", 2 trees", O_WRONLY | O_APPEND, 0), 0);
    EXPECT_EQ(client::read_all("/var/garden/plan"), "4 beds, 2 trees");
  }
  EXPECT_EQ(file_io.written("/var/garden/plan"), "4 beds, 2 trees");
  file_io.assert_failed("open", "/var/garden/plan", ENOENT);
  file_io.assert_failed("access", "/var/garden/plan", ENOENT);
  file_io.assert_open("/var/garden/plan", O_WRONLY | O_CREAT | O_TRUNC, 0640);
  file_io.assert_write("/var/garden/plan", "4 beds");
  file_io.assert_close("/var/garden/plan");
  file_io.assert_access("/var/garden/plan", F_OK);
  file_io.assert_failed("open", "/var/garden/plan", EEXIST);
  file_io.assert_open("/var/garden/plan", O_WRONLY | O_APPEND);
  file_io.assert_write("/var/garden/plan", ", 2 trees");
  file_io.assert_close("/var/garden/plan");
  assert_read_whole("/var/garden/plan", "4 beds, 2 trees");
}

TEST(FileIo, AFileIsReplacedWithoutLoss) {
  file_io.mock_file("/plan", "old");
  file_io.mock_file("/plan.new");
  file_io.mock_operation("rename", "/plan.new");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::replace("/plan", "new"), 0);
    EXPECT_EQ(client::read_all("/plan"), "new");
    EXPECT_EQ(client::read_all("/plan.new"), "errno " + std::to_string(ENOENT));
  }
  EXPECT_EQ(file_io.written("/plan"), "new");
  file_io.assert_open("/plan.new", O_WRONLY | O_CREAT | O_EXCL, 0600);
  file_io.assert_write("/plan.new", "new");
  file_io.assert_sync("/plan.new");
  file_io.assert_close("/plan.new");
  file_io.assert_rename("/plan.new", "/plan");
  assert_read_whole("/plan", "new");
  file_io.assert_failed("open", "/plan.new", ENOENT);
}

TEST(FileIo, ACallFailsAsTheTestSays) {
  file_io.mock_file("/plan");
  file_io.mock_file("/secret", "x").optional();
  file_io.mock_error("open", "/secret", EACCES);
  file_io.mock_error("write", "/plan", ENOSPC).after(4);
  file_io.mock_error("close", "/plan", EIO);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::read_all("/secret"), "errno " + std::to_string(EACCES));
    EXPECT_EQ(client::write_all("/plan", "a long plan", O_WRONLY | O_CREAT, 0600), ENOSPC);
  }
  EXPECT_EQ(file_io.written("/plan"), "a lo");
  file_io.assert_failed("open", "/secret", EACCES);
  file_io.assert_open("/plan", O_WRONLY | O_CREAT, 0600);
  file_io.assert_write("/plan", "a lo");
  file_io.assert_failed("write", "/plan", ENOSPC);
  file_io.assert_failed("close", "/plan", EIO);
}

TEST(FileIo, ACallMovesNoMoreThanTheTestSays) {
  file_io.mock_file("/plan", "beds");
  file_io.mock_operation("read", "/plan").at_most(1).times(2);
  file_io.mock_error("read", "/plan", EINTR).after(3);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::read_all("/plan"), "errno " + std::to_string(EINTR));
  }
  file_io.assert_open("/plan", O_RDONLY);
  file_io.assert_read("/plan", "b");
  file_io.assert_read("/plan", "e");
  file_io.assert_read("/plan", "d");
  file_io.assert_failed("read", "/plan", EINTR);
  file_io.assert_close("/plan");
}

TEST(FileIo, NamesComeAndGo) {
  file_io.mock_operation("unlink", "/old");
  file_io.mock_operation("mkdir", "/var/garden");
  file_io.mock_operation("unlink", "/gone");
  file_io.mock_file("/gone");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::unlink_file("/old"), 0);
    EXPECT_EQ(client::make_folder("/var/garden", 0750), 0);
    EXPECT_EQ(client::write_all("/var/garden/bed", "1", O_WRONLY | O_CREAT, 0600), 0); // in a folder of its own
    EXPECT_EQ(client::names_in("/var/garden"), std::vector<std::string>{"bed"});
    EXPECT_EQ(client::unlink_file("/gone"), ENOENT);
    long size = 0;
    EXPECT_EQ(client::size_of("/var/garden/bed", size), 0);
    EXPECT_EQ(size, 1);
  }
  file_io.assert_unlink("/old");
  file_io.assert_mkdir("/var/garden", 0750);
  file_io.assert_open("/var/garden/bed", O_WRONLY | O_CREAT, 0600);
  file_io.assert_write("/var/garden/bed", "1");
  file_io.assert_close("/var/garden/bed");
  file_io.assert_list("/var/garden");
  file_io.assert_failed("unlink", "/gone", ENOENT);
  file_io.assert_stat("/var/garden/bed");
}

TEST(FileIo, AFolderHasItsEntries) {
  file_io.mock_directory("/garden", {"north/", "plan", "beds.txt"});
  file_io.mock_file("/garden/beds.txt", "carrots");
  file_io.mock_error("list", "/closed", EACCES);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::names_in("/garden"), (std::vector<std::string>{"beds.txt", "north/", "plan"}));
    EXPECT_EQ(client::read_all("/garden/plan"), "");
    EXPECT_EQ(client::read_all("/garden/beds.txt"), "carrots");
    EXPECT_EQ(client::names_in("/closed"), std::vector<std::string>{"errno " + std::to_string(EACCES)});
  }
  file_io.assert_list("/garden");
  assert_read_whole("/garden/plan", "");
  assert_read_whole("/garden/beds.txt", "carrots");
  file_io.assert_failed("list", "/closed", EACCES);
}

// 47: what asks for a folder behind its name makes no other name of it
TEST(FileIo, AFolderHasOneNameWithASlashAndWithout) {
  file_io.mock_directory("/garden", {"north/"});
  file_io.mock_directory("/orchard/");
  file_io.mock_directory("/meadow/.");
  file_io.mock_file("/plan", "");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::names_in("/garden/"), std::vector<std::string>{"north/"});
    EXPECT_EQ(client::names_in("/garden/north"), std::vector<std::string>());
    EXPECT_EQ(client::names_in("/orchard"), std::vector<std::string>());
    EXPECT_EQ(client::names_in("/meadow"), std::vector<std::string>());
    EXPECT_EQ(client::names_in("/garden/north/././"), std::vector<std::string>());
    EXPECT_EQ(client::read_all("/plan/"), "errno " + std::to_string(ENOTDIR));
    EXPECT_EQ(client::read_all("/plan/."), "errno " + std::to_string(ENOTDIR));
  }
  for (const char *path : {"/garden", "/garden/north", "/orchard", "/meadow", "/garden/north"})
    file_io.assert_list(path);
  file_io.assert_failed("open", "/plan", ENOTDIR);
  file_io.assert_failed("open", "/plan", ENOTDIR);
}

TEST(FileIo, FilesAreReachedFromAnOpenFolder) {
  file_io.mock_directory("/garden", {"plan"});
  {
    const tripwire::Sandbox sandbox;
    const int folder = open("/garden", O_RDONLY | O_DIRECTORY);
    ASSERT_GE(folder, 0);
    const int plan = openat(folder, "plan", O_RDWR);
    ASSERT_GE(plan, 0);
    EXPECT_EQ(write(plan, "ab", 2), 2);
    struct stat facts {};
    EXPECT_EQ(fstatat(folder, "plan", &facts, 0), 0);
    EXPECT_EQ(facts.st_size, 2);
    EXPECT_EQ(faccessat(AT_FDCWD, "/garden/plan", R_OK, 0), 0);
    EXPECT_EQ(close(plan), 0);
    EXPECT_EQ(close(folder), 0);
  }
  file_io.assert_open("/garden", O_RDONLY | O_DIRECTORY);
  file_io.assert_open("/garden/plan", O_RDWR);
  file_io.assert_write("/garden/plan", "ab");
  file_io.assert_stat("/garden/plan");
  file_io.assert_access("/garden/plan", R_OK);
  file_io.assert_close("/garden/plan");
  file_io.assert_close("/garden");
}

TEST(FileIo, WhatFollowsEachOtherIsOneInteractionAndWhatDoesNotIsNot) {
  file_io.mock_file("/log", "");
  {
    const tripwire::Sandbox sandbox;
    const int log = open("/log", O_RDWR);
    const char *words[] = {"one ", "two "};
    iovec parts[] = {{const_cast<char *>(words[0]), 4}, {const_cast<char *>(words[1]), 4}};
    EXPECT_EQ(writev(log, parts, 2), 8);
    EXPECT_EQ(write(log, "three", 5), 5);
    EXPECT_EQ(fdatasync(log), 0);
    EXPECT_EQ(pwrite(log, "ONE", 3, 0), 3);
    char read_back[4] = {};
    EXPECT_EQ(pread(log, read_back, 3, 0), 3);
    EXPECT_STREQ(read_back, "ONE");
    EXPECT_EQ(ftruncate(log, 3), 0);
    EXPECT_EQ(lseek(log, 0, SEEK_END), 3);
    EXPECT_EQ(close(log), 0);
  }
  EXPECT_EQ(file_io.written("/log"), "ONE");
  file_io.assert_open("/log", "r+");
  file_io.assert_write("/log", "one two three");
  file_io.assert_sync("/log");
  file_io.assert_write("/log", "ONE");
  file_io.assert_read("/log", "ONE");
  file_io.assert_truncate("/log", 3);
  file_io.assert_close("/log");
}

TEST(FileIo, ACopyOfADescriptorIsTheSameFile) {
  file_io.mock_file("/plan", "beds and trees");
  {
    const tripwire::Sandbox sandbox;
    const int plan = open("/plan", O_RDONLY);
    const int copy = dup(plan);
    char part[5] = {};
    EXPECT_EQ(read(plan, part, 4), 4);
    EXPECT_EQ(read(copy, part, 4), 4);
    EXPECT_STREQ(part, " and");
    EXPECT_EQ(foreign::position(plan), 8);
    EXPECT_EQ(foreign::mapped(copy), "beds and trees");
    EXPECT_EQ(close(plan), 0);
    EXPECT_EQ(close(copy), 0);
  }
  file_io.assert_open("/plan", O_RDONLY);
  file_io.assert_read("/plan", "beds and");
  file_io.assert_close("/plan");
  file_io.assert_close("/plan");
}

// A number that code which is not rewritten has given back and got again is no file of the test's.
TEST(FileIo, ANumberThatWasUsedAgainIsAnotherFile) {
  const foreign::Folder folder;
  folder.put("real", "real");
  file_io.mock_file("/plan", "beds");
  {
    const tripwire::Sandbox sandbox;
    const int plan = open("/plan", O_RDONLY);
    foreign::close_descriptor(plan);
    const int real = foreign::open_real((folder / "real").c_str());
    ASSERT_EQ(real, plan);
    char part[5] = {};
    EXPECT_EQ(read(real, part, 4), 4);
    EXPECT_STREQ(part, "real");
    EXPECT_EQ(close(real), 0);
  }
  file_io.assert_open("/plan", O_RDONLY);
}

TEST(FileIo, PipesAndOtherDescriptorsAreNoFiles) {
  int ends[2] = {};
  ASSERT_EQ(pipe(ends), 0);
  {
    const tripwire::Sandbox sandbox;
    char part[5] = {};
    EXPECT_EQ(write(ends[1], "beds", 4), 4);
    EXPECT_EQ(read(ends[0], part, 4), 4);
    EXPECT_STREQ(part, "beds");
    EXPECT_EQ(close(ends[0]), 0);
    EXPECT_EQ(close(-1), -1);
    EXPECT_EQ(errno, EBADF);
  }
  EXPECT_EQ(close(ends[1]), 0);
}

// A search for programs is no business of this plugin's, unless the test speaks of the file.
TEST(FileIo, WhetherAProgramMayBeRunIsPassedOn) {
  file_io.mock_file("/usr/bin/gardener", "");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::can_access("/bin/sh", X_OK), 0);
    EXPECT_EQ(client::can_access("/usr/bin/gardener", X_OK), EACCES);
    EXPECT_EQ(client::can_access("/usr/bin/gardener", R_OK), 0);
  }
  file_io.assert_failed("access", "/usr/bin/gardener", EACCES);
  file_io.assert_access("/usr/bin/gardener", R_OK);
}

// 17
TEST(FileIo, ErrnoStays) {
  file_io.mock_file("/plan", "beds");
  {
    const tripwire::Sandbox sandbox;
    errno = ENOTTY;
    const int plan = open("/plan", O_RDONLY);
    EXPECT_EQ(errno, ENOTTY);
    char part[5] = {};
    EXPECT_EQ(read(plan, part, 4), 4);
    EXPECT_EQ(close(plan), 0);
    EXPECT_EQ(errno, ENOTTY);
    EXPECT_EQ(write(-1, part, 1), -1);
    EXPECT_EQ(errno, EBADF);
  }
  assert_read_whole("/plan", "beds");
}

// 25
TEST(FileIo, WhatPassesThroughIsRealAndMustBeAsserted) {
  const foreign::Folder folder;
  folder.put("plan", "beds");
  file_io.pass_through(folder / "*");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::read_all(folder / "plan"), "beds");
    EXPECT_EQ(client::replace(folder / "plan", "trees"), 0);
  }
  EXPECT_EQ(folder.get("plan"), "trees");
  EXPECT_EQ(folder.get("plan.new"), "none");
  assert_read_whole(folder / "plan", "beds");
  file_io.assert_open(folder / "plan.new", O_WRONLY | O_CREAT | O_EXCL, 0600);
  file_io.assert_write(folder / "plan.new", "trees");
  file_io.assert_sync(folder / "plan.new");
  file_io.assert_close(folder / "plan.new");
  file_io.assert_rename(folder / "plan.new", folder / "plan");
}

// 45, 49: what is opened by a rule's leave is the program's own
TEST(FileIo, WhatARuleAllowsIsRealAndNeedsNoAssertion) {
  const foreign::Folder folder;
  folder.put("plan", "beds");
  const auto permit = tripwire::allow(tripwire::M("file_io").field("path", folder / "*").field("mode", "read"));
  EXPECT_EQ(client::read_all(folder / "plan"), "beds");
  const tripwire::Sandbox sandbox;
  EXPECT_EQ(client::read_all(folder / "plan"), "beds");
}

// 45: a rule for the one name of two says nothing of the other
TEST(FileIo, ARuleHasToAllowBothNamesOfAFileThatIsMoved) {
  const foreign::Folder folder;
  folder.put("plan", "beds");
  const auto from = tripwire::allow(tripwire::M("file_io").field("path", folder / "plan"));
  EXPECT_THROW(client::rename_file(folder / "plan", folder / "old"), tripwire::GuardedCallError);
  tripwire::take_violations();
  const auto to = tripwire::allow(tripwire::M("file_io").field("path", folder / "old"));
  EXPECT_EQ(client::rename_file(folder / "plan", folder / "old"), 0);
}

TEST(FileIo, WhatIsFortifiedOrLargeIsSeen) {
  file_io.mock_directory("/garden", {"beds"});
  file_io.mock_file("/plan", "bedstree");
  file_io.mock_file("/number");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(fortified::read_first("/plan"), "beds|tree");
    EXPECT_EQ(fortified::print("/number", 42), 0);
    EXPECT_EQ(fortified::read_parts("/plan"), "edstree");
    EXPECT_EQ(fortified::first_in("/garden"), "/garden/beds");
  }
  assert_read_whole("/plan", "bedstree");
  file_io.assert_open("/number", "w");
  file_io.assert_write("/number", "42");
  file_io.assert_close("/number");
  assert_read_whole("/plan", "edstree");
  file_io.assert_list("/garden");
}

// 35
TEST(FileIo, AThreadSeesTheSameFiles) {
  file_io.mock_file("/plan", "beds");
  {
    const tripwire::Sandbox sandbox;
    std::thread([] { EXPECT_EQ(client::read_all("/plan"), "beds"); }).join();
  }
  assert_read_whole("/plan", "beds");
}

// 38
TEST(FileIo, WhatAForkedChildDoesIsAsserted) {
  file_io.mock_file("/plan", "beds");
  file_io.mock_file("/note");
  {
    const tripwire::Sandbox sandbox;
    const int plan = open("/plan", O_RDONLY);
    const pid_t child = fork();
    if (child == 0) {
      char part[5] = {};
      const bool is_right = read(plan, part, 4) == 4 && std::string(part) == "beds" &&
                            client::write_all("/note", "of a child", O_WRONLY | O_CREAT, 0600) == 0;
      _exit(is_right ? 7 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 7);
    EXPECT_EQ(close(plan), 0);
  }
  EXPECT_EQ(file_io.written("/note"), "of a child");
  file_io.assert_open("/plan", O_RDONLY);
  file_io.assert_read("/plan", "beds");
  file_io.assert_open("/note", O_WRONLY | O_CREAT, 0600);
  file_io.assert_write("/note", "of a child");
  file_io.assert_close("/note");
  file_io.assert_close("/plan");
}

// 34
TEST(FileIo, TestsThatRunAtTheSameTimeHaveFilesOfTheirOwn) {
  const auto run = [](const std::string &content) {
    tripwire::Verifier verifier;
    file_io.mock_file("/plan", content);
    for (int count = 0; count < 50; ++count) {
      {
        const tripwire::Sandbox sandbox;
        EXPECT_EQ(client::read_all("/plan"), content);
      }
      assert_read_whole("/plan", content);
    }
    verifier.verify_all();
  };
  std::thread one([&] { run("one"); });
  std::thread other([&] { run("other"); });
  one.join();
  other.join();
}

TEST(FileIo, TheTestMaySayAnewWhatAFileHolds) {
  file_io.mock_file("/plan", "one");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::read_all("/plan"), "one");
    file_io.mock_file("/plan", "two");
    EXPECT_EQ(client::read_all("/plan"), "two");
    file_io.mock_file("/plan");
    EXPECT_EQ(client::read_all("/plan"), "errno " + std::to_string(ENOENT));
  }
  assert_read_whole("/plan", "one");
  assert_read_whole("/plan", "two");
  file_io.assert_failed("open", "/plan", ENOENT);
}

TEST(FileIo, WhatIsClosedBehindTheSandboxIsNobodysBusiness) {
  file_io.mock_file("/plan", "beds");
  int plan = -1;
  {
    const tripwire::Sandbox sandbox;
    plan = open("/plan", O_RDONLY);
  }
  EXPECT_EQ(close(plan), 0);
  file_io.assert_open("/plan", anything);
}

} // namespace
