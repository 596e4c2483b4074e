#include "shelf.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/logging.hpp>
#include <tripwire/tripwire.hpp>

TEST(Shelf, LogsWhatItLendsAndWhatItCannot) {
  shelf::Shelf shelf(1);
  {
    tripwire::Sandbox sandbox;
    EXPECT_TRUE(shelf.lend("Ada"));
    EXPECT_FALSE(shelf.lend("Bob"));
  }
  tripwire::logging.assert_info("lent to Ada, 0 left", "shelf", LOG_LOCAL0);
  tripwire::logging.assert_warning("nothing left for Bob", "shelf", LOG_LOCAL0);
}

TEST(Shelf, WarnsOnlyOnce) {
  tripwire::logging.mock_log(LOG_WARNING, tripwire::starts_with("nothing left"));

  shelf::Shelf shelf(0);
  {
    tripwire::Sandbox sandbox;
    EXPECT_FALSE(shelf.lend("Ada"));
  }
  tripwire::logging.assert_log(tripwire::at_most(LOG_WARNING), tripwire::contains("Ada"), "shelf", LOG_LOCAL0);
}
