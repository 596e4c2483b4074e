// sqlite3_open and sqlite3_close --> sessions taken and ended, or the real connection
#include "handlers.hpp"

#include "names.hpp"

namespace tripwire::plugins {

namespace {

plugin::Description describe_opening(const SqliteConnection &connection, const char *vfs) {
  plugin::Description call = describe(connection, SqliteOperation::connect);
  call.field("flags", SqliteOpenFlags{connection.flags},
             connection.flags == default_sqlite_flags ? plugin::Need::optional : plugin::Need::required);
  if (vfs != nullptr)
    call.field("vfs", std::string(vfs));
  return call;
}

int open_real(plugin::Visit &visit, const std::shared_ptr<SqliteConnection> &connection, sqlite3 **place,
              const plugin::Decision &decision) {
  const int code = make_real_on_sqlite(visit);
  note_error(*place, code, decision.recorded);
  if (*place == nullptr)
    return code;
  connection->db = *place;
  SqliteConnections::all().opened(connection);
  visit.opened(reinterpret_cast<std::uintptr_t>(*place), decision);
  return code;
}

/// Nothing is opened: the program gets a handle on which the session is played.
int open_stand_in(plugin::Visit &visit, const std::shared_ptr<SqliteConnection> &connection, sqlite3 **place,
                  const plugin::Decision &decision) {
  const SqliteMock &step = *decision.as<SqliteMock>();
  connection->db = stand_in::open(connection->flags);
  connection->is_stand_in = true;
  connection->script = step.script();
  connection->failed = step.outcome.error != SQLITE_OK;
  *place = connection->db;
  if (connection->db == nullptr) // no memory: as SQLite says it
    return SQLITE_NOMEM;
  SqliteConnections::all().opened(connection);
  visit.opened(reinterpret_cast<std::uintptr_t>(connection->db), decision);
  if (!connection->failed) {
    step.script()->opened(connection->db);
    return SQLITE_OK;
  }
  const int code = raise_error(*connection, step.outcome, decision.recorded);
  if (step.outcome.error == SQLITE_NOMEM) {
    SqliteConnections::all().forget(connection->db);
    sqlite3_close(connection->db);
    *place = nullptr;
  }
  return code;
}

} // namespace

int open_database(plugin::Visit &visit, const char *name, sqlite3 **place, int flags, const char *vfs) {
  if (place == nullptr)
    return make_real_on_sqlite(visit);
  SqliteConnections::all().sweep();
  const auto connection = std::make_shared<SqliteConnection>();
  connection->database = name == nullptr ? "" : without_key(name);
  connection->flags = flags;
  const plugin::Decision decision = visit.present(describe_opening(*connection, vfs));
  return decision.real() ? open_real(visit, connection, place, decision)
                         : open_stand_in(visit, connection, place, decision);
}

int close_database(plugin::Visit &visit, sqlite3 *db) {
  if (db == nullptr)
    return make_real_on_sqlite(visit);
  const std::shared_ptr<SqliteConnection> connection = SqliteConnections::all().of(db);
  const bool is_strict = visit.call().slot.facts.name == "sqlite3_close";
  // Statements that are left keep it open: SQLite says so itself, and nothing has happened.
  if (is_strict && sqlite3_next_stmt(db, nullptr) != nullptr)
    return make_real_on_sqlite(visit);
  if (!connection->is_stand_in) {
    const plugin::Decision decision = visit.present(describe(*connection, SqliteOperation::close));
    visit.closed(reinterpret_cast<std::uintptr_t>(db));
    SqliteConnections::all().forget(db); // first: once it is closed, another thread may get the same address
    const int code = make_real_on_sqlite(visit);
    note_error(nullptr, code, decision.recorded);
    if (code != SQLITE_OK) { // a blob or a backup keeps it open
      SqliteConnections::all().opened(connection);
      visit.opened(reinterpret_cast<std::uintptr_t>(db), decision);
    }
    return code;
  }
  if (connection->failed || (!connection->closed && !visit.in_sandbox())) {
    visit.closed(reinterpret_cast<std::uintptr_t>(db));
    SqliteConnections::all().forget(db);
    return make_real_on_sqlite(visit); // of the stand-in: nothing that a test could see
  }
  check_state(visit, *connection, nullptr);
  const plugin::Decision decision = visit.present(describe(*connection, SqliteOperation::close));
  if (decision.real())
    has_no_database(visit, *connection);
  const SqliteMock &step = *decision.as<SqliteMock>();
  if (step.outcome.error != SQLITE_OK)
    return raise_error(*connection, step.outcome, decision.recorded);
  connection->closed = true;
  if (const std::shared_ptr<SqliteScript> script = connection->script.lock())
    script->closed = true;
  return SQLITE_OK;
}

} // namespace tripwire::plugins
