// The promises of the sqlite plugin: of connections, by sessions; of statements on a real connection.
#include "client.hpp"
#include "handlers.hpp"
#include "plugin.hpp"
#include "watched.hpp"

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/sqlite.hpp>
#include <tripwire/sandbox.hpp>

#include <cstdio>

namespace {

using tripwire::sqlite;
using tripwire::conformance::Harmless;
using tripwire::conformance::Subject;
using tripwire::conformance::Use;
using tripwire::plugins::SqliteOperation;

constexpr const char *insert = "INSERT INTO log VALUES (?)";

/// That operation, with the field that every operation has.
void assert_operation(const tripwire::plugin::Plugin &plugin, SqliteOperation operation,
                      const std::vector<std::pair<std::string, tripwire::Matcher>> &fields) {
  tripwire::plugin::Assertion assertion(plugin, "an assertion", tripwire::Place::here());
  assertion.field("operation", tripwire::matcher_for<SqliteOperation>(operation));
  for (const auto &[name, matcher] : fields)
    assertion.field(name, matcher);
  assertion.check();
}

Use connection(const tripwire::plugin::Plugin &plugin, const std::string &path) {
  Use use;
  use.name = "connection";
  use.call = [=] { client::touch(path); };
  use.mock = [=] { (void)sqlite.new_session(path).expect_connect().expect_close(); };
  use.mock_optional = [=] { (void)sqlite.new_session(path).optional().expect_connect().expect_close(); };
  use.assert_mocked = [=] {
    sqlite.assert_connect(path);
    sqlite.assert_close();
  };
  use.pass_through = [=] { sqlite.pass_through(path); };
  use.assert_real = use.assert_mocked;
  use.wrong = {{"operation",
                [=, &plugin] {
                  assert_operation(plugin, SqliteOperation::close, {{"database", tripwire::matcher_of(path)}});
                }},
               {"database", [=] { sqlite.assert_connect(path + "x"); }}};
  return use;
}

/// Runs the statements in a session, and what is left behind its end.
void out_of_state(const std::vector<std::string> &statements, const std::string &behind = "") {
  auto session = sqlite.new_session("app.db").expect_connect();
  for (const std::string &sql : statements)
    (void)session.expect_execute(sql);
  (void)session.expect_close();
  const tripwire::Sandbox sandbox;
  client::Database database("app.db");
  for (const std::string &sql : statements)
    database.query(sql);
  sqlite3 *const handle = database.handle();
  database.close();
  if (!behind.empty())
    client::prepare(handle, behind.c_str());
}

Use statement(client::Database &database, const tripwire::plugin::Plugin &plugin, const std::string &path,
              const std::string &text) {
  Use use;
  use.name = text;
  use.call = [&database, text] {
    try {
      database.query(insert, {text});
    } catch (const client::Error &) { // as a program does
    }
  };
  use.mock = [=] { sqlite.mock_execute(insert, {text}).changes(1); };
  use.mock_optional = [=] { sqlite.mock_execute(insert, {text}).optional(); };
  use.assert_mocked = [=] { sqlite.assert_execute(insert, {text}); };
  use.mock_failure = [=] { sqlite.mock_execute(insert, {text}).fails(SQLITE_CONSTRAINT_UNIQUE, text); };
  use.assert_failure = [=] { sqlite.assert_execute_raised(insert, {text}, SQLITE_CONSTRAINT_UNIQUE); };
  use.pass_through = [=] { sqlite.pass_through(path); };
  use.assert_real = use.assert_mocked;
  use.wrong = {
      {"operation",
       [=, &plugin] {
         assert_operation(
             plugin, SqliteOperation::close,
             {{"sql", tripwire::matcher_of(insert)}, {"parameters", tripwire::plugins::parameters_are({text})}});
       }},
      {"sql", [=] { sqlite.assert_execute("INSERT INTO other VALUES (?)", {text}); }},
      {"parameters", [=] { sqlite.assert_execute(insert, {text + "x"}); }},
  };
  return use;
}

/// Functions that get a handle and are no seams.
std::vector<Harmless> harmless() {
  return {
      {"true of the real connection that stands in: the plugin raises its errors there, and runs its transactions",
       {"sqlite3_errcode", "sqlite3_extended_errcode", "sqlite3_errmsg", "sqlite3_errmsg16", "sqlite3_error_offset",
        "sqlite3_extended_result_codes", "sqlite3_system_errno", "sqlite3_get_autocommit", "sqlite3_last_insert_rowid",
        "sqlite3_set_last_insert_rowid"}},
      {"a setting of the connection, which it keeps, or memory of its own",
       {"sqlite3_db_config", "sqlite3_limit", "sqlite3_db_mutex", "sqlite3_db_status", "sqlite3_db_release_memory",
        "sqlite3_db_name", "sqlite3_interrupt", "sqlite3_str_new"}},
      {"kept, and never called: nobody else has the database locked", {"sqlite3_busy_handler", "sqlite3_busy_timeout"}},
      {"true of the real statement that stands in: it has the same parameters and belongs to the same connection",
       {"sqlite3_bind_parameter_count", "sqlite3_bind_parameter_index", "sqlite3_bind_parameter_name",
        "sqlite3_db_handle", "sqlite3_next_stmt"}},
      {"counts what the statement has cost: nothing",
       {"sqlite3_stmt_status", "sqlite3_stmt_scanstatus", "sqlite3_stmt_scanstatus_reset"}},
      {"always says 0", {"sqlite3_expired"}},
      {"reads or makes a value: those of an answer are SQLite's own",
       {"sqlite3_value_blob",     "sqlite3_value_bytes",    "sqlite3_value_bytes16",  "sqlite3_value_double",
        "sqlite3_value_dup",      "sqlite3_value_encoding", "sqlite3_value_free",     "sqlite3_value_frombind",
        "sqlite3_value_int",      "sqlite3_value_int64",    "sqlite3_value_nochange", "sqlite3_value_numeric_type",
        "sqlite3_value_pointer",  "sqlite3_value_subtype",  "sqlite3_value_text",     "sqlite3_value_text16",
        "sqlite3_value_text16be", "sqlite3_value_text16le", "sqlite3_value_type",     "sqlite3_result_value"}},
      {"for a table or a hook of the program, which only a real database can call",
       {"sqlite3_declare_vtab", "sqlite3_vtab_config", "sqlite3_vtab_in_first", "sqlite3_vtab_in_next",
        "sqlite3_vtab_on_conflict", "sqlite3_preupdate_blobwrite", "sqlite3_preupdate_count", "sqlite3_preupdate_depth",
        "sqlite3_preupdate_new", "sqlite3_preupdate_old"}},
      {"of a snapshot that a real database has given", {"sqlite3_snapshot_free", "sqlite3_snapshot_cmp"}},
  };
}

} // namespace

