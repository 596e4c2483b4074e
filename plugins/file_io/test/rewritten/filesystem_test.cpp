// Files by the functions of <filesystem>: those that throw, and those that set an error_code.
#include "foreign.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/file_io.hpp>
#include <tripwire/tripwire.hpp>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

namespace {

namespace fs = std::filesystem;
using tripwire::file_io;

TEST(FileIoFilesystem, WhatTheTestSaysIsThere) {
  file_io.mock_file("/plan", "beds");
  file_io.mock_file("/none");
  file_io.mock_directory("/garden");
  {
    const tripwire::Sandbox sandbox;
    std::error_code error = std::make_error_code(std::errc::io_error);
    EXPECT_TRUE(fs::exists("/plan"));
    EXPECT_FALSE(fs::exists("/none", error));
    EXPECT_FALSE(error);
    EXPECT_TRUE(fs::is_directory(fs::path("/garden")));
    EXPECT_TRUE(fs::is_regular_file("/plan", error));
    EXPECT_EQ(fs::file_size("/plan"), 4u);
    EXPECT_EQ(fs::status("/garden").type(), fs::file_type::directory);
    EXPECT_TRUE(fs::is_empty("/garden"));
    EXPECT_EQ(fs::file_size("/none", error), static_cast<std::uintmax_t>(-1));
    EXPECT_EQ(error, std::errc::no_such_file_or_directory);
    try {
      fs::file_size("/none");
      ADD_FAILURE() << "there is no size";
    } catch (const fs::filesystem_error &thrown) {
      EXPECT_EQ(thrown.path1(), "/none");
      EXPECT_EQ(thrown.code(), std::errc::no_such_file_or_directory);
    }
    EXPECT_TRUE(fs::is_directory(fs::file_status(fs::file_type::directory))); // of no file
  }
  for (const char *path : {"/plan", "/none", "/garden", "/plan", "/plan", "/garden", "/garden"})
    file_io.assert_stat(path);
  file_io.assert_failed("stat", "/none", ENOENT);
  file_io.assert_failed("stat", "/none", ENOENT);
}

TEST(FileIoFilesystem, NamesComeAndGo) {
  file_io.mock_operation("mkdir", "/var/garden/north");
  file_io.mock_operation("copy", "/plan");
  file_io.mock_file("/plan", "beds");
  file_io.mock_operation("rename", "/var/garden/north/plan");
  file_io.mock_operation("truncate", "/old").times(1);
  file_io.mock_operation("unlink", "/old");
  file_io.mock_operation("rmdir", "/var/garden/north");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_TRUE(fs::create_directories("/var/garden/north"));
    EXPECT_TRUE(fs::copy_file("/plan", "/var/garden/north/plan", fs::copy_options::overwrite_existing));
    fs::rename("/var/garden/north/plan", "/old");
    fs::resize_file("/old", 2);
    std::ifstream old("/old");
    EXPECT_EQ(foreign::rest_of(old), "be");
    old = std::ifstream();
    EXPECT_TRUE(fs::remove("/old"));
    EXPECT_EQ(fs::remove_all("/var/garden/north"), 1u);
    EXPECT_FALSE(fs::exists("/old"));
  }
  EXPECT_EQ(file_io.written("/plan"), "beds");
  file_io.assert_mkdir("/var/garden/north", 0777);
  file_io.assert_copy("/plan", "/var/garden/north/plan");
  file_io.assert_rename("/var/garden/north/plan", "/old");
  file_io.assert_truncate("/old", 2);
  file_io.assert_open("/old", "r");
  file_io.assert_close("/old");
  file_io.assert_unlink("/old");
  file_io.assert_rmdir("/var/garden/north");
  file_io.assert_stat("/old");
}

