// the steps that the seams of SQLite share
#ifndef TRIPWIRE_PLUGINS_SQLITE_HANDLERS_HPP
#define TRIPWIRE_PLUGINS_SQLITE_HANDLERS_HPP

#include "connections.hpp"

#include <tripwire/plugin.hpp>
#include <tripwire/plugin_manifest.hpp>

#include <memory>
#include <string>
#include <string_view>

// What the build makes of seams.yaml.
extern const tripwire::plugin::Manifest tripwire_manifest_sqlite;

namespace tripwire::plugins {

/// What the sessions of connections go through.
const plugin::Machine &sqlite_machine();

/// What a statement is for the core.
plugin::Description describe(const SqliteConnection &connection, const sql::Statement &statement,
                             const SqliteParameters &parameters);
/// `connect` and `close`; the fields of an opening are added behind.
plugin::Description describe(const SqliteConnection &connection, SqliteOperation operation);

/// A name as it is recorded: of a URI, the key of an encrypted database is `<secret>`.
std::string without_key(const std::string &database);

/// The file that a name means, without the parts of a URI.
std::string path_of(const std::string &database);

/// Throws an `InvalidStateError` when the connection of a session is closed, when its transaction is in another state
/// than the statement is valid in, or when it is used outside of the sandbox. \p statement may be null.
void check_state(plugin::Visit &visit, const SqliteConnection &connection, const sql::Statement *statement);
/// What a rule or a level lets through needs a database: a stand-in has none. Throws as above.
[[noreturn]] void has_no_database(plugin::Visit &visit, const SqliteConnection &connection);

/// What the test asks for cannot be: throws a `ConfigurationError`.
[[noreturn]] void cannot_honour(plugin::Visit &visit, const SqliteConnection &connection, const std::string &why);

/// Puts a statement before the core; checks the state of a session first.
plugin::Decision present(plugin::Visit &visit, const SqliteConnection &connection, const sql::Statement &statement,
                         const std::vector<SqliteValue> &parameters);

/// The operation ends in that error, and the interaction says so.
int raise_error(SqliteConnection &connection, const SqliteOutcome &outcome, const plugin::Recorded &recorded);
/// What a real call has left behind, when it failed.
void note_error(sqlite3 *db, int code, const plugin::Recorded &recorded);
/// The statement has come to its end: what it does to its connection.
void finish(SqliteConnection &connection, const sql::Statement &statement, const SqliteOutcome &outcome);

/// One row more of an execution that is answered, or its end: what `sqlite3_step` returns.
int next_row(SqlitePrepared &prepared);

/// How sqlite3_open opens.
constexpr int default_sqlite_flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

/// Makes the real call. \return the result code of it.
inline int make_real_on_sqlite(plugin::Visit &visit) {
  visit.make_real();
  return visit.result<int>();
}

// Calls of seams, by what they are about. Each returns what the call returns.
int open_database(plugin::Visit &visit, const char *name, sqlite3 **place, int flags, const char *vfs);
int close_database(plugin::Visit &visit, sqlite3 *db);
int execute(plugin::Visit &visit, sqlite3 *db, const char *text, int (*row)(void *, int, char **, char **),
            void *argument, char **message);
int get_table(plugin::Visit &visit, sqlite3 *db, const char *text, char ***table, int *rows, int *columns,
              char **message);
int prepare(plugin::Visit &visit, sqlite3 *db, const char *text, int size, unsigned flags, bool is_legacy,
            sqlite3_stmt **place, const char **tail);
int step(plugin::Visit &visit, sqlite3_stmt *handle);

} // namespace tripwire::plugins

#endif
