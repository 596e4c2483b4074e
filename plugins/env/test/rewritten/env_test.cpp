// What a test can say and assert of the environment, over rewritten code in C++ and C, beside the real environment.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/env.hpp>
#include <tripwire/tripwire.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <thread>

extern char **environ;

namespace {

using tripwire::anything;
using tripwire::env;
using tripwire::unset;

/// What really stands in the environment, seen past libc's functions.
std::string really(const std::string &name) {
  for (char **one = environ; one != nullptr && *one != nullptr; ++one)
    if (std::strncmp(*one, (name + "=").c_str(), name.size() + 1) == 0)
      return *one + name.size() + 1;
  return "(unset)";
}

TEST(Env, AVariableHoldsWhatTheTestSaysHoweverOftenItIsRead) {
  env.mock_get("HOME", "/home/ada");
  {
    const tripwire::Sandbox sandbox;
    for (int count = 0; count < 3; ++count)
      EXPECT_EQ(client::read("HOME"), "/home/ada");
    EXPECT_STREQ(client::get_securely("HOME"), "/home/ada");
    EXPECT_STREQ(c_get("HOME"), "/home/ada");
    EXPECT_STREQ(client::get_quietly("HOME"), "/home/ada");
  }
  EXPECT_NE(really("HOME"), "/home/ada");
  for (int count = 0; count < 6; ++count)
    env.assert_get("HOME", "/home/ada");
}

TEST(Env, AVariableMayBeUnsetOrEmpty) {
  env.mock_get("EDITOR", unset);
  env.mock_get("VISUAL", nullptr);
  env.mock_get("PAGER", "");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::get("EDITOR"), nullptr);
    EXPECT_EQ(client::get("VISUAL"), nullptr);
    EXPECT_STREQ(client::get("PAGER"), "");
  }
  env.assert_get("EDITOR", unset);
  env.assert_get("VISUAL", nullptr);
  env.assert_get("PAGER", "");
}

TEST(Env, AMatcherSpeaksOfManyVariables) {
  env.mock_get("LC_ALL", "C");
  env.mock_get(tripwire::starts_with("LC_"), unset);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::read("LC_TIME"), "(unset)");
    EXPECT_EQ(client::read("LC_ALL"), "C");
  }
  env.assert_get(tripwire::contains("TIME"), unset);
  env.assert_get("LC_ALL", tripwire::not_equal("POSIX"));
}

TEST(Env, WhatTheProgramChangesIsWhatItReadsAndTheRealEnvironmentStays) {
  const std::string path = really("PATH");
  char text[] = "TW_PUT=one";
  char name[] = "PATH";
  env.mock_set("TW_SET", "a");
  env.mock_set("TW_PUT", "one");
  env.mock_unset("PATH").times(2);
  env.mock_get("PATH", "/bin");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::read("PATH"), "/bin");
    EXPECT_EQ(client::set("TW_SET", "a", 1), 0);
    EXPECT_EQ(client::put(text), 0);
    EXPECT_EQ(client::unset("PATH"), 0);
    EXPECT_EQ(client::put(name), 0) << "without a value it removes";
    EXPECT_EQ(client::read("TW_SET"), "a");
    EXPECT_EQ(client::get("TW_PUT"), text + 7) << "the text stays the program's";
    text[7] = 'O';
    EXPECT_EQ(client::read("TW_PUT"), "One");
    EXPECT_EQ(client::read("PATH"), "(unset)");
  }
  EXPECT_EQ(really("TW_SET"), "(unset)");
  EXPECT_EQ(really("TW_PUT"), "(unset)");
  EXPECT_EQ(really("PATH"), path);
  env.assert_get("PATH", "/bin");
  env.assert_set("TW_SET", "a");
  env.assert_set("TW_PUT", "one");
  env.assert_unset("PATH");
  env.assert_unset("PATH");
  env.assert_get("TW_SET", "a");
  env.assert_get("TW_PUT", "one");
  env.assert_get("TW_PUT", "One");
  env.assert_get("PATH", unset);
}

