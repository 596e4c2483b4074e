// tripwire::sqlite: what a test says about databases of SQLite, and asserts of them
//
//   tripwire::sqlite.new_session("app.db")
//       .expect_connect()
//       .expect_execute("SELECT name FROM users WHERE id = ?", {7}).columns({"name"}).rows({{"Ada"}})
//       .expect_close();
//   {
//     tripwire::Sandbox sandbox;
//     greet(7);
//   }
//   tripwire::sqlite.assert_connect("app.db");
//   tripwire::sqlite.assert_execute("SELECT name FROM users WHERE id = ?", {7});
//   tripwire::sqlite.assert_close();
#ifndef TRIPWIRE_PLUGINS_SQLITE_HPP
#define TRIPWIRE_PLUGINS_SQLITE_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/place.hpp>
#include <tripwire/plugin.hpp>
#include <tripwire/plugins/sqlite_value.hpp>

#include <sqlite3.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tripwire::plugins {

class SqliteMock;
struct SqliteScript;
class SqliteStep;
class SqliteExecuteStep;

/// What a connection is asked to do.
enum class SqliteOperation : unsigned char { connect, execute, commit, rollback, close };
/// `execute`
void tripwire_print(seam::Out &out, SqliteOperation operation);

/// What an operation ended in: `SQLITE_BUSY`, `SQLITE_CONSTRAINT_UNIQUE`. Always the extended code.
enum class SqliteCode : int {};
/// `SQLITE_CONSTRAINT_UNIQUE`
void tripwire_print(seam::Out &out, SqliteCode code);

/// What `sqlite3_open_v2` was told: `SQLITE_OPEN_READONLY | SQLITE_OPEN_URI`.
enum class SqliteOpenFlags : int {};
/// `SQLITE_OPEN_READONLY | SQLITE_OPEN_URI`
void tripwire_print(seam::Out &out, SqliteOpenFlags flags);

/// What every answer can be told. \p Self is the answer's own class. The mock behind it lives as long as the test.
template <class Self> class SqliteAnswer {
public:
  /// Ends in this error, basic or extended: `SQLITE_BUSY`, `SQLITE_CONSTRAINT_UNIQUE`. The message is SQLite's own for
  /// the code, unless one is given. What has rows gives them first.
  Self &fails(int code, std::string_view message = {});
  /// Answers \p count calls in a row; one unless told.
  Self &times(std::uint64_t count);
  /// Answers calls without end.
  Self &always();
  /// May be left out.
  Self &optional() { return required(false); }
  Self &required(bool required);

protected:
  explicit SqliteAnswer(SqliteMock &mock) : mock_(&mock) {}
  SqliteMock *mock_;
};

/// What the answer to a statement can be told beside that.
template <class Self> class SqliteResult : public SqliteAnswer<Self> {
public:
  /// The names of the columns; `column1`, `column2` and so on unless told.
  Self &columns(std::vector<std::string> names);
  /// What `sqlite3_step` gives, row by row; each value has its own type.
  Self &rows(std::initializer_list<std::initializer_list<SqliteValue>> rows);
  Self &rows(std::vector<std::vector<SqliteValue>> rows);
  /// What `sqlite3_changes` says afterwards.
  Self &changes(std::int64_t count);
  /// What `sqlite3_last_insert_rowid` says afterwards.
  Self &rowid(std::int64_t id);

protected:
  using SqliteAnswer<Self>::SqliteAnswer;
};

/// What one connection goes through: the script of its session, in this order. A handle: copies are the same script,
/// which lives as long as the test.
class SqliteSession {
public:
  explicit SqliteSession(std::shared_ptr<SqliteScript> script) : script_(std::move(script)) {}

