// What a test can say and assert of databases, over rewritten code in C++ and C.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/sqlite.hpp>
#include <tripwire/tripwire.hpp>

#include <cstdio>
#include <optional>
#include <thread>

namespace {

using client::Cell;
using client::Database;
using client::Row;
using tripwire::anything;
using tripwire::sqlite;
using Texts = std::vector<std::string>;

/// The text that a column is read as.
std::string text(const Row &row, std::size_t column) { return std::get<std::string>(row.at(column)); }
std::int64_t integer(const Row &row, std::size_t column) { return std::get<std::int64_t>(row.at(column)); }

// 55, 59
TEST(Sqlite, ASessionIsTheScriptOfAConnection) {
  sqlite.new_session("app.db")
      .expect_connect()
      .expect_execute("SELECT id, name FROM users WHERE id > ?", {7})
      .columns({"id", "name"})
      .rows({{8, "Ada"}, {9, nullptr}})
      .expect_close();
  std::vector<Row> rows;
  {
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    rows = database.query("SELECT id, name FROM users WHERE id > ?", {std::int64_t{7}});
  }
  sqlite.assert_connect("app.db");
  sqlite.assert_execute("SELECT id, name FROM users WHERE id > ?", {7});
  sqlite.assert_close();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(integer(rows[0], 0), 8);
  EXPECT_EQ(text(rows[0], 1), "Ada");
  EXPECT_TRUE(std::holds_alternative<std::nullptr_t>(rows[1][1]));
}

TEST(Sqlite, ATransactionIsWhatTheStatementsMakeOfIt) {
  sqlite.new_session("bank.db")
      .expect_connect()
      .expect_execute("BEGIN IMMEDIATE")
      .expect_execute(tripwire::contains("cents - ?"), {500, 1})
      .changes(1)
      .expect_execute(tripwire::contains("cents + ?"), {500, 2})
      .changes(1)
      .expect_commit()
      .expect_close();
  {
    const tripwire::Sandbox sandbox;
    client::transfer("bank.db", 1, 2, 500);
  }
  sqlite.assert_connect("bank.db");
  sqlite.assert_execute("BEGIN IMMEDIATE");
  sqlite.assert_execute("UPDATE accounts SET cents = cents - ? WHERE id = ?", {500, 1});
  sqlite.assert_execute("UPDATE accounts SET cents = cents + ? WHERE id = ?", {500, 2});
  sqlite.assert_commit();
  sqlite.assert_close();
}

// 21
TEST(Sqlite, AStatementThatFailsIsRolledBackByTheProgram) {
  sqlite.new_session("bank.db")
      .expect_connect()
      .expect_execute("BEGIN IMMEDIATE")
      .expect_execute(tripwire::contains("cents - ?"))
      .fails(SQLITE_CONSTRAINT_CHECK, "CHECK constraint failed: cents >= 0")
      .expect_rollback()
      .expect_close();
  {
    const tripwire::Sandbox sandbox;
    client::transfer("bank.db", 1, 2, 500);
  }
  sqlite.assert_connect("bank.db");
  sqlite.assert_execute("BEGIN IMMEDIATE");
  sqlite.assert_execute_raised(tripwire::starts_with("UPDATE"), {500, anything}, SQLITE_CONSTRAINT_CHECK);
  sqlite.assert_rollback();
  sqlite.assert_close();
}

TEST(Sqlite, ErrorsHaveTheirExtendedCodesAndMessages) {
  sqlite.new_session("app.db")
      .expect_connect()
      .expect_execute("INSERT INTO users VALUES (?)")
      .fails(SQLITE_CONSTRAINT_UNIQUE, "UNIQUE constraint failed: users.name")
      .expect_execute("SELECT 1")
      .fails(SQLITE_BUSY)
      .expect_close();
  std::optional<client::Error> unique;
  std::optional<client::Error> busy;
  {
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    try {
      database.query("INSERT INTO users VALUES (?)", {std::string("Ada")});
    } catch (const client::Error &error) {
      unique = error;
    }
    try {
      database.execute("SELECT 1");
    } catch (const client::Error &error) {
      busy = error;
    }
  }
  sqlite.assert_connect("app.db");
  sqlite.assert_execute_raised("INSERT INTO users VALUES (?)", {"Ada"}, SQLITE_CONSTRAINT_UNIQUE);
  sqlite.assert_execute_raised("SELECT 1", {}, SQLITE_BUSY);
  sqlite.assert_close();
  ASSERT_TRUE(unique && busy);
  EXPECT_EQ(unique->code, SQLITE_CONSTRAINT);
  EXPECT_EQ(unique->extended, SQLITE_CONSTRAINT_UNIQUE);
  EXPECT_STREQ(unique->what(), "UNIQUE constraint failed: users.name");
  EXPECT_EQ(busy->code, SQLITE_BUSY);
  EXPECT_STREQ(busy->what(), "database is locked");
}

TEST(Sqlite, ADatabaseThatCannotBeOpenedIsTriedAgain) {
  sqlite.new_session("app.db").expect_connect().fails(SQLITE_CANTOPEN).expect_connect().expect_close();
  {
    const tripwire::Sandbox sandbox;
    EXPECT_THROW(client::touch("app.db"), client::Error);
    client::touch("app.db");
  }
  sqlite.assert_connect_raised("app.db", SQLITE_CANTOPEN);
  sqlite.assert_connect("app.db");
  sqlite.assert_close();
}

// 65
TEST(Sqlite, FlagsAndTheFileSystemThatWereNamedHaveToBeAsserted) {
  sqlite.new_session(tripwire::starts_with("file:")).expect_connect().expect_close();
  {
    const tripwire::Sandbox sandbox;
    Database("file:app.db?mode=ro", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, "unix-none").close();
  }
  sqlite.assert_connect("file:app.db?mode=ro", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, "unix-none");
  sqlite.assert_close();
}

TEST(Sqlite, ValuesOfRowsAreConvertedAsSqliteDoes) {
  sqlite.new_session("app.db")
      .expect_connect()
      .expect_execute("SELECT * FROM things")
      .rows({{42, 1.5, "7 apples", sqlite.blob(std::string("a\0b", 3)), nullptr}})
      .expect_close();
  {
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    sqlite3_stmt *statement = client::prepare(database.handle(), "SELECT * FROM things");
    EXPECT_EQ(client::column_count(statement), 5);
    EXPECT_EQ(client::step(statement), SQLITE_ROW);
    const int types[] = {SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT, SQLITE_BLOB, SQLITE_NULL};
    for (int column = 0; column < 5; ++column)
      EXPECT_EQ(client::column_type(statement, column), types[column]);
    EXPECT_EQ(client::as_text(statement), (Texts{"42", "1.5", "7 apples", std::string("a\0b", 3), "(null)"}));
    EXPECT_EQ(client::column_int(statement, 2), 7);
    EXPECT_EQ(client::column_double(statement, 0), 42.0);
    EXPECT_EQ(client::column_int(statement, 4), 0);
    EXPECT_EQ(client::column_name(statement, 0), "column1");
    EXPECT_EQ(client::column_name(statement, 5), "(null)");
    EXPECT_EQ(client::step(statement), SQLITE_DONE);
    EXPECT_EQ(client::as_text(statement), Texts());
    client::finalize(statement);
  }
  sqlite.assert_connect("app.db");
  sqlite.assert_execute("SELECT * FROM things");
  sqlite.assert_close();
}

// 15
TEST(Sqlite, WhatIsBoundIsRecordedWithItsType) {
  sqlite.new_session("app.db").expect_connect().expect_execute("INSERT INTO a VALUES (?, ?, ?, ?, ?)").expect_close();
  {
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    database.query("INSERT INTO a VALUES (?, ?, ?, ?, ?)",
                   {std::int64_t{7}, 7.0, std::string("x\0y", 3), client::Bytes{std::string("\0\1", 2)}, nullptr});
  }
  sqlite.assert_connect("app.db");
  sqlite.assert_execute("INSERT INTO a VALUES (?, ?, ?, ?, ?)", {tripwire::at_least(7), 7.0, std::string("x\0y", 3),
                                                                 sqlite.blob(std::string("\0\1", 2)), nullptr});
  sqlite.assert_close();
}

TEST(Sqlite, AStatementIsExecutedAgainAfterAReset) {
  sqlite.new_session("app.db")
      .expect_connect()
      .expect_execute("SELECT name FROM users WHERE id = :id", {1})
      .rows({{"Ada"}, {"Bob"}})
      .expect_execute("SELECT name FROM users WHERE id = :id", {nullptr})
      .fails(SQLITE_LOCKED)
      .expect_close();
  {
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    sqlite3_stmt *statement = client::prepare(database.handle(), "SELECT name FROM users WHERE id = :id;");
    EXPECT_EQ(client::bind_int(statement, 1, 1), SQLITE_OK);
    EXPECT_EQ(client::bind_int(statement, 2, 1), SQLITE_RANGE);
    EXPECT_EQ(client::expanded(statement), "SELECT name FROM users WHERE id = 1;");
    EXPECT_EQ(client::sql_of(statement), "SELECT name FROM users WHERE id = :id;");
    EXPECT_FALSE(client::is_busy(statement));
    EXPECT_EQ(client::step(statement), SQLITE_ROW);
    EXPECT_TRUE(client::is_busy(statement));
    EXPECT_EQ(client::bind_int(statement, 1, 2), SQLITE_MISUSE);
    EXPECT_EQ(client::reset(statement), SQLITE_OK);
    EXPECT_EQ(client::clear_bindings(statement), SQLITE_OK);
    EXPECT_EQ(client::step(statement), SQLITE_LOCKED);
    EXPECT_EQ(client::reset(statement), SQLITE_LOCKED);
    EXPECT_EQ(client::finalize(statement), SQLITE_OK);
  }
  sqlite.assert_connect("app.db");
  sqlite.assert_execute("SELECT name FROM users WHERE id = :id", {1});
  sqlite.assert_execute_raised("SELECT name FROM users WHERE id = :id", {nullptr}, SQLITE_LOCKED);
  sqlite.assert_close();
}

int destroyed = 0;

TEST(Sqlite, TheDestructorOfWhatIsBoundIsCalled) {
  sqlite.new_session("app.db").expect_connect().expect_execute("SELECT ?", {"kept"}).rows({{1}}).expect_close();
  destroyed = 0;
  const auto destroy = [](void *) { ++destroyed; };
  static const char kept[] = "kept";
  {
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    sqlite3_stmt *statement = client::prepare(database.handle(), "SELECT ?");
    EXPECT_EQ(client::bind_text(statement, 1, kept, destroy), SQLITE_OK);
    EXPECT_EQ(destroyed, 0);
    EXPECT_EQ(client::step(statement), SQLITE_ROW);
    EXPECT_EQ(client::bind_text(statement, 1, kept, destroy), SQLITE_MISUSE);
    EXPECT_EQ(destroyed, 1);
    client::finalize(statement);
    EXPECT_EQ(destroyed, 2);
  }
  sqlite.assert_connect("app.db");
  sqlite.assert_execute("SELECT ?", {"kept"});
  sqlite.assert_close();
}

TEST(Sqlite, ChangesAndRowIdsAreThoseOfTheAnswer) {
  sqlite.new_session("app.db")
      .expect_connect()
      .expect_execute("INSERT INTO a DEFAULT VALUES")
      .changes(1)
      .rowid(41)
      .expect_execute("DELETE FROM a")
      .changes(5)
      .expect_execute("BEGIN")
      .expect_commit()
      .expect_close();
  {
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    database.query("INSERT INTO a DEFAULT VALUES");
    EXPECT_EQ(client::changes(database.handle()), 1);
    EXPECT_EQ(client::last_rowid(database.handle()), 41);
    database.execute("DELETE FROM a; BEGIN;");
    EXPECT_EQ(client::changes(database.handle()), 5);
    EXPECT_EQ(client::total_changes(database.handle()), 6);
    EXPECT_TRUE(client::in_transaction(database.handle()));
    database.query("END");
    EXPECT_FALSE(client::in_transaction(database.handle()));
  }
  sqlite.assert_connect("app.db");
  sqlite.assert_execute("INSERT INTO a DEFAULT VALUES");
  sqlite.assert_execute("DELETE FROM a");
  sqlite.assert_execute("BEGIN");
  sqlite.assert_commit();
  sqlite.assert_close();
}

TEST(Sqlite, RowsReachTheCallbackOfExecAndTables) {
  sqlite.new_session("app.db")
      .expect_connect()
      .expect_execute("SELECT 1")
      .columns({"a", "a"})
      .rows({{1, nullptr}, {"x", 2.5}})
      .expect_execute("SELECT 2")
      .columns({"b"})
      .rows({{1}, {nullptr}})
      .expect_close();
  std::vector<Texts> rows;
  Texts table;
  {
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    rows = database.execute("SELECT 1");
    table = client::table_of(database.handle(), "SELECT 2");
  }
  sqlite.assert_connect("app.db");
  sqlite.assert_execute("SELECT 1");
  sqlite.assert_execute("SELECT 2");
  sqlite.assert_close();
  EXPECT_EQ(rows, (std::vector<Texts>{{"a=1", "a=(null)"}, {"a=x", "a=2.5"}}));
  EXPECT_EQ(table, (Texts{"b", "1", "(null)"}));
}

TEST(Sqlite, AMisspeltStatementIsAnErrorOfSqlite) {
  sqlite.new_session("app.db").expect_connect().expect_close();
  {
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    EXPECT_THROW(database.query("SELEC 1"), client::Error);
    EXPECT_THROW(database.execute("SELECT 'open"), client::Error);
  }
  sqlite.assert_connect("app.db");
  sqlite.assert_close();
}

// 55, 59
TEST(Sqlite, SessionsAreTakenInOrderAndKeepTheirScripts) {
  sqlite.new_session("a.db").expect_connect().expect_execute("SELECT 1").rows({{"first"}}).expect_close();
  sqlite.new_session("a.db").expect_connect().expect_execute("SELECT 1").rows({{"second"}}).expect_close();
  {
    const tripwire::Sandbox sandbox;
    Database one("a.db");
    Database two("a.db");
    EXPECT_EQ(text(two.query("SELECT 1")[0], 0), "second");
    EXPECT_EQ(text(one.query("SELECT 1")[0], 0), "first");
  }
  tripwire::in_any_order([] {
    for (int count = 0; count < 2; ++count) {
      sqlite.assert_connect("a.db");
      sqlite.assert_execute("SELECT 1");
      sqlite.assert_close();
    }
  });
}

// 19, 24
TEST(Sqlite, AStepServesSeveralCallsOrMayBeLeftOut) {
  sqlite.new_session("a.db")
      .expect_connect()
      .expect_execute("SELECT 1")
      .times(2)
      .rows({{1}})
      .expect_execute("SELECT 2")
      .optional()
      .expect_execute("SELECT 3")
      .always()
      .expect_close();
  sqlite.new_session("never.db").optional().expect_connect();
  {
    const tripwire::Sandbox sandbox;
    Database database("a.db");
    for (const char *sql : {"SELECT 1", "SELECT 1", "SELECT 3", "SELECT 3", "SELECT 3"})
      database.query(sql);
  }
  sqlite.assert_connect("a.db");
  for (const char *sql : {"SELECT 1", "SELECT 1", "SELECT 3", "SELECT 3", "SELECT 3"})
    sqlite.assert_execute(sql);
  sqlite.assert_close();
}

TEST(Sqlite, CodeInCAndThreadsHaveTheSameSession) {
  sqlite.new_session("c.db").expect_connect().expect_execute("DELETE FROM a").fails(SQLITE_READONLY).expect_close();
  int code = SQLITE_OK;
  {
    const tripwire::Sandbox sandbox;
    std::thread([&] { code = c_execute("c.db", "DELETE FROM a"); }).join();
  }
  EXPECT_EQ(code, SQLITE_READONLY);
  sqlite.assert_connect("c.db");
  sqlite.assert_execute_raised("DELETE FROM a", {}, SQLITE_READONLY);
  sqlite.assert_close();
}

TEST(Sqlite, TextMayBeOfUtf16) {
  sqlite.new_session("grün.db")
      .expect_connect()
      .expect_execute("SELECT 'é', ? -- 𝄞\n", {"ü𝄞"})
      .columns({"größe", "n"})
      .rows({{"naïve 𝄞", 7}, {nullptr, 8}})
      .expect_execute("SELECT 2")
      .times(2)
      .rows({{2}})
      .expect_execute("SELECT 3")
      .fails(SQLITE_CORRUPT, "kaputt: ü")
      .expect_close();
  std::u16string tail;
  {
    const tripwire::Sandbox sandbox;
    sqlite3 *const db = client::open16(u"grün.db");
    sqlite3_stmt *statement = client::prepare16(db, u"SELECT 'é', ? -- 𝄞\n; SELECT 2; SELECT 3", client::Way::v2, tail);
    EXPECT_EQ(tail, u" SELECT 2; SELECT 3");
    EXPECT_EQ(client::bind_text16(statement, 1, u"ü𝄞"), SQLITE_OK);
    EXPECT_EQ(client::column_name16(statement, 0), u"größe");
    EXPECT_EQ(client::step(statement), SQLITE_ROW);
    EXPECT_EQ(client::column_text16(statement, 0), u"naïve 𝄞");
    EXPECT_EQ(client::column_text16(statement, 1), u"7");
    EXPECT_EQ(client::as_text(statement), (Texts{"naïve 𝄞", "7"}));
    EXPECT_EQ(client::step(statement), SQLITE_ROW);
    EXPECT_EQ(client::column_text16(statement, 0), u"(null)");
    EXPECT_EQ(client::step(statement), SQLITE_DONE);
    client::finalize(statement);
    for (const client::Way way : {client::Way::first, client::Way::v3}) {
      statement = client::prepare16(db, u" SELECT 2; SELECT 3", way, tail);
      EXPECT_EQ(tail, u" SELECT 3");
      EXPECT_EQ(client::step(statement), SQLITE_ROW);
      EXPECT_EQ(client::column_text16(statement, 0), u"2");
      client::finalize(statement);
    }
    statement = client::prepare16(db, tail, client::Way::first, tail);
    EXPECT_EQ(client::step(statement), SQLITE_ERROR) << "as sqlite3_prepare has it";
    EXPECT_EQ(client::finalize(statement), SQLITE_CORRUPT);
    EXPECT_EQ(client::error16(db), u"kaputt: ü");
    EXPECT_THROW(client::prepare16(db, u"SELEC 1", client::Way::v2, tail), client::Error);
    EXPECT_EQ(client::error16(db), u"near \"SELEC\": syntax error");
    EXPECT_EQ(client::prepare16(db, u" -- nothing\n", client::Way::v2, tail), nullptr);
    EXPECT_EQ(sqlite3_close(db), SQLITE_OK);
  }
  sqlite.assert_connect("grün.db");
  sqlite.assert_execute("SELECT 'é', ? -- 𝄞\n", {"ü𝄞"});
  sqlite.assert_execute("SELECT 2");
  sqlite.assert_execute("SELECT 2");
  sqlite.assert_execute_raised("SELECT 3", {}, SQLITE_CORRUPT);
  sqlite.assert_close();
}

TEST(Sqlite, AProgramThatWantsNoMoreRowsEndsTheExecution) {
  sqlite.new_session("app.db").expect_connect().expect_execute("SELECT 1").rows({{1}, {2}}).expect_close();
  std::string message;
  {
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    EXPECT_EQ(client::first_row(database.handle(), "SELECT 1; SELECT 2", message), SQLITE_ABORT);
  }
  EXPECT_EQ(message, "query aborted");
  sqlite.assert_connect("app.db");
  sqlite.assert_execute_raised("SELECT 1", {}, SQLITE_ABORT);
  sqlite.assert_close();
}

TEST(Sqlite, WhatWasNeverBegunMayBeEnded) {
  const tripwire::Sandbox sandbox;
  EXPECT_EQ(client::end_nothing(), std::vector<int>(6, SQLITE_OK));
}

TEST(Sqlite, AColumnIsBoundAsTheValueThatItIs) {
  sqlite.new_session("app.db")
      .expect_connect()
      .expect_execute("SELECT 1")
      .rows({{7, "seven", 7.5, nullptr, sqlite.blob("\1")}})
      .expect_execute("SELECT ?, ?, ?, ?, ?", {7, "seven", 7.5, nullptr, sqlite.blob("\1")})
      .expect_close();
  {
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    sqlite3_stmt *from = client::prepare(database.handle(), "SELECT 1");
    sqlite3_stmt *to = client::prepare(database.handle(), "SELECT ?, ?, ?, ?, ?");
    EXPECT_EQ(client::step(from), SQLITE_ROW);
    for (int column = 0; column < 5; ++column)
      EXPECT_EQ(client::bind_column(to, column + 1, from, column), SQLITE_OK);
    EXPECT_EQ(client::step(to), SQLITE_DONE);
    client::finalize(from);
    client::finalize(to);
  }
  sqlite.assert_connect("app.db");
  sqlite.assert_execute("SELECT 1");
  sqlite.assert_execute("SELECT ?, ?, ?, ?, ?", {7, "seven", 7.5, nullptr, sqlite.blob("\1")});
  sqlite.assert_close();
}

// 35
TEST(Sqlite, ThreadsHaveConnectionsOfTheirOwn) {
  const Texts paths = {"a.db", "b.db", "c.db"};
  for (const std::string &path : paths)
    sqlite.new_session(path).expect_connect().expect_execute("SELECT 1").times(20).rows({{1}, {2}}).expect_close();
  {
    const tripwire::Sandbox sandbox;
    client::ask_by_threads(paths, "SELECT 1", 20);
  }
  tripwire::in_any_order([&] {
    for (const std::string &path : paths) {
      sqlite.assert_connect(path);
      for (int count = 0; count < 20; ++count)
        sqlite.assert_execute("SELECT 1");
      sqlite.assert_close();
    }
  });
}

// 35
TEST(Sqlite, ThreadsShareAConnection) {
  sqlite.new_session("app.db")
      .expect_connect()
      .expect_execute("SELECT ?")
      .times(80)
      .rows({{1}, {2}})
      .changes(1)
      .expect_close();
  std::int64_t sum = 0;
  {
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    sum = client::share(database.handle(), "SELECT ?", 40);
    EXPECT_EQ(client::total_changes(database.handle()), 80);
  }
  EXPECT_EQ(sum, 80 * 3);
  tripwire::in_any_order([] {
    sqlite.assert_connect("app.db");
    for (int count = 0; count < 40; ++count)
      for (int thread = 0; thread < 2; ++thread)
        sqlite.assert_execute("SELECT ?", {count});
    sqlite.assert_close();
  });
}

// 34
TEST(Sqlite, TestsThatRunAtTheSameTimeHaveDatabasesOfTheirOwn) {
  const auto run = [](const char *name) {
    tripwire::Verifier verifier;
    for (int count = 0; count < 20; ++count) {
      sqlite.new_session("app.db").expect_connect().expect_execute("SELECT 'name'").rows({{name}}).expect_close();
      {
        const tripwire::Sandbox sandbox;
        Database database("app.db");
        EXPECT_EQ(text(database.query("SELECT 'name'").at(0), 0), name);
      }
      sqlite.assert_connect("app.db");
      sqlite.assert_execute("SELECT 'name'");
      sqlite.assert_close();
    }
    verifier.verify_all();
  };
  std::thread one([&] { run("one"); });
  std::thread other([&] { run("other"); });
  one.join();
  other.join();
}

/// A database file, made before the test.
class SqliteFile : public ::testing::Test {
protected:
  SqliteFile() {
    std::remove(path.c_str());
    database.emplace(path);
    database->execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT UNIQUE);"
                      "INSERT INTO users VALUES (1, 'Ada');");
  }
  ~SqliteFile() override { std::remove(path.c_str()); }

  const std::string path = ::testing::TempDir() + "tripwire_sqlite_" +
                           ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".db";
  std::optional<Database> database;
};

