// Streams of processes, played and real; and what the plugin says when a promise is broken.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/popen.hpp>
#include <tripwire/tripwire.hpp>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <regex>

namespace {

using tripwire::popen;
using tripwire::conformance::findings;
using tripwire::conformance::without_folders;

/// Numbers as N: lines move.
std::string without_numbers(const std::string &text) { return std::regex_replace(text, std::regex("[0-9]+"), "N"); }

int code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

template <class Act> auto in_sandbox(Act act) {
  const tripwire::Sandbox sandbox;
  return act();
}

TEST(Popen, TheProgramReadsWhatTheProcessWrites) {
  const std::string bytes("main\0\n", 6);
  popen.new_session("git branch").stdout(bytes).exit_code(3);
  int status = 0;
  EXPECT_EQ(in_sandbox([&] { return client::read_from("git branch", status); }), bytes);
  EXPECT_EQ(code_of(status), 3);
  popen.assert_spawn("git branch", "r");
  popen.assert_wait().stdout(bytes).exited(3);
}

TEST(Popen, WhatTheProgramWritesIsRecorded) {
  const std::string much(200000, 'x');
  popen.new_session("sort").signal(SIGPIPE);
  const int status = in_sandbox([&] { return client::write_to("sort", much); });
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE);
  popen.assert_spawn("sort", "w");
  popen.assert_wait().stdin(much).killed(SIGPIPE);
}

TEST(Popen, OutputThatNoStreamTakesIsTheProgramsOwn) {
  popen.new_session("sort").stdout("a\nb\n").stderr("two lines\n");
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  in_sandbox([] { return client::write_to("sort", "b\na\n"); });
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "a\nb\n");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "two lines\n");
  popen.assert_spawn("sort", "w");
  popen.assert_wait().stdin("b\na\n").stdout("a\nb\n").stderr("two lines\n").exited(0);
}

// 17
TEST(Popen, AProcessThatCannotBeStarted) {
  popen.new_session("sort").fails(EMFILE);
  in_sandbox([] {
    errno = 0;
    EXPECT_EQ(client::open("sort", "re"), nullptr);
    EXPECT_EQ(errno, EMFILE);
    return 0;
  });
  popen.assert_spawned("sort", "re").raised(EMFILE);
}

TEST(Popen, EveryFunctionOfStdioServes) {
  popen.new_session("ps").stdout("12 init\n13 sh\n");
  in_sandbox([] {
    std::FILE *stream = client::open("ps", "r");
    pollfd ready{fileno(stream), POLLIN, 0};
    EXPECT_EQ(poll(&ready, 1, 0), 1); // and takes nothing
    EXPECT_EQ(ready.revents, POLLIN);
    int number = 0;
    char name[8] = "";
    EXPECT_EQ(std::fscanf(stream, "%d %7s", &number, name), 2);
    EXPECT_EQ(number, 12);
    EXPECT_STREQ(name, "init");
    std::ungetc(std::fgetc(stream), stream);
    char line[16] = "";
    EXPECT_NE(std::fgets(line, sizeof line, stream), nullptr);
    EXPECT_STREQ(std::fgets(line, sizeof line, stream), "13 sh\n");
    EXPECT_EQ(std::fgets(line, sizeof line, stream), nullptr);
    EXPECT_NE(std::feof(stream), 0);
    return client::close(stream);
  });
  popen.assert_spawn("ps", "r");
  popen.assert_wait().stdout("12 init\n13 sh\n").exited(0);
}

// 55, 59
TEST(Popen, SessionsOfOneCommandAreTakenInOrder) {
  popen.new_session("date").stdout("Monday");
  popen.new_session("date").stdout("Tuesday");
  popen.new_session("who").exit_code(1);
  in_sandbox([] {
    std::FILE *monday = client::open("date", "r");
    std::FILE *who = client::open("who", "r");
    std::FILE *tuesday = client::open("date", "r");
    EXPECT_EQ(std::fgetc(tuesday), 'T');
    EXPECT_EQ(std::fgetc(monday), 'M');
    EXPECT_EQ(client::close(tuesday), 0);
    EXPECT_EQ(code_of(client::close(who)), 1);
    return client::close(monday);
  });
  popen.assert_spawn("date", "r");
  popen.assert_spawn("who", "r");
  popen.assert_spawn("date", "r");
  popen.assert_wait().stdout("Tuesday").exited(0);
  popen.assert_wait().exited(1);
  popen.assert_wait().stdout("Monday").exited(0);
}

