#include "mock.hpp"

#include "connections.hpp"
#include "names.hpp"

#include <algorithm>

namespace tripwire::plugins {

namespace {

bool accepts(const Matcher &matcher, const plugin::Description &call, std::string_view name) {
  const plugin::Field *field = call.find(name);
  return field != nullptr && matcher.matches(field->value.view());
}

std::string text_of(const Matcher &matcher) {
  std::string text;
  seam::Out out(text);
  matcher.describe(out);
  return text;
}

std::string text_of(const plugin::Description &call, std::string_view name) {
  const plugin::Field *field = call.find(name);
  if (field == nullptr)
    return "nothing";
  std::string text;
  seam::Out out(text);
  print(out, field->value.view());
  return text;
}

bool is_of_operation(const plugin::Description &call, SqliteOperation operation) {
  const auto *given = call.get<SqliteOperation>("operation");
  return given != nullptr && *given == operation;
}

} // namespace

std::vector<std::string> SqliteOutcome::names() const {
  if (!columns.empty() || rows.empty())
    return columns;
  std::vector<std::string> made;
  for (std::size_t column = 1; column <= rows.front().size(); ++column)
    made.push_back("column" + std::to_string(column));
  return made;
}

bool SqliteMock::must_be_next() const noexcept {
  // A step that always serves has to have served once.
  return !exhausted() && is_wanted && !(is_endless && used());
}

bool SqliteMock::could_be(const std::string &sql) const {
  return operation_ == SqliteOperation::execute &&
         sql_.matcher().matches({&sql, &seam::type_of<std::string>(), nullptr, {}, false});
}

void SqliteScript::opened(const sqlite3 *db) {
  const std::lock_guard<std::mutex> lock(mutex);
  required = true;
  for (SqliteMock *step : steps)
    step->set_required(step->is_wanted);
  handle = db;
}

std::vector<SqliteMock *> next_steps(SqliteScript &script) {
  const std::lock_guard<std::mutex> lock(script.mutex);
  std::vector<SqliteMock *> next;
  std::size_t from = 0;
  for (std::size_t index = 0; index < script.steps.size(); ++index)
    if (script.steps[index]->used())
      from = index;
  for (std::size_t index = from; index < script.steps.size(); ++index) {
    if (script.steps[index]->exhausted())
      continue;
    next.push_back(script.steps[index]);
    if (script.steps[index]->must_be_next())
      break;
  }
  return next;
}

bool SqliteMock::is_next() const {
  const std::vector<SqliteMock *> next = next_steps(*script_);
  return std::find(next.begin(), next.end(), this) != next.end();
}

bool SqliteMock::is_of_its_connection(const plugin::Description &call) const {
  if (script_ == nullptr)
    return true;
  const sqlite3 *handle = script_->handle;
  if (is_of_operation(call, SqliteOperation::connect))
    return handle == nullptr && accepts(script_->database, call, "database");
  return call.handle() != nullptr && handle != nullptr && *call.handle() == reinterpret_cast<std::uintptr_t>(handle);
}

bool SqliteMock::matches(const plugin::Description &call) const {
  if (is_real_)
    return accepts(database_, call, "database");
  if (!is_of_operation(call, operation_) || !is_of_its_connection(call))
    return false;
  // The connection of a session has its script, and nothing else.
  if (script_ == nullptr ? SqliteConnections::all().is_stand_in(call.handle()) : !is_next())
    return false;
  return operation_ != SqliteOperation::execute ||
         (accepts(sql_.matcher(), call, "sql") && accepts(parameters_, call, "parameters"));
}

std::string SqliteMock::describe() const {
  if (is_real_)
    return "pass_through(" + text_of(database_) + ")";
  std::string arguments;
  if (operation_ == SqliteOperation::execute) {
    arguments = text_of(sql_.matcher());
    if (!parameters_.is_wildcard())
      arguments += ", " + text_of(parameters_);
  }
  return (script_ == nullptr ? "mock_" : "expect_") + name_of(operation_) + "(" + arguments + ")" +
         (script_ == nullptr ? "" : " of the session of " + text_of(script_->database));
}

std::vector<plugin::Difference> SqliteMock::compare(const plugin::Description &call) const {
  std::vector<plugin::Difference> differences;
  if (is_real_)
    return {{"database", text_of(database_), text_of(call, "database"), accepts(database_, call, "database")}};
  // Of a session only what is next can be near.
  if (script_ != nullptr && (!is_of_its_connection(call) || next_steps(*script_).empty() || !is_next()))
    return differences;
  differences.push_back(
      {"operation", name_of(operation_), text_of(call, "operation"), is_of_operation(call, operation_)});
  if (script_ != nullptr)
    differences.push_back({"session", text_of(script_->database), text_of(script_->database), true});
  if (operation_ == SqliteOperation::execute && is_of_operation(call, operation_)) {
    differences.push_back({"sql", text_of(sql_.matcher()), text_of(call, "sql"), accepts(sql_.matcher(), call, "sql")});
    differences.push_back(
        {"parameters", text_of(parameters_), text_of(call, "parameters"), accepts(parameters_, call, "parameters")});
  }
  return differences;
}

} // namespace tripwire::plugins
