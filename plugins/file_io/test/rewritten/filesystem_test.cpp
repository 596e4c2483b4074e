// Files by the functions of <filesystem>: those that throw, and those that set an error_code.
#include "foreign.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/file_io.hpp>
#include <tripwire/tripwire.hpp>

#include <algorithm>
#include <cerrno>
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
