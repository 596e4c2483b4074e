// What the plugin says when a promise is broken. Each test is a test inside the test: its findings are looked at.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/sqlite.hpp>
#include <tripwire/tripwire.hpp>

#include <memory>

namespace {

using client::Database;
using tripwire::anything;
using tripwire::sqlite;
using tripwire::conformance::findings;
using tripwire::conformance::without_folders;

void expect_part(const std::string &text, const std::string &part) {
  EXPECT_NE(text.find(part), std::string::npos) << "missing: " << part << "\nin:\n" << text;
}

// 1
TEST(SqliteRefusals, ADatabaseWithoutASessionIsRefused) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    client::touch("app.db");
  });
  expect_part(text, R"(UnmockedInteractionError: sqlite connect to "app.db" was attempted in a sandbox)");
  expect_part(text, R"(tripwire::sqlite.new_session("app.db").expect_connect().expect_close();)");
}

// 57
TEST(SqliteRefusals, AStatementThatIsNotTheNextStepIsShownBesideIt) {
  const std::string text = findings([] {
    sqlite.new_session("app.db").expect_connect().expect_execute("SELECT 1").expect_execute("SELECT 2").expect_close();
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    database.query("SELECT 2");
  });
  expect_part(text, R"(the nearest mock, expect_execute("SELECT 1") of the session of "app.db" from )");
  expect_part(text, R"(sql: expected "SELECT 1", got "SELECT 2")");
  expect_part(text, R"(tripwire::sqlite.session().expect_execute("SELECT 2");)");
}

// 56
TEST(SqliteRefusals, ACommitWithoutATransactionIsNotValid) {
  const std::string text = findings([] {
    sqlite.new_session("app.db").expect_connect().expect_commit().expect_close();
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    database.query("COMMIT");
  });
  expect_part(text, "InvalidStateError: COMMIT is not valid in state 'connected' of sqlite\n  at ");
  expect_part(text, "COMMIT is valid in: 'in_transaction'");
}

// 56
TEST(SqliteRefusals, AClosedConnectionIsNotUsedAgain) {
  const std::string text = findings([] {
    sqlite.new_session("app.db").expect_connect().expect_close();
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    sqlite3 *const handle = database.handle();
    database.close();
    client::prepare(handle, "SELECT 1");
  });
  expect_part(text,
              "InvalidStateError: sqlite3_prepare_v2 was called with a connection that is closed, in state 'closed'");
}

// 58
TEST(SqliteRefusals, StepsThatAreLeftAndSessionsThatNobodyOpenedAreUnused) {
  const std::string text = findings([] {
    sqlite.new_session("app.db").expect_connect().expect_execute("SELECT 1").expect_close();
    sqlite.new_session("never.db").expect_connect();
    const tripwire::Sandbox sandbox;
    Database *database = new Database("app.db"); // left open
    (void)database;
  });
  expect_part(text, "3 answers were never used");
  expect_part(text, R"(sqlite expect_execute("SELECT 1") of the session of "app.db")");
  expect_part(text, R"(sqlite expect_close() of the session of "app.db")");
  expect_part(text, R"(sqlite expect_connect() of the session of "never.db")");
}

// 2, 61
TEST(SqliteRefusals, OperationsThatNobodyAssertedPrintTheLinesThatAssertThem) {
  const std::string text = findings([] {
    sqlite.new_session("app.db")
        .expect_connect()
        .expect_execute("SELECT ?, ?")
        .fails(SQLITE_BUSY)
        .expect_execute("BEGIN")
        .expect_rollback()
        .expect_close();
    const tripwire::Sandbox sandbox;
    Database database("app.db", SQLITE_OPEN_READONLY, nullptr);
    EXPECT_THROW(database.query("SELECT ?, ?", {1.0, nullptr}), client::Error);
    database.execute("BEGIN; ROLLBACK;");
  });
  for (const char *line : {R"(tripwire::sqlite.assert_connect("app.db", SQLITE_OPEN_READONLY);)",
                           R"(tripwire::sqlite.assert_execute_raised("SELECT ?, ?", {1.0, nullptr}, SQLITE_BUSY);)",
                           R"(tripwire::sqlite.assert_execute("BEGIN");)", R"(tripwire::sqlite.assert_rollback();)",
                           R"(tripwire::sqlite.assert_close();)"})
    expect_part(text, line);
}

TEST(SqliteRefusals, AParameterOfAnotherTypeIsAnotherOne) {
  const std::string text = findings([] {
    sqlite.new_session("app.db").expect_connect().expect_execute("SELECT ?").expect_close();
    {
      const tripwire::Sandbox sandbox;
      Database database("app.db");
      database.query("SELECT ?", {std::int64_t{7}});
    }
    sqlite.assert_connect("app.db");
    sqlite.assert_execute("SELECT ?", {7.0});
  });
  expect_part(text, "parameters: expected [7.0], got [7]");
}

TEST(SqliteRefusals, FunctionsThatNoAnswerFitsAreRefusedByName) {
  const std::string text = findings([] {
    sqlite.new_session("app.db").expect_connect();
    const tripwire::Sandbox sandbox;
    Database *database = new Database("app.db"); // left open
    try {
      client::add_function(database->handle());
    } catch (const tripwire::Violation &) {
    }
    client::open_blob(database->handle());
  });
  expect_part(text, R"(sqlite3_create_function on "app.db")");
  expect_part(text, "tripwire::mock<&sqlite3_create_function>().returns(SQLITE_OK);");
  expect_part(text, R"(sqlite3_blob_open on "app.db")");
}

