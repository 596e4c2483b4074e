// the text of statements --(first_statement)--> the first one, its parameters, and what it does to a transaction
#ifndef TRIPWIRE_PLUGINS_SQLITE_SQL_HPP
#define TRIPWIRE_PLUGINS_SQLITE_SQL_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tripwire::plugins::sql {

/// What a statement does to the transaction of its connection.
enum class Kind : unsigned char {
  other,
  begin,     ///< `BEGIN`
  commit,    ///< `COMMIT`, `END`
  rollback,  ///< all of it
  savepoint, ///< `SAVEPOINT`, `RELEASE`, `ROLLBACK TO`
};

/// A parameter as it is written, where it stands in `Statement::text`.
struct Parameter {
  std::string name; ///< `?`, `?12`, `:id`
  int index = 0;    ///< from 1, as SQLite numbers them
  std::size_t begin = 0;
};

struct Statement {
  std::string text;  ///< as it stands there, with its semicolon
  std::string shown; ///< with single spaces, without the semicolon and without keys; empty when there is no statement
  std::string first; ///< its first word, in upper case
  std::string main;  ///< the first word behind `WITH ...` and `EXPLAIN`, in upper case
  int explains = 0;  ///< 1 behind `EXPLAIN`, 2 behind `EXPLAIN QUERY PLAN`
  Kind kind = Kind::other;
  std::vector<Parameter> parameters; ///< in the order in which they stand
  int parameter_count = 0;           ///< the highest index

  bool empty() const noexcept { return shown.empty(); }
  /// As far as its words tell.
  bool is_read_only() const;
};

/// The first statement of \p text: up to the semicolon that ends it, or all.
Statement first_statement(std::string_view text);

} // namespace tripwire::plugins::sql

#endif
