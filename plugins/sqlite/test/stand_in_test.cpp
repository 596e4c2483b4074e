// What a stand-in says is SQLite's own.
#include "handlers.hpp"
#include "stand_in.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace {

namespace stand_in = tripwire::plugins::stand_in;
using tripwire::plugins::sql::first_statement;

class SqliteStandIn : public ::testing::Test {
protected:
  ~SqliteStandIn() override { sqlite3_close(db_); }
  int check(const char *text) { return stand_in::check_syntax(db_, first_statement(text)); }

  sqlite3 *db_ = stand_in::open(0);
};

TEST_F(SqliteStandIn, AnErrorIsTheOneOfTheConnection) {
  EXPECT_EQ(stand_in::raise(db_, SQLITE_CONSTRAINT_UNIQUE, "UNIQUE constraint failed: a.b"), SQLITE_CONSTRAINT);
  EXPECT_EQ(sqlite3_errcode(db_), SQLITE_CONSTRAINT);
  EXPECT_EQ(sqlite3_extended_errcode(db_), SQLITE_CONSTRAINT_UNIQUE);
  EXPECT_STREQ(sqlite3_errmsg(db_), "UNIQUE constraint failed: a.b");
  sqlite3_extended_result_codes(db_, 1);
  EXPECT_EQ(stand_in::raise(db_, SQLITE_BUSY, ""), SQLITE_BUSY);
  EXPECT_STREQ(sqlite3_errmsg(db_), "database is locked");
  EXPECT_EQ(stand_in::raise(db_, SQLITE_CONSTRAINT_UNIQUE, ""), SQLITE_CONSTRAINT_UNIQUE);
  stand_in::clear_error(db_);
  EXPECT_EQ(sqlite3_errcode(db_), SQLITE_OK);
}

TEST_F(SqliteStandIn, AMisspeltStatementIsAnErrorAndAnUnknownTableIsNone) {
  EXPECT_EQ(check("SELECT a FROM nowhere WHERE b = ?"), SQLITE_OK);
  EXPECT_EQ(sqlite3_errcode(db_), SQLITE_OK);
  EXPECT_EQ(check("SELECT upside_down(1)"), SQLITE_OK);
  EXPECT_EQ(check("SELEC 1"), SQLITE_ERROR);
  EXPECT_STREQ(sqlite3_errmsg(db_), "near \"SELEC\": syntax error");
  EXPECT_EQ(check("SELECT 'open"), SQLITE_ERROR);
  EXPECT_EQ(check("INSERT INTO a VALUES("), SQLITE_ERROR);
}

TEST_F(SqliteStandIn, AStatementOfParametersHasTheSameOnes) {
  const std::string text = stand_in::only_parameters(first_statement("UPDATE a SET b = :b, c = ?5 WHERE d = ?"));
  sqlite3_stmt *statement = nullptr;
  ASSERT_EQ(sqlite3_prepare_v2(db_, text.c_str(), -1, &statement, nullptr), SQLITE_OK);
  EXPECT_EQ(sqlite3_bind_parameter_count(statement), 6);
  EXPECT_EQ(sqlite3_bind_parameter_index(statement, ":b"), 1);
  sqlite3_finalize(statement);
}

// 56
TEST_F(SqliteStandIn, TheStatesOfSessionsAreThoseOfSqlite) {
  const std::map<std::string, const char *> statements = {
      {"begin", "BEGIN"}, {"execute", "SELECT 1"}, {"commit", "COMMIT"}, {"rollback", "ROLLBACK"}};
  int tried = 0;
  for (const auto &transition : tripwire::plugins::sqlite_machine().transitions) {
    const auto statement = statements.find(transition.operation);
    if (statement == statements.end())
      continue; // opening and closing
    stand_in::run(db_, "ROLLBACK");
    if (std::string(transition.from) == "in_transaction")
      stand_in::run(db_, "BEGIN");
    EXPECT_EQ(stand_in::run(db_, statement->second), SQLITE_OK) << transition.operation;
    EXPECT_STREQ(sqlite3_get_autocommit(db_) == 0 ? "in_transaction" : "connected", transition.to);
    ++tried;
  }
  EXPECT_EQ(tried, 5);
}

} // namespace
