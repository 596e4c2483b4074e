// A program that keeps what it knows in SQLite, as production code would: the tests of this folder rewrite it.
#ifndef TRIPWIRE_PLUGINS_SQLITE_TEST_CLIENT_HPP
#define TRIPWIRE_PLUGINS_SQLITE_TEST_CLIENT_HPP

#include <sqlite3.h>

#include <cstddef>
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
/// Reads the value of a column as a blob, and writes it back in capital letters.
std::string shout(sqlite3 *db, const char *table, const char *column, std::int64_t row);
/// Copies a database. \return the code of the first step that was not taken.
int copy(sqlite3 *to, sqlite3 *from);
/// Ends a blob, a backup, a statement and a connection that were never begun. \return the codes.
std::vector<int> end_nothing();
/// How many rows the program has heard of that were changed, by a hook, from now on.
void count_changes(sqlite3 *db, int &count);
/// Calls that concern what a database is, by their names; what they need is made up.
struct Call {
  const char *name;
  void (*make)(sqlite3 *db);
};
const std::vector<Call> &calls_of_the_database();
/// By `sqlite3_exec`, until there is a row. \return the code; \p message is the one that it gives.
int first_row(sqlite3 *db, const char *sql, std::string &message);
/// What a value was copied as, from a column of one statement to a parameter of another: `sqlite3_column_value`.
int bind_column(sqlite3_stmt *to, int index, sqlite3_stmt *from, int column);

// The same in UTF-16, of the machine's byte order.
sqlite3 *open16(const char16_t *path);
/// The way of `sqlite3_prepare16`, of `_v2`, of `_v3`. \p tail is what stands behind the statement.
enum class Way { first, v2, v3 };
sqlite3_stmt *prepare16(sqlite3 *db, const std::u16string &sql, Way way, std::u16string &tail);
int bind_text16(sqlite3_stmt *statement, int index, const std::u16string &text);
std::u16string column_text16(sqlite3_stmt *statement, int column);
std::u16string column_name16(sqlite3_stmt *statement, int column);
std::u16string error16(sqlite3 *db);

/// Each thread opens the database, asks its questions, and closes it.
void ask_by_threads(const std::vector<std::string> &paths, const std::string &sql, int count);
/// Two threads share one connection: each executes \p sql that often, by a statement of its own. \return the sum of
/// what they have read.
std::int64_t share(sqlite3 *db, const std::string &sql, int count);

} // namespace client

extern "C" {
/// Opens, executes by `sqlite3_exec` and closes, and swallows what goes wrong. \return the code of the execution.
int c_execute(const char *path, const char *sql);
}

#endif
