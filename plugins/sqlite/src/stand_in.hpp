// mocked databases --(stand-ins)--> real handles of SQLite, and the errors and rows that it gives of them
//
// Knows SQLite and nothing of tripwire. What a program does with the handle by functions that are no seams (error
// codes, limits, mutexes) is true of it, because it is real.
#ifndef TRIPWIRE_PLUGINS_SQLITE_STAND_IN_HPP
#define TRIPWIRE_PLUGINS_SQLITE_STAND_IN_HPP

#include "sql.hpp"

#include <sqlite3.h>

#include <memory>
#include <string>

namespace tripwire::plugins::stand_in {

/// A connection to an empty database in memory. Of \p flags those count that concern the handle itself. Null without
/// memory.
sqlite3 *open(int flags);

/// Nothing else happens on the connection \p db meanwhile, as in each call of SQLite: by the mutex that those take,
/// which one thread may hold several times. A connection that was opened for one thread at a time has none. Not for a
/// call that may free the connection.
class Lock {
public:
  explicit Lock(sqlite3 *db) noexcept : mutex_(sqlite3_db_mutex(db)) { sqlite3_mutex_enter(mutex_); }
  Lock(const Lock &) = delete;
  Lock &operator=(const Lock &) = delete;
  ~Lock() { sqlite3_mutex_leave(mutex_); }

private:
  sqlite3_mutex *mutex_;
};

/// Lets a call of the connection \p db end in that error: `sqlite3_errmsg` and the like speak of it. An empty \p
/// message is SQLite's own. \return what the call returns: the extended code where the connection wants those.
int raise(sqlite3 *db, int code, const std::string &message);

/// Nothing is wrong with the connection any more.
void clear_error(sqlite3 *db);

/// What SQLite says of the text of a statement without knowing any table: the error, with which the connection is left,
/// or `SQLITE_OK`.
int check_syntax(sqlite3 *db, const sql::Statement &statement);

/// The text of a statement that has the same parameters, and nothing else.
std::string only_parameters(const sql::Statement &statement);

/// Executes a statement that concerns the transaction only.
int run(sqlite3 *db, const std::string &sql);

struct Finalize {
  void operator()(sqlite3_stmt *statement) const noexcept { sqlite3_finalize(statement); }
};
/// Rows that a program reads as if they were those of its statement.
using Rows = std::unique_ptr<sqlite3_stmt, Finalize>;

/// The connection on which rows are made: no program sees it.
sqlite3 *of_rows();

/// A query of `sql_of_rows`, ready to be stepped. Null without memory.
Rows prepare_rows(const std::string &sql);

} // namespace tripwire::plugins::stand_in

#endif