  /// The connection is opened. A script begins with it; one that fails is followed by the next attempt, or ends.
  SqliteStep expect_connect(Place place = Place::here()) const;
  /// A statement is executed, with any parameters. Text is compared without regard to spaces and the semicolon.
  template <class Sql> SqliteExecuteStep expect_execute(const Sql &sql, Place place = Place::here()) const;
  /// With these parameters, by their index: `{7, "Ada", nullptr}`. Each may be a matcher.
  template <class Sql>
  SqliteExecuteStep expect_execute(const Sql &sql, std::initializer_list<SqliteExpected> parameters,
                                   Place place = Place::here()) const;
  /// `COMMIT` or `END` is executed; valid in a transaction.
  SqliteStep expect_commit(Place place = Place::here()) const;
  /// `ROLLBACK` is executed; valid in a transaction. `ROLLBACK TO` is a statement like others.
  SqliteStep expect_rollback(Place place = Place::here()) const;
  /// The connection is closed.
  SqliteStep expect_close(Place place = Place::here()) const;

  /// The session may stay unopened. Once it is opened, its steps are required like any others.
  SqliteSession &optional();

protected:
  SqliteExecuteStep add_execute(SqliteSql sql, Matcher parameters, Place place) const;
  SqliteStep add(SqliteOperation operation, Place place) const;

  std::shared_ptr<SqliteScript> script_;
};

/// One step of a session: what it answers, and on to the next step.
class SqliteStep : public SqliteAnswer<SqliteStep>, public SqliteSession {
public:
  SqliteStep(SqliteMock &mock, const SqliteSession &session) : SqliteAnswer(mock), SqliteSession(session) {}
  using SqliteAnswer<SqliteStep>::optional;
};

/// The same for a statement.
class SqliteExecuteStep : public SqliteResult<SqliteExecuteStep>, public SqliteSession {
public:
  SqliteExecuteStep(SqliteMock &mock, const SqliteSession &session) : SqliteResult(mock), SqliteSession(session) {}
  using SqliteResult<SqliteExecuteStep>::optional;
};

/// The answer to a statement on a connection that no session has.
class SqliteExecuteMock : public SqliteResult<SqliteExecuteMock> {
public:
  explicit SqliteExecuteMock(SqliteMock &mock) : SqliteResult(mock) {}
};

/// The plugin's words. Has no state: everything belongs to the current test.
///
/// A database, a statement, a parameter may each be a matcher. An assertion names the next operation of any connection.
class Sqlite {
  struct NotSaid {};

public:
  /// A connection to that database which the test plays: nothing is opened, and the script is what happens to it.
  /// Sessions of one database are taken in the order in which they were made.
  template <class Database>
  [[nodiscard]] SqliteSession new_session(const Database &database, Place place = Place::here()) const {
    return add_session(matcher_for<std::string>(database), place);
  }
  /// The latest session of the current test, to go on with its script.
  [[nodiscard]] SqliteSession session() const;

  /// A statement on a real connection is not executed, but answered. `COMMIT` and `ROLLBACK` are statements, too.
  template <class Sql> SqliteExecuteMock mock_execute(const Sql &sql, Place place = Place::here()) const {
    return add_mock(SqliteSql(sql), Matcher(), place);
  }
  /// With these parameters only.
  template <class Sql>
  SqliteExecuteMock mock_execute(const Sql &sql, std::initializer_list<SqliteExpected> parameters,
                                 Place place = Place::here()) const {
    return add_mock(SqliteSql(sql), parameters_are(parameters), place);
  }
  /// Connections to that database are real; what they do is recorded and must be asserted.
  template <class Database> void pass_through(const Database &database, Place place = Place::here()) const {
    let_pass(matcher_for<std::string>(database), place);
  }

  /// Bytes, as a parameter or in a row.
  SqliteBlob blob(std::string_view bytes) const { return SqliteBlob{std::string(bytes)}; }