// 25
TEST_F(SqliteFile, WhatPassesThroughIsRealAndMustBeAsserted) {
  sqlite.pass_through(path);
  std::vector<Row> rows;
  {
    const tripwire::Sandbox sandbox;
    Database second(path);
    second.query("INSERT INTO users VALUES (?, ?)", {std::int64_t{2}, std::string("Bob")});
    EXPECT_THROW(second.query("INSERT INTO users VALUES (?, ?)", {std::int64_t{3}, std::string("Bob")}), client::Error);
    rows = second.query("SELECT id, name FROM users ORDER BY id");
    second.execute("BEGIN; DELETE FROM users; ROLLBACK");
  }
  sqlite.assert_connect(path);
  sqlite.assert_execute("INSERT INTO users VALUES (?, ?)", {2, "Bob"});
  sqlite.assert_execute_raised("INSERT INTO users VALUES (?, ?)", {3, "Bob"}, SQLITE_CONSTRAINT_UNIQUE);
  sqlite.assert_execute("SELECT id, name FROM users ORDER BY id");
  sqlite.assert_execute("BEGIN");
  sqlite.assert_execute("DELETE FROM users");
  sqlite.assert_rollback();
  sqlite.assert_close();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(text(rows[1], 1), "Bob");
}

TEST_F(SqliteFile, AStatementOnARealConnectionIsAnsweredInstead) {
  sqlite.mock_execute("INSERT INTO users VALUES (?, ?)", {2, anything}).fails(SQLITE_FULL);
  sqlite.mock_execute("SELECT name FROM users").columns({"name"}).rows({{"Nobody"}});
  sqlite.pass_through(path);
  std::vector<Row> played;
  std::vector<Row> real;
  {
    const tripwire::Sandbox sandbox;
    EXPECT_THROW(database->query("INSERT INTO users VALUES (?, ?)", {std::int64_t{2}, std::string("Bob")}),
                 client::Error);
    played = database->query("SELECT name FROM users");
    real = database->query("SELECT name FROM users");
  }
  sqlite.assert_execute_raised("INSERT INTO users VALUES (?, ?)", {2, "Bob"}, SQLITE_FULL);
  sqlite.assert_execute("SELECT name FROM users");
  sqlite.assert_execute("SELECT name FROM users");
  ASSERT_EQ(played.size(), 1u);
  EXPECT_EQ(text(played[0], 0), "Nobody");
  ASSERT_EQ(real.size(), 1u);
  EXPECT_EQ(text(real[0], 0), "Ada");
  const auto permit = tripwire::allow("sqlite");
  database.reset();
}

