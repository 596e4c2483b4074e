// A bookshop's counter: production code, without a word of tripwire.
#include "bookshop.hpp"

#include <sqlite3.h>

#include <memory>

namespace bookshop {

namespace {

struct Close {
  void operator()(sqlite3 *db) const { sqlite3_close(db); }
  void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

Statement prepare(const Database &database, const char *sql, const std::string &title) {
  sqlite3_stmt *statement = nullptr;
  if (sqlite3_prepare_v2(database.get(), sql, -1, &statement, nullptr) == SQLITE_OK)
    sqlite3_bind_text(statement, 1, title.c_str(), -1, SQLITE_TRANSIENT);
  return Statement(statement);
}

} // namespace

std::string sell(const std::string &path, const std::string &title) {
  sqlite3 *db = nullptr;
  const int opened = sqlite3_open(path.c_str(), &db);
  const Database database(db);
  if (opened != SQLITE_OK)
    return "we are closed";

  const Statement copies = prepare(database, "SELECT copies, price FROM books WHERE title = ?", title);
  if (sqlite3_step(copies.get()) != SQLITE_ROW || sqlite3_column_int(copies.get(), 0) == 0)
    return "sold out";
  const std::string price = reinterpret_cast<const char *>(sqlite3_column_text(copies.get(), 1));

  const Statement sale = prepare(database, "UPDATE books SET copies = copies - 1 WHERE title = ?", title);
  if (sqlite3_step(sale.get()) != SQLITE_DONE)
    return std::string("come back later: ") + sqlite3_errmsg(database.get());
  return "that is " + price;
}

} // namespace bookshop
