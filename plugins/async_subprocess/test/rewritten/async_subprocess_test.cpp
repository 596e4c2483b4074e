// Processes of a real loop, played and real; and what the plugin says when a promise is broken.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/async_subprocess.hpp>
#include <tripwire/tripwire.hpp>

#include <uv.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <thread>

namespace {

/// An object of the program that is made before main, and whose making is seen in what a process writes.
const struct Seen {
  Seen() {
    if (std::getenv("TRIPWIRE_PLAYED_PROCESS") != nullptr)
      std::printf("made before main"), std::fflush(nullptr);
  }
} seen;

using client::Ended;
using client::How;
using client::Words;
using tripwire::async_subprocess;
using tripwire::conformance::findings;
using tripwire::conformance::without_folders;

template <class Act> auto in_sandbox(Act act) {
  const tripwire::Sandbox sandbox;
  return act();
}

TEST(AsyncSubprocess, TheLoopTellsWhatTheProcessWritesAndHowItEnds) {
  async_subprocess.new_session({"sort", "-u"}).stdout("a\nb\n").stderr("twice\n").exit_code(3);
  How how;
  how.input = "b\na\na\n";
  const Ended ended = in_sandbox([&] { return client::run({"sort", "-u"}, how); });
  EXPECT_EQ(ended.error, 0);
  EXPECT_EQ(ended.out, "a\nb\n");
  EXPECT_EQ(ended.err, "twice\n");
  EXPECT_EQ(ended.status, 3);
  EXPECT_EQ(ended.signal, 0);
  EXPECT_EQ(ended.calls_back, 1);
  async_subprocess.assert_spawn({"sort", "-u"}).stdin("b\na\na\n").stdout("a\nb\n").stderr("twice\n").exited(3);
}

TEST(AsyncSubprocess, ASignalThatEndsTheProcess) {
  async_subprocess.new_session({"ffmpeg"}).signal(SIGSEGV);
  const Ended ended = in_sandbox([] { return client::run({"ffmpeg"}); });
  EXPECT_EQ(ended.signal, SIGSEGV);
  async_subprocess.assert_spawn({"ffmpeg"}).killed(SIGSEGV);
}

TEST(AsyncSubprocess, AProcessThatTheProgramKills) {
  async_subprocess.new_session({"server"}).until_killed();
  How how;
  how.kill = SIGTERM;
  const Ended ended = in_sandbox([&] { return client::run({"server"}, how); });
  EXPECT_EQ(ended.killed, 0);
  EXPECT_EQ(ended.signal, SIGTERM);
  async_subprocess.assert_spawn({"server"}).started();
  async_subprocess.assert_kill(SIGTERM);
}

TEST(AsyncSubprocess, AProcessThatHasEndedCannotBeKilled) {
  async_subprocess.new_session({"date"});
  How how;
  how.kills_late = true;
  EXPECT_EQ(in_sandbox([&] { return client::run({"date"}, how); }).killed, UV_ESRCH);
  async_subprocess.assert_spawn({"date"}).exited(0);
  async_subprocess.assert_kill_raised(SIGTERM, UV_ESRCH);
}

TEST(AsyncSubprocess, AProcessThatCannotBeStarted) {
  async_subprocess.new_session({"nothing"}).fails(UV_ENOENT);
  const Ended ended = in_sandbox([] { return client::run({"nothing"}); });
  EXPECT_EQ(ended.error, UV_ENOENT);
  EXPECT_EQ(ended.calls_back, 0);
  async_subprocess.assert_spawn({"nothing"}).raised(ENOENT);
}

TEST(AsyncSubprocess, AllThatTheProgramSaysIsRecorded) {
  How how;
  how.folder = "/usr";
  how.has_variables = true;
  how.variables = {"LANG=C", "API_TOKEN=s3cret"};
  how.is_detached = true;
  async_subprocess.new_session({"make"});
  in_sandbox([&] { return client::run({"make"}, how); });
  async_subprocess.assert_spawn({"make"})
      .cwd("/usr")
      .whole_environment({{"LANG", "C"}, {"API_TOKEN", tripwire::anything}})
      .flags("UV_PROCESS_DETACHED")
      .exited(0);
}

// 55, 59
TEST(AsyncSubprocess, SessionsRunAtTheSameTime) {
  async_subprocess.new_session({"date"}).stdout("Monday");
  async_subprocess.new_session({"who"}).exit_code(1);
  async_subprocess.new_session({"date"}).stdout("Tuesday");
  const std::vector<Ended> ended = in_sandbox([] { return client::run_all({{"date"}, {"date"}, {"who"}}); });
  EXPECT_EQ(ended[0].out, "Monday");
  EXPECT_EQ(ended[1].out, "Tuesday");
  EXPECT_EQ(ended[2].status, 1);
  EXPECT_NE(ended[0].pid, ended[1].pid);
  async_subprocess.assert_spawn({"date"}).stdout("Monday").exited(0);
  async_subprocess.assert_spawn({"date"}).stdout("Tuesday").exited(0);
  async_subprocess.assert_spawn({"who"}).exited(1);
}

TEST(AsyncSubprocess, RealProcessesAreRecordedWithTheirEnd) {
  async_subprocess.pass_through({"/bin/cat"});
  async_subprocess.pass_through({"sh", "-c", "exit 4"});
  async_subprocess.pass_through({"/nowhere/at/all"});
  How how;
  how.input = "round and round";
  in_sandbox([&] {
    EXPECT_EQ(client::run({"/bin/cat"}, how).out, "round and round");
    const Ended ended = client::run({"sh", "-c", "exit 4"});
    EXPECT_EQ(ended.status, 4);
    EXPECT_EQ(ended.calls_back, 1);
    EXPECT_EQ(client::run({"/nowhere/at/all"}).error, UV_ENOENT);
    how = {};
    how.kill = SIGKILL;
    return client::run({"/bin/cat"}, how);
  });
  async_subprocess.assert_spawn({"/bin/cat"}).exited(0);
  async_subprocess.assert_spawn("exit 4").exited(4);
  async_subprocess.assert_spawn({"/nowhere/at/all"}).raised(ENOENT);
  async_subprocess.assert_spawn({"/bin/cat"}).killed(SIGKILL);
  async_subprocess.assert_kill(SIGKILL);
}

// 45, 49
TEST(AsyncSubprocess, WhatARuleLetsThroughIsAllReal) {
  const auto permit = tripwire::allow("async_subprocess:cat");
  How how;
  how.kill = SIGKILL;
  EXPECT_EQ(client::run({"/bin/cat"}, how).signal, SIGKILL);
  EXPECT_EQ(in_sandbox([&] { return client::run({"/bin/cat"}, how); }).signal, SIGKILL);
}

// Much, in both directions, and bytes of any kind.
TEST(AsyncSubprocess, NobodyWaitsForEverHoweverMuchThereIs) {
  std::string much(300000, 'x');
  much[7] = '\0';
  async_subprocess.new_session({"sort"}).stdout(much).stderr(much);
  How how;
  how.input = much.substr(1);
  const Ended ended = in_sandbox([&] { return client::run({"sort"}, how); });
  EXPECT_EQ(ended.out, much);
  EXPECT_EQ(ended.err, much);
  async_subprocess.assert_spawn({"sort"}).stdin(much.substr(1)).stdout(much).stderr(much).exited(0);
}

TEST(AsyncSubprocess, AProcessHasASessionOfItsOwnWhereTheProgramSaysSo) {
  async_subprocess.new_session({"server"}).until_killed();
  How how;
  how.is_detached = true;
  how.kill = SIGTERM;
  const Ended ended = in_sandbox([&] { return client::run({"server"}, how); });
  EXPECT_EQ(ended.session, ended.pid);
  EXPECT_EQ(ended.signal, SIGTERM);
  async_subprocess.assert_spawn({"server"}).flags("UV_PROCESS_DETACHED").started();
  async_subprocess.assert_kill(SIGTERM);
}

TEST(AsyncSubprocess, WhatIsReadIsRecordedAlsoWhereNobodyIsToldTheEnd) {
  async_subprocess.new_session({"sort"});
  How how;
  how.input = "b\na\n";
  how.is_not_told = true;
  EXPECT_EQ(in_sandbox([&] { return client::run({"sort"}, how); }).calls_back, 0);
  async_subprocess.assert_spawn({"sort"}).stdin("b\na\n").exited(0);
}

TEST(AsyncSubprocess, StreamsMayBeFewOrManyOrInherited) {
  async_subprocess.new_session({"date"}).stdout("nobody reads it");
  async_subprocess.new_session({"sort"}).stdout("c");
  async_subprocess.new_session({"wc"}).leaves_stdin();
  in_sandbox([] {
    How how;
    how.has_no_streams = true;
    EXPECT_EQ(client::run({"date"}, how).calls_back, 1);
    std::FILE *const file = std::tmpfile();
    std::fputs("a line", file);
    std::rewind(file);
    how = {};
    how.input_descriptor = fileno(file);
    how.has_more = true;
    const Ended ended = client::run({"sort"}, how);
    EXPECT_EQ(ended.out, "c");
    EXPECT_EQ(ended.more, "");
    EXPECT_EQ(client::run({"wc"}, how).status, 0);
    return std::fclose(file);
  });
  async_subprocess.assert_spawn({"date"}).stdout("nobody reads it").exited(0);
  async_subprocess.assert_spawn({"sort"}).stdin("a line").stdout("c").exited(0);
  async_subprocess.assert_spawn({"wc"}).exited(0);
}

TEST(AsyncSubprocess, AFolderThatThereIsNotIsAnErrorOfTheSpawn) {
  async_subprocess.new_session({"make"});
  How how;
  how.folder = "/nowhere/at/all";
  EXPECT_EQ(in_sandbox([&] { return client::run({"make"}, how); }).error, UV_ENOENT);
  async_subprocess.assert_spawn({"make"}).cwd("/nowhere/at/all").raised(ENOENT);
}

std::ptrdiff_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return std::distance(begin(all), end(all));
}