TEST(Env, WhatIsClearedIsUnsetUntilSomebodySaysOtherwise) {
  env.mock_get("HOME", "/home/ada");
  env.mock_clear();
  env.mock_set("TW_SET", "b");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::read("HOME"), "/home/ada");
    EXPECT_EQ(client::clear(), 0);
    EXPECT_EQ(client::read("HOME"), "(unset)");
    EXPECT_EQ(client::read("LANG"), "(unset)");
    EXPECT_EQ(client::set("TW_SET", "b", 0), 0);
    EXPECT_EQ(client::read("TW_SET"), "b");
    env.mock_get("HOME", "/root");
    EXPECT_EQ(client::read("HOME"), "/root");
  }
  EXPECT_NE(really("PATH"), "(unset)");
  env.assert_get("HOME", "/home/ada");
  env.assert_clear();
  env.assert_get("HOME", unset);
  env.assert_get("LANG", unset);
  env.assert_set("TW_SET", "b", false);
  env.assert_get("TW_SET", "b");
  env.assert_get("HOME", "/root");
}

TEST(Env, WithoutOverwritingOnlyWhatIsUnsetIsSet) {
  env.mock_get("LANG", "C");
  env.mock_get("EDITOR", unset).optional();
  env.mock_set(anything, "new").times(4);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::set("LANG", "new", 0), 0);
    EXPECT_EQ(client::read("LANG"), "C");
    EXPECT_EQ(client::set("EDITOR", "new", 0), 0);
    EXPECT_EQ(client::read("EDITOR"), "new");
    EXPECT_EQ(client::set("TW_NOBODY", "new", 0), 0);
    EXPECT_EQ(client::read("TW_NOBODY"), "new");
    EXPECT_EQ(client::set("LANG", "new", 1), 0);
    EXPECT_EQ(client::read("LANG"), "new");
  }
  env.assert_set("LANG", "new", false);
  env.assert_get("LANG", "C");
  env.assert_set("EDITOR", "new", false);
  env.assert_get("EDITOR", "new");
  env.assert_set("TW_NOBODY", "new", false);
  env.assert_get("TW_NOBODY", "new");
  env.assert_set("LANG", "new");
  env.assert_get("LANG", "new");
}

TEST(Env, TheTestMaySayAnewWhatAVariableHolds) {
  env.mock_get("MODE", "one").times(2);
  env.mock_get("MODE", "two");
  const tripwire::Sandbox *open = nullptr;
  {
    const tripwire::Sandbox sandbox;
    open = &sandbox;
    EXPECT_EQ(client::read("MODE"), "one");
    EXPECT_EQ(client::read("MODE"), "one");
    EXPECT_EQ(client::read("MODE"), "two");
    EXPECT_EQ(client::read("MODE"), "two");
    env.mock_get("MODE", "three"); // in place of what holds without end
    EXPECT_EQ(client::read("MODE"), "three");
  }
  EXPECT_NE(open, nullptr);
  for (const char *value : {"one", "one", "two", "two", "three"})
    env.assert_get("MODE", value);
}

TEST(Env, AChangeFailsAsTheTestOrLibcSays) {
  env.mock_set("TW_SET", anything).fails(ENOMEM);
  env.mock_set(anything, "x").times(2);
  env.mock_unset("A=B");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::set("TW_SET", "x", 1), -1);
    EXPECT_EQ(errno, ENOMEM);
    errno = 0;
    EXPECT_EQ(client::set("", "x", 1), -1);
    EXPECT_EQ(errno, EINVAL);
    errno = 0;
    EXPECT_EQ(client::set("A=B", "x", 0), -1);
    EXPECT_EQ(errno, EINVAL);
    errno = 0;
    EXPECT_EQ(client::unset("A=B"), -1);
    EXPECT_EQ(errno, EINVAL);
  }
  env.assert_set_failed("TW_SET", "x", ENOMEM);
  env.assert_set_failed("", "x", EINVAL);
  env.assert_set_failed("A=B", "x", false, EINVAL);
  env.assert_unset_failed("A=B", EINVAL);
}

// 17
TEST(Env, ErrnoStays) {
  env.mock_get("HOME", "/");
  env.mock_set("TW_SET", "x");
  {
    const tripwire::Sandbox sandbox;
    errno = ENOENT;
    EXPECT_EQ(client::read("HOME"), "/");
    EXPECT_EQ(errno, ENOENT);
    EXPECT_EQ(client::set("TW_SET", "x", 1), 0);
    EXPECT_EQ(errno, ENOENT);
  }
  env.assert_get("HOME", "/");
  env.assert_set("TW_SET", "x");
}

// 25
TEST(Env, WhatPassesThroughIsRealAndMustBeAsserted) {
  env.pass_through(tripwire::starts_with("TW_REAL")).always();
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::read("TW_REAL"), "(unset)");
    EXPECT_EQ(c_set("TW_REAL", "yes"), 0);
    EXPECT_EQ(client::read("TW_REAL"), "yes");
    EXPECT_EQ(client::unset("TW_REAL"), 0);
  }
  EXPECT_EQ(really("TW_REAL"), "(unset)");
  env.assert_get("TW_REAL", unset);
  env.assert_set("TW_REAL", "yes");
  env.assert_get("TW_REAL", "yes");
  env.assert_unset("TW_REAL");
}

