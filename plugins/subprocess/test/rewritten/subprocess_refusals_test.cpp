// What the plugin says when a promise is broken. Each test is a test inside the test: its findings are looked at.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/subprocess.hpp>
#include <tripwire/tripwire.hpp>

#include <dlfcn.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace {

using client::Exec;
using tripwire::subprocess;
using tripwire::conformance::findings;
using tripwire::conformance::without_folders;

std::string first_of(const std::string &text, const char *word) { return text.substr(0, text.find(word, 1)); }

// 1
TEST(SubprocessRefusals, AProcessThatNothingAnswersIsNotStarted) {
  const std::string text = findings([] {
    subprocess.mock_run({"git", tripwire::starts_with("p")}).optional();
    const tripwire::Sandbox sandbox;
    client::shell("git gc");
  });
  EXPECT_EQ(text.find("UnmockedInteractionError: subprocess run sh -c \"git gc\" was attempted in a sandbox"), 0U)
      << text;
  EXPECT_NE(text.find("\n    tripwire::subprocess.mock_run(\"git gc\");\n"), std::string::npos) << text;
  EXPECT_NE(text.find("command: expected [\"git\", "), std::string::npos) << text;
}

// 5, 38
TEST(SubprocessRefusals, AChildWhoseExecIsRefusedGoesOnAsAfterAnError) {
  int status = 0;
  const std::string text = findings([&] {
    const tripwire::Sandbox sandbox;
    status = client::fork_exec(Exec::vp, {"git", "gc"}).status;
  });
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 126) << status;
  EXPECT_NE(text.find("UnmockedInteractionError: subprocess run git gc was attempted"), std::string::npos) << text;
  EXPECT_NE(text.find("\n    tripwire::subprocess.mock_run({\"git\", \"gc\"});\n"), std::string::npos) << text;
  EXPECT_NE(text.find("in child process "), std::string::npos) << text;
}

// 5
TEST(SubprocessRefusals, InCodeThatCannotThrowARefusedCallFails) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(c_shell("c"), -1);
    EXPECT_EQ(c_spawn("c"), EPERM);
    EXPECT_EQ(c_exec("c"), 99);
    EXPECT_EQ(client::shell_quietly("c"), -1);
  });
  EXPECT_NE(text.find("subprocess run sh -c c was attempted"), std::string::npos) << text;
  EXPECT_NE(text.find("subprocess run c \"from c\" was attempted"), std::string::npos) << text;
}

// 2, 38
TEST(SubprocessRefusals, WhatNobodyAssertedIsShownWithAllThatIsToSay) {
  const std::string text = findings([] {
    subprocess.mock_run({"gpg"}).stdout("signed").exit_code(4);
    subprocess.mock_run({"make", "a"}).signal(SIGKILL);
    subprocess.mock_run({"gone"}).fails(ENOENT);
    const tripwire::Sandbox sandbox;
    client::spawn({"gpg"}, "letter");
    client::fork_exec(Exec::ve, {"make", "a"});
    client::spawn({"gone"});
    client::which("git", "/usr/bin:/bin");
  });
  EXPECT_NE(text.find("tripwire::subprocess.assert_run({\"gpg\"}).stdin(\"letter\").stdout(\"signed\").exited(4);"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("tripwire::subprocess.assert_run({\"make\", \"a\"}).whole_environment({{\"LANG\", "
                      "\"C\"}}).killed(SIGKILL);"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("tripwire::subprocess.assert_run({\"gone\"}).raised(ENOENT);"), std::string::npos) << text;
  EXPECT_NE(text.find("tripwire::subprocess.assert_which(\"git\", nullptr);"), std::string::npos) << text;
}

TEST(SubprocessRefusals, AWrongAssertionIsShown) {
  const std::string text = findings([] {
    subprocess.mock_run({"git", "gc"}).stdout("clean");
    {
      const tripwire::Sandbox sandbox;
      client::fork_exec(Exec::vp, {"git", "gc"});
    }
    subprocess.assert_run({"git", "push"}).stdout("clean").exited(0);
  });
  EXPECT_NE(text.find("command: expected [\"git\", \"push\"], got [\"git\", \"gc\"]"), std::string::npos) << text;
}

// 3
TEST(SubprocessRefusals, AProcessThatIsNotStartedIsUnused) {
  const std::string text = findings([] {
    subprocess.mock_run({"git", "gc"});
    subprocess.mock_which("git", "/usr/bin/git");
    subprocess.pass_through({"git"});
    const tripwire::Sandbox sandbox;
  });
  EXPECT_EQ(without_folders(text).find("UnusedMocksError: 2 answers were never used"), 0U) << text;
  EXPECT_NE(text.find("subprocess mock_run([\"git\", \"gc\"])\n"), std::string::npos) << text;
  EXPECT_NE(text.find("subprocess mock_which(\"git\", \"/usr/bin/git\")\n"), std::string::npos) << text;
}

// 3, 38: used by the child
TEST(SubprocessRefusals, AnAnswerThatAChildUsedIsUsed) {
  EXPECT_EQ(findings([] {
              subprocess.mock_run({"git", "gc"});
              {
                const tripwire::Sandbox sandbox;
                client::fork_exec(Exec::vp, {"git", "gc"});
              }
              subprocess.assert_run({"git", "gc"}).exited(0);
            }),
            "");
}

TEST(SubprocessRefusals, TheTestItselfDoesNotBecomeAnotherProgram) {
  const std::string text = findings([] {
    subprocess.mock_run({"git", "gc"});
    const tripwire::Sandbox sandbox;
    client::become({"git", "gc"});
  });
  EXPECT_NE(
      text.find(
          "ConfigurationError: the process that runs the test called execvp of \"git\", which would end the test"),
      std::string::npos)
      << text;
}

// What would run unseen, or end the test with a code of success.
TEST(SubprocessRefusals, AChildThatNobodyCanFollowIsRefused) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    EXPECT_THROW(client::clone_child(3), tripwire::Violation);
    EXPECT_THROW(client::go_to_background(), tripwire::Violation);
  });
  EXPECT_NE(text.find("tripwire::mock<&clone>()"), std::string::npos) << text;
  EXPECT_NE(text.find("tripwire::mock<&daemon>()"), std::string::npos) << text;
  EXPECT_EQ(findings([] {
              tripwire::mock<&daemon>().returns(0);
              {
                const tripwire::Sandbox sandbox;
                EXPECT_EQ(client::go_to_background(), 0);
              }
              tripwire::assert_call<&daemon>(1, 1);
            }),
            "");
}