// 1, 2, 3, 5, 21, 24, 25, 40, 42, 45, 61, 62
int main(int count, char **arguments) {
  // The same each time, since lines to paste name it.
  const std::string path = "tripwire_sqlite_conformance.db";
  const std::string opened = "tripwire_sqlite_opened.db";
  make_database(path);
  watch_sqlite();
  int status = 0;
  {
    client::Database database(path);
    Subject subject(tripwire::plugins::sqlite_plugin());
    subject.real_calls = &real_calls;
    // Keys of encrypted databases have a test of their own: this SQLite knows none.
    subject.lacks = {"secret"};
    subject.uses.push_back(connection(subject.plugin, opened));
    for (const std::string &text : tripwire::conformance::awkward_texts())
      subject.uses.push_back(statement(database, subject.plugin, path, text));
    for (const char *function : {"sqlite3_blob_open", "sqlite3_create_function", "sqlite3_trace_v2"})
      subject.further_lines.push_back(
          subject.plugin.mock_line(tripwire::plugin::Description().request(std::string(function) + " (no answer)")));
    subject.out_of_state = {
        {"sqlite", "connected", "commit", [] { out_of_state({"COMMIT"}); }},
        {"sqlite", "in_transaction", "begin",
         [] {
           out_of_state({"BEGIN", "BEGIN"});
         }},
        {"sqlite", "closed", "execute", [] { out_of_state({}, "SELECT 1"); }},
    };
    subject.headers = {SQLITE_HEADER};
    subject.handles = {"sqlite3 *",      "sqlite3_stmt *",   "sqlite3_value *",
                       "sqlite3_blob *", "sqlite3_backup *", "sqlite3_snapshot *"};
    subject.harmless = harmless();
    status = tripwire::conformance::run(subject, count, arguments);
  }
  std::remove(path.c_str());
  std::remove(opened.c_str());
  return status;
}
