// A program that keeps what it knows in SQLite, as production code would: the tests of this folder rewrite it.
#ifndef TRIPWIRE_PLUGINS_SQLITE_TEST_CLIENT_HPP
#define TRIPWIRE_PLUGINS_SQLITE_TEST_CLIENT_HPP

#include <sqlite3.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace client {

struct Error : std::runtime_error {
  Error(int code_, int extended_, const std::string &message)
      : std::runtime_error(message), code(code_), extended(extended_) {}
  int code;
  int extended;
};

struct Bytes {
  std::string bytes;
};
using Cell = std::variant<std::nullptr_t, std::int64_t, double, std::string, Bytes>;
using Row = std::vector<Cell>;

/// A connection; closes itself.
class Database {
public:
  explicit Database(const std::string &path);
  Database(const std::string &path, int flags, const char *vfs);
  Database(const Database &) = delete;
  Database &operator=(const Database &) = delete;
  ~Database();

  /// Executes one statement by prepare, bind, step and finalize.
  std::vector<Row> query(const std::string &sql, const Row &parameters = {});
  /// By `sqlite3_exec`, rows as text.
  std::vector<std::vector<std::string>> execute(const std::string &sql);
  /// Closes it before its time. \return the code.
  int close();

  sqlite3 *handle() const { return db_; }

private:
  sqlite3 *db_ = nullptr;
};

/// Opens and closes.
void touch(const std::string &path);

/// Moves an amount from one account to another, in a transaction that is rolled back when something fails.
void transfer(const std::string &path, int from, int to, int amount);

/// A statement with these, by hand; closed by nobody.
sqlite3_stmt *prepare(sqlite3 *db, const char *sql);

/// What each column is as text, whatever it is.
std::vector<std::string> as_text(sqlite3_stmt *statement);

// What the program calls beside statements.
int step(sqlite3_stmt *statement);
int reset(sqlite3_stmt *statement);
int finalize(sqlite3_stmt *statement);
int column_count(sqlite3_stmt *statement);
std::string column_name(sqlite3_stmt *statement, int column);
int column_int(sqlite3_stmt *statement, int column);
double column_double(sqlite3_stmt *statement, int column);
int column_type(sqlite3_stmt *statement, int column);
int bind_int(sqlite3_stmt *statement, int index, int value);
int bind_text(sqlite3_stmt *statement, int index, const char *text, void (*destroy)(void *));
int clear_bindings(sqlite3_stmt *statement);
std::string expanded(sqlite3_stmt *statement);
std::string sql_of(sqlite3_stmt *statement);
bool is_busy(sqlite3_stmt *statement);
int changes(sqlite3 *db);
int total_changes(sqlite3 *db);
std::int64_t last_rowid(sqlite3 *db);
bool in_transaction(sqlite3 *db);
/// Reads a table by `sqlite3_get_table`: names first, then rows, line by line.
std::vector<std::string> table_of(sqlite3 *db, const char *sql);
/// A function of the program's own for SQL.
int add_function(sqlite3 *db);
int open_blob(sqlite3 *db);

} // namespace client

extern "C" {
/// Opens, executes by `sqlite3_exec` and closes, and swallows what goes wrong. \return the code of the execution.
int c_execute(const char *path, const char *sql);
}

#endif