TEST(FileIoFilesystem, CopiesAndLinks) {
  file_io.mock_file("/plan", "beds");
  file_io.mock_operation("copy", "/plan").times(2);
  file_io.mock_operation("copy", "/garden");
  file_io.mock_operation("copy", "/current");
  file_io.mock_directory("/garden", {"bed"});
  file_io.mock_operation("symlink", "/current");
  file_io.mock_operation("symlink", "/north");
  file_io.mock_operation("link", "/plan");
  file_io.mock_file("/none");
  {
    const tripwire::Sandbox sandbox;
    fs::copy("/plan", "/copied");
    std::error_code error = std::make_error_code(std::errc::io_error);
    fs::copy("/plan", "/copied", error);
    EXPECT_EQ(error, std::errc::file_exists);
    fs::copy("/garden", "/orchard", fs::copy_options::recursive);
    fs::create_symlink("/plan", "/current");
    fs::create_directory_symlink("orchard", "/north", error);
    EXPECT_FALSE(error);
    fs::copy_symlink("/current", "/same");
    fs::create_hard_link("/plan", "/hard");
    EXPECT_EQ(fs::read_symlink("/same"), "/plan");
    EXPECT_EQ(fs::read_symlink("/plan", error), fs::path());
    EXPECT_EQ(error, std::errc::invalid_argument);
    EXPECT_EQ(fs::hard_link_count("/hard"), 2u);
    EXPECT_TRUE(fs::equivalent("/hard", "/current"));
    EXPECT_EQ(fs::canonical("/north/../orchard/bed"), "/orchard/bed");
    EXPECT_EQ(fs::weakly_canonical("/north/none"), "/orchard/none");
    EXPECT_THROW(fs::canonical("/none"), fs::filesystem_error);
  }
  EXPECT_EQ(file_io.written("/copied"), "beds");
  file_io.assert_copy("/plan", "/copied");
  file_io.assert_failed("copy", "/plan", EEXIST);
  file_io.assert_copy("/garden", "/orchard");
  file_io.assert_symlink("/current", "/plan");
  file_io.assert_symlink("/north", "orchard");
  file_io.assert_copy("/current", "/same");
  file_io.assert_link("/plan", "/hard");
  file_io.assert_readlink("/same", "/plan");
  file_io.assert_failed("readlink", "/plan", EINVAL);
  file_io.assert_stat("/hard");
  file_io.assert_stat("/hard");
  file_io.assert_stat("/current");
  file_io.assert_realpath("/orchard/bed");
  file_io.assert_realpath("/north/none");
  file_io.assert_failed("realpath", "/none", ENOENT);
}

TEST(FileIoFilesystem, WhatAFileSaysOfItself) {
  file_io.mock_file("/plan", "beds");
  file_io.mock_space("/plan", 4096);
  file_io.mock_error("chmod", "/closed", EPERM);
  {
    const tripwire::Sandbox sandbox;
    fs::permissions("/plan", fs::perms::owner_read);
    std::error_code error;
    fs::permissions("/plan", fs::perms::owner_exec, fs::perm_options::add, error);
    EXPECT_FALSE(error);
    EXPECT_EQ(fs::status("/plan").permissions(), fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_THROW(fs::permissions("/closed", fs::perms::none), fs::filesystem_error);
    const auto time = fs::last_write_time("/plan");
    fs::last_write_time("/plan", time - std::chrono::hours(1));
    EXPECT_LT(fs::last_write_time("/plan", error), time);
    const fs::space_info space = fs::space("/plan");
    EXPECT_EQ(space.available, 4096u);
    EXPECT_EQ(space.capacity, 4096u);
  }
  file_io.assert_chmod("/plan", 0400);
  file_io.assert_chmod("/plan", "+0100");
  file_io.assert_stat("/plan");
  file_io.assert_failed("chmod", "/closed", EPERM);
  file_io.assert_stat("/plan");
  file_io.assert_utime("/plan", tripwire::regex("[0-9]{10}.*"));
  file_io.assert_stat("/plan");
  file_io.assert_space("/plan");
}

TEST(FileIoFilesystem, OneNameSeenFromAnother) {
  file_io.mock_directory("/garden", {"north/", "north/bed"});
  file_io.mock_symlink("/current", "/garden/north");
  file_io.mock_error("realpath", "/closed", EACCES);
  const fs::path home = fs::current_path();
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(fs::relative("/current", "/garden"), "north");
    std::error_code error;
    EXPECT_EQ(fs::proximate("/garden", "/current", error), "..");
    EXPECT_THROW(fs::relative("/closed"), fs::filesystem_error);
    fs::current_path("/current");
    EXPECT_FALSE(fs::is_directory("bed"));
    EXPECT_EQ(fs::relative("bed"), "bed");
    EXPECT_NO_THROW(fs::temp_directory_path());
    EXPECT_EQ(fs::absolute("/plan"), "/plan");
  }
  EXPECT_EQ(fs::current_path(), home);
  file_io.assert_realpath("/current");
  file_io.assert_realpath("/garden");
  file_io.assert_realpath("/garden");
  file_io.assert_realpath("/current");
  file_io.assert_failed("realpath", "/closed", EACCES);
  file_io.assert_chdir("/current");
  file_io.assert_stat("/garden/north/bed");
  file_io.assert_realpath("/garden/north/bed");
}

