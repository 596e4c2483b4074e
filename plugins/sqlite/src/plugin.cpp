// the seams of SQLite --(handlers)--> connections, statements, and the answers of mocks
#include "plugin.hpp"

#include "bind.hpp"
#include "handlers.hpp"
#include "hints.hpp"
#include "read.hpp"
#include "unanswerable.hpp"

#include <cstring>

namespace tripwire::plugins {

namespace {

using plugin::Visit;

int on_open(Visit &visit, const char *name, sqlite3 **place) {
  return open_database(visit, name, place, default_sqlite_flags, nullptr);
}

int on_open_v2(Visit &visit, const char *name, sqlite3 **place, int flags, const char *vfs) {
  return open_database(visit, name, place, flags, vfs);
}

int on_open16(Visit &visit, const void *name, sqlite3 **place) {
  return open_database(visit, name == nullptr ? nullptr : bind::utf8_of(name).c_str(), place, default_sqlite_flags,
                       nullptr);
}

int on_prepare(Visit &visit, sqlite3 *db, const char *text, int size, sqlite3_stmt **place, const char **tail) {
  return prepare(visit, db, text, size, 0, true, place, tail);
}

int on_prepare_v2(Visit &visit, sqlite3 *db, const char *text, int size, sqlite3_stmt **place, const char **tail) {
  return prepare(visit, db, text, size, 0, false, place, tail);
}

int on_prepare_v3(Visit &visit, sqlite3 *db, const char *text, int size, unsigned flags, sqlite3_stmt **place,
                  const char **tail) {
  return prepare(visit, db, text, size, flags, false, place, tail);
}

/// How many units of UTF-16 the text has.
std::size_t units_of(std::string_view utf8) {
  std::size_t units = 0;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0u) == 0x80u ? 0u : byte >= 0xF0u ? 2u : 1u;
  }
  return units;
}

int prepare16(Visit &visit, sqlite3 *db, const void *text, int size, unsigned flags, bool is_legacy,
              sqlite3_stmt **place, const void **tail) {
  if (db == nullptr || text == nullptr || place == nullptr)
    return prepare(visit, db, nullptr, size, flags, is_legacy, place, nullptr);
  std::string utf8 = size < 0 ? bind::utf8_of(text) : bind::utf8_of(text, static_cast<std::size_t>(size), SQLITE_UTF16);
  utf8.resize(std::strlen(utf8.c_str()));
  const char *rest = nullptr;
  const int code = prepare(visit, db, utf8.c_str(), -1, flags, is_legacy, place, &rest);
  if (tail != nullptr && rest != nullptr)
    *tail = static_cast<const char16_t *>(text) +
            units_of(std::string_view(utf8.c_str(), static_cast<std::size_t>(rest - utf8.c_str())));
  return code;
}

int on_prepare16(Visit &visit, sqlite3 *db, const void *text, int size, sqlite3_stmt **place, const void **tail) {
  return prepare16(visit, db, text, size, 0, true, place, tail);
}

int on_prepare16_v2(Visit &visit, sqlite3 *db, const void *text, int size, sqlite3_stmt **place, const void **tail) {
  return prepare16(visit, db, text, size, 0, false, place, tail);
}

int on_prepare16_v3(Visit &visit, sqlite3 *db, const void *text, int size, unsigned flags, sqlite3_stmt **place,
                    const void **tail) {
  return prepare16(visit, db, text, size, flags, false, place, tail);
}

/// Where a column comes from: what is played comes from no table. Not every library has these functions.
void on_origin(Visit &visit) {
  sqlite3_stmt *handle = nullptr;
  std::memcpy(&handle, visit.argument(0).address, sizeof handle);
  if (read::Columns(handle).played == nullptr)
    visit.make_real();
  else if (std::string_view(visit.call().slot.facts.name).substr(visit.call().slot.facts.name.size() - 2) == "16")
    visit.answer<const void *>(nullptr);
  else
    visit.answer<const char *>(nullptr);
}

