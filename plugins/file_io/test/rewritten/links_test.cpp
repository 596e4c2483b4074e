// Links, owners, times, names that are made up and walks through folders: all that has a path.
#include "foreign.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/file_io.hpp>
#include <tripwire/tripwire.hpp>

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <unistd.h>
#include <utime.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using tripwire::anything;
using tripwire::file_io;
using tripwire::conformance::findings;

std::string link_at(const char *path) {
  char target[64] = {};
  const ssize_t size = readlink(path, target, sizeof target - 1);
  return size < 0 ? "errno " + std::to_string(errno) : std::string(target, static_cast<std::size_t>(size));
}

std::string real_of(const char *path) {
  char *const found = realpath(path, nullptr);
  const std::string name = found == nullptr ? "errno " + std::to_string(errno) : found;
  std::free(found);
  return name;
}

TEST(FileIoLinks, ALinkLeadsToAnotherFileOfTheTest) {
  file_io.mock_file("/garden/plan-4", "beds");
  file_io.mock_symlink("/garden/plan", "/garden/plan-4");
  file_io.mock_symlink("/garden/beside", "plan-4");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(link_at("/garden/plan"), "/garden/plan-4");
    EXPECT_EQ(link_at("/garden/plan-4"), "errno " + std::to_string(EINVAL));
    EXPECT_EQ(real_of("/garden/beside"), "/garden/plan-4");
    char buffer[PATH_MAX] = {};
    EXPECT_STREQ(realpath("/garden/plan", buffer), "/garden/plan-4");
    struct stat facts {};
    EXPECT_EQ(lstat("/garden/plan", &facts), 0);
    EXPECT_TRUE(S_ISLNK(facts.st_mode));
    EXPECT_EQ(stat("/garden/plan", &facts), 0);
    EXPECT_EQ(facts.st_size, 4);
  }
  file_io.assert_readlink("/garden/plan", "/garden/plan-4");
  file_io.assert_failed("readlink", "/garden/plan-4", EINVAL);
  file_io.assert_realpath("/garden/beside");
  file_io.assert_realpath("/garden/plan");
  file_io.assert_stat("/garden/plan");
  file_io.assert_stat("/garden/plan");
}

TEST(FileIoLinks, TheProgramMakesLinks) {
  file_io.mock_file("/plan", "beds");
  file_io.mock_operation("link", "/plan").times(2);
  file_io.mock_operation("symlink", "/current").times(2);
  file_io.mock_operation("rename", "/same").optional();
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(link("/plan", "/same"), 0);
    EXPECT_EQ(linkat(AT_FDCWD, "/plan", AT_FDCWD, "/same", 0), -1);
    EXPECT_EQ(errno, EEXIST);
    EXPECT_EQ(symlink("/same", "/current"), 0);
    EXPECT_EQ(symlinkat("elsewhere", AT_FDCWD, "/current"), -1);
    EXPECT_EQ(link_at("/current"), "/same");
    const int current = open("/current", O_RDONLY);
    char part[5] = {};
    EXPECT_EQ(read(current, part, 4), 4);
    EXPECT_STREQ(part, "beds");
    EXPECT_EQ(close(current), 0);
  }
  EXPECT_EQ(file_io.written("/same"), "beds");
  file_io.assert_link("/plan", "/same");
  file_io.assert_failed("link", "/plan", EEXIST);
  file_io.assert_symlink("/current", "/same");
  file_io.assert_failed("symlink", "/current", EEXIST);
  file_io.assert_readlink("/current", "/same");
  file_io.assert_open("/current", O_RDONLY);
  file_io.assert_read("/current", "beds");
  file_io.assert_close("/current");
}

