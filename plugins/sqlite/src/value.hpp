// values --> SQL that gives them back
#ifndef TRIPWIRE_PLUGINS_SQLITE_SRC_VALUE_HPP
#define TRIPWIRE_PLUGINS_SQLITE_SRC_VALUE_HPP

#include <tripwire/plugins/sqlite.hpp>

#include <string>
#include <vector>

namespace tripwire::plugins {

/// An expression of that value and type.
std::string sql_literal(const SqliteValue &value);

/// A query that gives these rows under these names. There is at least one column, and each row has as many.
std::string sql_of_rows(const std::vector<std::string> &columns, const std::vector<std::vector<SqliteValue>> &rows);

} // namespace tripwire::plugins

#endif
