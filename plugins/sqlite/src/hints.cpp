#include "hints.hpp"

#include "connections.hpp"
#include "names.hpp"
#include "unanswerable.hpp"

namespace tripwire::plugins {

namespace {

std::string literal(std::string_view text) {
  std::string quoted;
  seam::Out out(quoted, seam::Style::paste);
  out.put_quoted(text);
  return quoted;
}

std::string pasted_text(const plugin::Description &call, std::string_view name) {
  const auto *text = call.get<std::string>(name);
  return text == nullptr ? "tripwire::anything" : literal(*text);
}

std::string parameters_of(const plugin::Description &call) {
  const auto *parameters = call.get<SqliteParameters>("parameters");
  if (parameters == nullptr)
    return "tripwire::anything";
  std::string text;
  seam::Out out(text, seam::Style::paste);
  seam::print(out, *parameters);
  return text;
}

bool has_parameters(const plugin::Description &call) {
  const auto *parameters = call.get<SqliteParameters>("parameters");
  return parameters == nullptr || !parameters->values.empty();
}

/// `, SQLITE_OPEN_READONLY, "unix-none"`, as far as they have to be said.
std::string said_of_opening(const plugin::Description &call) {
  const plugin::Field *flags = call.find("flags");
  const plugin::Field *vfs = call.find("vfs");
  std::string text;
  if (flags != nullptr && (flags->need == plugin::Need::required || vfs != nullptr))
    text += ", " + name_of(*flags->value.as<SqliteOpenFlags>());
  if (vfs != nullptr)
    text += ", " + pasted_text(call, "vfs");
  return text;
}

/// The arguments of a statement: its text, and its parameters when there are any or when something follows.
std::string arguments_of(const plugin::Description &call, bool with_parameters) {
  return pasted_text(call, "sql") +
         (with_parameters || has_parameters(call) ? ", " + parameters_of(call) : std::string());
}

} // namespace

std::string sqlite_mock_statement(const plugin::Description &call) {
  const auto *operation = call.get<SqliteOperation>("operation");
  if (operation == nullptr)
    return call.find("sql") != nullptr ? "tripwire::mock<&sqlite3_step>().returns(SQLITE_DONE);"
                                       : sqlite_seam_statement(call.request());
  const bool is_of_session = SqliteConnections::all().is_stand_in(call.handle());
  switch (*operation) {
  case SqliteOperation::connect:
    return "tripwire::sqlite.new_session(" + pasted_text(call, "database") + ").expect_connect().expect_close();";
  case SqliteOperation::execute:
    return is_of_session ? "tripwire::sqlite.session().expect_execute(" + arguments_of(call, false) + ");"
                         : "tripwire::sqlite.mock_execute(" + arguments_of(call, false) + ");";
  case SqliteOperation::commit:
    return is_of_session ? "tripwire::sqlite.session().expect_commit();"
                         : R"(tripwire::sqlite.mock_execute("COMMIT");)";
  case SqliteOperation::rollback:
    return is_of_session ? "tripwire::sqlite.session().expect_rollback();"
                         : R"(tripwire::sqlite.mock_execute("ROLLBACK");)";
  case SqliteOperation::close:
    return is_of_session ? "tripwire::sqlite.session().expect_close();"
                         : "tripwire::sqlite.pass_through(" + pasted_text(call, "database") + ");";
  }
  return {};
}

std::string sqlite_assert_statement(const plugin::Description &interaction) {
  const auto *operation = interaction.get<SqliteOperation>("operation");
  if (operation == nullptr)
    return sqlite_seam_statement(interaction.request());
  const plugin::Field *error = interaction.find("raised");
  const std::string code = error == nullptr ? std::string() : name_of(*error->value.as<SqliteCode>());
  const std::string word = "tripwire::sqlite.assert_" + name_of(*operation) + (error == nullptr ? "(" : "_raised(");
  switch (*operation) {
  case SqliteOperation::connect:
    return word + pasted_text(interaction, "database") + (error == nullptr ? "" : ", " + code) +
           said_of_opening(interaction) + ");";
  case SqliteOperation::execute:
    return word + arguments_of(interaction, error != nullptr) + (error == nullptr ? "" : ", " + code) + ");";
  case SqliteOperation::commit:
  case SqliteOperation::rollback:
  case SqliteOperation::close:
    return word + code + ");";
  }
  return {};
}

} // namespace tripwire::plugins
