// an operation of a connection --(present)--> the core's decision; outcomes --> what the connection says of them
#include "handlers.hpp"

#include "names.hpp"

#include <tripwire/violation.hpp>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

namespace tripwire::plugins {

namespace {

std::string quoted(std::string_view text) {
  std::string made;
  seam::Out out(made);
  out.put_quoted(text);
  return made;
}

std::string shown(const SqliteParameters &parameters) {
  std::string made;
  seam::Out out(made);
  seam::print(out, parameters);
  return made;
}

int from_hex(char digit) {
  if (digit >= '0' && digit <= '9')
    return digit - '0';
  const int letter = std::tolower(static_cast<unsigned char>(digit));
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

[[noreturn]] void refuse(plugin::Visit &visit, ViolationKind kind, const std::string &text) {
  Facts facts;
  facts.kind = kind;
  facts.source = "sqlite";
  facts.site = call_site(visit.call().site);
  const std::size_t line = text.find('\n');
  facts.text = std::string(name_of(kind)) + ": " + text.substr(0, line) + "\n  at " + facts.site.text() +
               (line == std::string::npos ? "" : text.substr(line));
  raise(std::move(facts));
}

std::string session_of(const SqliteConnection &connection) {
  const std::shared_ptr<SqliteScript> script = connection.script.lock();
  return "the session of " + quoted(connection.database) +
         (script == nullptr
              ? std::string(", of a test that has ended")
              : " from " + std::string(script->place.file) + ":" + std::to_string(script->place.line) + "");
}

/// SQLite itself knows whether the stand-in is in a transaction: savepoints begin and end them as well.
const char *state_of(const SqliteConnection &connection) {
  return sqlite3_get_autocommit(connection.db) == 0 ? "in_transaction" : "connected";
}

/// As the machine names it.
const char *operation_of(sql::Kind kind) {
  switch (kind) {
  case sql::Kind::begin:
    return "begin";
  case sql::Kind::commit:
    return "commit";
  case sql::Kind::rollback:
    return "rollback";
  case sql::Kind::other:
  case sql::Kind::savepoint:
    return "execute";
  }
  return "execute";
}

} // namespace

namespace {

bool is_uri(const std::string &database) { return database.compare(0, 5, "file:") == 0; }

/// With `%41` as what it stands for.
std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == '%' && at + 2 < text.size() ? from_hex(text[at + 1]) : -1;
    const int low = high < 0 ? -1 : from_hex(text[at + 2]);
    result += low < 0 ? text[at] : static_cast<char>(high * 16 + low);
    at += low < 0 ? 0 : 2;
  }
  return result;
}

/// What extensions that encrypt a database call its key.
bool is_key(const std::string &parameter) {
  return parameter == "key" || parameter == "hexkey" || parameter == "textkey";
}

} // namespace

const plugin::Machine &sqlite_machine() { return tripwire_manifest_sqlite.machine("sqlite"); }

std::string without_key(const std::string &database) {
  const std::size_t query = is_uri(database) ? database.find('?') : std::string::npos;
  if (query == std::string::npos)
    return database;
  std::string shown = database.substr(0, query);
  std::size_t at = query;
  while (at < database.size() && database[at] != '#') {
    const std::size_t end = std::min(database.find_first_of("&#", at + 1), database.size());
    const std::string parameter = database.substr(at, end - at);
    const std::size_t name = parameter.find('=');
    shown += name != std::string::npos && is_key(unescaped(parameter.substr(1, name - 1)))
                 ? parameter.substr(0, name) + "=<secret>"
                 : parameter;
    at = end;
  }
  return shown + database.substr(at);
}

std::string path_of(const std::string &database) {
  if (!is_uri(database))
    return database;
  std::size_t at = 5;
  if (database.compare(at, 2, "//") == 0) {
    const std::size_t path = database.find('/', at + 2); // behind the authority
    at = path == std::string::npos ? database.size() : path;
  }
  const std::size_t end = std::min(database.find_first_of("?#", at), database.size());
  return unescaped(std::string_view(database).substr(at, end - at));
}

plugin::Description describe(const SqliteConnection &connection, SqliteOperation operation) {
  plugin::Description call;
  call.request(name_of(operation) + (operation == SqliteOperation::connect ? " to " : " ") +
               quoted(connection.database))
      .field("operation", operation)
      .field("database", connection.database,
             operation == SqliteOperation::connect ? plugin::Need::required : plugin::Need::optional)
      .firewall("database_path", path_of(connection.database));
  if (operation != SqliteOperation::connect)
    call.on(reinterpret_cast<std::uintptr_t>(connection.db));
  return call;
}

