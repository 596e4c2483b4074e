// Extended attributes, of files of the test and of real ones.
#include "foreign.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/file_io.hpp>
#include <tripwire/tripwire.hpp>

#include <fcntl.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace {

using tripwire::file_io;
using tripwire::conformance::findings;

/// The value, or the error.
std::string attribute_of(const char *path, const char *name) {
  char value[64];
  const ssize_t size = getxattr(path, name, value, sizeof value);
  return size < 0 ? "errno " + std::to_string(errno) : std::string(value, static_cast<std::size_t>(size));
}

std::string error(int number) { return "errno " + std::to_string(number); }

TEST(FileIoAttributes, AreWhatTheTestSaysAndWhatTheProgramMakesOfThem) {
  file_io.mock_file("/plan", "beds").attribute("user.author", std::string("Ann\0", 4)).attribute("user.year", "");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(getxattr("/plan", "user.author", nullptr, 0), 4);
    EXPECT_EQ(attribute_of("/plan", "user.author"), std::string("Ann\0", 4));
    EXPECT_EQ(attribute_of("/plan", "user.year"), "");
    EXPECT_EQ(setxattr("/plan", "user.season", "spring", 6, XATTR_CREATE), 0);
    char names[64];
    EXPECT_EQ(listxattr("/plan", nullptr, 0), 34);
    ASSERT_EQ(listxattr("/plan", names, sizeof names), 34);
    EXPECT_EQ(std::string(names, 34), std::string("user.author\0user.season\0user.year\0", 34));
    EXPECT_EQ(removexattr("/plan", "user.year"), 0);
    EXPECT_EQ(attribute_of("/plan", "user.season"), "spring");
  }
  file_io.assert_getxattr("/plan", "user.author");
  file_io.assert_getxattr("/plan", "user.author", std::string("Ann\0", 4));
  file_io.assert_getxattr("/plan", "user.year", "");
  file_io.assert_setxattr("/plan", "user.season", "spring", "XATTR_CREATE");
  file_io.assert_listxattr("/plan");
  file_io.assert_listxattr("/plan");
  file_io.assert_removexattr("/plan", "user.year");
  file_io.assert_getxattr("/plan", "user.season", "spring");
}

// xattr(7): as the kernel says it, whatever file system the test's files are in.
TEST(FileIoAttributes, FailAsThoseOfRealFiles) {
  file_io.mock_file("/plan", "").attribute("user.author", "Ann");
  file_io.mock_file("/gone");
  file_io.mock_symlink("/link", "/plan");
  const std::string long_name = "user." + std::string(251, 'x');
  {
    const tripwire::Sandbox sandbox;
    char room[2];
    EXPECT_EQ(getxattr("/plan", "user.author", room, sizeof room), -1);
    EXPECT_EQ(errno, ERANGE);
    EXPECT_EQ(listxattr("/plan", room, sizeof room), -1);
    EXPECT_EQ(errno, ERANGE);
    EXPECT_EQ(attribute_of("/plan", "user.none"), error(ENODATA));
    EXPECT_EQ(attribute_of("/plan", "author"), error(EOPNOTSUPP));
    EXPECT_EQ(attribute_of("/plan", long_name.c_str()), error(ERANGE));
    EXPECT_EQ(attribute_of("/gone", "user.author"), error(ENOENT));
    EXPECT_EQ(setxattr("/plan", "user.author", "Bo", 2, XATTR_CREATE), -1);
    EXPECT_EQ(errno, EEXIST);
    EXPECT_EQ(setxattr("/plan", "user.none", "Bo", 2, XATTR_REPLACE), -1);
    EXPECT_EQ(errno, ENODATA);
    EXPECT_EQ(removexattr("/plan", "user.none"), -1);
    EXPECT_EQ(errno, ENODATA);
    EXPECT_EQ(lsetxattr("/link", "user.author", "Bo", 2, 0), -1) << "links have none";
    EXPECT_EQ(errno, EPERM);
    EXPECT_EQ(lgetxattr("/link", "user.author", room, sizeof room), -1);
    EXPECT_EQ(errno, ENODATA);
    EXPECT_EQ(attribute_of("/link", "user.author"), "Ann") << "what they lead to has";
    errno = ENOTTY;
    EXPECT_EQ(attribute_of("/plan", "user.author"), "Ann");
    EXPECT_EQ(errno, ENOTTY);
  }
  file_io.assert_failed("getxattr", "/plan", ERANGE);
  file_io.assert_failed("listxattr", "/plan", ERANGE);
  file_io.assert_failed("getxattr", "/plan", ENODATA);
  file_io.assert_failed("getxattr", "/plan", EOPNOTSUPP);
  file_io.assert_failed("getxattr", "/plan", ERANGE);
  file_io.assert_failed("getxattr", "/gone", ENOENT);
  file_io.assert_failed("setxattr", "/plan", EEXIST);
  file_io.assert_failed("setxattr", "/plan", ENODATA);
  file_io.assert_failed("removexattr", "/plan", ENODATA);
  file_io.assert_failed("setxattr", "/link", EPERM);
  file_io.assert_failed("getxattr", "/link", ENODATA);
  file_io.assert_getxattr("/link", "user.author", "Ann");
  file_io.assert_getxattr("/plan", "user.author", "Ann");
}