// 35
TEST_F(SqliteFile, ThreadsShareARealConnection) {
  sqlite.mock_execute("SELECT 1 WHERE ? < 5", {3}).rows({{100}}).times(2);
  sqlite.pass_through(path);
  std::int64_t sum = 0;
  {
    const tripwire::Sandbox sandbox;
    Database shared(path);
    sum = client::share(shared.handle(), "SELECT 1 WHERE ? < 5", 10);
  }
  EXPECT_EQ(sum, 2 * (4 + 100));
  tripwire::in_any_order([&] {
    sqlite.assert_connect(path);
    for (int count = 0; count < 20; ++count)
      sqlite.assert_execute("SELECT 1 WHERE ? < 5", {count / 2});
    sqlite.assert_close();
  });
  const auto permit = tripwire::allow("sqlite");
  database.reset();
}

TEST_F(SqliteFile, WhatPassesThroughMayBeOfUtf16) {
  sqlite.pass_through(path);
  {
    const tripwire::Sandbox sandbox;
    sqlite3 *const db = client::open16(std::u16string(path.begin(), path.end()).c_str());
    std::u16string tail;
    sqlite3_stmt *statement = client::prepare16(db, u"SELECT name, ? FROM users; x", client::Way::v2, tail);
    EXPECT_EQ(tail, u" x");
    EXPECT_EQ(client::bind_text16(statement, 1, u"ü"), SQLITE_OK);
    EXPECT_EQ(client::step(statement), SQLITE_ROW);
    EXPECT_EQ(client::column_text16(statement, 0), u"Ada");
    EXPECT_EQ(client::column_text16(statement, 1), u"ü");
    EXPECT_EQ(client::column_name16(statement, 0), u"name");
    client::finalize(statement);
    sqlite3_close(db);
  }
  sqlite.assert_connect(path);
  sqlite.assert_execute("SELECT name, ? FROM users", {"ü"});
  sqlite.assert_close();
  const auto permit = tripwire::allow("sqlite");
  database.reset();
}

