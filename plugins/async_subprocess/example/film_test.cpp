#include "film.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/async_subprocess.hpp>
#include <tripwire/tripwire.hpp>

TEST(Film, IsConverted) {
  tripwire::async_subprocess.new_session({"ffmpeg", "-i", "a.mov", "a.mp4"});

  bool is_converted = false;
  {
    tripwire::Sandbox sandbox;
    is_converted = film::convert("a.mov", "a.mp4");
  }
  tripwire::async_subprocess.assert_spawn({"ffmpeg", "-i", "a.mov", "a.mp4"}).exited(0);
  EXPECT_TRUE(is_converted);
}

TEST(Film, NeedsAConverter) {
  tripwire::async_subprocess.new_session({"ffmpeg", "-i", "a.mov", "a.mp4"}).fails(ENOENT);

  bool is_converted = true;
  {
    tripwire::Sandbox sandbox;
    is_converted = film::convert("a.mov", "a.mp4");
  }
  tripwire::async_subprocess.assert_spawn({"ffmpeg", "-i", "a.mov", "a.mp4"}).raised(ENOENT);
  EXPECT_FALSE(is_converted);
}
