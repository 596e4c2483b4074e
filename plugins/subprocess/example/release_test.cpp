#include "release.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/subprocess.hpp>
#include <tripwire/tripwire.hpp>

#include <csignal>
#include <stdexcept>

TEST(Release, NamesItsCommit) {
  tripwire::subprocess.mock_run({"git", "rev-parse", "HEAD"}).stdout("c0ffee\n");

  std::string commit;
  {
    tripwire::Sandbox sandbox;
    commit = release::commit();
  }
  tripwire::subprocess.assert_run({"git", "rev-parse", "HEAD"}).stdout("c0ffee\n").exited(0);
  EXPECT_EQ(commit, "c0ffee");
}

TEST(Release, SaysThatTheSignerCrashed) {
  tripwire::subprocess.mock_run({"gpg", "--detach-sign"}).signal(SIGSEGV);
  {
    tripwire::Sandbox sandbox;
    EXPECT_THROW(release::sign("all of it"), std::runtime_error);
  }
  tripwire::subprocess.assert_run({"gpg", "--detach-sign"}).stdin("all of it").killed(SIGSEGV);
}
