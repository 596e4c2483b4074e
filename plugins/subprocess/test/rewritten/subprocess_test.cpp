// Processes that the test plays, over real fork, pipes and waiting.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/subprocess.hpp>
#include <tripwire/tripwire.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <thread>

namespace {

using client::Exec;
using client::Words;
using tripwire::anything;
using tripwire::subprocess;

int code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }
int signal_of(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : -1; }

template <class Act> auto in_sandbox(Act act) {
  const tripwire::Sandbox sandbox;
  return act();
}

TEST(Subprocess, SystemGivesTheStatusOfTheShell) {
  subprocess.mock_run("ls /nowhere").exit_code(2);
  subprocess.mock_run("ls /nowhere").signal(SIGTERM);
  in_sandbox([] {
    EXPECT_EQ(code_of(client::shell("ls /nowhere")), 2);
    EXPECT_EQ(signal_of(client::shell("ls /nowhere")), SIGTERM);
    return 0;
  });
  subprocess.assert_run("ls /nowhere").exited(2);
  subprocess.assert_run({"sh", "-c", "ls /nowhere"}).killed(SIGTERM);
}

TEST(Subprocess, SystemWritesWhereTheProgramWrites) {
  subprocess.mock_run("date").stdout("Monday\n");
  testing::internal::CaptureStdout();
  in_sandbox([] { return client::shell("date"); });
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "Monday\n");
  subprocess.assert_run("date").stdout("Monday\n").exited(0);
}

// 17
TEST(Subprocess, SystemThatCannotStartAnything) {
  subprocess.mock_run("date").fails(EAGAIN);
  in_sandbox([] {
    errno = 0;
    EXPECT_EQ(client::shell("date"), -1);
    EXPECT_EQ(errno, EAGAIN);
    return 0;
  });
  subprocess.assert_run("date").raised(EAGAIN);
}

TEST(Subprocess, ASpawnedProcessReadsWhatItIsGivenAndWritesWhatItIsTold) {
  subprocess.mock_run({"gpg", "--sign"}).stdout("signed").stderr("one key").exit_code(4);
  const client::Ended ended = in_sandbox([] { return client::spawn({"gpg", "--sign"}, "a letter"); });
  EXPECT_EQ(ended.out, "signed");
  EXPECT_EQ(ended.err, "one key");
  EXPECT_EQ(code_of(ended.status), 4);
  subprocess.assert_run({"gpg", "--sign"}).stdin("a letter").stdout("signed").stderr("one key").exited(4);
}

// More than a pipe holds, and bytes of any kind.
TEST(Subprocess, NobodyWaitsForEverHoweverMuchThereIs) {
  std::string much(300000, 'x');
  much[7] = '\0';
  subprocess.mock_run({"sort"}).stdout(much);
  const client::Ended ended = in_sandbox([&] { return client::spawn({"sort"}, much.substr(1)); });
  EXPECT_EQ(ended.out, much);
  subprocess.assert_run({"sort"}).stdin(much.substr(1)).stdout(much).exited(0);
}

TEST(Subprocess, AProcessThatDoesNotReadItsInput) {
  subprocess.mock_run({"true"}).leaves_stdin();
  in_sandbox([] { return client::spawn({"true"}); });
  subprocess.assert_run({"true"}).exited(0);
}

TEST(Subprocess, FileActionsAndAttributesAreCarriedOut) {
  client::Spawn how;
  how.path = "/usr/bin/make";
  how.folder = "/usr";
  how.has_own_group = true;
  subprocess.mock_run({"make", "all"});
  const client::Ended ended = in_sandbox([&] { return client::spawn_with({"make", "all"}, how); });
  EXPECT_EQ(ended.out, "own group");
  subprocess.assert_run({"make", "all"}).cwd("/usr").flags("POSIX_SPAWN_SETPGROUP").exited(0);
}

TEST(Subprocess, AFileActionThatFailsIsAnErrorOfTheSpawn) {
  client::Spawn how;
  how.path = "/usr/bin/make";
  how.missing_file = "/nowhere/at/all";
  subprocess.mock_run({"make"});
  EXPECT_EQ(in_sandbox([&] { return client::spawn_with({"make"}, how); }).error, ENOENT);
  subprocess.assert_run({"make"}).raised(ENOENT);
}

TEST(Subprocess, ATerminalIsGivenToTheProcess) {
  client::Spawn how;
  how.path = "/usr/bin/make";
  how.terminal = STDIN_FILENO; // by then /dev/null, which is none
  subprocess.mock_run({"make"});
  EXPECT_EQ(in_sandbox([&] { return client::spawn_with({"make"}, how); }).error, ENOTTY);
  subprocess.assert_run({"make"}).raised(ENOTTY);
}

