// sqlite3_column_... and what else is asked of statements and connections --> the answer that is played, or the real
// one
#ifndef TRIPWIRE_PLUGINS_SQLITE_READ_HPP
#define TRIPWIRE_PLUGINS_SQLITE_READ_HPP

#include "connections.hpp"

#include <tripwire/plugin.hpp>

#include <sqlite3.h>

#include <memory>
#include <optional>

namespace tripwire::plugins::read {

/// The statement that a function of columns has to read in place of another one.
struct Columns {
  explicit Columns(sqlite3_stmt *handle);
  std::shared_ptr<SqlitePrepared> prepared; ///< null when other code has prepared it
  std::optional<stand_in::Lock> lock;       ///< while they are read
  sqlite3_stmt *played = nullptr;           ///< null when it is the statement itself
};

/// `Function` of what is played in place of the statement.
template <auto Function> struct Forward;
template <class R, class... P, R (*Function)(sqlite3_stmt *, P...)> struct Forward<Function> {
  using Signature = R(sqlite3_stmt *, P...);
  static R run(plugin::Visit &visit, sqlite3_stmt *handle, P... rest) {
    if (const Columns columns(handle); columns.played != nullptr)
      return Function(columns.played, rest...);
    visit.make_real();
    return visit.result<R>();
  }
};

// One for each seam of that name.
int reset(plugin::Visit &visit, sqlite3_stmt *handle);
int finalize(plugin::Visit &visit, sqlite3_stmt *handle);
int stmt_busy(plugin::Visit &visit, sqlite3_stmt *handle);
int stmt_readonly(plugin::Visit &visit, sqlite3_stmt *handle);
int stmt_isexplain(plugin::Visit &visit, sqlite3_stmt *handle);
const char *sql(plugin::Visit &visit, sqlite3_stmt *handle);
char *expanded_sql(plugin::Visit &visit, sqlite3_stmt *handle);
int changes(plugin::Visit &visit, sqlite3 *db);
sqlite3_int64 changes64(plugin::Visit &visit, sqlite3 *db);
int total_changes(plugin::Visit &visit, sqlite3 *db);
sqlite3_int64 total_changes64(plugin::Visit &visit, sqlite3 *db);
int db_readonly(plugin::Visit &visit, sqlite3 *db, const char *name);
const char *db_filename(plugin::Visit &visit, sqlite3 *db, const char *name);

} // namespace tripwire::plugins::read

#endif
