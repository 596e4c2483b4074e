// What the plugin says when a promise is broken. Each test is a test inside the test: its findings are looked at.
#include "client.hpp"
#include "foreign.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/file_io.hpp>
#include <tripwire/tripwire.hpp>

#include <cerrno>

namespace {

using tripwire::file_io;
using tripwire::conformance::findings;

/// Places by the names of their files alone; files that messages speak of keep their folders.
std::string without_folders(std::string text) {
  for (const std::string name : {"client.cpp:", "file_io_refusals_test.cpp:"})
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
      const std::size_t start = text.rfind(' ', at) + 1;
      text.erase(start, at - start);
      at = start;
    }
  return text;
}

std::string first_of(const std::string &text, const char *word) { return text.substr(0, text.find(word, 1)); }

// 1, 20
TEST(FileIoRefusals, AFileThatTheTestDoesNotSpeakOfIsRefused) {
  const std::string text = findings([] {
    file_io.mock_file("/etc/gardens.conf", "").optional();
    const tripwire::Sandbox sandbox;
    client::open_to_read("/etc/garden.conf");
  });
  EXPECT_EQ(
      without_folders(first_of(text, "UnmockedInteractionError")),
      R"(UnmockedInteractionError: file_io open "/etc/garden.conf" was attempted in a sandbox, and nothing in the test answers it
  at client.cpp:109 in client::open_to_read
  through open
    operation: "open"
    path: "/etc/garden.conf"
  the nearest mock, mock_file("/etc/gardens.conf") from file_io_refusals_test.cpp:34, does not match
    operation: "open" matches
    path: expected "/etc/gardens.conf", got "/etc/garden.conf"
  to answer it, paste this in front of the sandbox:
    tripwire::file_io.mock_file("/etc/garden.conf", "");
)");
}

// 1, 5
TEST(FileIoRefusals, WhereNothingCanBeThrownARefusedCallFailsAndNothingHappens) {
  const foreign::Folder folder;
  folder.put("plan", "beds");
  const std::string path = folder / "plan";
  const std::string text = findings([&] {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::open_quietly(path.c_str()), -1);
    EXPECT_EQ(errno, EPERM);
    EXPECT_EQ(c_open(path.c_str()), -1);
    EXPECT_EQ(c_save(path.c_str(), "trees"), -1);
  });
  EXPECT_EQ(folder.get("plan"), "beds");
  EXPECT_NE(text.find("it was answered instead (returns NULL, errno EPERM)"), std::string::npos) << text;
  EXPECT_NE(text.find("\n    tripwire::file_io.mock_file("), std::string::npos) << text;
}

// 2
TEST(FileIoRefusals, WhatNobodyAssertedFailsTheTest) {
  const std::string text = findings([] {
    file_io.mock_file("/plan", "old");
    file_io.mock_operation("rename", "/plan");
    file_io.mock_error("unlink", "/plan", EACCES);
    const tripwire::Sandbox sandbox;
    client::read_all("/plan");
    client::write_all("/plan", "a \"word\"", O_WRONLY | O_CREAT, 0640);
    client::rename_file("/plan", "/done");
    client::unlink_file("/plan");
    client::can_access("/plan", R_OK | W_OK);
  });
  EXPECT_EQ(without_folders(text), R"(UnassertedInteractionsError: 9 interactions were never asserted
  [0] file_io open "/plan"
      at client.cpp:18 in client::read_all
      tripwire::file_io.assert_open("/plan", O_RDONLY);
  [1] file_io read "/plan"
      at client.cpp:24 in client::read_all
      tripwire::file_io.assert_read("/plan", "old");
  [2] file_io close "/plan"
      at client.cpp:28 in client::read_all
      tripwire::file_io.assert_close("/plan");
  [3] file_io open "/plan"
      at client.cpp:33 in client::write_all
      tripwire::file_io.assert_open("/plan", O_WRONLY | O_CREAT, 0640);
  [4] file_io write "/plan"
      at client.cpp:38 in client::write_all
      tripwire::file_io.assert_write("/plan", "a \"word\"");
  [5] file_io close "/plan"
      at client.cpp:42 in client::write_all
      tripwire::file_io.assert_close("/plan");
  [6] file_io rename "/plan" to "/done"
      at client.cpp:107 in client::rename_file
      tripwire::file_io.assert_rename("/plan", "/done");
  [7] file_io unlink "/plan"
      at client.cpp:93 in client::unlink_file
      tripwire::file_io.assert_failed("unlink", "/plan", EACCES);
  [8] file_io access "/plan"
      at client.cpp:104 in client::can_access
      tripwire::file_io.assert_failed("access", "/plan", ENOENT);
)");
}

