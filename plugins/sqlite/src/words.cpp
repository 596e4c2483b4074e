// what a test writes behind tripwire::sqlite --> sessions and answers of the current test, and fields of an assertion
#include "mock.hpp"
#include "plugin.hpp"
#include "sql.hpp"

#include <tripwire/violation.hpp>

#include <memory>

namespace tripwire::plugins {

namespace {

[[noreturn]] void misused(const std::string &text) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "sqlite";
  facts.text = "ConfigurationError: " + text;
  raise(std::move(facts));
}

/// What a statement is that a test writes as text: transactions end by operations of their own.
SqliteOperation operation_of(const SqliteSql &sql) {
  switch (sql::first_statement(sql.text()).kind) {
  case sql::Kind::commit:
    return SqliteOperation::commit;
  case sql::Kind::rollback:
    return SqliteOperation::rollback;
  case sql::Kind::other:
  case sql::Kind::begin:
  case sql::Kind::savepoint:
    break;
  }
  return SqliteOperation::execute;
}

SqliteMock &step(const std::shared_ptr<SqliteScript> &script, SqliteOperation operation, SqliteSql sql,
                 Matcher parameters, Place place) {
  bool is_first = false;
  {
    const std::lock_guard<std::mutex> lock(script->mutex);
    is_first = script->steps.empty();
  }
  if (is_first && operation != SqliteOperation::connect)
    misused("a session of sqlite begins with .expect_connect()");
  SqliteMock &made = plugin::add(
      sqlite_plugin(), std::make_unique<SqliteMock>(script, operation, std::move(sql), std::move(parameters)), place);
  const std::lock_guard<std::mutex> lock(script->mutex);
  made.set_required(script->required);
  script->steps.push_back(&made);
  return made;
}

void check_rows(const SqliteOutcome &outcome) {
  const std::size_t width = outcome.names().size();
  for (const auto &row : outcome.rows)
    if (row.size() != width || width == 0)
      misused("a row of sqlite has " + std::to_string(row.size()) + " values, and there are " + std::to_string(width) +
              " columns");
}

/// The session that `sqlite.session()` means: the latest one of a test that goes on.
std::weak_ptr<SqliteScript> &latest() {
  static std::weak_ptr<SqliteScript> script;
  return script;
}

std::mutex &latest_mutex() {
  static std::mutex mutex;
  return mutex;
}

} // namespace

template <class Self> Self &SqliteAnswer<Self>::fails(int code, std::string_view message) {
  const int basic = code & 0xff;
  if (basic == SQLITE_OK || basic == SQLITE_ROW || basic == SQLITE_DONE)
    misused(".fails(" + std::to_string(code) + "): that code is no error of sqlite");
  mock_->outcome.error = code;
  mock_->outcome.message = std::string(message);
  return static_cast<Self &>(*this);
}

template <class Self> Self &SqliteAnswer<Self>::times(std::uint64_t count) {
  mock_->set_times(count);
  return static_cast<Self &>(*this);
}

template <class Self> Self &SqliteAnswer<Self>::always() {
  mock_->set_always();
  mock_->is_endless = true;
  return static_cast<Self &>(*this);
}

template <class Self> Self &SqliteAnswer<Self>::required(bool required) {
  mock_->is_wanted = required;
  mock_->set_required(required);
  return static_cast<Self &>(*this);
}

template <class Self> Self &SqliteResult<Self>::columns(std::vector<std::string> names) {
  this->mock_->outcome.columns = std::move(names);
  check_rows(this->mock_->outcome);
  return static_cast<Self &>(*this);
}

template <class Self> Self &SqliteResult<Self>::rows(std::initializer_list<std::initializer_list<SqliteValue>> rows) {
  return this->rows(std::vector<std::vector<SqliteValue>>(rows.begin(), rows.end()));
}

template <class Self> Self &SqliteResult<Self>::rows(std::vector<std::vector<SqliteValue>> rows) {
  this->mock_->outcome.rows = std::move(rows);
  check_rows(this->mock_->outcome);
  return static_cast<Self &>(*this);
}

template <class Self> Self &SqliteResult<Self>::changes(std::int64_t count) {
  this->mock_->outcome.changes = count;
  return static_cast<Self &>(*this);
}

template <class Self> Self &SqliteResult<Self>::rowid(std::int64_t id) {
  this->mock_->outcome.rowid = id;
  return static_cast<Self &>(*this);
}

