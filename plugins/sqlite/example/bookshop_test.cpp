#include "bookshop.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/sqlite.hpp>
#include <tripwire/tripwire.hpp>

TEST(Bookshop, SellsACopy) {
  tripwire::sqlite.new_session("shop.db")
      .expect_connect()
      .expect_execute("SELECT copies, price FROM books WHERE title = ?", {"Emma"})
      .columns({"copies", "price"})
      .rows({{3, 7.5}})
      .expect_execute("UPDATE books SET copies = copies - 1 WHERE title = ?", {"Emma"})
      .changes(1)
      .expect_close();

  std::string told;
  {
    tripwire::Sandbox sandbox;
    told = bookshop::sell("shop.db", "Emma");
  }

  tripwire::sqlite.assert_connect("shop.db");
  tripwire::sqlite.assert_execute("SELECT copies, price FROM books WHERE title = ?", {"Emma"});
  tripwire::sqlite.assert_execute("UPDATE books SET copies = copies - 1 WHERE title = ?", {"Emma"});
  tripwire::sqlite.assert_close();
  EXPECT_EQ(told, "that is 7.5");
}

TEST(Bookshop, WaitsForTheTill) {
  tripwire::sqlite.new_session("shop.db")
      .expect_connect()
      .expect_execute(tripwire::starts_with("SELECT"), {"Emma"})
      .rows({{3, 7.5}})
      .expect_execute(tripwire::starts_with("UPDATE"), {"Emma"})
      .fails(SQLITE_BUSY)
      .expect_close();

  std::string told;
  {
    tripwire::Sandbox sandbox;
    told = bookshop::sell("shop.db", "Emma");
  }

  tripwire::sqlite.assert_connect("shop.db");
  tripwire::sqlite.assert_execute(tripwire::starts_with("SELECT"), {"Emma"});
  tripwire::sqlite.assert_execute_raised(tripwire::starts_with("UPDATE"), {"Emma"}, SQLITE_BUSY);
  tripwire::sqlite.assert_close();
  EXPECT_EQ(told, "come back later: database is locked");
}

TEST(Bookshop, IsClosedWithoutItsDatabase) {
  tripwire::sqlite.new_session("shop.db").expect_connect().fails(SQLITE_CANTOPEN);

  std::string told;
  {
    tripwire::Sandbox sandbox;
    told = bookshop::sell("shop.db", "Emma");
  }

  tripwire::sqlite.assert_connect_raised("shop.db", SQLITE_CANTOPEN);
  EXPECT_EQ(told, "we are closed");
}
