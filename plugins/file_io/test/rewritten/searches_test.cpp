// glob, and walks by fts: libc's own, over folders of the test.
#include "foreign.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/file_io.hpp>
#include <tripwire/tripwire.hpp>

#include <fcntl.h>
#include <fts.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

using tripwire::file_io;
using tripwire::conformance::findings;

/// What the pattern finds, each behind a space; or what glob returns.
std::string found(const char *pattern, int flags = 0, int (*fails)(const char *, int) = nullptr) {
  glob_t all = {};
  const int result = glob(pattern, flags, fails, &all);
  std::string names = result == 0 ? "" : "result " + std::to_string(result);
  for (std::size_t index = 0; index < all.gl_pathc; ++index)
    names += std::string(" ") + all.gl_pathv[index];
  globfree(&all);
  return names;
}

TEST(FileIoSearches, GlobFindsWhatTheTestStates) {
  file_io.mock_directory("/garden", {"beds.conf", "trees.conf", "notes", "north/", "south/"});
  file_io.mock_file("/garden/north/a.conf", "");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(found("/garden/*.conf"), " /garden/beds.conf /garden/trees.conf");
    EXPECT_EQ(found("/garden/*/a.conf"), " /garden/north/a.conf");
    EXPECT_EQ(found("/garden/*th", GLOB_MARK), " /garden/north/ /garden/south/");
    EXPECT_EQ(found("/garden/{notes,south}", GLOB_BRACE), " /garden/notes /garden/south");
    EXPECT_EQ(found("/garden/x*"), "result " + std::to_string(GLOB_NOMATCH));
    EXPECT_EQ(found("/garden/x*", GLOB_NOCHECK), " /garden/x*");
    EXPECT_EQ(found("/garden/notes"), " /garden/notes") << "a name is looked at";
    EXPECT_EQ(found("/garden/n\\otes"), " /garden/notes");
    EXPECT_EQ(chdir("/garden"), 0);
    EXPECT_EQ(found("n*"), " north notes");
  }
  for (int count = 0; count < 6; ++count)
    file_io.assert_list("/garden");
  file_io.assert_stat("/garden/notes");
  file_io.assert_stat("/garden/notes");
  file_io.assert_chdir("/garden");
  file_io.assert_list("/garden");
}

TEST(FileIoSearches, GlobFindsTheHomeOfTheProgram) {
  const char *const before = std::getenv("HOME");
  const std::string kept = before == nullptr ? "" : before;
  setenv("HOME", "/home/ann", 1);
  file_io.mock_directory("/home/ann", {"plan"});
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(found("~/p*", GLOB_TILDE), " /home/ann/plan");
    EXPECT_EQ(found("~", GLOB_TILDE), " /home/ann");
  }
  setenv("HOME", kept.c_str(), 1);
  file_io.assert_list("/home/ann");
  file_io.assert_stat("/home/ann");
}

int error_of_glob = 0;

TEST(FileIoSearches, AFolderThatCannotBeSearchedIsTold) {
  const auto tell = [](const char *, int error) { return error_of_glob = error, 1; };
  file_io.mock_error("list", "/garden", EACCES).times(3);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(found("/garden/*", 0, tell), "result " + std::to_string(GLOB_ABORTED));
    EXPECT_EQ(error_of_glob, EACCES);
    EXPECT_EQ(found("/garden/*", GLOB_ERR), "result " + std::to_string(GLOB_ABORTED));
    EXPECT_EQ(found("/garden/*"), "result " + std::to_string(GLOB_NOMATCH)) << "libc goes on";
  }
  for (int count = 0; count < 3; ++count)
    file_io.assert_failed("list", "/garden", EACCES);
}

// 1, 5, 25
TEST(FileIoSearches, ARealFolderIsSearchedWhenItMayBe) {
  const foreign::Folder folder;
  folder.put("plan", "beds");
  const std::string pattern = folder / "p*";
  const std::string text = findings([&] {
    const tripwire::Sandbox sandbox;
    found(pattern.c_str());
  });
  EXPECT_EQ(text.find("UnmockedInteractionError: file_io list "), 0U) << text;
  EXPECT_NE(text.find("\n    tripwire::file_io.mock_directory("), std::string::npos) << text;
  file_io.pass_through((folder / "") + "**");
  file_io.pass_through(folder / "");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(found(pattern.c_str()), " " + (folder / "plan"));
  }
  file_io.assert_list(folder / "");
}