TEST(Subprocess, ASpawnThatFails) {
  subprocess.mock_run({"nothing"}).fails(E2BIG);
  in_sandbox([] {
    errno = 7;
    pid_t process = 5;
    EXPECT_EQ(client::spawn_alone({"nothing"}, &process), E2BIG);
    EXPECT_EQ(process, 5);
    EXPECT_EQ(errno, 7);
    return 0;
  });
  subprocess.assert_run({"nothing"}).raised(E2BIG);
}

TEST(Subprocess, EveryExecIsAnswered) {
  const struct {
    Exec how;
    bool has_variables;
  } all[] = {{Exec::l, false},  {Exec::lp, false},       {Exec::le, true},     {Exec::v, false},
             {Exec::vp, false}, {Exec::vpe, true},       {Exec::ve, true},     {Exec::f, true},
             {Exec::at, true},  {Exec::at_folder, true}, {Exec::at_file, true}};
  for (const auto &[how, has_variables] : all) {
    subprocess.mock_run({"/bin/cat", tripwire::ends_with(".txt")}).stdout("text").stderr("warning").exit_code(9);
    const client::Ended ended = in_sandbox([how = how] {
      return client::fork_exec(how, {"/bin/cat", "a.txt"}, "input");
    });
    EXPECT_EQ(ended.out, "text");
    EXPECT_EQ(ended.err, "warning");
    EXPECT_EQ(code_of(ended.status), 9);
    tripwire::plugins::ProcessAssertion assertion = subprocess.assert_run({"/bin/cat", "a.txt"});
    if (has_variables)
      assertion.whole_environment({{"LANG", "C"}});
    if (how == Exec::f || how == Exec::at_folder || how == Exec::at_file)
      assertion.binary(tripwire::ends_with("bin/cat"));
    assertion.stdin("input").stdout("text").stderr("warning").exited(9);
  }
}

TEST(Subprocess, WhatTheChildChangesBeforeExecIsSaid) {
  setenv("SUBPROCESS_GONE", "1", 1);
  subprocess.mock_run({"make", "all"});
  in_sandbox([] {
    return client::fork_exec(Exec::vp, {"make", "all"}, "", [] {
      setenv("LANG", "tlh", 1);
      setenv("DEPLOY_KEY", "s3cret", 1);
      unsetenv("SUBPROCESS_GONE");
      if (chdir("/usr") != 0)
        _exit(1);
    });
  });
  unsetenv("SUBPROCESS_GONE");
  subprocess.assert_run({"make", "all"})
      .cwd("/usr")
      .environment({{"SUBPROCESS_GONE", nullptr}, {"LANG", tripwire::starts_with("tl")}, {"DEPLOY_KEY", anything}})
      .exited(0);
}

TEST(Subprocess, AnExecThatFailsTellsTheParent) {
  subprocess.mock_run({"nothing"}).fails(ENOENT);
  EXPECT_EQ(in_sandbox([] { return client::fork_exec_told({"nothing"}); }), ENOENT);
  subprocess.assert_run({"nothing"}).raised(ENOENT);
}

TEST(Subprocess, WhatIsToBeClosedByExecIsClosed) {
  subprocess.mock_run({"something"});
  EXPECT_EQ(in_sandbox([] { return client::fork_exec_told({"something"}); }), 0);
  subprocess.assert_run({"something"}).exited(0);
}

TEST(Subprocess, AnExecOfTheTestItselfMayFail) {
  subprocess.mock_run({"nothing"}).fails(EACCES);
  EXPECT_EQ(in_sandbox([] { return client::become({"nothing"}); }), EACCES);
  subprocess.assert_run({"nothing"}).raised(EACCES);
}

TEST(Subprocess, AForkThatFails) {
  tripwire::mock<&fork>().fails(-1, EAGAIN);
  EXPECT_EQ(in_sandbox([] { return client::fork_exec(Exec::vp, {"true"}); }).error, EAGAIN);
  tripwire::assert_call<&fork>().returned(-1);
}

