#include "prompt.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/popen.hpp>
#include <tripwire/tripwire.hpp>

TEST(Prompt, ShowsTheBranch) {
  tripwire::popen.new_session("git branch --show-current").stdout("main\n");

  std::string text;
  {
    tripwire::Sandbox sandbox;
    text = prompt::text();
  }
  tripwire::popen.assert_spawn("git branch --show-current", "r");
  tripwire::popen.assert_wait().stdout("main\n").exited(0);
  EXPECT_EQ(text, "main> ");
}

TEST(Prompt, IsCopied) {
  tripwire::popen.new_session("xclip -selection clipboard").exit_code(1);

  bool is_copied = true;
  {
    tripwire::Sandbox sandbox;
    is_copied = prompt::copy("main> ");
  }
  tripwire::popen.assert_spawn("xclip -selection clipboard", "w");
  tripwire::popen.assert_wait().stdin("main> ").exited(1);
  EXPECT_FALSE(is_copied);
}
