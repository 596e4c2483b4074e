// sqlite3_prepare, sqlite3_step --> statements, each execution one interaction
#include "handlers.hpp"
#include "value.hpp"

#include <cstring>

namespace tripwire::plugins {

namespace {

int prepare_as(bool is_legacy, sqlite3 *db, const std::string &sql, unsigned flags, sqlite3_stmt **place) {
  const int size = static_cast<int>(sql.size());
  return is_legacy ? sqlite3_prepare(db, sql.c_str(), size, place, nullptr)
                   : sqlite3_prepare_v3(db, sql.c_str(), size, flags, place, nullptr);
}

/// A statement that the program prepared before this plugin saw it: what is bound to it is not known.
std::shared_ptr<SqlitePrepared> unknown(sqlite3_stmt *handle) {
  const char *text = sqlite3_sql(handle);
  auto prepared = std::make_shared<SqlitePrepared>();
  prepared->connection = SqliteConnections::all().of(sqlite3_db_handle(handle));
  prepared->statement = sql::first_statement(text == nullptr ? "" : text);
  return prepared;
}

int step_really(plugin::Visit &visit, SqlitePrepared &prepared) {
  const int code = make_real_on_sqlite(visit);
  note_error(prepared.connection->db, code, prepared.recorded);
  return code;
}

int step_unknown(plugin::Visit &visit, sqlite3_stmt *handle) {
  if (sqlite3_stmt_busy(handle) != 0)
    return make_real_on_sqlite(visit);
  const std::shared_ptr<SqlitePrepared> prepared = unknown(handle);
  plugin::Description call = describe(*prepared->connection, SqliteOperation::execute);
  plugin::Description asked; // without the operation: no answer of a test fits
  asked
      .request("execute \"" + prepared->statement.shown +
               "\" (prepared by code that is not rewritten, so what is bound to it is not known)")
      .field("sql", prepared->statement.shown)
      .firewall("database_path", call.firewall().front().second)
      .on(*call.handle());
  prepared->recorded = visit.present(std::move(asked)).recorded;
  return step_really(visit, *prepared);
}

} // namespace

int prepare(plugin::Visit &visit, sqlite3 *db, const char *text, int size, unsigned flags, bool is_legacy,
            sqlite3_stmt **place, const char **tail) {
  if (db == nullptr || text == nullptr || place == nullptr)
    return make_real_on_sqlite(visit);
  const std::shared_ptr<SqliteConnection> connection = SqliteConnections::all().of(db);
  const stand_in::Lock lock(connection->db);
  if (!connection->is_stand_in) {
    const int code = make_real_on_sqlite(visit);
    if (code == SQLITE_OK && *place != nullptr)
      SqliteConnections::all().prepared(*place, connection, sql::first_statement(sqlite3_sql(*place)))->is_legacy =
          is_legacy;
    return code;
  }
  *place = nullptr;
  if (connection->failed)
    return stand_in::raise(db, SQLITE_MISUSE, {});
  check_state(visit, *connection, nullptr);
  const std::size_t given = size < 0 ? std::strlen(text) : strnlen(text, static_cast<std::size_t>(size));
  sql::Statement statement = sql::first_statement(std::string_view(text, given));
  if (tail != nullptr)
    *tail = text + statement.text.size();
  if (statement.empty()) {
    stand_in::clear_error(db);
    return SQLITE_OK;
  }
  if (const int code = stand_in::check_syntax(db, statement); code != SQLITE_OK)
    return code;
  const int code = prepare_as(is_legacy, db, stand_in::only_parameters(statement), flags, place);
  if (code == SQLITE_OK)
    SqliteConnections::all().prepared(*place, connection, std::move(statement))->is_legacy = is_legacy;
  return code;
}

int step(plugin::Visit &visit, sqlite3_stmt *handle) {
  if (handle == nullptr)
    return make_real_on_sqlite(visit);
  const std::shared_ptr<SqlitePrepared> prepared = SqliteConnections::all().find(handle);
  if (prepared == nullptr)
    return step_unknown(visit, handle);
  SqliteConnection &connection = *prepared->connection;
  const stand_in::Lock lock(connection.db);
  if (prepared->is_played && prepared->is_running) {
    check_state(visit, connection, nullptr);
    return next_row(*prepared);
  }
  if (!connection.is_stand_in && sqlite3_stmt_busy(handle) != 0)
    return step_really(visit, *prepared);
  const plugin::Decision decision = present(visit, connection, prepared->statement, prepared->parameters);
  prepared->recorded = decision.recorded;
  prepared->is_played = !decision.real();
  prepared->rows.reset();
  prepared->error = SQLITE_OK;
  if (decision.real()) {
    connection.changes.reset();
    return step_really(visit, *prepared);
  }
  prepared->outcome = decision.as<SqliteMock>()->outcome;
  prepared->is_spent = true;
  const std::vector<std::string> names = prepared->outcome.names();
  if (!names.empty())
    prepared->rows = stand_in::prepare_rows(sql_of_rows(names, prepared->outcome.rows));
  return next_row(*prepared);
}

} // namespace tripwire::plugins