TEST(FileIoAttributes, BelongToTheFileAndNotToItsName) {
  file_io.mock_file("/plan", "").attribute("user.author", "Ann");
  file_io.mock_operation("rename", "/plan");
  file_io.mock_error("setxattr", "/done", ENOSPC);
  {
    const tripwire::Sandbox sandbox;
    const int plan = open("/plan", O_RDWR);
    EXPECT_EQ(rename("/plan", "/done"), 0);
    char value[8];
    EXPECT_EQ(fgetxattr(plan, "user.author", value, sizeof value), 3);
    EXPECT_EQ(fsetxattr(plan, "user.author", "Bo", 2, 0), 0);
    EXPECT_EQ(flistxattr(plan, nullptr, 0), 12);
    EXPECT_EQ(fremovexattr(plan, "user.none"), -1);
    EXPECT_EQ(close(plan), 0);
    EXPECT_EQ(attribute_of("/done", "user.author"), "Bo");
    EXPECT_EQ(setxattr("/done", "user.author", "Cy", 2, 0), -1);
    EXPECT_EQ(errno, ENOSPC);
    EXPECT_EQ(attribute_of("/done", "user.author"), "Bo");
  }
  file_io.assert_open("/plan", O_RDWR);
  file_io.assert_rename("/plan", "/done");
  file_io.assert_getxattr("/plan", "user.author", "Ann");
  file_io.assert_setxattr("/plan", "user.author", "Bo");
  file_io.assert_listxattr("/plan");
  file_io.assert_failed("removexattr", "/plan", ENODATA);
  file_io.assert_close("/plan");
  file_io.assert_getxattr("/done", "user.author", "Bo");
  file_io.assert_failed("setxattr", "/done", ENOSPC);
  file_io.assert_getxattr("/done", "user.author", "Bo");
}

// 1, 2
TEST(FileIoAttributes, NobodyAnswersAndNobodyAssertsWhatIsShown) {
  std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    attribute_of("/plan", "user.author");
  });
  EXPECT_EQ(text.find("UnmockedInteractionError: file_io getxattr \"/plan\" was attempted in a sandbox, "), 0U) << text;
  EXPECT_NE(text.find("\n    tripwire::file_io.mock_file(\"/plan\", \"\");\n"), std::string::npos) << text;
  text = findings([] {
    file_io.mock_file("/plan", "").attribute("user.author", "Ann");
    const tripwire::Sandbox sandbox;
    attribute_of("/plan", "user.author");
    getxattr("/plan", "user.author", nullptr, 0);
    setxattr("/plan", "user.year", "1", 1, XATTR_CREATE);
    listxattr("/plan", nullptr, 0);
    removexattr("/plan", "user.year");
  });
  for (const char *line : {"\n      tripwire::file_io.assert_getxattr(\"/plan\", \"user.author\", \"Ann\");\n",
                           "\n      tripwire::file_io.assert_getxattr(\"/plan\", \"user.author\");\n",
                           "\n      tripwire::file_io.assert_setxattr(\"/plan\", \"user.year\", \"1\", "
                           "\"XATTR_CREATE\");\n",
                           "\n      tripwire::file_io.assert_listxattr(\"/plan\");\n",
                           "\n      tripwire::file_io.assert_removexattr(\"/plan\", \"user.year\");\n"})
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
}

TEST(FileIoAttributes, AFileThatIsNotThereHasNone) {
  std::string text = findings([] { file_io.mock_file("/plan").attribute("user.author", "Ann"); });
  EXPECT_EQ(text.find("ConfigurationError: \"/plan\" cannot have the attribute \"user.author\": No such file or "
                      "directory\n  at "),
            0U)
      << text;
  text = findings([] { file_io.mock_file("/plan", "").attribute("author", "Ann"); });
  EXPECT_EQ(text.find("ConfigurationError: \"/plan\" cannot have the attribute \"author\": "), 0U) << text;
}

// 25: a name that no file system has is refused by the kernel for each of them.
TEST(FileIoAttributes, ARealFileIsAskedForReal) {
  const foreign::Folder folder;
  folder.put("plan", "beds");
  const std::string path = folder / "plan";
  file_io.pass_through(path);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(attribute_of(path.c_str(), "author"), error(EOPNOTSUPP));
    EXPECT_GE(listxattr(path.c_str(), nullptr, 0), 0);
  }
  file_io.assert_failed("getxattr", path, EOPNOTSUPP);
  file_io.assert_listxattr(path);
}

} // namespace
