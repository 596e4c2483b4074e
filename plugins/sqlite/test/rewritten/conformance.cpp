// The promises of the sqlite plugin: of connections, by sessions; of statements on a real connection.
#include "client.hpp"
#include "plugin.hpp"
#include "watched.hpp"

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/sqlite.hpp>

#include <cstdio>

namespace {

using tripwire::sqlite;
using tripwire::conformance::Subject;
using tripwire::conformance::Use;
using tripwire::plugins::SqliteOperation;

constexpr const char *insert = "INSERT INTO log VALUES (?)";

/// That operation, with the field that every operation has.
void assert_operation(const tripwire::plugin::Plugin &plugin, SqliteOperation operation,
                      const std::vector<std::pair<std::string, tripwire::Matcher>> &fields) {
  tripwire::plugin::Assertion assertion(plugin, "an assertion", tripwire::Place::here());
  assertion.field("operation", tripwire::matcher_for<SqliteOperation>(operation));
  for (const auto &[name, matcher] : fields)
    assertion.field(name, matcher);
  assertion.check();
}

Use connection(const tripwire::plugin::Plugin &plugin, const std::string &path) {
  Use use;
  use.name = "connection";
  use.call = [=] { client::touch(path); };
  use.mock = [=] { (void)sqlite.new_session(path).expect_connect().expect_close(); };
  use.mock_optional = [=] { (void)sqlite.new_session(path).optional().expect_connect().expect_close(); };
  use.assert_mocked = [=] {
    sqlite.assert_connect(path);
    sqlite.assert_close();
  };
  use.pass_through = [=] { sqlite.pass_through(path); };
  use.assert_real = use.assert_mocked;
  use.wrong = {{"operation",
                [=, &plugin] {
                  assert_operation(plugin, SqliteOperation::close, {{"database", tripwire::matcher_of(path)}});
                }},
               {"database", [=] { sqlite.assert_connect(path + "x"); }}};
  return use;
}

Use statement(client::Database &database, const tripwire::plugin::Plugin &plugin, const std::string &path,
              const std::string &text) {
  Use use;
  use.name = text;
  use.call = [&database, text] {
    try {
      database.query(insert, {text});
    } catch (const client::Error &) { // as a program does
    }
  };
  use.mock = [=] { sqlite.mock_execute(insert, {text}).changes(1); };
  use.mock_optional = [=] { sqlite.mock_execute(insert, {text}).optional(); };
  use.assert_mocked = [=] { sqlite.assert_execute(insert, {text}); };
  use.mock_failure = [=] { sqlite.mock_execute(insert, {text}).fails(SQLITE_CONSTRAINT_UNIQUE, text); };
  use.assert_failure = [=] { sqlite.assert_execute_raised(insert, {text}, SQLITE_CONSTRAINT_UNIQUE); };
  use.pass_through = [=] { sqlite.pass_through(path); };
  use.assert_real = use.assert_mocked;
  use.wrong = {
      {"operation",
       [=, &plugin] {
         assert_operation(
             plugin, SqliteOperation::close,
             {{"sql", tripwire::matcher_of(insert)}, {"parameters", tripwire::plugins::parameters_are({text})}});
       }},
      {"sql", [=] { sqlite.assert_execute("INSERT INTO other VALUES (?)", {text}); }},
      {"parameters", [=] { sqlite.assert_execute(insert, {text + "x"}); }},
  };
  return use;
}

} // namespace

// 1, 2, 3, 5, 21, 24, 25, 40, 42, 45, 61, 62
int main(int count, char **arguments) {
  // The same each time, since lines to paste name it.
  const std::string path = "tripwire_sqlite_conformance.db";
  const std::string opened = "tripwire_sqlite_opened.db";
  make_database(path);
  watch_sqlite();
  int status = 0;
  {
    client::Database database(path);
    Subject subject(tripwire::plugins::sqlite_plugin());
    subject.real_calls = &real_calls;
    // Keys of encrypted databases have a test of their own: this SQLite knows none.
    subject.lacks = {"secret"};
    subject.uses.push_back(connection(subject.plugin, opened));
    for (const std::string &text : tripwire::conformance::awkward_texts())
      subject.uses.push_back(statement(database, subject.plugin, path, text));
    for (const char *function : {"sqlite3_blob_open", "sqlite3_create_function", "sqlite3_trace_v2"})
      subject.further_lines.push_back(
          subject.plugin.mock_line(tripwire::plugin::Description().request(std::string(function) + " (no answer)")));
    status = tripwire::conformance::run(subject, count, arguments);
  }
  std::remove(path.c_str());
  std::remove(opened.c_str());
  return status;
}