plugin::Description describe(const SqliteConnection &connection, const sql::Statement &statement,
                             const SqliteParameters &parameters) {
  if (statement.kind == sql::Kind::commit)
    return describe(connection, SqliteOperation::commit);
  if (statement.kind == sql::Kind::rollback)
    return describe(connection, SqliteOperation::rollback);
  plugin::Description call = describe(connection, SqliteOperation::execute);
  call.request("execute " + quoted(statement.shown) + (parameters.values.empty() ? "" : " " + shown(parameters)))
      .field("sql", statement.shown)
      .field("parameters", parameters);
  return call;
}

void has_no_database(plugin::Visit &visit, const SqliteConnection &connection) {
  refuse(visit, ViolationKind::sandbox_not_active,
         std::string(visit.call().slot.facts.name) +
             " cannot be made for real: no database stands behind this connection\n  it is " + session_of(connection) +
             "\n  end its use inside of the sandbox, or expect this step");
}

void cannot_honour(plugin::Visit &visit, const SqliteConnection &connection, const std::string &why) {
  refuse(visit, ViolationKind::configuration,
         std::string(visit.call().slot.facts.name) + " on " + quoted(connection.database) +
             " cannot be answered as the test says\n  " + why);
}

void check_state(plugin::Visit &visit, const SqliteConnection &connection, const sql::Statement *statement) {
  if (!connection.is_stand_in)
    return;
  const std::string function(visit.call().slot.facts.name);
  if (connection.closed)
    refuse(visit, ViolationKind::invalid_state,
           function + " was called with a connection that is closed, in state 'closed' of sqlite\n  it was " +
               session_of(connection) + "\n  nothing is valid in: 'closed'");
  if (!visit.in_sandbox())
    has_no_database(visit, connection);
  if (statement == nullptr)
    return;
  const std::string state = state_of(connection);
  const char *operation = operation_of(statement->kind);
  if (sqlite_machine().after(state, operation) == nullptr)
    refuse(visit, ViolationKind::invalid_state,
           statement->shown + " is not valid in state '" + state + "' of sqlite\n  " + session_of(connection) +
               ", is in state '" + state + "'\n  " + statement->first +
               " is valid in: " + sqlite_machine().valid_in(operation));
}

plugin::Decision present(plugin::Visit &visit, const SqliteConnection &connection, const sql::Statement &statement,
                         const std::vector<SqliteValue> &parameters) {
  check_state(visit, connection, &statement);
  plugin::Decision decision = visit.present(describe(connection, statement, SqliteParameters{parameters}));
  if (connection.is_stand_in && decision.real())
    has_no_database(visit, connection);
  return decision;
}

int raise_error(SqliteConnection &connection, const SqliteOutcome &outcome, const plugin::Recorded &recorded) {
  const int code = stand_in::raise(connection.db, outcome.error, outcome.message);
  recorded.raised(AnyValue(SqliteCode{outcome.error}))
      .field("message", std::string(sqlite3_errmsg(connection.db)), plugin::Need::optional);
  return code;
}

void note_error(sqlite3 *db, int code, const plugin::Recorded &recorded) {
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE || !recorded)
    return;
  const int extended = db == nullptr ? code : sqlite3_extended_errcode(db);
  recorded.raised(AnyValue(SqliteCode{extended}))
      .field("message", std::string(db == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(db)), plugin::Need::optional);
}

void finish(SqliteConnection &connection, const sql::Statement &statement, const SqliteOutcome &outcome) {
  if (connection.is_stand_in && statement.kind != sql::Kind::other)
    stand_in::run(connection.db, statement.shown);
  if (outcome.changes) {
    connection.changes = *outcome.changes;
    connection.total_changes += *outcome.changes;
  }
  if (outcome.rowid)
    sqlite3_set_last_insert_rowid(connection.db, *outcome.rowid);
  stand_in::clear_error(connection.db);
}

int next_row(SqlitePrepared &prepared) {
  SqliteConnection &connection = *prepared.connection;
  if (prepared.rows != nullptr && sqlite3_step(prepared.rows.get()) == SQLITE_ROW) {
    prepared.is_running = true;
    stand_in::clear_error(connection.db);
    return SQLITE_ROW;
  }
  prepared.is_running = false;
  if (prepared.outcome.error != SQLITE_OK) {
    prepared.error = prepared.outcome.error;
    const int code = raise_error(connection, prepared.outcome, prepared.recorded);
    return prepared.is_legacy && code != SQLITE_BUSY && code != SQLITE_MISUSE ? SQLITE_ERROR : code;
  }
  finish(connection, prepared.statement, prepared.outcome);
  return SQLITE_DONE;
}

} // namespace tripwire::plugins