TEST(Subprocess, APlayedProcessIsARealChild) {
  subprocess.mock_run({"one"}).exit_code(1);
  subprocess.mock_run({"two"}).exit_code(2);
  in_sandbox([] {
    pid_t one = 0;
    pid_t two = 0;
    EXPECT_EQ(client::spawn_alone({"one"}, &one), 0);
    EXPECT_EQ(client::spawn_alone({"two"}, &two), 0);
    const pid_t real = fork();
    if (real == 0)
      _exit(3);
    EXPECT_EQ(client::wait_by_id(two), 2);
    int statuses = 0;
    for (int children = 0; children < 2; ++children) {
      pid_t process = 0;
      const int status = client::wait_for_any(process);
      EXPECT_TRUE(process == one || process == real);
      statuses += code_of(status);
    }
    EXPECT_EQ(statuses, 4);
    EXPECT_EQ(kill(one, 0), -1);
    return 0;
  });
  subprocess.assert_run({"one"}).exited(1);
  subprocess.assert_run({"two"}).exited(2);
}

TEST(Subprocess, AProcessIsLookedAtAsOftenAsOneLikesAndWaitedForOnce) {
  subprocess.mock_run({"one"}).exit_code(3);
  in_sandbox([] {
    pid_t one = 0;
    EXPECT_EQ(client::spawn_alone({"one"}, &one), 0);
    EXPECT_EQ(client::look_at(one), 3);
    EXPECT_EQ(client::look_at(one), 3);
    EXPECT_EQ(code_of(client::wait_for(one, WNOHANG)), 3);
    EXPECT_EQ(client::wait_for(one), -1);
    EXPECT_EQ(errno, ECHILD);
    return 0;
  });
  subprocess.assert_run({"one"}).exited(3);
}

// Its children run none of the handlers by which a child is known.
TEST(Subprocess, AQuietForkIsAForkAsWell) {
  subprocess.mock_run({"one"}).exit_code(3);
  EXPECT_EQ(code_of(in_sandbox([] { return client::quiet_fork_exec({"one"}); })), 3);
  subprocess.assert_run({"one"}).exited(3);
}

TEST(Subprocess, AProcessThatRunsUntilItIsKilled) {
  subprocess.mock_run({"server"}).until_killed();
  in_sandbox([] {
    pid_t server = 0;
    EXPECT_EQ(client::spawn_alone({"server"}, &server), 0);
    EXPECT_EQ(client::wait_for(server, WNOHANG), -1);
    EXPECT_EQ(kill(server, SIGTERM), 0);
    EXPECT_EQ(signal_of(client::wait_for(server)), SIGTERM);
    return 0;
  });
  subprocess.assert_run({"server"}).started();
}

// The program's own handlers are not those of what it starts.
TEST(Subprocess, HandlersOfSignalsEndWithTheProgram) {
  struct sigaction before {};
  struct sigaction own {};
  own.sa_handler = [](int) { _exit(0); };
  sigaction(SIGTERM, &own, &before);
  subprocess.mock_run({"server"}).until_killed();
  in_sandbox([] {
    pid_t server = 0;
    client::spawn_alone({"server"}, &server);
    kill(server, SIGTERM);
    EXPECT_EQ(signal_of(client::wait_for(server)), SIGTERM);
    return 0;
  });
  sigaction(SIGTERM, &before, nullptr);
  subprocess.assert_run({"server"}).started();
}

TEST(Subprocess, AnswersAreTakenInOrderByCommand) {
  subprocess.mock_run({"git", "pull"}).exit_code(1);
  subprocess.mock_run({"git", "push"}).exit_code(2);
  subprocess.mock_run({"git", "pull"}).exit_code(3);
  subprocess.mock_run({"git", anything}).exit_code(4).times(2);
  in_sandbox([] {
    for (const char *word : {"push", "pull", "pull", "gc", "push"})
      client::spawn({"git", word});
    return 0;
  });
  subprocess.assert_run({"git", "push"}).exited(2);
  subprocess.assert_run({"git", "pull"}).exited(1);
  subprocess.assert_run({"git", "pull"}).exited(3);
  subprocess.assert_run({"git", "gc"}).exited(4);
  subprocess.assert_run({"git", "push"}).exited(4);
}

TEST(Subprocess, CommandsMayBeMatchedAsAWhole) {
  subprocess.mock_run(
      tripwire::that([](const tripwire::plugins::ProcessCommand &command) { return command.words.size() > 2; }));
  in_sandbox([] { return client::spawn({"a", "b", "c"}); });
  subprocess.assert_run(Words{"a", "b", "c"}).exited(0);
}