TEST(SqliteRefusals, NoFunctionIsHandedAMockedDatabaseThatItWouldNotFindEmpty) {
  const std::string text = findings([] {
    sqlite.new_session("app.db").expect_connect();
    const tripwire::Sandbox sandbox;
    Database *database = new Database("app.db"); // left open
    for (const client::Call &call : client::calls_of_the_database())
      EXPECT_THROW(call.make(database->handle()), tripwire::Violation) << call.name;
  });
  for (const client::Call &call : client::calls_of_the_database())
    expect_part(text, std::string("sqlite ") + call.name + R"( on "app.db")");
}

TEST(SqliteRefusals, AMockedDatabaseIsNotCopied) {
  const std::string text = findings([] {
    const auto permit = tripwire::allow(tripwire::M("sqlite").field("database_path", ":memory:"));
    sqlite.new_session("app.db").expect_connect().expect_close();
    const tripwire::Sandbox sandbox;
    Database real(":memory:");
    Database mocked("app.db");
    client::copy(real.handle(), mocked.handle());
  });
  expect_part(text, R"(sqlite3_backup_init on "app.db")");
}

TEST(SqliteRefusals, AFunctionThatNoAnswerFitsIsMockedByItself) {
  const std::string text = findings([] {
    sqlite.new_session("app.db").expect_connect().expect_close();
    tripwire::mock<&sqlite3_create_function>().returns(SQLITE_OK);
    tripwire::mock<&sqlite3_blob_open>().returns(SQLITE_ERROR);
    {
      const tripwire::Sandbox sandbox;
      Database database("app.db");
      EXPECT_EQ(client::add_function(database.handle()), SQLITE_OK);
      EXPECT_EQ(client::open_blob(database.handle()), SQLITE_ERROR);
    }
    sqlite.assert_connect("app.db");
    tripwire::assert_call<&sqlite3_create_function>(anything, "one", 0, SQLITE_UTF8, anything, anything, anything,
                                                    anything);
    tripwire::assert_call<&sqlite3_blob_open>(anything, "main", "files", "content", 1, 0, anything);
    sqlite.assert_close();
  });
  EXPECT_EQ(text, "");
}

TEST(SqliteRefusals, AConnectionOfASessionIsOfNoUseOutsideOfItsSandbox) {
  const std::string text = findings([] {
    sqlite.new_session("app.db").expect_connect();
    const auto permit = tripwire::allow("sqlite");
    std::unique_ptr<Database> database;
    {
      const tripwire::Sandbox sandbox;
      database = std::make_unique<Database>("app.db");
    }
    sqlite.assert_connect("app.db");
    database->query("SELECT 1");
  });
  expect_part(text, "no database stands behind this connection");
}

// 5
TEST(SqliteRefusals, CodeInCGetsAFailureAndTheTestFailsAllTheSame) {
  int code = SQLITE_OK;
  const std::string text = findings([&] {
    const tripwire::Sandbox sandbox;
    code = c_execute("app.db", "SELECT 1");
  });
  EXPECT_EQ(code, SQLITE_CANTOPEN);
  expect_part(text, R"(connect to "app.db")");
}

// 64
TEST(SqliteRefusals, AKeyIsPrintedNowhere) {
  const std::string text = findings([] {
    sqlite.new_session("app.db").expect_connect().expect_execute("PRAGMA key = 'gold'").expect_close();
    const tripwire::Sandbox sandbox;
    Database database("app.db");
    database.query("PRAGMA key = 'gold'");
  });
  EXPECT_EQ(text.find("gold"), std::string::npos) << text;
  expect_part(text, R"(tripwire::sqlite.assert_execute("PRAGMA key = <secret>");)");
}

// 64
TEST(SqliteRefusals, AKeyInAUriIsPrintedNowhere) {
  const std::string text = findings([] {
    sqlite.new_session("file:vault.db?mode=rw&key=<secret>&h%65xkey=<secret>#key").expect_connect().expect_close();
    const tripwire::Sandbox sandbox;
    const Database database("file:vault.db?mode=rw&key=gold&h%65xkey=676f6c64#key");
  });
  EXPECT_EQ(text.find("gold"), std::string::npos) << text;
  EXPECT_EQ(text.find("676f6c64"), std::string::npos) << text;
  expect_part(text, R"(tripwire::sqlite.assert_connect("file:vault.db?mode=rw&key=<secret>&h%65xkey=<secret>#key")");
}

TEST(SqliteRefusals, WordsThatMeanNothingAreErrorsOfTheTest) {
  expect_part(findings([] { (void)sqlite.new_session("a").optional().expect_commit(); }),
              "a session of sqlite begins with .expect_connect()");
  expect_part(findings([] {
                sqlite.mock_execute("SELECT 1").optional().rows({{1, 2}, {3}});
              }),
              "a row of sqlite has 1 values, and there are 2 columns");
  expect_part(findings([] { sqlite.mock_execute("SELECT 1").optional().fails(SQLITE_DONE); }), "is no error of sqlite");
  expect_part(findings([] { (void)sqlite.session(); }), "this test has none");
}

// 40, 43
TEST(SqliteRefusals, OutsideOfASandboxTheGuardRefusesADatabase) {
  const std::string text = findings([] { client::touch("app.db"); });
  expect_part(text, "GuardedCallError: sqlite3_open (plugin sqlite) was called outside of a sandbox");
  expect_part(text, "database_path: app.db");
}

} // namespace