// As programs do that show a file only when it is whole.
TEST(FileIoLinks, AFileWithoutANameGetsOne) {
  file_io.mock_directory("/garden");
  file_io.mock_operation("link", "/garden");
  {
    const tripwire::Sandbox sandbox;
    const int plan = open("/garden", O_WRONLY | O_TMPFILE, 0600);
    ASSERT_GE(plan, 0);
    EXPECT_EQ(write(plan, "beds", 4), 4);
    const std::string name = "/proc/self/fd/" + std::to_string(plan);
    EXPECT_EQ(linkat(AT_FDCWD, name.c_str(), AT_FDCWD, "/garden/plan", AT_SYMLINK_FOLLOW), 0);
    EXPECT_EQ(close(plan), 0);
  }
  EXPECT_EQ(file_io.written("/garden/plan"), "beds");
  file_io.assert_open("/garden", O_WRONLY | O_TMPFILE, 0600);
  file_io.assert_write("/garden", "beds");
  file_io.assert_link("/garden", "/garden/plan");
  file_io.assert_close("/garden");
}

TEST(FileIoLinks, WhatAFileSaysOfItselfIsChanged) {
  file_io.mock_file("/plan", "beds");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(chmod("/plan", 0640), 0);
    EXPECT_EQ(fchmodat(AT_FDCWD, "/plan", 0600, 0), 0);
    EXPECT_EQ(chown("/plan", 1000, static_cast<gid_t>(-1)), 0);
    EXPECT_EQ(lchown("/plan", 1000, 1001), 0);
    const utimbuf old = {1000, 2000};
    EXPECT_EQ(utime("/plan", &old), 0);
    const timeval newer[2] = {{1, 0}, {3000, 500000}};
    EXPECT_EQ(utimes("/plan", newer), 0);
    struct stat facts {};
    EXPECT_EQ(stat("/plan", &facts), 0);
    EXPECT_EQ(facts.st_mode & 07777, 0600u);
    EXPECT_EQ(facts.st_mtim.tv_sec, 3000);
    const timespec times[2] = {{0, UTIME_OMIT}, {0, UTIME_NOW}};
    EXPECT_EQ(utimensat(AT_FDCWD, "/plan", times, 0), 0);
    const int plan = open("/plan", O_RDONLY);
    EXPECT_EQ(fchmod(plan, 0400), 0);
    EXPECT_EQ(fchown(plan, 0, 0), 0);
    EXPECT_EQ(futimens(plan, nullptr), 0);
    EXPECT_EQ(close(plan), 0);
  }
  file_io.assert_chmod("/plan", 0640);
  file_io.assert_chmod("/plan", 0600);
  file_io.assert_chown("/plan", 1000, -1);
  file_io.assert_chown("/plan", 1000, 1001);
  file_io.assert_utime("/plan", 2000, 1000);
  file_io.assert_utime("/plan", "3000.5");
  file_io.assert_stat("/plan");
  file_io.assert_utime("/plan", "now", "kept");
  file_io.assert_open("/plan", O_RDONLY);
  file_io.assert_chmod("/plan", 0400);
  file_io.assert_chown("/plan", 0, 0);
  file_io.assert_utime("/plan", "now");
  file_io.assert_close("/plan");
}

/// 0, or the error.
template <class R> int error_of(R result) { return result == R(-1) ? errno : 0; }

TEST(FileIoLinks, EachOfThemFailsAsTheTestSays) {
  const char *operations[] = {"link",  "symlink",  "readlink", "realpath", "chmod", "chown", "utime",
                              "space", "truncate", "mknod",    "chdir",    "stat",  "mkdir", "open"};
  for (const char *operation : operations)
    file_io.mock_error(operation, tripwire::starts_with("/p"), EACCES);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(error_of(link("/plan", "/other")), EACCES);
    EXPECT_EQ(error_of(symlink("/other", "/plan")), EACCES);
    EXPECT_EQ(link_at("/plan"), "errno " + std::to_string(EACCES));
    EXPECT_EQ(real_of("/plan"), "errno " + std::to_string(EACCES));
    EXPECT_EQ(error_of(chmod("/plan", 0600)), EACCES);
    EXPECT_EQ(error_of(chown("/plan", 1, 1)), EACCES);
    EXPECT_EQ(error_of(utime("/plan", nullptr)), EACCES);
    struct statvfs room {};
    EXPECT_EQ(error_of(statvfs("/plan", &room)), EACCES);
    EXPECT_EQ(error_of(truncate("/plan", 1)), EACCES);
    EXPECT_EQ(error_of(mkfifo("/plan", 0600)), EACCES);
    EXPECT_EQ(error_of(chdir("/plan")), EACCES);
    struct statx facts {};
    EXPECT_EQ(error_of(statx(AT_FDCWD, "/plan", 0, STATX_SIZE, &facts)), EACCES);
    char folder[] = "/p-XXXXXX";
    EXPECT_EQ(mkdtemp(folder), nullptr);
    char file[] = "/p-XXXXXX";
    EXPECT_EQ(error_of(mkstemp(file)), EACCES);
  }
  for (const char *operation : operations)
    file_io.assert_failed(operation, tripwire::starts_with("/p"), EACCES);
}