// 3
TEST(FileIoRefusals, WhatWasNeverUsedFailsTheTest) {
  const std::string text = findings([] {
    file_io.mock_file("/plan", "beds");
    file_io.mock_directory("/garden");
    file_io.mock_operation("read", "/plan").at_most(2);
    file_io.mock_error("write", tripwire::ends_with(".tmp"), ENOSPC).after(7);
    file_io.mock_file("/spare").optional();
    file_io.pass_through("/tmp/**");
    const tripwire::Sandbox sandbox;
  });
  EXPECT_EQ(without_folders(text),
            R"(UnusedMocksError: 4 answers were never used; remove what is not needed, or mark it .optional()
  file_io mock_file("/plan")
      registered at file_io_refusals_test.cpp:117
  file_io mock_directory("/garden")
      registered at file_io_refusals_test.cpp:118
  file_io mock_operation("read", "/plan").at_most(2)
      registered at file_io_refusals_test.cpp:119
  file_io mock_error("write", text that ends with ".tmp", ENOSPC).after(7)
      registered at file_io_refusals_test.cpp:120
)");
}

// 8
TEST(FileIoRefusals, AnAssertionOfOtherDataShowsBoth) {
  const std::string text = findings([] {
    file_io.mock_file("/plan");
    {
      const tripwire::Sandbox sandbox;
      client::write_all("/plan", "trees", O_WRONLY | O_CREAT, 0640);
    }
    file_io.assert_open("/plan", O_WRONLY | O_CREAT, 0640);
    file_io.assert_write("/plan", "beds");
  });
  EXPECT_NE(text.find("data: expected \"beds\", got \"trees\""), std::string::npos) << text;
}

// 8
TEST(FileIoRefusals, TheModeOfWhatMayBeMadeHasToBeSaid) {
  const std::string text = findings([] {
    file_io.mock_file("/plan");
    {
      const tripwire::Sandbox sandbox;
      client::write_all("/plan", "trees", O_WRONLY | O_CREAT, 0640);
    }
    file_io.assert_open("/plan", O_WRONLY | O_CREAT);
  });
  EXPECT_NE(text.find("MissingAssertionFieldsError"), std::string::npos) << text;
  EXPECT_NE(text.find("mode"), std::string::npos) << text;
}

// 40, 43
TEST(FileIoRefusals, OutsideOfASandboxTheGuardRefusesACall) {
  const std::string text = findings([] {
    file_io.mock_file("/plan", "").optional();
    client::open_to_read("/plan");
  });
  EXPECT_EQ(without_folders(first_of(text, "GuardedCallError")),
            R"(GuardedCallError: open (plugin file_io) was called outside of a sandbox
  at client.cpp:109 in client::open_to_read
  open "/plan"
  to let it through, in the test:
    auto permit = tripwire::allow(tripwire::M("file_io").path("/plan").operation("open").field("mode", "read"));
  or for the whole project, in tripwire.yaml:
    firewall:
      allow:
        - file_io: {path: "/plan", operation: open, mode: read}
  or answer it inside a sandbox:
    tripwire::file_io.mock_file("/plan", "");
)");
}

TEST(FileIoRefusals, TheGuardNamesTheRulesForBothNamesOfACall) {
  const std::string text = findings([] {
    file_io.mock_operation("rename", "/old").optional();
    client::rename_file("/old", "/new");
  });
  EXPECT_EQ(without_folders(first_of(text, "GuardedCallError")),
            R"(GuardedCallError: rename (plugin file_io) was called outside of a sandbox
  at client.cpp:107 in client::rename_file
  rename "/old" to "/new"
  to let it through, in the test:
    auto permit = tripwire::allow(tripwire::M("file_io").path("/old").operation("rename").field("mode", "write"),
                                  tripwire::M("file_io").path("/new").operation("rename").field("mode", "write"));
  or for the whole project, in tripwire.yaml:
    firewall:
      allow:
        - file_io: {path: "/old", operation: rename, mode: write}
        - file_io: {path: "/new", operation: rename, mode: write}
  or answer it inside a sandbox:
    tripwire::file_io.mock_operation("rename", "/old");
)");
}

