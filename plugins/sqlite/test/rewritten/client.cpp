#include "client.hpp"

#include <atomic>
#include <cctype>
#include <thread>

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

std::string shout(sqlite3 *db, const char *table, const char *column, std::int64_t row) {
  sqlite3_blob *blob = nullptr;
  if (sqlite3_blob_open(db, "main", table, column, row, 1, &blob) != SQLITE_OK)
    fail(db);
  std::string text(static_cast<std::size_t>(sqlite3_blob_bytes(blob)), '\0');
  sqlite3_blob_read(blob, text.data(), static_cast<int>(text.size()), 0);
  for (char &c : text)
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  sqlite3_blob_write(blob, text.data(), static_cast<int>(text.size()), 0);
  sqlite3_blob_close(blob);
  return text;
}

int copy(sqlite3 *to, sqlite3 *from) {
  sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
  if (backup == nullptr)
    return sqlite3_errcode(to);
  const int code = sqlite3_backup_step(backup, -1);
  sqlite3_backup_finish(backup);
  return code;
}

std::vector<int> end_nothing() {
  return {sqlite3_blob_close(nullptr), sqlite3_backup_finish(nullptr), sqlite3_finalize(nullptr),
          sqlite3_reset(nullptr),      sqlite3_close(nullptr),         sqlite3_close_v2(nullptr)};
}

void count_changes(sqlite3 *db, int &count) {
  sqlite3_update_hook(
      db, [](void *to, int, const char *, const char *, sqlite3_int64) { ++*static_cast<int *>(to); }, &count);
}

const std::vector<Call> &calls_of_the_database() {
  static const std::vector<Call> all = {
      {"sqlite3_create_function", [](sqlite3 *db) { add_function(db); }},
      {"sqlite3_create_collation",
       [](sqlite3 *db) {
         sqlite3_create_collation(db, "c", SQLITE_UTF8, nullptr,
                                  [](void *, int, const void *, int, const void *) { return 0; });
       }},
      {"sqlite3_create_module", [](sqlite3 *db) { sqlite3_create_module(db, "m", nullptr, nullptr); }},
      {"sqlite3_overload_function", [](sqlite3 *db) { sqlite3_overload_function(db, "f", 1); }},
      {"sqlite3_set_authorizer", [](sqlite3 *db) { sqlite3_set_authorizer(db, nullptr, nullptr); }},
      {"sqlite3_trace_v2", [](sqlite3 *db) { sqlite3_trace_v2(db, 0, nullptr, nullptr); }},
      {"sqlite3_progress_handler", [](sqlite3 *db) { sqlite3_progress_handler(db, 0, nullptr, nullptr); }},
      {"sqlite3_commit_hook", [](sqlite3 *db) { sqlite3_commit_hook(db, nullptr, nullptr); }},
      {"sqlite3_rollback_hook", [](sqlite3 *db) { sqlite3_rollback_hook(db, nullptr, nullptr); }},
      {"sqlite3_update_hook", [](sqlite3 *db) { sqlite3_update_hook(db, nullptr, nullptr); }},
      {"sqlite3_wal_hook", [](sqlite3 *db) { sqlite3_wal_hook(db, nullptr, nullptr); }},
      {"sqlite3_wal_checkpoint_v2", [](sqlite3 *db) { sqlite3_wal_checkpoint_v2(db, "main", 0, nullptr, nullptr); }},
      {"sqlite3_txn_state", [](sqlite3 *db) { sqlite3_txn_state(db, "main"); }},
      {"sqlite3_file_control", [](sqlite3 *db) { sqlite3_file_control(db, "main", 0, nullptr); }},
      {"sqlite3_table_column_metadata",
       [](sqlite3 *db) {
         sqlite3_table_column_metadata(db, "main", "t", "c", nullptr, nullptr, nullptr, nullptr, nullptr);
       }},
      {"sqlite3_load_extension", [](sqlite3 *db) { sqlite3_load_extension(db, "e", nullptr, nullptr); }},
      {"sqlite3_serialize", [](sqlite3 *db) { sqlite3_serialize(db, "main", nullptr, 0); }},
      {"sqlite3_deserialize", [](sqlite3 *db) { sqlite3_deserialize(db, "main", nullptr, 0, 0, 0); }},
      {"sqlite3_blob_open", [](sqlite3 *db) { open_blob(db); }},
      {"sqlite3_backup_init", [](sqlite3 *db) { copy(db, db); }},
  };
  return all;
}