TEST(FileIoLinks, APipeGetsAName) {
  file_io.mock_operation("mknod", "/bell").times(2);
  file_io.mock_operation("unlink", "/bell");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(mkfifo("/bell", 0600), 0);
    struct stat facts {};
    EXPECT_EQ(stat("/bell", &facts), 0);
    EXPECT_TRUE(S_ISFIFO(facts.st_mode));
    EXPECT_EQ(unlink("/bell"), 0);
    EXPECT_EQ(mknod("/bell", S_IFREG | 0640, 0), 0);
  }
  file_io.assert_mknod("/bell", S_IFIFO | 0600);
  file_io.assert_stat("/bell");
  file_io.assert_unlink("/bell");
  file_io.assert_mknod("/bell", S_IFREG | 0640);
}

TEST(FileIoLinks, TheTestSaysHowMuchRoomThereIs) {
  file_io.mock_space("/var/garden", 8192, 1 << 20).times(2);
  file_io.mock_operation("space", "/elsewhere");
  {
    const tripwire::Sandbox sandbox;
    struct statvfs room {};
    EXPECT_EQ(statvfs("/var/garden", &room), 0);
    EXPECT_EQ(room.f_bavail * room.f_frsize, 8192u);
    EXPECT_EQ(room.f_blocks * room.f_frsize, 1u << 20);
    struct statfs same {};
    EXPECT_EQ(statfs("/var/garden", &same), 0);
    EXPECT_EQ(static_cast<long>(same.f_bavail) * same.f_bsize, 8192);
    EXPECT_EQ(statvfs("/elsewhere", &room), 0);
    EXPECT_GT(room.f_blocks, 0u);
  }
  file_io.assert_space("/var/garden");
  file_io.assert_space("/var/garden");
  file_io.assert_space("/elsewhere");
}

// A name that is made up is the template itself, so that a test can say it.
TEST(FileIoLinks, ANameThatIsMadeUpIsTheTemplate) {
  file_io.mock_file("/tmp/plan-XXXXXX");
  file_io.mock_file("/tmp/XXXXXX.txt");
  file_io.mock_operation("mkdir", "/tmp/XXXXXX");
  file_io.mock_operation("rename", "/tmp/plan-XXXXXX");
  file_io.mock_file("/tmp/tmpfXXXXXX");
  {
    const tripwire::Sandbox sandbox;
    char first[] = "/tmp/plan-XXXXXX";
    const int plan = mkstemp(first);
    ASSERT_GE(plan, 0);
    EXPECT_STREQ(first, "/tmp/plan-XXXXXX");
    EXPECT_EQ(write(plan, "beds", 4), 4);
    char second[] = "/tmp/plan-XXXXXX";
    const int other = mkostemp(second, O_APPEND);
    ASSERT_GE(other, 0);
    EXPECT_STREQ(second, "/tmp/plan-XXXXX2");
    EXPECT_EQ(close(other), 0);
    char suffixed[] = "/tmp/XXXXXX.txt";
    EXPECT_EQ(close(mkstemps(suffixed, 4)), 0);
    EXPECT_EQ(close(plan), 0);
    EXPECT_EQ(rename(first, "/plan"), 0);
    char folder[] = "/tmp/XXXXXX";
    EXPECT_EQ(mkdtemp(folder), folder);
    char wrong[] = "/tmp/XXXXX";
    EXPECT_EQ(error_of(mkstemp(wrong)), EINVAL);
    std::FILE *unnamed = std::tmpfile();
    ASSERT_NE(unnamed, nullptr);
    std::fputs("trees", unnamed);
    EXPECT_EQ(std::fclose(unnamed), 0);
  }
  EXPECT_EQ(file_io.written("/plan"), "beds");
  file_io.assert_open("/tmp/plan-XXXXXX", O_RDWR | O_CREAT | O_EXCL, 0600);
  file_io.assert_write("/tmp/plan-XXXXXX", "beds");
  file_io.assert_open("/tmp/plan-XXXXXX", O_RDWR | O_CREAT | O_EXCL | O_APPEND, 0600);
  file_io.assert_close("/tmp/plan-XXXXX2");
  file_io.assert_open("/tmp/XXXXXX.txt", O_RDWR | O_CREAT | O_EXCL, 0600);
  file_io.assert_close("/tmp/XXXXXX.txt");
  file_io.assert_close("/tmp/plan-XXXXXX");
  file_io.assert_rename("/tmp/plan-XXXXXX", "/plan");
  file_io.assert_mkdir("/tmp/XXXXXX", 0700);
  file_io.assert_open("/tmp/tmpfXXXXXX", O_RDWR | O_CREAT | O_EXCL, 0600);
  file_io.assert_write("/tmp/tmpfXXXXXX", "trees");
  file_io.assert_close("/tmp/tmpfXXXXXX");
}