template class SqliteAnswer<SqliteStep>;
template class SqliteAnswer<SqliteExecuteStep>;
template class SqliteAnswer<SqliteExecuteMock>;
template class SqliteResult<SqliteExecuteStep>;
template class SqliteResult<SqliteExecuteMock>;

SqliteStep SqliteSession::add(SqliteOperation operation, Place place) const {
  return SqliteStep(step(script_, operation, SqliteSql(Matcher()), Matcher(), place), *this);
}

SqliteExecuteStep SqliteSession::add_execute(SqliteSql sql, Matcher parameters, Place place) const {
  const SqliteOperation operation = operation_of(sql);
  return SqliteExecuteStep(step(script_, operation, std::move(sql), std::move(parameters), place), *this);
}

SqliteStep SqliteSession::expect_connect(Place place) const { return add(SqliteOperation::connect, place); }
SqliteStep SqliteSession::expect_commit(Place place) const { return add(SqliteOperation::commit, place); }
SqliteStep SqliteSession::expect_rollback(Place place) const { return add(SqliteOperation::rollback, place); }
SqliteStep SqliteSession::expect_close(Place place) const { return add(SqliteOperation::close, place); }

SqliteSession &SqliteSession::optional() {
  const std::lock_guard<std::mutex> lock(script_->mutex);
  if (script_->handle == nullptr) {
    script_->required = false;
    for (SqliteMock *one : script_->steps)
      one->set_required(false);
  }
  return *this;
}

SqliteSession Sqlite::add_session(Matcher database, Place place) const {
  auto script = std::make_shared<SqliteScript>();
  script->database = std::move(database);
  script->place = place;
  const std::lock_guard<std::mutex> lock(latest_mutex());
  latest() = script;
  return SqliteSession(std::move(script));
}

SqliteSession Sqlite::session() const {
  const std::lock_guard<std::mutex> lock(latest_mutex());
  std::shared_ptr<SqliteScript> script = latest().lock();
  if (script == nullptr)
    misused("sqlite.session() goes on with a session, and this test has none: begin with sqlite.new_session(...)");
  return SqliteSession(std::move(script));
}

SqliteExecuteMock Sqlite::add_mock(SqliteSql sql, Matcher parameters, Place place) const {
  const SqliteOperation operation = operation_of(sql);
  return SqliteExecuteMock(plugin::add(
      sqlite_plugin(), std::make_unique<SqliteMock>(operation, std::move(sql), std::move(parameters)), place));
}

void Sqlite::let_pass(Matcher database, Place place) const {
  plugin::add(sqlite_plugin(), std::make_unique<SqliteMock>(std::move(database)), place).set_always();
}

void Sqlite::check_connect(const char *word, Matcher database, Said flags, Said vfs, Said raised, Place place) const {
  plugin::Assertion assertion(sqlite_plugin(), "tripwire::sqlite." + std::string(word) + "(...)", place);
  assertion.field("operation", matcher_for<SqliteOperation>(SqliteOperation::connect))
      .field("database", std::move(database));
  if (flags.is_said)
    assertion.field("flags", std::move(flags.matcher));
  if (vfs.is_said)
    assertion.field("vfs", std::move(vfs.matcher));
  if (raised.is_said)
    assertion.field("raised", std::move(raised.matcher));
  assertion.check();
}

void Sqlite::check_execute(const char *word, const SqliteSql &sql, Matcher parameters, Said raised, Place place) const {
  if (const SqliteOperation operation = operation_of(sql); operation != SqliteOperation::execute) {
    check_step(word, operation, std::move(raised), place);
    return;
  }
  plugin::Assertion assertion(sqlite_plugin(), "tripwire::sqlite." + std::string(word) + "(...)", place);
  assertion.field("operation", matcher_for<SqliteOperation>(SqliteOperation::execute))
      .field("sql", sql.matcher())
      .field("parameters", std::move(parameters));
  if (raised.is_said)
    assertion.field("raised", std::move(raised.matcher));
  assertion.check();
}

void Sqlite::check_step(const char *word, SqliteOperation operation, Said raised, Place place) const {
  plugin::Assertion assertion(sqlite_plugin(), "tripwire::sqlite." + std::string(word) + "(...)", place);
  assertion.field("operation", matcher_for<SqliteOperation>(operation));
  if (raised.is_said)
    assertion.field("raised", std::move(raised.matcher));
  assertion.check();
}

} // namespace tripwire::plugins
