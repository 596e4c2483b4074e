#include "plan.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/file_io.hpp>
#include <tripwire/tripwire.hpp>

#include <cerrno>
#include <system_error>

TEST(Plan, TakesTheBedsFromTheSettings) {
  tripwire::file_io.mock_file("/etc/garden.conf", "beds=4\n");
  tripwire::file_io.mock_file("/var/garden/plan");
  {
    tripwire::Sandbox sandbox;
    garden::write_plan("/var/garden/plan", garden::beds("/etc/garden.conf"));
  }
  tripwire::file_io.assert_open("/etc/garden.conf", "r");
  tripwire::file_io.assert_read("/etc/garden.conf", "beds=4");
  tripwire::file_io.assert_close("/etc/garden.conf");
  tripwire::file_io.assert_open("/var/garden/plan", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  tripwire::file_io.assert_write("/var/garden/plan", "4 beds\n");
  tripwire::file_io.assert_close("/var/garden/plan");
}

TEST(Plan, IsGoneWhenTheDiskIsFull) {
  tripwire::file_io.mock_file("/var/garden/plan");
  tripwire::file_io.mock_error("write", "/var/garden/plan", ENOSPC);
  tripwire::file_io.mock_operation("unlink", "/var/garden/plan");
  {
    tripwire::Sandbox sandbox;
    EXPECT_THROW(garden::write_plan("/var/garden/plan", 4), std::system_error);
  }
  tripwire::file_io.assert_open("/var/garden/plan", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  tripwire::file_io.assert_failed("write", "/var/garden/plan", ENOSPC);
  tripwire::file_io.assert_close("/var/garden/plan");
  tripwire::file_io.assert_unlink("/var/garden/plan");
}