// 45, 46, 49
TEST_F(SqliteFile, WhatARuleAllowsIsRealAndNeedsNoAssertion) {
  const auto permit = tripwire::allow(tripwire::M("sqlite").field("database_path", path));
  {
    const tripwire::Sandbox sandbox;
    Database second("file:" + path + "?mode=rwc");
    EXPECT_EQ(text(second.query("SELECT name FROM users")[0], 0), "Ada");
    EXPECT_EQ(client::add_function(second.handle()), SQLITE_OK);
    EXPECT_EQ(integer(second.query("SELECT one()")[0], 0), 1);
    EXPECT_EQ(client::table_of(second.handle(), "SELECT count(*) AS n FROM users"), (Texts{"n", "1"}));
    int changes = 0;
    client::count_changes(second.handle(), changes);
    second.execute("INSERT INTO users VALUES (2, 'Bob')");
    EXPECT_EQ(changes, 1);
    second.execute("CREATE TABLE files (content); INSERT INTO files VALUES ('quiet')");
    EXPECT_EQ(client::shout(second.handle(), "files", "content", 1), "QUIET");
    Database copied("file:" + path + "?mode=memory", SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI, nullptr);
    EXPECT_EQ(client::copy(copied.handle(), second.handle()), SQLITE_DONE);
    EXPECT_EQ(text(copied.query("SELECT content FROM files")[0], 0), "QUIET");
  }
  database.reset();
}

} // namespace