// What it is started by stays between the two. The first start opens what libuv keeps.
TEST(AsyncSubprocess, APlayedProcessLeavesNothingBehind) {
  async_subprocess.new_session({"date"});
  in_sandbox([] { return client::run({"date"}); });
  async_subprocess.assert_spawn({"date"}).exited(0);
  async_subprocess.new_session({"date"});
  const std::ptrdiff_t before = open_descriptors();
  in_sandbox([] { return client::run({"date"}); });
  EXPECT_EQ(open_descriptors(), before);
  EXPECT_EQ(std::getenv("TRIPWIRE_PLAYED_PROCESS"), nullptr);
  async_subprocess.assert_spawn({"date"}).exited(0);
}

// It has all descriptors that are not its parent's alone, and goes on when the program lets go of its handle.
TEST(AsyncSubprocess, APlayedProcessInheritsAsEveryOther) {
  int inherited[2];
  int input[2];
  ASSERT_EQ(pipe(inherited), 0);
  ASSERT_EQ(pipe2(input, O_CLOEXEC), 0);
  async_subprocess.new_session({"sort"});
  How how;
  how.has_no_streams = true;
  how.input_descriptor = input[0];
  how.closes_handle = true;
  const Ended ended = in_sandbox([&] { return client::run({"sort"}, how); });
  EXPECT_EQ(ended.calls_back, 0);
  close(inherited[1]);
  pollfd lives{inherited[0], POLLIN, 0};
  EXPECT_EQ(poll(&lives, 1, 0), 0);
  close(input[1]);
  EXPECT_EQ(poll(&lives, 1, 60000), 1);
  int status = -1;
  EXPECT_EQ(waitpid(ended.pid, &status, 0), ended.pid);
  EXPECT_EQ(status, 0);
  close(inherited[0]);
  close(input[0]);
  async_subprocess.assert_spawn({"sort"}).exited(0);
}