int first_row(sqlite3 *db, const char *sql, std::string &message) {
  char *text = nullptr;
  const int code = sqlite3_exec(
      db, sql, [](void *, int, char **, char **) { return 1; }, nullptr, &text);
  message = text == nullptr ? "" : text;
  sqlite3_free(text);
  return code;
}

int bind_column(sqlite3_stmt *to, int index, sqlite3_stmt *from, int column) {
  return sqlite3_bind_value(to, index, sqlite3_column_value(from, column));
}

namespace {

std::u16string text16(const void *text) {
  return text == nullptr ? u"(null)" : std::u16string(static_cast<const char16_t *>(text));
}

} // namespace

sqlite3 *open16(const char16_t *path) {
  sqlite3 *db = nullptr;
  if (sqlite3_open16(path, &db) != SQLITE_OK)
    fail(db);
  return db;
}

sqlite3_stmt *prepare16(sqlite3 *db, const std::u16string &sql, Way way, std::u16string &tail) {
  sqlite3_stmt *statement = nullptr;
  const void *rest = nullptr;
  const auto size = static_cast<int>(sql.size() * sizeof(char16_t));
  int code = SQLITE_OK;
  switch (way) {
  case Way::first:
    code = sqlite3_prepare16(db, sql.data(), -1, &statement, &rest);
    break;
  case Way::v2:
    code = sqlite3_prepare16_v2(db, sql.data(), size, &statement, &rest);
    break;
  case Way::v3:
    code = sqlite3_prepare16_v3(db, sql.data(), size, SQLITE_PREPARE_PERSISTENT, &statement, &rest);
    break;
  }
  if (code != SQLITE_OK)
    fail(db);
  tail = text16(rest);
  return statement;
}

int bind_text16(sqlite3_stmt *statement, int index, const std::u16string &text) {
  return sqlite3_bind_text16(statement, index, text.data(), static_cast<int>(text.size() * sizeof(char16_t)),
                             SQLITE_TRANSIENT);
}

std::u16string column_text16(sqlite3_stmt *statement, int column) {
  const auto *text = static_cast<const char16_t *>(sqlite3_column_text16(statement, column));
  return text == nullptr
             ? u"(null)"
             : std::u16string(text, static_cast<std::size_t>(sqlite3_column_bytes16(statement, column)) / sizeof *text);
}

std::u16string column_name16(sqlite3_stmt *statement, int column) {
  return text16(sqlite3_column_name16(statement, column));
}

std::u16string error16(sqlite3 *db) { return text16(sqlite3_errmsg16(db)); }

void ask_by_threads(const std::vector<std::string> &paths, const std::string &sql, int count) {
  std::vector<std::thread> threads;
  for (const std::string &path : paths)
    threads.emplace_back([&sql, count, path] {
      Database database(path);
      for (int asked = 0; asked < count; ++asked)
        database.query(sql);
    });
  for (std::thread &thread : threads)
    thread.join();
}

std::int64_t share(sqlite3 *db, const std::string &sql, int count) {
  std::atomic<std::int64_t> sum = 0;
  const auto work = [&] {
    sqlite3_stmt *statement = prepare(db, sql.c_str());
    for (int asked = 0; asked < count; ++asked) {
      bind_int(statement, 1, asked);
      while (step(statement) == SQLITE_ROW)
        sum += column_int(statement, 0);
      changes(db);
      total_changes(db);
      sqlite3_errmsg(db);
      reset(statement);
    }
    finalize(statement);
  };
  std::thread one(work);
  std::thread other(work);
  one.join();
  other.join();
  return sum;
}

} // namespace client
