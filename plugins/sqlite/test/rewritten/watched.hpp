// the real SQLite --> how often it was asked to do something
#ifndef TRIPWIRE_PLUGINS_SQLITE_TEST_WATCHED_HPP
#define TRIPWIRE_PLUGINS_SQLITE_TEST_WATCHED_HPP

#include <cstdint>
#include <string>

/// From now on connections to files are counted as they open, and each statement that they begin.
void watch_sqlite();

std::uint64_t real_calls();

/// A new database with a table `log (entry)`.
void make_database(const std::string &path);

#endif