/// What a walk shows, in order: `D name` for each entry.
std::string walked(std::vector<std::string> roots, int options) {
  std::vector<char *> names;
  for (std::string &root : roots)
    names.push_back(root.data());
  names.push_back(nullptr);
  FTS *const walk = fts_open(names.data(), options, [](const FTSENT **one, const FTSENT **other) {
    return std::strcmp((*one)->fts_name, (*other)->fts_name);
  });
  if (walk == nullptr)
    return "errno " + std::to_string(errno);
  std::string all;
  errno = 0;
  while (FTSENT *const entry = fts_read(walk)) {
    all += entry->fts_info == FTS_D    ? " D "
           : entry->fts_info == FTS_DP ? " P "
           : entry->fts_info == FTS_F  ? " F "
                                       : " ? ";
    all += entry->fts_path;
    EXPECT_EQ(std::strlen(entry->fts_path), entry->fts_pathlen);
    if (entry->fts_info == FTS_F && entry->fts_parent != nullptr)
      entry->fts_parent->fts_number += entry->fts_statp->st_size;
    if (entry->fts_info == FTS_DP)
      all += "=" + std::to_string(entry->fts_number);
    if (entry->fts_info == FTS_D && std::strcmp(entry->fts_name, "skipped") == 0)
      fts_set(walk, entry, FTS_SKIP);
  }
  EXPECT_EQ(errno, 0);
  EXPECT_EQ(fts_close(walk), 0);
  return all;
}

TEST(FileIoSearches, AWalkShowsTheNamesThatTheProgramKnows) {
  file_io.mock_directory("/garden", {"north/", "skipped/"});
  file_io.mock_file("/garden/north/plan", "beds");
  file_io.mock_file("/garden/skipped/plan", "beds").optional(); // which nobody shows
  {
    const tripwire::Sandbox sandbox;
    const char *const whole = " D /garden D /garden/north F /garden/north/plan P /garden/north=4 D /garden/skipped P "
                              "/garden/skipped=0 P /garden=0";
    EXPECT_EQ(walked({"/garden"}, FTS_PHYSICAL | FTS_NOCHDIR), whole);
    EXPECT_EQ(walked({"/garden"}, FTS_PHYSICAL), whole) << "libc goes to each folder";
    EXPECT_EQ(chdir("/garden"), 0);
    EXPECT_EQ(walked({"north", "skipped"}, FTS_LOGICAL), " D north F north/plan P north=4 D skipped P skipped=0");
    EXPECT_EQ(walked({"../garden/north"}, FTS_PHYSICAL), " D /garden/north F /garden/north/plan P /garden/north=4");
  }
  file_io.assert_list("/garden");
  file_io.assert_list("/garden");
  file_io.assert_chdir("/garden");
  file_io.assert_list("/garden/north");
  file_io.assert_list("/garden/skipped");
  file_io.assert_list("/garden/north");
}

// What is reached by the name that an entry gives is a file of the test's.
TEST(FileIoSearches, WhatAWalkFindsIsOpenedByItsName) {
  file_io.mock_directory("/garden");
  file_io.mock_file("/garden/plan", "beds");
  for (const int options : {FTS_PHYSICAL, FTS_PHYSICAL | FTS_NOCHDIR}) {
    {
      const tripwire::Sandbox sandbox;
      char name[] = "/garden";
      char *names[] = {name, nullptr};
      FTS *const walk = fts_open(names, options, nullptr);
      ASSERT_NE(walk, nullptr);
      EXPECT_NE(fts_read(walk), nullptr);
      FTSENT *const child = fts_children(walk, 0);
      ASSERT_NE(child, nullptr);
      EXPECT_STREQ(child->fts_name, "plan");
      FTSENT *const entry = fts_read(walk);
      ASSERT_NE(entry, nullptr);
      EXPECT_STREQ(entry->fts_parent->fts_name, "garden");
      EXPECT_STREQ(entry->fts_accpath, options == FTS_PHYSICAL ? "plan" : "/garden/plan");
      const int plan = open(entry->fts_accpath, O_RDONLY);
      EXPECT_GE(plan, 0);
      EXPECT_EQ(close(plan), 0);
      EXPECT_EQ(fts_close(walk), 0);
    }
    file_io.assert_list("/garden");
    file_io.assert_open("/garden/plan", O_RDONLY);
    file_io.assert_close("/garden/plan");
  }
}

TEST(FileIoSearches, AWalkThatCannotBeginOrIsRefusedGivesNothing) {
  file_io.mock_error("list", "/garden", EMFILE);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(walked({"/garden"}, FTS_PHYSICAL), "errno " + std::to_string(EMFILE));
  }
  file_io.assert_failed("list", "/garden", EMFILE);
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    walked({"/garden"}, FTS_PHYSICAL);
  });
  EXPECT_EQ(text.find("UnmockedInteractionError: file_io list \"/garden\" was attempted in a sandbox, "), 0U) << text;
}

// 25
TEST(FileIoSearches, AWalkThroughARealFolderIsReal) {
  const foreign::Folder folder;
  folder.put("plan", "beds");
  const std::string root = std::string(folder / "").substr(0, (folder / "").size() - 1);
  file_io.pass_through(root);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(walked({root}, FTS_PHYSICAL), " D " + root + " F " + root + "/plan P " + root + "=4");
  }
  file_io.assert_list(root);
}

} // namespace