TEST(SubprocessRefusals, FileActionsOfCodeThatIsNotRewrittenAreUnknown) {
  const std::string text = findings([] {
    subprocess.mock_run({"make"}).optional();
    posix_spawn_file_actions_t actions;
    // By its address: as code does that is not rewritten.
    const auto init =
        reinterpret_cast<int (*)(posix_spawn_file_actions_t *)>(dlsym(RTLD_DEFAULT, "posix_spawn_file_actions_init"));
    ASSERT_EQ(init(&actions), 0);
    const tripwire::Sandbox sandbox;
    EXPECT_THROW(client::spawn_by("make", &actions), tripwire::Violation);
  });
  EXPECT_NE(text.find("ConfigurationError: the file actions of posix_spawnp were made by code that is not rewritten"),
            std::string::npos)
      << text;
}

TEST(SubprocessRefusals, APathThatIsNoneIsAnErrorAndNoProcess) {
  EXPECT_EQ(findings([] {
              const tripwire::Sandbox sandbox;
              EXPECT_EQ(client::spawn_at(nullptr), EFAULT);
            }),
            "");
}

TEST(SubprocessRefusals, BehindVforkAnAnswerCanOnlyFail) {
  int status = 0;
  const std::string text = findings([&] {
    subprocess.mock_run({"/bin/true"});
    const tripwire::Sandbox sandbox;
    status = client::vfork_exec({"/bin/true"});
  });
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 126) << status;
  EXPECT_NE(text.find("ConfigurationError: execv of \"/bin/true\" behind vfork cannot be played\n  at "),
            std::string::npos)
      << text;
  EXPECT_EQ(findings([&] {
              subprocess.mock_run({"/bin/true"}).fails(ENOENT);
              subprocess.pass_through({"/bin/true"});
              {
                const tripwire::Sandbox sandbox;
                status = client::vfork_exec({"/bin/true"});
                EXPECT_EQ(client::vfork_exec({"/bin/true"}), 0);
              }
              subprocess.assert_run({"/bin/true"}).raised(ENOENT);
              subprocess.assert_run({"/bin/true"}).started();
            }),
            "");
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 127) << status;
}

// 40, 43
TEST(SubprocessRefusals, OutsideOfASandboxTheGuardRefusesAProcess) {
  const std::string text = findings([] { client::spawn({"/bin/true", "1"}); });
  EXPECT_EQ(without_folders(first_of(text, "GuardedCallError"))
                .find("GuardedCallError: posix_spawnp (plugin subprocess) was called outside of a sandbox"),
            0U)
      << text;
  EXPECT_NE(text.find("run /bin/true 1"), std::string::npos) << text;
  EXPECT_NE(text.find("tripwire::M(\"subprocess\").binary(\"/bin/true\").command(\"/bin/true 1\")"), std::string::npos)
      << text;
}

TEST(SubprocessRefusals, WordsThatNoProcessKnowsAreRefused) {
  const auto refused = [](auto words) {
    const std::string text = without_folders(first_of(findings(words), "ConfigurationError"));
    return text.substr(0, text.find("\n  at subprocess_refusals_test.cpp:"));
  };
  EXPECT_EQ(refused([] { subprocess.mock_run("a").optional().exit_code(256); }),
            "ConfigurationError: a process exits with a code from 0 to 255, not with 256");
  EXPECT_EQ(refused([] { subprocess.mock_run("a").optional().signal(-1); }),
            "ConfigurationError: no signal has the number -1");
  EXPECT_EQ(refused([] { subprocess.mock_run("a").optional().fails(0); }),
            "ConfigurationError: a start fails with an errno, such as ENOENT, not with 0");
  EXPECT_EQ(refused([] { subprocess.mock_run("a").optional().exit_code(0).signal(SIGTERM); }),
            "ConfigurationError: a process ends once: .exit_code says how already, so .signal cannot");
  EXPECT_EQ(refused([] { subprocess.mock_run("a").optional().until_killed().fails(ENOENT); }),
            "ConfigurationError: a process ends once: .until_killed says how already, so .fails cannot");
}

} // namespace
