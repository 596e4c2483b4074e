#include "stand_in.hpp"

#include <cstring>

namespace tripwire::plugins::stand_in {

namespace {

constexpr const char *raising = "tripwire_raise";

/// `tripwire_raise(code, message)`: a function of SQL is the one way in which a program can say what a connection's
/// last error was.
void raise_in_sql(sqlite3_context *context, int, sqlite3_value **arguments) {
  if (sqlite3_value_type(arguments[1]) == SQLITE_TEXT)
    sqlite3_result_error(context, reinterpret_cast<const char *>(sqlite3_value_text(arguments[1])), -1);
  sqlite3_result_error_code(context, sqlite3_value_int(arguments[0]));
}

bool begins(const char *text, const char *words) { return std::strncmp(text, words, std::strlen(words)) == 0; }

/// Whether the error is one of the text, whatever tables there are.
bool is_of_text(const char *message) {
  return begins(message, "near \"") || begins(message, "incomplete input") || begins(message, "unrecognized token") ||
         begins(message, "variable number must be") || begins(message, "too many SQL variables");
}

} // namespace

sqlite3 *open(int flags) {
  int kept = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_FULLMUTEX;
#ifdef SQLITE_OPEN_EXRESCODE
  kept |= SQLITE_OPEN_EXRESCODE;
#endif
  sqlite3 *db = nullptr;
  const int code = sqlite3_open_v2(
      ":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | (flags & kept), nullptr);
  if (code != SQLITE_OK) {
    sqlite3_close(db);
    return nullptr;
  }
  return db;
}

int raise(sqlite3 *db, int code, const std::string &message) {
  const Lock lock(db);
  sqlite3_stmt *statement = nullptr;
  sqlite3_create_function_v2(db, raising, 2, SQLITE_UTF8, nullptr, &raise_in_sql, nullptr, nullptr, nullptr);
  int result = sqlite3_prepare_v2(db, "SELECT tripwire_raise(?1, ?2)", -1, &statement, nullptr);
  if (result == SQLITE_OK) {
    sqlite3_bind_int(statement, 1, code);
    if (!message.empty())
      sqlite3_bind_text(statement, 2, message.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_step(statement);
    result = sqlite3_finalize(statement);
  }
  return result;
}

void clear_error(sqlite3 *db) {
  sqlite3_stmt *none = nullptr;
  sqlite3_prepare_v2(db, "", -1, &none, nullptr);
}

int check_syntax(sqlite3 *db, const sql::Statement &statement) {
  // Some take effect as soon as they are prepared, on the whole process.
  if (statement.main == "PRAGMA")
    return SQLITE_OK;
  sqlite3_stmt *tried = nullptr;
  const int code =
      sqlite3_prepare_v2(db, statement.text.c_str(), static_cast<int>(statement.text.size()), &tried, nullptr);
  if (code != SQLITE_OK && is_of_text(sqlite3_errmsg(db)))
    return code;
  sqlite3_finalize(tried);
  clear_error(db);
  return SQLITE_OK;
}

std::string only_parameters(const sql::Statement &statement) {
  std::string text = "SELECT NULL IN (";
  for (std::size_t index = 0; index < statement.parameters.size(); ++index)
    text += (index == 0 ? "" : ", ") + statement.parameters[index].name;
  return text + ")";
}

int run(sqlite3 *db, const std::string &sql) { return sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr); }

sqlite3 *of_rows() {
  static sqlite3 *const db = open(SQLITE_OPEN_FULLMUTEX);
  return db;
}

Rows prepare_rows(const std::string &sql) {
  sqlite3_stmt *rows = nullptr;
  sqlite3_prepare_v2(of_rows(), sql.c_str(), static_cast<int>(sql.size()), &rows, nullptr);
  return Rows(rows);
}

} // namespace tripwire::plugins::stand_in
