#include "read.hpp"

#include "handlers.hpp"
#include "value.hpp"

#include <filesystem>

namespace tripwire::plugins::read {

namespace {

template <class R> R make_real(plugin::Visit &visit) {
  visit.make_real();
  return visit.result<R>();
}

/// A statement that has no columns, as one without an answer.
sqlite3_stmt *without_columns() {
  static sqlite3_stmt *const statement = stand_in::prepare_rows("BEGIN").release(); // never stepped
  return statement;
}

/// What the script is going to answer, as far as it can be told before anything is bound: a program may ask for columns
/// before the first step.
void preview(SqlitePrepared &prepared) {
  if (prepared.preview != nullptr)
    return;
  const std::shared_ptr<SqliteScript> script = prepared.connection->script.lock();
  if (script == nullptr)
    return;
  const std::lock_guard<std::mutex> lock(script->mutex);
  for (const SqliteMock *step : script->steps)
    if (!step->exhausted() && step->could_be(prepared.statement.shown)) {
      const std::vector<std::string> names = step->outcome.names();
      if (!names.empty())
        prepared.preview = stand_in::prepare_rows(sql_of_rows(names, {}));
      return;
    }
}

std::shared_ptr<SqlitePrepared> of_stand_in(sqlite3_stmt *handle) {
  std::shared_ptr<SqlitePrepared> prepared = handle == nullptr ? nullptr : SqliteConnections::all().find(handle);
  return prepared != nullptr && prepared->connection->is_stand_in ? prepared : nullptr;
}

std::shared_ptr<SqliteConnection> known(sqlite3 *db) {
  return db == nullptr ? nullptr : SqliteConnections::all().of(db);
}

template <class R> R changes_of(plugin::Visit &visit, sqlite3 *db) {
  const std::shared_ptr<SqliteConnection> connection = known(db);
  if (connection == nullptr)
    return make_real<R>(visit);
  const stand_in::Lock lock(db);
  return connection->changes ? static_cast<R>(*connection->changes) : make_real<R>(visit);
}

template <class R> R total_changes_of(plugin::Visit &visit, sqlite3 *db) {
  const std::shared_ptr<SqliteConnection> connection = known(db);
  if (connection == nullptr)
    return make_real<R>(visit);
  const stand_in::Lock lock(db);
  return make_real<R>(visit) + static_cast<R>(connection->total_changes);
}

/// The error of the last execution, once more.
int say_again(SqlitePrepared &prepared) {
  if (prepared.error == SQLITE_OK)
    return SQLITE_OK;
  prepared.error = SQLITE_OK;
  return stand_in::raise(prepared.connection->db, prepared.outcome.error, prepared.outcome.message);
}

} // namespace

Columns::Columns(sqlite3_stmt *handle) : prepared(handle == nullptr ? nullptr : SqliteConnections::all().find(handle)) {
  if (prepared == nullptr)
    return;
  lock.emplace(prepared->connection->db);
  if (!prepared->is_played && !prepared->connection->is_stand_in)
    return;
  if (!prepared->is_played)
    preview(*prepared);
  played = prepared->is_played ? prepared->rows.get() : prepared->preview.get();
  if (played == nullptr)
    played = without_columns();
}

int reset(plugin::Visit &visit, sqlite3_stmt *handle) {
  const std::shared_ptr<SqlitePrepared> prepared = handle == nullptr ? nullptr : SqliteConnections::all().find(handle);
  if (prepared == nullptr)
    return make_real<int>(visit);
  const stand_in::Lock lock(prepared->connection->db);
  visit.make_real();
  if (!prepared->is_played)
    return visit.result<int>();
  prepared->is_running = false;
  prepared->is_spent = false;
  sqlite3_reset(prepared->rows.get());
  return say_again(*prepared);
}

int finalize(plugin::Visit &visit, sqlite3_stmt *handle) {
  const std::shared_ptr<SqlitePrepared> prepared = handle == nullptr ? nullptr : SqliteConnections::all().find(handle);
  SqliteConnections::all().finalized(handle); // first: once it is freed, another thread may get the same address
  if (prepared == nullptr || !prepared->is_played)
    return make_real<int>(visit);
  const int code = say_again(*prepared); // behind the last statement a connection that was closed is gone
  visit.make_real();
  return code;
}

int stmt_busy(plugin::Visit &visit, sqlite3_stmt *handle) {
  const std::shared_ptr<SqlitePrepared> prepared = handle == nullptr ? nullptr : SqliteConnections::all().find(handle);
  if (prepared == nullptr)
    return make_real<int>(visit);
  const stand_in::Lock lock(prepared->connection->db);
  return !prepared->is_played ? make_real<int>(visit) : prepared->is_running ? 1 : 0;
}

int stmt_readonly(plugin::Visit &visit, sqlite3_stmt *handle) {
  const std::shared_ptr<SqlitePrepared> prepared = of_stand_in(handle);
  return prepared == nullptr ? make_real<int>(visit) : prepared->statement.is_read_only() ? 1 : 0;
}

int stmt_isexplain(plugin::Visit &visit, sqlite3_stmt *handle) {
  const std::shared_ptr<SqlitePrepared> prepared = of_stand_in(handle);
  return prepared == nullptr ? make_real<int>(visit) : prepared->statement.explains;
}

const char *sql(plugin::Visit &visit, sqlite3_stmt *handle) {
  const std::shared_ptr<SqlitePrepared> prepared = of_stand_in(handle);
  return prepared == nullptr ? make_real<const char *>(visit) : prepared->statement.text.c_str();
}

char *expanded_sql(plugin::Visit &visit, sqlite3_stmt *handle) {
  const std::shared_ptr<SqlitePrepared> prepared = of_stand_in(handle);
  if (prepared == nullptr)
    return make_real<char *>(visit);
  const stand_in::Lock lock(prepared->connection->db);
  std::string text;
  std::size_t at = 0;
  for (const sql::Parameter &parameter : prepared->statement.parameters) {
    text += prepared->statement.text.substr(at, parameter.begin - at) +
            sql_literal(prepared->parameters[static_cast<std::size_t>(parameter.index - 1)]);
    at = parameter.begin + parameter.name.size();
  }
  text += prepared->statement.text.substr(at);
  return sqlite3_mprintf("%s", text.c_str());
}

sqlite3_int64 changes64(plugin::Visit &visit, sqlite3 *db) { return changes_of<sqlite3_int64>(visit, db); }
int changes(plugin::Visit &visit, sqlite3 *db) { return changes_of<int>(visit, db); }
sqlite3_int64 total_changes64(plugin::Visit &visit, sqlite3 *db) { return total_changes_of<sqlite3_int64>(visit, db); }
int total_changes(plugin::Visit &visit, sqlite3 *db) { return total_changes_of<int>(visit, db); }

int db_readonly(plugin::Visit &visit, sqlite3 *db, const char *name) {
  const std::shared_ptr<SqliteConnection> connection = known(db);
  const bool is_main = name == nullptr || sqlite3_stricmp(name, "main") == 0;
  if (connection == nullptr || !connection->is_stand_in || !is_main)
    return make_real<int>(visit);
  return (connection->flags & SQLITE_OPEN_READONLY) != 0 ? 1 : 0;
}

const char *db_filename(plugin::Visit &visit, sqlite3 *db, const char *name) {
  const std::shared_ptr<SqliteConnection> connection = known(db);
  const bool is_main = name == nullptr || sqlite3_stricmp(name, "main") == 0;
  if (connection == nullptr || !connection->is_stand_in || !is_main)
    return make_real<const char *>(visit);
  const stand_in::Lock lock(db);
  if (connection->file_name == nullptr) {
    const std::string path = path_of(connection->database);
    const bool is_file = !path.empty() && path != ":memory:" && (connection->flags & SQLITE_OPEN_MEMORY) == 0;
    const std::string whole = is_file ? std::filesystem::absolute(path).lexically_normal().string() : std::string();
    connection->file_name.reset(sqlite3_create_filename(whole.c_str(), "", "", 0, nullptr));
  }
  return connection->file_name.get();
}

} // namespace tripwire::plugins::read
