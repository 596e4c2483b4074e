#include "unanswerable.hpp"

#include "handlers.hpp"

#include <cstring>

namespace tripwire::plugins {

namespace {

/// What the first argument is.
enum class On : unsigned char { connection, statement, blob, backup };

/// What the function returns, for a mock of it.
enum class Gives : unsigned char { code, pointer, nothing };

struct Function {
  const char *name;
  On on;
  Gives gives = Gives::code;
  int opens = -1; ///< the argument through which it hands out a blob; -2 when it returns what it opened
};

constexpr int by_result = -2;

constexpr Function functions[] = {
    {"sqlite3_set_authorizer", On::connection},
    {"sqlite3_trace", On::connection, Gives::pointer},
    {"sqlite3_profile", On::connection, Gives::pointer},
    {"sqlite3_trace_v2", On::connection},
    {"sqlite3_progress_handler", On::connection, Gives::nothing},
    {"sqlite3_commit_hook", On::connection, Gives::pointer},
    {"sqlite3_rollback_hook", On::connection, Gives::pointer},
    {"sqlite3_update_hook", On::connection, Gives::pointer},
    {"sqlite3_wal_hook", On::connection, Gives::pointer},
    {"sqlite3_preupdate_hook", On::connection, Gives::pointer},
    {"sqlite3_autovacuum_pages", On::connection},
    {"sqlite3_unlock_notify", On::connection},
    {"sqlite3_create_function", On::connection},
    {"sqlite3_create_function16", On::connection},
    {"sqlite3_create_function_v2", On::connection},
    {"sqlite3_create_window_function", On::connection},
    {"sqlite3_create_collation", On::connection},
    {"sqlite3_create_collation_v2", On::connection},
    {"sqlite3_create_collation16", On::connection},
    {"sqlite3_collation_needed", On::connection},
    {"sqlite3_collation_needed16", On::connection},
    {"sqlite3_create_module", On::connection},
    {"sqlite3_create_module_v2", On::connection},
    {"sqlite3_drop_modules", On::connection},
    {"sqlite3_overload_function", On::connection},
    {"sqlite3_load_extension", On::connection},
    {"sqlite3_enable_load_extension", On::connection},
    {"sqlite3_table_column_metadata", On::connection},
    {"sqlite3_txn_state", On::connection},
    {"sqlite3_file_control", On::connection},
    {"sqlite3_db_cacheflush", On::connection},
    {"sqlite3_wal_autocheckpoint", On::connection},
    {"sqlite3_wal_checkpoint", On::connection},
    {"sqlite3_wal_checkpoint_v2", On::connection},
    {"sqlite3_serialize", On::connection, Gives::pointer},
    {"sqlite3_deserialize", On::connection},
    {"sqlite3_snapshot_get", On::connection},
    {"sqlite3_snapshot_open", On::connection},
    {"sqlite3_snapshot_recover", On::connection},
    {"sqlite3_rtree_geometry_callback", On::connection},
    {"sqlite3_rtree_query_callback", On::connection},
    {"sqlite3session_create", On::connection},
    {"sqlite3changeset_apply", On::connection},
    {"sqlite3changeset_apply_v2", On::connection},
    {"sqlite3changeset_apply_strm", On::connection},
    {"sqlite3changeset_apply_v2_strm", On::connection},
    {"sqlite3_blob_open", On::connection, Gives::code, 6},
    {"sqlite3_blob_reopen", On::blob},
    {"sqlite3_blob_close", On::blob},
    {"sqlite3_blob_bytes", On::blob},
    {"sqlite3_blob_read", On::blob},
    {"sqlite3_blob_write", On::blob},
    {"sqlite3_backup_init", On::connection, Gives::pointer, by_result},
    {"sqlite3_backup_step", On::backup},
    {"sqlite3_backup_finish", On::backup},
    {"sqlite3_backup_remaining", On::backup},
    {"sqlite3_backup_pagecount", On::backup},
    {"sqlite3_transfer_bindings", On::statement},
    {"sqlite3_normalized_sql", On::statement, Gives::pointer},
};

const Function *function_named(std::string_view name) {
  for (const Function &one : functions)
    if (name == one.name)
      return &one;
  return nullptr;
}

void *pointer(const plugin::Visit &visit, std::size_t index) {
  void *value = nullptr;
  std::memcpy(&value, visit.argument(index).address, sizeof value);
  return value;
}

bool is_stand_in(sqlite3 *db) { return db != nullptr && SqliteConnections::all().of(db)->is_stand_in; }

/// The connection that the call is about; null when it has none. Of a backup it is the one that is written, unless the
/// one that is read is mocked.
sqlite3 *connection_of(const plugin::Visit &visit, const Function &function) {
  switch (function.on) {
  case On::connection: {
    auto *source = function.opens == by_result ? static_cast<sqlite3 *>(pointer(visit, 2)) : nullptr;
    return is_stand_in(source) ? source : static_cast<sqlite3 *>(pointer(visit, 0));
  }
  case On::statement: {
    auto *statement = static_cast<sqlite3_stmt *>(pointer(visit, 0));
    return statement == nullptr ? nullptr : sqlite3_db_handle(statement);
  }
  case On::blob:
  case On::backup:
    return nullptr;
  }
  return nullptr;
}

void *opened_by(const plugin::Visit &visit, const Function &function) {
  if (function.opens == by_result)
    return visit.result<sqlite3_backup *>();
  auto *place = static_cast<void **>(pointer(visit, static_cast<std::size_t>(function.opens)));
  return place == nullptr ? nullptr : *place;
}

} // namespace

std::vector<const char *> sqlite_functions_without_answer() {
  std::vector<const char *> names;
  for (const Function &function : functions)
    names.push_back(function.name);
  return names;
}

void on_sqlite_function_without_answer(plugin::Visit &visit) {
  const Function &function = *function_named(visit.call().slot.facts.name);
  plugin::Description call;
  const bool is_handle = function.on == On::blob || function.on == On::backup;
  if (is_handle && pointer(visit, 0) == nullptr) { // as programs end what was never opened
    visit.make_real();
    return;
  }
  std::string request = function.name;
  if (sqlite3 *db = connection_of(visit, function)) {
    const std::shared_ptr<SqliteConnection> connection = SqliteConnections::all().of(db);
    check_state(visit, *connection, nullptr);
    request += " on \"" + connection->database + "\"";
    call.firewall("database_path", path_of(connection->database)).on(reinterpret_cast<std::uintptr_t>(db));
  } else if (is_handle) {
    call.on(reinterpret_cast<std::uintptr_t>(pointer(visit, 0)));
  }
  call.request(request + " (answers are for statements; the plugin has none for this function)");
  const plugin::Decision decision = visit.present(std::move(call));
  visit.make_real();
  if (function.opens != -1)
    if (void *opened = opened_by(visit, function))
      visit.opened(reinterpret_cast<std::uintptr_t>(opened), decision);
}

std::string sqlite_seam_statement(const std::string &request) {
  const std::string name = request.substr(0, request.find(' '));
  const Function *function = function_named(name);
  std::string answer = ".returns(SQLITE_OK)";
  if (function != nullptr && function->gives == Gives::pointer)
    answer = ".returns(nullptr)";
  if (function != nullptr && function->gives == Gives::nothing)
    answer = ".returns()";
  return "tripwire::mock<&" + name + ">()" + answer + ";";
}

} // namespace tripwire::plugins
