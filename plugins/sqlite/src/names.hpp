// numbers of SQLite --(names)--> the constants that a test writes
#ifndef TRIPWIRE_PLUGINS_SQLITE_NAMES_HPP
#define TRIPWIRE_PLUGINS_SQLITE_NAMES_HPP

#include <tripwire/plugins/sqlite.hpp>

#include <string>

namespace tripwire::plugins {

/// `SQLITE_CONSTRAINT_UNIQUE`; what has no name is a number.
std::string name_of(SqliteCode code);
/// `SQLITE_OPEN_READONLY | SQLITE_OPEN_URI`; what has no name is a number.
std::string name_of(SqliteOpenFlags flags);
/// `commit`
std::string name_of(SqliteOperation operation);

} // namespace tripwire::plugins

#endif