TEST(Popen, RealProcessesAreRecorded) {
  popen.pass_through("cat; exit 4");
  popen.pass_through("/bin/echo round");
  const int ended = in_sandbox([] {
    EXPECT_EQ(code_of(client::write_to("cat; exit 4", "")), 4);
    int status = -1;
    EXPECT_EQ(client::read_from("/bin/echo round", status), "round\n");
    return status;
  });
  EXPECT_EQ(ended, 0);
  popen.assert_spawn("cat; exit 4", "w");
  popen.assert_wait().exited(4);
  popen.assert_spawn("/bin/echo round", "r");
  popen.assert_wait().exited(0);
}

// 45, 49
TEST(Popen, WhatARuleLetsThroughIsAllReal) {
  const auto permit = tripwire::allow(tripwire::M("popen").command("sh -c /bin/echo round"));
  int status = -1;
  EXPECT_EQ(client::read_from("/bin/echo round", status), "round\n");
  EXPECT_EQ(in_sandbox([&] { return client::read_from("/bin/echo round", status); }), "round\n");
}

TEST(Popen, AModeThatThereIsNot) {
  EXPECT_EQ(in_sandbox([] { return client::open("ps", "rw"); }), nullptr);
}

// 1, 5
TEST(PopenRefusals, AProcessThatNothingAnswersIsNotStarted) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(c_close("ps"), -2);
  });
  EXPECT_EQ(text.find("UnmockedInteractionError: popen run sh -c ps was attempted in a sandbox"), 0U) << text;
  EXPECT_NE(text.find("\n    tripwire::popen.new_session(\"ps\");\n"), std::string::npos) << text;
}

// 2
TEST(PopenRefusals, WhatNobodyAssertedIsShown) {
  const std::string text = findings([] {
    popen.new_session("sort").stderr("w").exit_code(2);
    popen.new_session("ps").fails(EAGAIN);
    const tripwire::Sandbox sandbox;
    client::write_to("sort", "b");
    client::open("ps", "r");
  });
  EXPECT_NE(text.find("tripwire::popen.assert_spawn(\"sort\", \"w\");"), std::string::npos) << text;
  EXPECT_NE(text.find("tripwire::popen.assert_wait().stdin(\"b\").stderr(\"w\").exited(2);"), std::string::npos)
      << text;
  EXPECT_NE(text.find("tripwire::popen.assert_spawned(\"ps\", \"r\").raised(EAGAIN);"), std::string::npos) << text;
}

// 56
TEST(PopenRefusals, AStreamThatIsClosedIsNotClosedAgain) {
  const std::string text = findings([] {
    popen.new_session("ps").stdout("12 init");
    const tripwire::Sandbox sandbox;
    std::FILE *stream = client::open("ps", "r");
    client::close(stream);
    EXPECT_EQ(std::fgetc(stream), EOF);
    client::close(stream);
  });
  EXPECT_EQ(
      without_numbers(without_folders(text))
          .find("InvalidStateError: pclose was called with a stream that is closed, in state 'terminated' of popen\n"
                "  at client.cpp:N in client::close\n"
                "  it was the session of \"ps\" from popen_test.cpp:N\n"
                "  pclose is valid in: 'running'\n"),
      0U)
      << text;
}

// 58
TEST(PopenRefusals, AProcessThatNobodyWaitsForIsLeftOver) {
  std::FILE *left = nullptr;
  const std::string text = findings([&] {
    popen.new_session("ps");
    popen.new_session("who");
    popen.new_session("date").optional();
    {
      const tripwire::Sandbox sandbox;
      left = client::open("ps", "r");
    }
    popen.assert_spawn("ps", "r");
  });
  std::fclose(left);
  EXPECT_EQ(text.find("UnusedMocksError: 2 answers were never used"), 0U) << text;
  EXPECT_NE(text.find("popen pclose of the process \"ps\"\n"), std::string::npos) << text;
  EXPECT_NE(text.find("popen new_session([\"sh\", \"-c\", \"who\"])\n"), std::string::npos) << text;
}

TEST(PopenRefusals, AProcessEndsOnce) {
  const std::string text = findings([] { popen.new_session("ps").optional().exit_code(1).fails(EAGAIN); });
  EXPECT_EQ(
      without_folders(text).find("ConfigurationError: a process ends once: .exit_code says how already, so .fails "
                                 "cannot\n  at popen_test.cpp:"),
      0U)
      << text;
}

// fclose leaves the process unwaited for, and its stream gone.
TEST(PopenRefusals, AStreamThatIsClosedByFcloseIsNotWaitedFor) {
  const std::string text = findings([] {
    popen.new_session("ps").stdout("12 init");
    {
      const tripwire::Sandbox sandbox;
      std::fclose(client::open("ps", "r"));
    }
    popen.assert_spawn("ps", "r");
  });
  EXPECT_EQ(text.find("UnusedMocksError: 1 answer was never used"), 0U) << text;
  EXPECT_NE(text.find("popen pclose of the process \"ps\"\n"), std::string::npos) << text;
}

} // namespace
