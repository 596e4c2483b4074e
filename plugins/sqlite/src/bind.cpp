#include "bind.hpp"

#include "handlers.hpp"

#include <cmath>
#include <cstring>
#include <optional>

namespace tripwire::plugins::bind {

namespace {

/// SQLite takes \p given over, judges it, and only then it counts as bound.
int bound(plugin::Visit &visit, sqlite3_stmt *handle, int index, SqliteValue given, Destructor destroy = nullptr,
          const void *owned = nullptr) {
  const std::shared_ptr<SqlitePrepared> prepared = handle == nullptr ? nullptr : SqliteConnections::all().find(handle);
  std::optional<stand_in::Lock> lock;
  if (prepared != nullptr)
    lock.emplace(prepared->connection->db);
  if (prepared != nullptr && prepared->is_played && prepared->is_spent) {
    // It has been stepped and not reset. What SQLite does not take over, it disposes of.
    if (destroy != nullptr && destroy != SQLITE_TRANSIENT && owned != nullptr)
      destroy(const_cast<void *>(owned));
    return stand_in::raise(prepared->connection->db, SQLITE_MISUSE, {});
  }
  visit.make_real();
  const int code = visit.result<int>();
  const auto at = static_cast<std::size_t>(index - 1);
  if (code == SQLITE_OK && prepared != nullptr && at < prepared->parameters.size())
    prepared->parameters[at] = std::move(given);
  return code;
}

SqliteValue blob_of(const void *bytes, std::size_t size) {
  return bytes == nullptr ? SqliteValue()
                          : SqliteValue(SqliteBlob{std::string(static_cast<const char *>(bytes), size)});
}

SqliteValue zeros(std::size_t size) { return SqliteBlob{std::string(size, '\0')}; }

/// SQLite refuses to bind more than this, so it is not copied first.
constexpr sqlite3_uint64 most = 0x7fffffff;

} // namespace

std::string utf8_of(const void *text, std::size_t size, unsigned char encoding) {
  const stand_in::Rows one = stand_in::prepare_rows("SELECT ?1");
  sqlite3_bind_text64(one.get(), 1, static_cast<const char *>(text), size, SQLITE_TRANSIENT, encoding);
  if (sqlite3_step(one.get()) != SQLITE_ROW)
    return {};
  const auto *made = reinterpret_cast<const char *>(sqlite3_column_text(one.get(), 0));
  return made == nullptr ? std::string()
                         : std::string(made, static_cast<std::size_t>(sqlite3_column_bytes(one.get(), 0)));
}

std::string utf8_of(const void *text) {
  std::size_t size = 0;
  for (char16_t unit = 1; unit != 0; size += sizeof unit)
    std::memcpy(&unit, static_cast<const char *>(text) + size, sizeof unit);
  return utf8_of(text, size - sizeof(char16_t), SQLITE_UTF16);
}

int blob(plugin::Visit &visit, sqlite3_stmt *handle, int index, const void *bytes, int size, Destructor destroy) {
  return bound(visit, handle, index, blob_of(bytes, size < 0 ? 0 : static_cast<std::size_t>(size)), destroy, bytes);
}

int blob64(plugin::Visit &visit, sqlite3_stmt *handle, int index, const void *bytes, sqlite3_uint64 size,
           Destructor destroy) {
  return bound(visit, handle, index, size > most ? SqliteValue() : blob_of(bytes, size), destroy, bytes);
}

int real(plugin::Visit &visit, sqlite3_stmt *handle, int index, double value) {
  return bound(visit, handle, index, std::isnan(value) ? SqliteValue() : SqliteValue(value)); // NaN is NULL
}

int integer(plugin::Visit &visit, sqlite3_stmt *handle, int index, int value) {
  return bound(visit, handle, index, value);
}

int integer64(plugin::Visit &visit, sqlite3_stmt *handle, int index, sqlite3_int64 value) {
  return bound(visit, handle, index, value);
}

int null(plugin::Visit &visit, sqlite3_stmt *handle, int index) { return bound(visit, handle, index, {}); }

int text(plugin::Visit &visit, sqlite3_stmt *handle, int index, const char *text, int size, Destructor destroy) {
  SqliteValue given;
  if (text != nullptr)
    given = size < 0 ? std::string(text) : std::string(text, static_cast<std::size_t>(size));
  return bound(visit, handle, index, std::move(given), destroy, text);
}

int text16(plugin::Visit &visit, sqlite3_stmt *handle, int index, const void *text, int size, Destructor destroy) {
  SqliteValue given;
  if (text != nullptr)
    given = size < 0 ? utf8_of(text) : utf8_of(text, static_cast<std::size_t>(size), SQLITE_UTF16);
  return bound(visit, handle, index, std::move(given), destroy, text);
}

int text64(plugin::Visit &visit, sqlite3_stmt *handle, int index, const char *text, sqlite3_uint64 size,
           Destructor destroy, unsigned char encoding) {
  SqliteValue given;
  if (text != nullptr && size <= most)
    given = encoding == SQLITE_UTF8 ? std::string(text, size) : utf8_of(text, size, encoding);
  return bound(visit, handle, index, std::move(given), destroy, text);
}

int value(plugin::Visit &visit, sqlite3_stmt *handle, int index, const sqlite3_value *value) {
  auto *given = const_cast<sqlite3_value *>(value);
  // Reading a value may convert it: a copy is read.
  sqlite3_value *copy = sqlite3_value_dup(given);
  SqliteValue kept;
  switch (sqlite3_value_type(copy)) {
  case SQLITE_INTEGER:
    kept = sqlite3_value_int64(copy);
    break;
  case SQLITE_FLOAT:
    kept = sqlite3_value_double(copy);
    break;
  case SQLITE_TEXT: {
    const auto *text = reinterpret_cast<const char *>(sqlite3_value_text(copy));
    kept = std::string(text, static_cast<std::size_t>(sqlite3_value_bytes(copy)));
    break;
  }
  case SQLITE_BLOB: {
    const void *bytes = sqlite3_value_blob(copy);
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(copy));
    kept = SqliteBlob{bytes == nullptr ? std::string() : std::string(static_cast<const char *>(bytes), size)};
    break;
  }
  default:
    break;
  }
  sqlite3_value_free(copy);
  return bound(visit, handle, index, std::move(kept));
}

int pointer(plugin::Visit &visit, sqlite3_stmt *handle, int index, void *pointer, const char *, Destructor destroy) {
  return bound(visit, handle, index, {}, destroy, pointer); // which SQL sees as NULL
}

int zeroblob(plugin::Visit &visit, sqlite3_stmt *handle, int index, int size) {
  return bound(visit, handle, index, zeros(size < 0 ? 0 : static_cast<std::size_t>(size)));
}

int zeroblob64(plugin::Visit &visit, sqlite3_stmt *handle, int index, sqlite3_uint64 size) {
  return bound(visit, handle, index, size > most ? SqliteValue() : zeros(size));
}

int clear(plugin::Visit &visit, sqlite3_stmt *handle) {
  visit.make_real();
  if (const std::shared_ptr<SqlitePrepared> prepared = SqliteConnections::all().find(handle)) {
    const stand_in::Lock lock(prepared->connection->db);
    prepared->parameters.assign(prepared->parameters.size(), SqliteValue());
  }
  return visit.result<int>();
}

} // namespace tripwire::plugins::bind