std::vector<std::string> walked;

int note(const char *path, const struct stat *facts, int, struct FTW *at) {
  walked.push_back(std::string(path) + (S_ISDIR(facts->st_mode) ? "/" : "") + " " + (path + at->base));
  return 0;
}

int note_name(const char *path, const struct stat *, int) {
  walked.emplace_back(path);
  return 0;
}

int is_visible(const dirent *entry) { return entry->d_name[0] != '.'; }

TEST(FileIoLinks, AWalkShowsTheNamesThatTheProgramKnows) {
  file_io.mock_directory("/garden", {"north/", "north/bed"});
  walked.clear();
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(nftw("/garden/", &note, 4, FTW_PHYS), 0);
    EXPECT_EQ(ftw("/garden/north", &note_name, 4), 0);
    dirent **entries = nullptr;
    ASSERT_EQ(scandir("/garden", &entries, &is_visible, &alphasort), 1);
    EXPECT_STREQ(entries[0]->d_name, "north");
    std::free(entries[0]);
    std::free(entries);
  }
  EXPECT_EQ(walked, (std::vector<std::string>{"/garden/ garden", "/garden/north/ north", "/garden/north/bed bed",
                                              "/garden/north", "/garden/north/bed"}));
  file_io.assert_list("/garden");
  file_io.assert_list("/garden/north");
  file_io.assert_list("/garden");
}

std::string current_folder() {
  char folder[PATH_MAX] = {};
  return getcwd(folder, sizeof folder) == nullptr ? "errno " + std::to_string(errno) : folder;
}

// The process comes back with the end of the sandbox.
TEST(FileIoLinks, TheProgramWorksInAFolderOfTheTest) {
  const std::string home = current_folder();
  file_io.mock_directory("/garden", {"plan", "north/"});
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(current_folder(), home);
    EXPECT_EQ(chdir("/garden"), 0);
    EXPECT_EQ(current_folder(), "/garden");
    char *const name = get_current_dir_name();
    EXPECT_STREQ(name, "/garden");
    std::free(name);
    char small[4];
    EXPECT_EQ(getcwd(small, sizeof small), nullptr);
    EXPECT_EQ(errno, ERANGE);
    EXPECT_EQ(close(open("plan", O_RDONLY)), 0);
    const int north = open("north", O_RDONLY | O_DIRECTORY);
    EXPECT_EQ(fchdir(north), 0);
    EXPECT_EQ(current_folder(), "/garden/north");
    EXPECT_EQ(close(north), 0);
  }
  EXPECT_EQ(current_folder(), home);
  file_io.assert_chdir("/garden");
  file_io.assert_open("/garden/plan", O_RDONLY);
  file_io.assert_close("/garden/plan");
  file_io.assert_open("/garden/north", O_RDONLY | O_DIRECTORY);
  file_io.assert_chdir("/garden/north");
  file_io.assert_close("/garden/north");
}