TEST(AsyncSubprocess, LoopsOfThreadsStartProcessesAtTheSameTime) {
  async_subprocess.new_session({"job"}).stdout("done").times(6);
  in_sandbox([] {
    std::thread threads[2];
    for (std::thread &thread : threads) {
      thread = std::thread([] {
        How how;
        how.input = "x";
        for (int round = 0; round < 3; ++round)
          EXPECT_EQ(client::run({"job"}, how).out, "done");
      });
    }
    for (std::thread &thread : threads)
      thread.join();
    return 0;
  });
  for (int round = 0; round < 6; ++round)
    async_subprocess.assert_spawn({"job"}).stdin("x").stdout("done").exited(0);
}

TEST(AsyncSubprocess, AForkedChildHasALoopOfItsOwn) {
  async_subprocess.new_session({"sort"}).stdout("a");
  in_sandbox([] {
    const pid_t child = fork();
    if (child == 0) {
      How how;
      how.input = "b";
      _exit(client::run({"sort"}, how).out == "a" ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    return 0;
  });
  async_subprocess.assert_spawn({"sort"}).stdin("b").stdout("a").exited(0);
}

// Whoever is told to play must never run the tests.
TEST(AsyncSubprocess, AProgramThatIsToldToPlayNothingEnds) {
  int said[2];
  ASSERT_EQ(pipe(said), 0);
  const pid_t child = fork();
  if (child == 0) {
    dup2(said[1], STDERR_FILENO);
    setenv("TRIPWIRE_PLAYED_PROCESS", "777", 1);
    execl("/proc/self/exe", "test", static_cast<char *>(nullptr));
    _exit(1);
  }
  close(said[1]);
  std::FILE *const text = fdopen(said[0], "r");
  char line[128] = "";
  EXPECT_NE(std::fgets(line, sizeof line, text), nullptr);
  EXPECT_STREQ(line, "tripwire: TRIPWIRE_PLAYED_PROCESS is set, but names no process to play\n");
  std::fclose(text);
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 127) << status;
}

// No function of libc is another one than it was.
TEST(AsyncSubprocess, OtherChildrenBecomeWhatTheySay) {
  char name[] = "true";
  char *argv[] = {name, nullptr};
  const pid_t child = fork();
  if (child == 0) {
    execvp(name, argv);
    _exit(1);
  }
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

// 1
TEST(AsyncSubprocessRefusals, AProcessThatNothingAnswersIsNotStarted) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::spawn_quietly("git"), UV_EPERM);
    client::run({"git", "gc"});
  });
  EXPECT_EQ(text.find("UnmockedInteractionError: async_subprocess run git gc was attempted in a sandbox"), 0U) << text;
  EXPECT_NE(text.find("\n    tripwire::async_subprocess.new_session({\"git\", \"gc\"});\n"), std::string::npos) << text;
  EXPECT_NE(text.find("async_subprocess run git was attempted"), std::string::npos) << text;
}