TEST(FileIoFilesystem, ACallFailsAsTheTestSays) {
  file_io.mock_error("mkdir", "/garden", EROFS).times(2);
  file_io.mock_error("rename", "/plan", EXDEV);
  {
    const tripwire::Sandbox sandbox;
    std::error_code error;
    EXPECT_FALSE(fs::create_directory("/garden", error));
    EXPECT_EQ(error, std::errc::read_only_file_system);
    EXPECT_THROW(fs::create_directory("/garden"), fs::filesystem_error);
    try {
      fs::rename("/plan", "/old");
      ADD_FAILURE() << "it fails";
    } catch (const fs::filesystem_error &thrown) {
      EXPECT_EQ(thrown.path2(), "/old");
    }
  }
  file_io.assert_failed("mkdir", "/garden", EROFS);
  file_io.assert_failed("mkdir", "/garden", EROFS);
  file_io.assert_failed("rename", "/plan", EXDEV);
}

TEST(FileIoFilesystem, WhatPassesThroughIsReal) {
  const foreign::Folder folder;
  folder.put("plan", "beds");
  file_io.pass_through(folder / "**");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(fs::file_size(folder / "plan"), 4u);
    EXPECT_THROW(fs::file_size(folder / "none"), fs::filesystem_error);
    std::error_code error;
    EXPECT_FALSE(fs::create_directory(folder / "none/below", error));
    EXPECT_TRUE(error);
    EXPECT_TRUE(fs::remove(folder / "plan"));
  }
  EXPECT_EQ(folder.get("plan"), "none");
  file_io.assert_stat(folder / "plan");
  file_io.assert_failed("stat", folder / "none", ENOENT);
  file_io.assert_failed("mkdir", folder / "none/below", ENOENT);
  file_io.assert_unlink(folder / "plan");
}

std::vector<std::string> names_below(const std::string &path) {
  std::vector<std::string> names;
  for (const fs::directory_entry &entry : fs::recursive_directory_iterator(path))
    names.push_back(entry.path().string() + (entry.is_directory() ? "/" : ""));
  std::sort(names.begin(), names.end());
  return names;
}

TEST(FileIoFilesystem, AFolderHasItsEntries) {
  file_io.mock_directory("/garden", {"plan", "north/", "north/bed"});
  file_io.mock_file("/garden/plan", "beds").optional(); // it is only listed
  file_io.mock_error("list", "/closed", EACCES).times(2);
  file_io.mock_directory("/empty");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(names_below("/garden"),
              (std::vector<std::string>{"/garden/north/", "/garden/north/bed", "/garden/plan"}));
    std::uintmax_t size = 0;
    for (auto &entry : fs::directory_iterator("/garden"))
      size += entry.is_regular_file() ? entry.file_size() : 0;
    EXPECT_EQ(size, 4u);
    EXPECT_EQ(fs::directory_iterator("/empty"), fs::directory_iterator());
    std::error_code error;
    EXPECT_EQ(fs::directory_iterator("/closed", error), fs::directory_iterator());
    EXPECT_EQ(error, std::errc::permission_denied);
    EXPECT_THROW(fs::directory_iterator("/closed"), fs::filesystem_error);
  }
  for (const char *path : {"/garden", "/garden", "/empty"})
    file_io.assert_list(path);
  file_io.assert_failed("list", "/closed", EACCES);
  file_io.assert_failed("list", "/closed", EACCES);
}

// 1
TEST(FileIoFilesystem, WhatTheTestDoesNotSpeakOfIsRefused) {
  const std::string text = tripwire::conformance::findings([] {
    const tripwire::Sandbox sandbox;
    fs::remove("/plan");
  });
  EXPECT_NE(text.find("UnmockedInteractionError: file_io unlink \"/plan\" was attempted"), std::string::npos) << text;
  EXPECT_NE(text.find("through std::filesystem::remove"), std::string::npos) << text;
  EXPECT_NE(text.find("tripwire::file_io.mock_operation(\"unlink\", \"/plan\");"), std::string::npos) << text;
}

} // namespace
