// handles of SQLite --(SqliteConnections)--> what is known of them
#ifndef TRIPWIRE_PLUGINS_SQLITE_CONNECTIONS_HPP
#define TRIPWIRE_PLUGINS_SQLITE_CONNECTIONS_HPP

#include "mock.hpp"
#include "sql.hpp"
#include "stand_in.hpp"

#include <tripwire/plugin.hpp>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tripwire::plugins {

struct FreeFileName {
  void operator()(const char *name) const noexcept { sqlite3_free_filename(const_cast<char *>(name)); }
};
/// A name of which `sqlite3_uri_parameter` and the like can be asked.
using FileName = std::unique_ptr<const char, FreeFileName>;

/// One connection. Several threads may share it where SQLite lets them: what changes is guarded by the connection's own
/// mutex (`stand_in::Lock`).
struct SqliteConnection {
  sqlite3 *db = nullptr;
  std::string database; ///< as the program named it
  int flags = 0;

  bool is_stand_in = false;
  bool failed = false;                ///< the stand-in of an attempt that failed: it can only be closed
  std::weak_ptr<SqliteScript> script; ///< of a stand-in
  std::atomic<bool> closed = false;   ///< a stand-in that was closed stays, so that its use is noticed

  /// What was answered last, instead of executed.
  std::optional<std::int64_t> changes;
  std::int64_t total_changes = 0;
  FileName file_name; ///< what `sqlite3_db_filename` has told of a stand-in
};

/// One prepared statement, and its current execution. The same guards it.
struct SqlitePrepared {
  std::shared_ptr<SqliteConnection> connection;
  sql::Statement statement;
  bool is_legacy = false; ///< made by `sqlite3_prepare`: its errors come with `sqlite3_reset`
  std::vector<SqliteValue> parameters;
  plugin::Recorded recorded; ///< of a real execution, which may still fail

  // Of an execution that is answered:
  bool is_played = false;  ///< the last one was
  bool is_running = false; ///< there are more rows, or the end
  bool is_spent = false;   ///< it has to be reset
  stand_in::Rows rows;     ///< null when it has no columns
  SqliteOutcome outcome;
  int error = SQLITE_OK;  ///< what a reset says again
  stand_in::Rows preview; ///< the columns that it is going to have
};

/// All handles of the process that rewritten code has made. Thread-safe, never destroyed.
class SqliteConnections {
public:
  static SqliteConnections &all();

  void opened(const std::shared_ptr<SqliteConnection> &connection);
  /// The connection behind a handle. One that other code has opened becomes known by it.
  std::shared_ptr<SqliteConnection> of(sqlite3 *db);
  void forget(const sqlite3 *db);
  /// Null for none of the handle.
  bool is_stand_in(const std::uintptr_t *handle) const;

  std::shared_ptr<SqlitePrepared> prepared(sqlite3_stmt *handle, std::shared_ptr<SqliteConnection> connection,
                                           sql::Statement statement);
  /// Null when other code has prepared it.
  std::shared_ptr<SqlitePrepared> find(sqlite3_stmt *handle) const;
  void finalized(sqlite3_stmt *handle);

  /// Frees stand-ins that were closed in tests which have ended.
  void sweep();

private:
  mutable std::mutex mutex_;
  std::map<const sqlite3 *, std::shared_ptr<SqliteConnection>> connections_;
  std::map<const sqlite3_stmt *, std::shared_ptr<SqlitePrepared>> statements_;
};

} // namespace tripwire::plugins

#endif