// 2
TEST(AsyncSubprocessRefusals, WhatNobodyAssertedIsShown) {
  const std::string text = findings([] {
    async_subprocess.new_session({"server"}).stdout("ready").until_killed();
    async_subprocess.new_session({"gone"}).fails(EACCES);
    How how;
    how.kill = SIGTERM;
    how.input = "letter";
    const tripwire::Sandbox sandbox;
    client::run({"server"}, how);
    client::run({"gone"});
  });
  EXPECT_NE(text.find("tripwire::async_subprocess.assert_spawn({\"server\"})"), std::string::npos) << text;
  EXPECT_NE(text.find(".stdout(\"ready\").started();"), std::string::npos) << text;
  EXPECT_NE(text.find("tripwire::async_subprocess.assert_kill(SIGTERM);"), std::string::npos) << text;
  EXPECT_NE(text.find("tripwire::async_subprocess.assert_spawn({\"gone\"}).raised(EACCES);"), std::string::npos)
      << text;
}

// 3, 58
TEST(AsyncSubprocessRefusals, ASessionThatDoesNotHappenIsUnused) {
  const std::string text = findings([] {
    async_subprocess.new_session({"date"});
    async_subprocess.new_session({"who"}).optional();
    const tripwire::Sandbox sandbox;
  });
  EXPECT_EQ(without_folders(text).find("UnusedMocksError: 1 answer was never used"), 0U) << text;
  EXPECT_NE(text.find("async_subprocess new_session([\"date\"])\n"), std::string::npos) << text;
}

// 40
TEST(AsyncSubprocessRefusals, OutsideOfASandboxTheGuardRefusesAProcess) {
  const std::string text = findings([] { client::run({"/bin/true"}); });
  EXPECT_EQ(text.find("GuardedCallError: uv_spawn (plugin async_subprocess) was called outside of a sandbox"), 0U)
      << text;
}

} // namespace