  /// \p flags where they are not `SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE`, \p vfs where one was named.
  template <class Database, class Flags = NotSaid, class Vfs = NotSaid>
  void assert_connect(const Database &database, const Flags &flags = {}, const Vfs &vfs = {},
                      Place place = Place::here()) const {
    check_connect("assert_connect", matcher_for<std::string>(database), said<SqliteOpenFlags>(flags),
                  said<std::string>(vfs), Said{}, place);
  }
  /// The same for an attempt that ended in the error \p code.
  template <class Database, class Code, class Flags = NotSaid, class Vfs = NotSaid>
  void assert_connect_raised(const Database &database, const Code &code, const Flags &flags = {}, const Vfs &vfs = {},
                             Place place = Place::here()) const {
    check_connect("assert_connect_raised", matcher_for<std::string>(database), said<SqliteOpenFlags>(flags),
                  said<std::string>(vfs), said<SqliteCode>(code), place);
  }
  /// A statement without parameters, or with these.
  template <class Sql>
  void assert_execute(const Sql &sql, std::initializer_list<SqliteExpected> parameters = {},
                      Place place = Place::here()) const {
    check_execute("assert_execute", SqliteSql(sql), parameters_are(parameters), Said{}, place);
  }
  template <class Sql>
  void assert_execute(const Sql &sql, const Anything &parameters, Place place = Place::here()) const {
    check_execute("assert_execute", SqliteSql(sql), parameters, Said{}, place);
  }
  /// A statement that ended in the error \p code.
  template <class Sql, class Code>
  void assert_execute_raised(const Sql &sql, std::initializer_list<SqliteExpected> parameters, const Code &code,
                             Place place = Place::here()) const {
    check_execute("assert_execute_raised", SqliteSql(sql), parameters_are(parameters), said<SqliteCode>(code), place);
  }
  void assert_commit(Place place = Place::here()) const {
    check_step("assert_commit", SqliteOperation::commit, Said{}, place);
  }
  template <class Code> void assert_commit_raised(const Code &code, Place place = Place::here()) const {
    check_step("assert_commit_raised", SqliteOperation::commit, said<SqliteCode>(code), place);
  }
  void assert_rollback(Place place = Place::here()) const {
    check_step("assert_rollback", SqliteOperation::rollback, Said{}, place);
  }
  template <class Code> void assert_rollback_raised(const Code &code, Place place = Place::here()) const {
    check_step("assert_rollback_raised", SqliteOperation::rollback, said<SqliteCode>(code), place);
  }
  void assert_close(Place place = Place::here()) const {
    check_step("assert_close", SqliteOperation::close, Said{}, place);
  }
  template <class Code> void assert_close_raised(const Code &code, Place place = Place::here()) const {
    check_step("assert_close_raised", SqliteOperation::close, said<SqliteCode>(code), place);
  }

private:
  /// What an assertion may leave out.
  struct Said {
    bool is_said = false;
    Matcher matcher{};
  };
  template <class T, class U> static Said said(const U &expected) {
    if constexpr (std::is_same_v<U, NotSaid>)
      return Said{};
    else
      return Said{true, matcher_for<T>(expected)};
  }

  SqliteSession add_session(Matcher database, Place place) const;
  SqliteExecuteMock add_mock(SqliteSql sql, Matcher parameters, Place place) const;
  void let_pass(Matcher database, Place place) const;
  void check_connect(const char *word, Matcher database, Said flags, Said vfs, Said raised, Place place) const;
  void check_execute(const char *word, const SqliteSql &sql, Matcher parameters, Said raised, Place place) const;
  void check_step(const char *word, SqliteOperation operation, Said raised, Place place) const;
};

template <class Sql> SqliteExecuteStep SqliteSession::expect_execute(const Sql &sql, Place place) const {
  return add_execute(SqliteSql(sql), Matcher(), place);
}

template <class Sql>
SqliteExecuteStep SqliteSession::expect_execute(const Sql &sql, std::initializer_list<SqliteExpected> parameters,
                                                Place place) const {
  return add_execute(SqliteSql(sql), parameters_are(parameters), place);
}

} // namespace tripwire::plugins

namespace tripwire {

inline constexpr plugins::Sqlite sqlite{};

} // namespace tripwire

#endif
