#include "client.hpp"

namespace client {

namespace {

[[noreturn]] void fail(sqlite3 *db) {
  throw Error(sqlite3_errcode(db), sqlite3_extended_errcode(db), sqlite3_errmsg(db));
}

void bind(sqlite3_stmt *statement, int index, const Cell &cell) {
  if (const auto *integer = std::get_if<std::int64_t>(&cell))
    sqlite3_bind_int64(statement, index, *integer);
  else if (const auto *real = std::get_if<double>(&cell))
    sqlite3_bind_double(statement, index, *real);
  else if (const auto *text = std::get_if<std::string>(&cell))
    sqlite3_bind_text(statement, index, text->data(), static_cast<int>(text->size()), nullptr);
  else if (const auto *blob = std::get_if<Bytes>(&cell))
    sqlite3_bind_blob(statement, index, blob->bytes.data(), static_cast<int>(blob->bytes.size()), nullptr);
  else
    sqlite3_bind_null(statement, index);
}

std::string text_at(sqlite3_stmt *statement, int column) {
  const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(statement, column));
  return text == nullptr ? std::string("(null)")
                         : std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
}

Cell cell(sqlite3_stmt *statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
  case SQLITE_INTEGER:
    return std::int64_t{sqlite3_column_int64(statement, column)};
  case SQLITE_FLOAT:
    return sqlite3_column_double(statement, column);
  case SQLITE_TEXT:
    return text_at(statement, column);
  case SQLITE_BLOB:
    return Bytes{text_at(statement, column)};
  default:
    return nullptr;
  }
}

} // namespace

Database::Database(const std::string &path) {
  if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK) {
    const Error error(sqlite3_errcode(db_), sqlite3_extended_errcode(db_), sqlite3_errmsg(db_));
    sqlite3_close(db_);
    throw error;
  }
}

Database::Database(const std::string &path, int flags, const char *vfs) {
  if (sqlite3_open_v2(path.c_str(), &db_, flags, vfs) != SQLITE_OK) {
    const Error error(sqlite3_errcode(db_), sqlite3_extended_errcode(db_), sqlite3_errmsg(db_));
    sqlite3_close(db_);
    throw error;
  }
}

Database::~Database() { sqlite3_close(db_); }

int Database::close() {
  const int code = sqlite3_close(db_);
  if (code == SQLITE_OK)
    db_ = nullptr;
  return code;
}

std::vector<Row> Database::query(const std::string &sql, const Row &parameters) {
  struct Finalize {
    sqlite3_stmt *statement = nullptr;
    ~Finalize() { sqlite3_finalize(statement); }
  } held;
  if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &held.statement, nullptr) != SQLITE_OK)
    fail(db_);
  for (std::size_t index = 0; index < parameters.size(); ++index)
    bind(held.statement, static_cast<int>(index + 1), parameters[index]);
  std::vector<Row> rows;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(held.statement)) == SQLITE_ROW) {
    Row row;
    for (int column = 0; column < sqlite3_column_count(held.statement); ++column)
      row.push_back(cell(held.statement, column));
    rows.push_back(std::move(row));
  }
  if (code != SQLITE_DONE)
    fail(db_);
  return rows;
}

std::vector<std::vector<std::string>> Database::execute(const std::string &sql) {
  std::vector<std::vector<std::string>> rows;
  char *message = nullptr;
  const auto add = [](void *to, int count, char **values, char **names) {
    std::vector<std::string> row;
    for (int column = 0; column < count; ++column)
      row.push_back(std::string(names[column]) + "=" + (values[column] == nullptr ? "(null)" : values[column]));
    static_cast<std::vector<std::vector<std::string>> *>(to)->push_back(std::move(row));
    return 0;
  };
  const int code = sqlite3_exec(db_, sql.c_str(), add, &rows, &message);
  if (code != SQLITE_OK) {
    const Error error(code, sqlite3_extended_errcode(db_), message == nullptr ? "" : message);
    sqlite3_free(message);
    throw error;
  }
  return rows;
}

void touch(const std::string &path) { Database(path).close(); }

