// The text of statements: where each ends, what it shows, which parameters it has.
#include "sql.hpp"

#include <gtest/gtest.h>

namespace {

using tripwire::plugins::sql::first_statement;
using tripwire::plugins::sql::Kind;

std::string shown(const std::string &text) { return first_statement(text).shown; }

std::vector<int> indices(const std::string &text) {
  std::vector<int> found;
  for (const auto &parameter : first_statement(text).parameters)
    found.push_back(parameter.index);
  return found;
}

TEST(SqliteText, AStatementEndsWithItsSemicolon) {
  EXPECT_EQ(first_statement("SELECT 1; SELECT 2").text, "SELECT 1;");
  EXPECT_EQ(first_statement("SELECT ';', \";\", [;], `;` -- ;\n, /* ; */ 1; SELECT 2").text,
            "SELECT ';', \";\", [;], `;` -- ;\n, /* ; */ 1;");
  EXPECT_EQ(first_statement("SELECT 'it''s;'; x").text, "SELECT 'it''s;';");
  EXPECT_EQ(
      first_statement("CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; DELETE FROM c; END; SELECT 1").text,
      "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; DELETE FROM c; END;");
}

TEST(SqliteText, WhatIsNoStatementIsEmpty) {
  for (const char *text : {"", " \n\t", ";", " ; ;", "-- only a comment", "/* so */ ;"})
    EXPECT_TRUE(first_statement(text).empty()) << text;
  EXPECT_EQ(shown(" ; ; SELECT 1"), "SELECT 1");
}

TEST(SqliteText, SpacesBetweenWordsAreOneSpace) {
  EXPECT_EQ(shown("  SELECT\n\t a,  b\r\nFROM t ;"), "SELECT a, b FROM t");
  EXPECT_EQ(shown("SELECT 'two  spaces'"), "SELECT 'two  spaces'");
  EXPECT_EQ(shown("SELECT 1 -- why\n + 2"), "SELECT 1 -- why\n+ 2");
}

TEST(SqliteText, ParametersAreNumberedAsSqliteNumbersThem) {
  EXPECT_EQ(indices("SELECT ?, ?, ?"), (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(indices("SELECT ?3, ?, ?1"), (std::vector<int>{3, 4, 1}));
  EXPECT_EQ(indices("SELECT :a, @b, :a, $c, ?"), (std::vector<int>{1, 2, 1, 3, 4}));
  EXPECT_EQ(indices("SELECT '?', \":a\", -- ?\n ?2"), (std::vector<int>{2}));
  EXPECT_EQ(indices("SELECT $a::b(c)"), (std::vector<int>{1}));
  EXPECT_EQ(first_statement("SELECT ?7").parameter_count, 7);
}

TEST(SqliteText, TransactionsAreToldByTheirWords) {
  EXPECT_EQ(first_statement("begin immediate").kind, Kind::begin);
  EXPECT_EQ(first_statement("COMMIT").kind, Kind::commit);
  EXPECT_EQ(first_statement("/* x */ end transaction;").kind, Kind::commit);
  EXPECT_EQ(first_statement("ROLLBACK").kind, Kind::rollback);
  EXPECT_EQ(first_statement("ROLLBACK TRANSACTION TO SAVEPOINT a").kind, Kind::savepoint);
  EXPECT_EQ(first_statement("RELEASE a").kind, Kind::savepoint);
  EXPECT_EQ(first_statement("EXPLAIN COMMIT").kind, Kind::other);
  EXPECT_EQ(first_statement("SELECT 'COMMIT'").kind, Kind::other);
}

// 64
TEST(SqliteText, KeysOfEncryptedDatabasesAreNotShown) {
  EXPECT_EQ(shown("PRAGMA key = 'gold';"), "PRAGMA key = <secret>");
  EXPECT_EQ(shown("pragma main.rekey('gold')"), "pragma main.rekey = <secret>");
  EXPECT_EQ(shown("PRAGMA hexkey=\"67\""), "PRAGMA hexkey = <secret>");
  EXPECT_EQ(shown("ATTACH 'a.db' AS a KEY 'gold'"), "ATTACH 'a.db' AS a KEY <secret>");
  EXPECT_EQ(shown("PRAGMA user_version = 7"), "PRAGMA user_version = 7");
  EXPECT_EQ(shown("SELECT key FROM keys"), "SELECT key FROM keys");
  EXPECT_EQ(first_statement("PRAGMA key = 'gold'; SELECT 1").text, "PRAGMA key = 'gold';");
}

TEST(SqliteText, WhatReadsOnlyIsToldByItsWords) {
  EXPECT_TRUE(first_statement("WITH a AS (SELECT 1) SELECT * FROM a").is_read_only());
  EXPECT_FALSE(first_statement("WITH a AS (SELECT 1) INSERT INTO b SELECT * FROM a").is_read_only());
  EXPECT_TRUE(first_statement("EXPLAIN QUERY PLAN DELETE FROM a").is_read_only());
  EXPECT_EQ(first_statement("EXPLAIN QUERY PLAN DELETE FROM a").explains, 2);
}

} // namespace
