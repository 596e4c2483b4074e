#include <sqlite3.h>
#include <stddef.h>

int c_execute(const char *path, const char *sql);

int c_execute(const char *path, const char *sql) {
  sqlite3 *db = NULL;
  int code = sqlite3_open(path, &db);
  if (code != SQLITE_OK) {
    sqlite3_close(db);
    return code;
  }
  code = sqlite3_exec(db, sql, NULL, NULL, NULL);
  sqlite3_close(db);
  return code;
}