class SqlitePlugin final : public plugin::Plugin {
public:
  SqlitePlugin() : Plugin(tripwire_manifest_sqlite, "<tripwire/plugins/sqlite.hpp>") {
    // Handles live longer than tests, so what makes them, what is bound to them and what ends them is always watched.
    using plugin::Watch;
    handle<decltype(sqlite3_open)>("sqlite3_open", &on_open, Watch::always);
    handle<decltype(sqlite3_open_v2)>("sqlite3_open_v2", &on_open_v2, Watch::always);
    handle<decltype(sqlite3_open16)>("sqlite3_open16", &on_open16, Watch::always);
    handle<decltype(sqlite3_close)>("sqlite3_close", &close_database, Watch::always);
    handle<decltype(sqlite3_close_v2)>("sqlite3_close_v2", &close_database, Watch::always);
    handle<decltype(sqlite3_prepare)>("sqlite3_prepare", &on_prepare, Watch::always);
    handle<decltype(sqlite3_prepare_v2)>("sqlite3_prepare_v2", &on_prepare_v2, Watch::always);
    handle<decltype(sqlite3_prepare_v3)>("sqlite3_prepare_v3", &on_prepare_v3, Watch::always);
    handle<decltype(sqlite3_prepare16)>("sqlite3_prepare16", &on_prepare16, Watch::always);
    handle<decltype(sqlite3_prepare16_v2)>("sqlite3_prepare16_v2", &on_prepare16_v2, Watch::always);
    handle<decltype(sqlite3_prepare16_v3)>("sqlite3_prepare16_v3", &on_prepare16_v3, Watch::always);
    handle<decltype(sqlite3_finalize)>("sqlite3_finalize", &read::finalize, Watch::always);
    handle<decltype(sqlite3_reset)>("sqlite3_reset", &read::reset, Watch::always);
    handle<decltype(sqlite3_step)>("sqlite3_step", &step, Watch::always);
    handle<decltype(sqlite3_exec)>("sqlite3_exec", &execute, Watch::always);
    handle<decltype(sqlite3_get_table)>("sqlite3_get_table", &get_table, Watch::always);
    watch_binding();
    watch_reading();
    for (const char *function : sqlite_functions_without_answer())
      observe(function, &on_sqlite_function_without_answer);
  }

  void test_begins() noexcept override { SqliteConnections::all().sweep(); }
  void test_ends() noexcept override { SqliteConnections::all().sweep(); }
  std::string mock_line(const plugin::Description &call) const override { return sqlite_mock_statement(call); }
  std::string assert_line(const plugin::Description &interaction) const override {
    return sqlite_assert_statement(interaction);
  }

private:
  void watch_binding() {
    using plugin::Watch;
    handle<decltype(sqlite3_bind_blob)>("sqlite3_bind_blob", &bind::blob, Watch::always);
    handle<decltype(sqlite3_bind_blob64)>("sqlite3_bind_blob64", &bind::blob64, Watch::always);
    handle<decltype(sqlite3_bind_double)>("sqlite3_bind_double", &bind::real, Watch::always);
    handle<decltype(sqlite3_bind_int)>("sqlite3_bind_int", &bind::integer, Watch::always);
    handle<decltype(sqlite3_bind_int64)>("sqlite3_bind_int64", &bind::integer64, Watch::always);
    handle<decltype(sqlite3_bind_null)>("sqlite3_bind_null", &bind::null, Watch::always);
    handle<decltype(sqlite3_bind_text)>("sqlite3_bind_text", &bind::text, Watch::always);
    handle<decltype(sqlite3_bind_text16)>("sqlite3_bind_text16", &bind::text16, Watch::always);
    handle<decltype(sqlite3_bind_text64)>("sqlite3_bind_text64", &bind::text64, Watch::always);
    handle<decltype(sqlite3_bind_value)>("sqlite3_bind_value", &bind::value, Watch::always);
    handle<decltype(sqlite3_bind_pointer)>("sqlite3_bind_pointer", &bind::pointer, Watch::always);
    handle<decltype(sqlite3_bind_zeroblob)>("sqlite3_bind_zeroblob", &bind::zeroblob, Watch::always);
    handle<decltype(sqlite3_bind_zeroblob64)>("sqlite3_bind_zeroblob64", &bind::zeroblob64, Watch::always);
    handle<decltype(sqlite3_clear_bindings)>("sqlite3_clear_bindings", &bind::clear, Watch::always);
  }

