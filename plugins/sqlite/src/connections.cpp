#include "connections.hpp"

namespace tripwire::plugins {

SqliteConnections &SqliteConnections::all() {
  static auto *const connections = new SqliteConnections; // handles live as long as the process
  return *connections;
}

void SqliteConnections::opened(const std::shared_ptr<SqliteConnection> &connection) {
  const std::lock_guard<std::mutex> lock(mutex_);
  connections_[connection->db] = connection;
}

std::shared_ptr<SqliteConnection> SqliteConnections::of(sqlite3 *db) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto known = connections_.find(db);
    if (known != connections_.end())
      return known->second;
  }
  auto connection = std::make_shared<SqliteConnection>();
  connection->db = db;
  const char *file = sqlite3_db_filename(db, "main");
  connection->database = file == nullptr || *file == '\0' ? ":memory:" : file;
  const std::lock_guard<std::mutex> lock(mutex_);
  return connections_.emplace(db, std::move(connection)).first->second; // another thread may have been faster
}

void SqliteConnections::forget(const sqlite3 *db) {
  const std::lock_guard<std::mutex> lock(mutex_);
  connections_.erase(db);
}

bool SqliteConnections::is_stand_in(const std::uintptr_t *handle) const {
  if (handle == nullptr)
    return false;
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = connections_.find(reinterpret_cast<const sqlite3 *>(*handle));
  return known != connections_.end() && known->second->is_stand_in;
}

std::shared_ptr<SqlitePrepared> SqliteConnections::prepared(sqlite3_stmt *handle,
                                                            std::shared_ptr<SqliteConnection> connection,
                                                            sql::Statement statement) {
  auto made = std::make_shared<SqlitePrepared>();
  made->connection = std::move(connection);
  made->parameters.resize(static_cast<std::size_t>(statement.parameter_count));
  made->statement = std::move(statement);
  const std::lock_guard<std::mutex> lock(mutex_);
  return statements_[handle] = std::move(made);
}

std::shared_ptr<SqlitePrepared> SqliteConnections::find(sqlite3_stmt *handle) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = statements_.find(handle);
  return known == statements_.end() ? nullptr : known->second;
}

void SqliteConnections::finalized(sqlite3_stmt *handle) {
  std::shared_ptr<SqlitePrepared> last; // so that what it has is freed without the lock
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = statements_.find(handle);
  if (known == statements_.end())
    return;
  last = std::move(known->second);
  statements_.erase(known);
}

void SqliteConnections::sweep() {
  std::vector<std::shared_ptr<SqliteConnection>> over; // closed without the lock, which is taken within SQLite's own
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (auto it = connections_.begin(); it != connections_.end();) {
      const SqliteConnection &one = *it->second;
      if (!one.is_stand_in || !one.closed || !one.script.expired()) {
        ++it;
        continue;
      }
      over.push_back(std::move(it->second));
      it = connections_.erase(it);
    }
  }
  for (const std::shared_ptr<SqliteConnection> &one : over)
    sqlite3_close_v2(one->db); // statements that the program keeps go on living
}

} // namespace tripwire::plugins