// 45, 46
TEST(Env, WhatARuleAllowsIsRealAndNeedsNoAssertion) {
  const auto permit = tripwire::allow(tripwire::M("env").field("name", "PATH"));
  EXPECT_EQ(client::read("PATH"), really("PATH"));
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::read("PATH"), really("PATH"));
  }
}

// 64
TEST(Env, TheValueOfASecretIsNotRecorded) {
  env.mock_get("API_TOKEN", "abc");
  env.mock_get("LICENCE", "abc"); // as tripwire.yaml says
  env.mock_set("API_TOKEN", "def");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::read("API_TOKEN"), "abc");
    EXPECT_EQ(client::read("LICENCE"), "abc");
    EXPECT_EQ(client::set("API_TOKEN", "def", 1), 0);
  }
  env.assert_get("API_TOKEN", anything);
  env.assert_get("LICENCE", anything);
  env.assert_set("API_TOKEN", anything);
}

// 35
TEST(Env, AThreadSeesTheSameEnvironment) {
  env.mock_get("HOME", "/home/ada");
  env.mock_set("TW_SET", "x");
  {
    const tripwire::Sandbox sandbox;
    std::thread([] {
      EXPECT_EQ(client::read("HOME"), "/home/ada");
      EXPECT_EQ(client::set("TW_SET", "x", 1), 0);
    }).join();
    EXPECT_EQ(client::read("TW_SET"), "x");
  }
  env.assert_get("HOME", "/home/ada");
  env.assert_set("TW_SET", "x");
  env.assert_get("TW_SET", "x");
}

// 38
TEST(Env, WhatAForkedChildDoesIsAssertedAndItsChangesAreItsOwn) {
  env.mock_get("EDITOR", unset);
  env.mock_set("EDITOR", "vi");
  {
    const tripwire::Sandbox sandbox;
    const pid_t child = fork();
    if (child == 0) {
      const bool is_right =
          client::get("EDITOR") == nullptr && client::set("EDITOR", "vi", 1) == 0 && client::read("EDITOR") == "vi";
      _exit(is_right ? 7 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 7);
    EXPECT_EQ(client::get("EDITOR"), nullptr);
  }
  env.assert_get("EDITOR", unset);
  env.assert_set("EDITOR", "vi");
  env.assert_get("EDITOR", "vi");
  env.assert_get("EDITOR", unset);
}

// 34
TEST(Env, TestsThatRunAtTheSameTimeHaveEnvironmentsOfTheirOwn) {
  const auto run = [](const std::string &value) {
    tripwire::Verifier verifier;
    env.mock_get("HOME", value);
    env.mock_set("TW_SET", value);
    for (int count = 0; count < 200; ++count) {
      const tripwire::Sandbox sandbox;
      EXPECT_EQ(client::read("HOME"), value);
      if (count == 0)
        client::set("TW_SET", value, 1);
      EXPECT_EQ(client::read("TW_SET"), value);
    }
    tripwire::in_any_order([&] {
      env.assert_set("TW_SET", value);
      for (int count = 0; count < 200; ++count) {
        env.assert_get("HOME", value);
        env.assert_get("TW_SET", value);
      }
    });
    verifier.verify_all();
  };
  std::thread one([&] { run("one"); });
  std::thread other([&] { run("other"); });
  one.join();
  other.join();
}

// 10
TEST(Env, InteractionsAreAssertedInTheirOrderOrInAny) {
  env.mock_get(anything, "x");
  {
    const tripwire::Sandbox sandbox;
    client::read("ONE");
    client::read("TWO");
  }
  tripwire::in_any_order({"env"}, [] {
    env.assert_get("TWO", "x");
    env.assert_get("ONE", "x");
  });
}

/// What the tests have set up is real: the guard is not on there.
class EnvFixture : public ::testing::Test {
protected:
  EnvFixture() { client::set("TW_FIXTURE", "real", 1); }
  ~EnvFixture() override { client::unset("TW_FIXTURE"); }
};

// 42
TEST_F(EnvFixture, SetUpIsReal) { EXPECT_EQ(really("TW_FIXTURE"), "real"); }

// 42
TEST(Env, WhatIsReadBeforeMainIsReal) { EXPECT_TRUE(client::had_path_at_start); }

} // namespace
