// sqlite3_exec and sqlite3_get_table --> an execution of each statement of their text
#include "handlers.hpp"
#include "value.hpp"

#include <cstring>

namespace tripwire::plugins {

namespace {

using Row = int (*)(void *, int, char **, char **);

void give_message(sqlite3 *db, char **message) {
  if (message != nullptr)
    *message = sqlite3_mprintf("%s", sqlite3_errmsg(db));
}

/// Hands the rows of an answer to the program. \return whether it wants no more.
bool is_stopped(const SqliteOutcome &outcome, Row row, void *argument) {
  const std::vector<std::string> names = outcome.names();
  if (names.empty() || row == nullptr)
    return false;
  const stand_in::Rows rows = stand_in::prepare_rows(sql_of_rows(names, outcome.rows));
  const auto count = static_cast<int>(names.size());
  std::vector<char *> columns;
  std::vector<char *> values(names.size() + 1);
  for (int column = 0; column < count; ++column)
    columns.push_back(const_cast<char *>(sqlite3_column_name(rows.get(), column)));
  columns.push_back(nullptr);
  while (sqlite3_step(rows.get()) == SQLITE_ROW) {
    for (int column = 0; column < count; ++column)
      values[static_cast<std::size_t>(column)] =
          const_cast<char *>(reinterpret_cast<const char *>(sqlite3_column_text(rows.get(), column)));
    if (row(argument, count, values.data(), columns.data()) != 0)
      return true;
  }
  return false;
}

/// What the statement is answered with. \return the code of `sqlite3_exec` so far.
int play(SqliteConnection &connection, const sql::Statement &statement, const plugin::Decision &decision, Row row,
         void *argument) {
  SqliteOutcome outcome = decision.as<SqliteMock>()->outcome;
  if (is_stopped(outcome, row, argument)) {
    outcome.error = SQLITE_ABORT;
    outcome.message = "query aborted";
  }
  if (outcome.error != SQLITE_OK)
    return raise_error(connection, outcome, decision.recorded);
  finish(connection, statement, outcome);
  return SQLITE_OK;
}

} // namespace

int execute(plugin::Visit &visit, sqlite3 *db, const char *text, Row row, void *argument, char **message) {
  if (db == nullptr || text == nullptr)
    return make_real_on_sqlite(visit);
  const std::shared_ptr<SqliteConnection> connection = SqliteConnections::all().of(db);
  const stand_in::Lock lock(connection->db);
  if (connection->failed) {
    const int code = stand_in::raise(db, SQLITE_MISUSE, {});
    give_message(db, message);
    return code;
  }
  if (message != nullptr)
    *message = nullptr;
  std::string_view rest = text;
  while (!rest.empty()) {
    const sql::Statement statement = sql::first_statement(rest);
    rest.remove_prefix(statement.text.size());
    if (statement.empty())
      break;
    int code = connection->is_stand_in ? stand_in::check_syntax(db, statement) : SQLITE_OK;
    if (code != SQLITE_OK) {
      give_message(db, message);
      return code;
    }
    // Parameters of a text that is executed at once are null.
    const plugin::Decision decision = present(
        visit, *connection, statement, std::vector<SqliteValue>(static_cast<std::size_t>(statement.parameter_count)));
    if (decision.real()) {
      connection->changes.reset();
      code = sqlite3_exec(db, statement.text.c_str(), row, argument, message);
      note_error(db, code, decision.recorded);
    } else {
      code = play(*connection, statement, decision, row, argument);
      if (code != SQLITE_OK)
        give_message(db, message);
    }
    if (code != SQLITE_OK)
      return code;
  }
  return SQLITE_OK;
}

int get_table(plugin::Visit &visit, sqlite3 *db, const char *text, char ***table, int *rows, int *columns,
              char **message) {
  if (db == nullptr || text == nullptr || table == nullptr)
    return make_real_on_sqlite(visit);
  const std::shared_ptr<SqliteConnection> connection = SqliteConnections::all().of(db);
  const stand_in::Lock lock(connection->db);
  *table = nullptr;
  std::string played; // what gives the rows of all answers, one statement behind the other
  bool is_real = false;
  bool is_played = false;
  plugin::Recorded recorded;
  std::string_view rest = text;
  while (!rest.empty()) {
    const sql::Statement statement = sql::first_statement(rest);
    rest.remove_prefix(statement.text.size());
    if (statement.empty())
      break;
    int code = connection->is_stand_in ? stand_in::check_syntax(db, statement) : SQLITE_OK;
    const plugin::Decision decision =
        code != SQLITE_OK ? plugin::Decision()
                          : present(visit, *connection, statement,
                                    std::vector<SqliteValue>(static_cast<std::size_t>(statement.parameter_count)));
    if (code == SQLITE_OK && decision.real()) {
      is_real = true;
      recorded = decision.recorded;
      continue;
    }
    if (code == SQLITE_OK) {
      is_played = true;
      code = play(*connection, statement, decision, nullptr, nullptr);
      const SqliteOutcome &outcome = decision.as<SqliteMock>()->outcome;
      if (!outcome.names().empty())
        played += sql_of_rows(outcome.names(), outcome.rows) + ";";
    }
    if (code != SQLITE_OK) {
      give_message(db, message);
      return code;
    }
  }
  if (is_real && is_played)
    cannot_honour(
        visit, *connection,
        "some of its statements are answered and some are real, which cannot be one table: answer all of them, "
        "or none");
  if (is_real) {
    const int code = make_real_on_sqlite(visit);
    note_error(db, code, recorded);
    return code;
  }
  return sqlite3_get_table(stand_in::of_rows(), played.c_str(), table, rows, columns, message);
}

} // namespace tripwire::plugins