TEST(Subprocess, RealProcessesAreRecorded) {
  subprocess.pass_through({"/bin/cat"}).times(2);
  subprocess.pass_through("exit 3");
  subprocess.pass_through({"/nowhere/at/all"});
  in_sandbox([] {
    const client::Ended spawned = client::spawn({"/bin/cat"}, "round and round");
    EXPECT_EQ(spawned.out, "round and round");
    const client::Ended forked = client::fork_exec(Exec::v, {"/bin/cat"}, "and round");
    EXPECT_EQ(forked.out, "and round");
    EXPECT_EQ(code_of(client::shell("exit 3")), 3);
    EXPECT_EQ(client::spawn({"/nowhere/at/all"}).error, ENOENT);
    return 0;
  });
  subprocess.assert_run({"/bin/cat"}).exited(0);
  subprocess.assert_run({"/bin/cat"}).started();
  subprocess.assert_run("exit 3").exited(3);
  subprocess.assert_run({"/nowhere/at/all"}).raised(ENOENT);
}

TEST(Subprocess, ASearchOfPathIsOneInteraction) {
  subprocess.mock_which("git", "/opt/git/bin/git");
  subprocess.mock_which("hg", nullptr);
  in_sandbox([] {
    EXPECT_EQ(client::which("git", "/usr/bin:/opt/git/bin/:/bin"), "/opt/git/bin//git");
    EXPECT_EQ(client::which("hg", "/usr/bin:/bin"), "");
    EXPECT_EQ(client::which("sh", "/usr/bin:/bin"), "");
    EXPECT_EQ(client::which("sh", "/usr/bin:/bin"), "");
    return 0;
  });
  subprocess.assert_which("git", "/opt/git/bin/git");
  subprocess.assert_which("hg", nullptr);
  subprocess.assert_which("sh", nullptr);
  subprocess.assert_which("sh", nullptr);
}

TEST(Subprocess, ARealSearchFindsWhatThereIs) {
  subprocess.pass_through_which("sh");
  in_sandbox([] {
    EXPECT_NE(client::which("sh", "/nowhere:/usr/bin:/bin"), "");
    EXPECT_TRUE(client::can_read("/etc/passwd"));
    return 0;
  });
  subprocess.assert_which("sh", tripwire::ends_with("/sh"));
}

// Each keeps something of the test.
TEST(Subprocess, AProgramLooksForWhatItStarts) {
  subprocess.pass_through_which("sh").times(2);
  subprocess.pass_through({"/bin/sh", "-c", "exit 3"}).times(2);
  in_sandbox([] {
    for (int round = 0; round < 2; ++round) {
      EXPECT_NE(client::which("sh", "/usr/bin:/bin"), "");
      EXPECT_EQ(code_of(client::spawn({"/bin/sh", "-c", "exit 3"}).status), 3);
      EXPECT_EQ(client::which("nothing", "/usr/bin:/bin"), "");
    }
    return 0;
  });
  for (int round = 0; round < 2; ++round) {
    subprocess.assert_which("sh", tripwire::ends_with("/sh"));
    subprocess.assert_run({"/bin/sh", "-c", "exit 3"}).exited(3);
    subprocess.assert_which("nothing", nullptr);
  }
}

TEST(Subprocess, ThreadsStartProcessesAtTheSameTime) {
  subprocess.mock_run({"job"}).stdout("done").times(8);
  in_sandbox([] {
    std::thread threads[2];
    for (std::thread &thread : threads) {
      thread = std::thread([] {
        for (int round = 0; round < 4; ++round)
          EXPECT_EQ(client::spawn({"job"}, "x").out, "done");
      });
    }
    for (std::thread &thread : threads)
      thread.join();
    return 0;
  });
  for (int round = 0; round < 8; ++round)
    subprocess.assert_run({"job"}).stdin("x").stdout("done").exited(0);
}

TEST(Subprocess, RulesNameProgramsAndCommands) {
  const auto permit = tripwire::allow("subprocess:true");
  EXPECT_EQ(client::spawn({"/bin/true"}).error, 0);
  EXPECT_EQ(client::spawn({"true"}).error, 0);
  const auto more = tripwire::allow(tripwire::M("subprocess").field("command", "sh -c exit 3"));
  EXPECT_EQ(code_of(client::shell("exit 3")), 3);
}

// 39
TEST(Subprocess, CIsServedAsWell) {
  subprocess.mock_run("c").exit_code(1);
  subprocess.mock_run({"c"}).fails(ENOMEM);
  subprocess.mock_run({"c", "from c"}).exit_code(5);
  in_sandbox([] {
    EXPECT_EQ(code_of(c_shell("c")), 1);
    EXPECT_EQ(c_spawn("c"), ENOMEM);
    EXPECT_EQ(c_exec("c"), 5);
    return 0;
  });
  subprocess.assert_run("c").exited(1);
  subprocess.assert_run({"c"}).raised(ENOMEM);
  subprocess.assert_run({"c", "from c"}).exited(5);
}

} // namespace