void transfer(const std::string &path, int from, int to, int amount) {
  Database database(path);
  database.query("BEGIN IMMEDIATE");
  std::string wrong;
  try {
    database.query("UPDATE accounts SET cents = cents - ? WHERE id = ?", {std::int64_t{amount}, std::int64_t{from}});
    database.query("UPDATE accounts SET cents = cents + ? WHERE id = ?", {std::int64_t{amount}, std::int64_t{to}});
    database.query("COMMIT");
  } catch (const Error &error) {
    wrong = error.what();
  }
  if (!wrong.empty())
    database.query("ROLLBACK");
}

sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = nullptr;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, nullptr) != SQLITE_OK)
    fail(db);
  return statement;
}

std::vector<std::string> as_text(sqlite3_stmt *statement) {
  std::vector<std::string> texts;
  for (int column = 0; column < sqlite3_data_count(statement); ++column)
    texts.push_back(text_at(statement, column));
  return texts;
}

int step(sqlite3_stmt *statement) { return sqlite3_step(statement); }
int reset(sqlite3_stmt *statement) { return sqlite3_reset(statement); }
int finalize(sqlite3_stmt *statement) { return sqlite3_finalize(statement); }
int column_count(sqlite3_stmt *statement) { return sqlite3_column_count(statement); }
std::string column_name(sqlite3_stmt *statement, int column) {
  const char *name = sqlite3_column_name(statement, column);
  return name == nullptr ? "(null)" : name;
}
int column_int(sqlite3_stmt *statement, int column) { return sqlite3_column_int(statement, column); }
double column_double(sqlite3_stmt *statement, int column) { return sqlite3_column_double(statement, column); }
int column_type(sqlite3_stmt *statement, int column) { return sqlite3_column_type(statement, column); }
int bind_int(sqlite3_stmt *statement, int index, int value) { return sqlite3_bind_int(statement, index, value); }
int bind_text(sqlite3_stmt *statement, int index, const char *text, void (*destroy)(void *)) {
  return sqlite3_bind_text(statement, index, text, -1, destroy);
}
int clear_bindings(sqlite3_stmt *statement) { return sqlite3_clear_bindings(statement); }

std::string expanded(sqlite3_stmt *statement) {
  char *text = sqlite3_expanded_sql(statement);
  std::string made = text == nullptr ? "" : text;
  sqlite3_free(text);
  return made;
}

std::string sql_of(sqlite3_stmt *statement) { return sqlite3_sql(statement); }
bool is_busy(sqlite3_stmt *statement) { return sqlite3_stmt_busy(statement) != 0; }
int changes(sqlite3 *db) { return sqlite3_changes(db); }
int total_changes(sqlite3 *db) { return sqlite3_total_changes(db); }
std::int64_t last_rowid(sqlite3 *db) { return sqlite3_last_insert_rowid(db); }
bool in_transaction(sqlite3 *db) { return sqlite3_get_autocommit(db) == 0; }

std::vector<std::string> table_of(sqlite3 *db, const char *sql) {
  char **table = nullptr;
  int rows = 0;
  int columns = 0;
  if (sqlite3_get_table(db, sql, &table, &rows, &columns, nullptr) != SQLITE_OK)
    fail(db);
  std::vector<std::string> lines;
  for (int row = 0; row <= rows; ++row) {
    std::string line;
    for (int column = 0; column < columns; ++column) {
      const char *value = table[row * columns + column];
      line += std::string(column == 0 ? "" : "|") + (value == nullptr ? "(null)" : value);
    }
    lines.push_back(line);
  }
  sqlite3_free_table(table);
  return lines;
}

int add_function(sqlite3 *db) {
  const auto one = [](sqlite3_context *context, int, sqlite3_value **) { sqlite3_result_int(context, 1); };
  return sqlite3_create_function(db, "one", 0, SQLITE_UTF8, nullptr, one, nullptr, nullptr);
}

int open_blob(sqlite3 *db) {
  sqlite3_blob *blob = nullptr;
  return sqlite3_blob_open(db, "main", "files", "content", 1, 0, &blob);
}

} // namespace client