  template <auto Function> void forward(const char *seam) {
    using To = read::Forward<Function>;
    handle<typename To::Signature>(seam, &To::run, plugin::Watch::always);
  }

  void watch_reading() {
    forward<&sqlite3_column_count>("sqlite3_column_count");
    forward<&sqlite3_column_name>("sqlite3_column_name");
    forward<&sqlite3_column_name16>("sqlite3_column_name16");
    forward<&sqlite3_column_decltype>("sqlite3_column_decltype");
    forward<&sqlite3_column_decltype16>("sqlite3_column_decltype16");
    forward<&sqlite3_column_blob>("sqlite3_column_blob");
    forward<&sqlite3_column_double>("sqlite3_column_double");
    forward<&sqlite3_column_int>("sqlite3_column_int");
    forward<&sqlite3_column_int64>("sqlite3_column_int64");
    forward<&sqlite3_column_text>("sqlite3_column_text");
    forward<&sqlite3_column_text16>("sqlite3_column_text16");
    forward<&sqlite3_column_value>("sqlite3_column_value");
    forward<&sqlite3_column_bytes>("sqlite3_column_bytes");
    forward<&sqlite3_column_bytes16>("sqlite3_column_bytes16");
    forward<&sqlite3_column_type>("sqlite3_column_type");
    forward<&sqlite3_data_count>("sqlite3_data_count");
    for (const char *seam :
         {"sqlite3_column_database_name", "sqlite3_column_database_name16", "sqlite3_column_table_name",
          "sqlite3_column_table_name16", "sqlite3_column_origin_name", "sqlite3_column_origin_name16"})
      observe(seam, &on_origin, plugin::Watch::always);
    using plugin::Watch;
    handle<decltype(sqlite3_stmt_busy)>("sqlite3_stmt_busy", &read::stmt_busy, Watch::always);
    handle<decltype(sqlite3_stmt_readonly)>("sqlite3_stmt_readonly", &read::stmt_readonly, Watch::always);
    handle<decltype(sqlite3_stmt_isexplain)>("sqlite3_stmt_isexplain", &read::stmt_isexplain, Watch::always);
    handle<decltype(sqlite3_sql)>("sqlite3_sql", &read::sql, Watch::always);
    handle<decltype(sqlite3_expanded_sql)>("sqlite3_expanded_sql", &read::expanded_sql, Watch::always);
    handle<decltype(sqlite3_changes)>("sqlite3_changes", &read::changes, Watch::always);
    handle<decltype(sqlite3_changes64)>("sqlite3_changes64", &read::changes64, Watch::always);
    handle<decltype(sqlite3_total_changes)>("sqlite3_total_changes", &read::total_changes, Watch::always);
    handle<decltype(sqlite3_total_changes64)>("sqlite3_total_changes64", &read::total_changes64, Watch::always);
    handle<decltype(sqlite3_db_readonly)>("sqlite3_db_readonly", &read::db_readonly, Watch::always);
    handle<decltype(sqlite3_db_filename)>("sqlite3_db_filename", &read::db_filename, Watch::always);
  }
};

} // namespace

plugin::Plugin &sqlite_plugin() {
  static SqlitePlugin plugin;
  return plugin;
}

namespace {

// Linking this file is registering it, before main.
[[maybe_unused]] const plugin::Plugin &registered = sqlite_plugin();

} // namespace

} // namespace tripwire::plugins

// What the CMake target asks the linker for, so that the plugin is there also when no test names it.
extern "C" void tripwire_plugin_sqlite() {}
