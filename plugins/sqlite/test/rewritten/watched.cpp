// Not rewritten: what it calls is the library itself.
#include "watched.hpp"

#include <sqlite3.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

std::atomic<std::uint64_t> calls{0};

/// That by which the plugin lets a connection end in an error is none of the program's.
int count_statement(unsigned, void *, void *, void *text) {
  if (std::strstr(static_cast<const char *>(text), "tripwire_raise") == nullptr)
    ++calls;
  return 0;
}

int count_connection(sqlite3 *db, char **, const void *) {
  const char *file = sqlite3_db_filename(db, "main");
  if (file == nullptr || *file == '\0')
    return SQLITE_OK; // in memory, as stand-ins are
  ++calls;
  return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, &count_statement, nullptr);
}

} // namespace

void watch_sqlite() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(&count_connection)); }

std::uint64_t real_calls() { return calls; }

void make_database(const std::string &path) {
  std::remove(path.c_str());
  sqlite3 *db = nullptr;
  if (sqlite3_open(path.c_str(), &db) != SQLITE_OK ||
      sqlite3_exec(db, "CREATE TABLE log (entry)", nullptr, nullptr, nullptr) != SQLITE_OK)
    std::abort();
  sqlite3_close(db);
}