TEST(FileIoRefusals, WordsThatNoFileKnowsAreRefused) {
  const auto refused = [](auto words) {
    const std::string text = without_folders(first_of(findings(words), "ConfigurationError"));
    return text.substr(0, text.find('\n'));
  };
  EXPECT_EQ(refused([] { file_io.mock_file("", "x"); }), "ConfigurationError: no file is named \"\"");
  EXPECT_EQ(refused([] { file_io.mock_operation("delete", "/plan"); }),
            "ConfigurationError: files know no operation \"delete\"; they know open, read, write, close, sync, "
            "truncate, allocate, map, stat, access, chmod, chown, utime, space, readlink, getxattr, "
            "setxattr, listxattr, removexattr, realpath, list, chdir, unlink, rename, copy, link, symlink, mknod, "
            "mkdir, rmdir");
  EXPECT_EQ(refused([] { file_io.mock_error("open", "/plan", 0); }),
            "ConfigurationError: a call fails with an errno, such as ENOSPC, not with 0");
  EXPECT_EQ(refused([] { file_io.mock_error("open", "/plan", EIO).after(3); }),
            "ConfigurationError: .after is for read and write; open moves no bytes");
  EXPECT_EQ(refused([] { file_io.mock_operation("unlink", "/plan").at_most(3); }),
            "ConfigurationError: .at_most is for read and write; unlink moves no bytes");
  EXPECT_EQ(refused([] { file_io.mock_operation("read", "/plan").at_most(0); }),
            "ConfigurationError: a call that moves nothing is at the end of its file, or fails: use mock_error");
  EXPECT_EQ(refused([] { file_io.mock_directory("/plan", {"/bed"}); }),
            "ConfigurationError: no entry of a folder is named \"/bed\"");
  EXPECT_EQ(refused([] { file_io.pass_through("/tmp/*/../x"); }),
            "ConfigurationError: '/tmp/*/../x' has a '..' behind a wildcard, which names nothing");
  EXPECT_EQ(refused([] { file_io.mock_symlink("/current", ""); }), "ConfigurationError: no file is named \"\"");
  EXPECT_EQ(refused([] { file_io.mock_error("chmod", "/plan", EPERM).after(3); }),
            "ConfigurationError: .after is for read and write; chmod moves no bytes");
  EXPECT_EQ(refused([] {
              file_io.mock_file("/plan", "").optional();
              file_io.mock_file("/plan/below", "").optional();
            }),
            "ConfigurationError: the test cannot have \"/plan/below\": Not a directory");
  EXPECT_EQ(refused([] {
              file_io.mock_directory("/garden").optional();
              file_io.mock_symlink("/garden", "/plan").optional();
            }),
            "ConfigurationError: the test cannot have \"/garden\": File exists");
  EXPECT_EQ(refused([] { (void)file_io.written("/plan"); }), "ConfigurationError: the test has no file \"/plan\"");
}

// 5, 8: words in the wrong order, or for what was not done
TEST(FileIoRefusals, AnAssertionOfWhatWasNotDoneSaysWhatWas) {
  const std::string text = findings([] {
    file_io.mock_file("/plan", "beds");
    {
      const tripwire::Sandbox sandbox;
      client::read_lines("/plan");
    }
    file_io.assert_open("/plan", "r");
    file_io.assert_close("/plan");
  });
  EXPECT_NE(text.find("MissingAssertionFieldsError: the assertion of file_io does not say data"), std::string::npos)
      << text;
  EXPECT_NE(text.find("tripwire::file_io.assert_read(\"/plan\", \"beds\");"), std::string::npos) << text;
}

// 3: a stream that wrote nothing has not failed
TEST(FileIoRefusals, AnErrorThatNothingMetIsReported) {
  const std::string text = findings([] {
    file_io.mock_file("/plan");
    file_io.mock_error("write", "/plan", ENOSPC);
    {
      const tripwire::Sandbox sandbox;
      client::print("/plan", "w", "");
    }
    file_io.assert_open("/plan", "w");
    file_io.assert_close("/plan");
  });
  EXPECT_NE(text.find("mock_error(\"write\", \"/plan\", ENOSPC)"), std::string::npos) << text;
}

// 33: what one test says is nothing to the next
TEST(FileIoRefusals, ATestLeavesNothingBehind) {
  int kept = -1;
  EXPECT_EQ(findings([&] {
              file_io.mock_file("/plan", "beds");
              {
                const tripwire::Sandbox sandbox;
                kept = client::open_to_read("/plan");
              }
              file_io.assert_open("/plan", O_RDONLY);
            }),
            "");
  EXPECT_EQ(foreign::position(kept), 0) << "the descriptor stays the program's";
  foreign::close_descriptor(kept);
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    client::open_to_read("/plan");
  });
  EXPECT_NE(text.find("UnmockedInteractionError: file_io open \"/plan\""), std::string::npos) << text;
}

} // namespace
