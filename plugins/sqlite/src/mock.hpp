// the words of a test --(SqliteMock)--> which operation it answers, and how
#ifndef TRIPWIRE_PLUGINS_SQLITE_MOCK_HPP
#define TRIPWIRE_PLUGINS_SQLITE_MOCK_HPP

#include <tripwire/plugins/sqlite.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tripwire::plugins {

/// What an operation gives.
struct SqliteOutcome {
  std::vector<std::string> columns;
  std::vector<std::vector<SqliteValue>> rows;
  std::optional<std::int64_t> changes;
  std::optional<std::int64_t> rowid;
  int error = SQLITE_OK; ///< behind the rows
  std::string message;   ///< of the error; SQLite's own when empty

  /// The names of all columns; empty when it has none.
  std::vector<std::string> names() const;
};

/// One session. Its steps belong to the verifier, which asks them, and tells of their use, under its own lock. Lives as
/// long as they, or as the handles of the test to it.
struct SqliteScript {
  Matcher database;
  Place place;

  std::mutex mutex; ///< guards what follows; nothing else is locked under it
  std::vector<SqliteMock *> steps;
  bool required = true;

  std::atomic<const sqlite3 *> handle = nullptr; ///< null until it is opened
  std::atomic<bool> closed = false;

  /// It is opened by that handle: its steps are required from now on, whatever was said of the session.
  void opened(const sqlite3 *db);
};

/// One registered answer.
class SqliteMock final : public plugin::Mock {
public:
  /// A step of a session.
  SqliteMock(std::shared_ptr<SqliteScript> script, SqliteOperation operation, SqliteSql sql, Matcher parameters)
      : script_(std::move(script)), operation_(operation), sql_(std::move(sql)), parameters_(std::move(parameters)) {}
  /// A statement on a real connection.
  SqliteMock(SqliteOperation operation, SqliteSql sql, Matcher parameters)
      : SqliteMock(nullptr, operation, std::move(sql), std::move(parameters)) {}
  /// Everything on connections to that database is real.
  explicit SqliteMock(Matcher database)
      : SqliteMock(nullptr, SqliteOperation::connect, SqliteSql(Matcher()), Matcher()) {
    database_ = std::move(database);
    is_real_ = true;
  }

  bool matches(const plugin::Description &call) const override;
  std::string describe() const override;
  std::vector<plugin::Difference> compare(const plugin::Description &call) const override;
  bool passes_through() const noexcept override { return is_real_; }

  SqliteOperation operation() const noexcept { return operation_; }
  const std::shared_ptr<SqliteScript> &script() const noexcept { return script_; }
  /// Whether the statement could be that one, whatever its parameters.
  bool could_be(const std::string &sql) const;
  /// Whether the script cannot go on behind it yet.
  bool must_be_next() const noexcept;

  SqliteOutcome outcome;
  bool is_endless = false;
  bool is_wanted = true; ///< must be used, once its session is opened

private:
  bool is_of_its_connection(const plugin::Description &call) const;
  bool is_next() const;

  std::shared_ptr<SqliteScript> script_;
  SqliteOperation operation_;
  SqliteSql sql_;
  Matcher parameters_;
  Matcher database_;
  bool is_real_ = false;
};

/// The steps of a script that may be next: those that may be left out, and the first that may not.
std::vector<SqliteMock *> next_steps(SqliteScript &script);

} // namespace tripwire::plugins

#endif