// 25
TEST(FileIoLinks, WhatPassesThroughIsReal) {
  const foreign::Folder folder;
  folder.put("plan", "beds");
  const std::string plan = folder / "plan";
  const std::string same = folder / "same";
  const std::string current = folder / "current";
  std::string made = folder / "XXXXXX";
  const std::string pattern = made;
  file_io.pass_through(folder / "**");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(link(plan.c_str(), same.c_str()), 0);
    EXPECT_EQ(symlink("plan", current.c_str()), 0);
    EXPECT_EQ(link_at(current.c_str()), "plan");
    EXPECT_EQ(chmod(plan.c_str(), 0600), 0);
    const int file = mkstemp(made.data());
    ASSERT_GE(file, 0);
    EXPECT_NE(made, pattern);
    EXPECT_EQ(write(file, "x", 1), 1);
    EXPECT_EQ(close(file), 0);
  }
  EXPECT_EQ(folder.get("same"), "beds");
  EXPECT_EQ(folder.get("current"), "beds");
  file_io.assert_link(plan, same);
  file_io.assert_symlink(current, "plan");
  file_io.assert_readlink(current, "plan");
  file_io.assert_chmod(plan, 0600);
  file_io.assert_open(pattern, O_RDWR | O_CREAT | O_EXCL, 0600);
  file_io.assert_write(made, "x");
  file_io.assert_close(made);
}

// 1: one line for each kind of name that was seen
TEST(FileIoLinks, WhatTheTestDoesNotSpeakOfIsRefused) {
  const auto refused = [](void (*call)()) {
    const std::string text = findings([call] {
      const tripwire::Sandbox sandbox;
      call();
    });
    const std::size_t from = text.find("    tripwire::file_io.");
    return text.substr(from, text.find('\n', from) - from).erase(0, 4);
  };
  EXPECT_EQ(refused([] { link("/plan", "/same"); }), R"(tripwire::file_io.mock_operation("link", "/plan");)");
  EXPECT_EQ(refused([] { symlink("/plan", "/same"); }), R"(tripwire::file_io.mock_operation("symlink", "/same");)");
  EXPECT_EQ(refused([] { link_at("/plan"); }), R"(tripwire::file_io.mock_operation("readlink", "/plan");)");
  EXPECT_EQ(refused([] { real_of("/plan"); }), R"(tripwire::file_io.mock_file("/plan", "");)");
  EXPECT_EQ(refused([] { chmod("/plan", 0600); }), R"(tripwire::file_io.mock_operation("chmod", "/plan");)");
  EXPECT_EQ(refused([] { chdir("/garden"); }), R"(tripwire::file_io.mock_directory("/garden");)");
  EXPECT_EQ(refused([] { ftw("/garden", &note_name, 4); }), R"(tripwire::file_io.mock_directory("/garden");)");
  EXPECT_EQ(refused([] { std::tmpfile(); }), R"(tripwire::file_io.mock_file("/tmp/tmpfXXXXXX");)");
}

// 2: each line to paste says all that has to be said
TEST(FileIoLinks, WhatNobodyAssertedFailsTheTest) {
  const std::string text = findings([] {
    file_io.mock_file("/plan", "beds");
    file_io.mock_operation("link", "/plan");
    file_io.mock_operation("symlink", "/current");
    const tripwire::Sandbox sandbox;
    const timeval times[2] = {{1, 0}, {3000, 500000}};
    link("/plan", "/same");
    symlink("/plan", "/current");
    chmod("/plan", 0600);
    chown("/plan", 7, static_cast<gid_t>(-1));
    utimes("/plan", times);
    utime("/plan", nullptr);
  });
  for (const char *line : {R"(assert_link("/plan", "/same");)", R"(assert_symlink("/current", "/plan");)",
                           R"(assert_chmod("/plan", 0600);)", R"(assert_chown("/plan", 7, -1);)",
                           R"(assert_utime("/plan", "3000.5");)", R"(assert_utime("/plan", "now");)"})
    EXPECT_NE(text.find(std::string("      tripwire::file_io.") + line), std::string::npos) << line << "\n" << text;
}

} // namespace
