#include "mock.hpp"

#include "names.hpp"
#include "table.hpp"

#include <tripwire/plugin_mock.hpp>

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

bool is_of_operation(const plugin::Description &call, SocketOperation operation) {
  const auto *given = call.get<SocketOperation>("operation");
  return given != nullptr && *given == operation;
}

/// Whether a session has the socket.
bool is_mocked(const plugin::Description &call) {
  return call.handle() != nullptr && is_handle_of_mocked_socket(*call.handle());
}

} // namespace

void SocketScript::opened(std::uintptr_t by) {
  const std::lock_guard<std::mutex> lock(mutex);
  required = true;
  for (SocketMock *step : steps)
    step->set_required(step->is_wanted);
  socket = by;
}

void SocketBook::add(std::shared_ptr<SocketScript> script) {
  const std::lock_guard<std::mutex> lock(mutex_);
  scripts_.push_back(std::move(script));
}

std::shared_ptr<SocketScript> SocketBook::latest() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return scripts_.empty() ? nullptr : scripts_.back();
}

bool SocketBook::has_client() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return std::any_of(scripts_.begin(), scripts_.end(), [](const auto &script) {
    const std::vector<SocketMock *> next = next_steps(*script);
    const std::lock_guard<std::mutex> lock_script(script->mutex);
    return script->socket == 0 && !next.empty() && next.front()->operation() == SocketOperation::accept;
  });
}

std::vector<SocketMock *> steps_to_come(SocketScript &script) {
  const std::lock_guard<std::mutex> lock(script.mutex);
  std::size_t from = 0;
  for (std::size_t index = 0; index < script.steps.size(); ++index)
    if (script.steps[index]->used())
      from = index;
  std::vector<SocketMock *> to_come;
  for (std::size_t index = from; index < script.steps.size(); ++index)
    if (!script.steps[index]->exhausted())
      to_come.push_back(script.steps[index]);
  return to_come;
}

std::vector<SocketMock *> next_steps(SocketScript &script) {
  std::vector<SocketMock *> next = steps_to_come(script);
  const auto last = std::find_if(next.begin(), next.end(), [](const SocketMock *step) { return step->must_be_next(); });
  if (last != next.end())
    next.erase(last + 1, next.end());
  return next;
}

bool SocketMock::is_opening() const noexcept {
  return operation_ == SocketOperation::connect || operation_ == SocketOperation::bind ||
         operation_ == SocketOperation::accept || operation_ == SocketOperation::listen ||
         (operation_ == SocketOperation::send && is_addressed);
}

bool SocketMock::is_next() const {
  const std::vector<SocketMock *> next = next_steps(*script_);
  return std::find(next.begin(), next.end(), this) != next.end();
}

bool SocketMock::is_of_its_socket(const plugin::Description &call) const {
  const bool may_open = is_opening() && (operation_ == SocketOperation::accept || !is_mocked(call));
  const std::lock_guard<std::mutex> lock(script_->mutex);
  if (script_->socket == 0)
    return may_open;
  return call.handle() != nullptr && id_of_socket_handle(*call.handle()) == script_->socket;
}

bool SocketMock::accepts_fields(const plugin::Description &call) const {
  return std::all_of(fields_.begin(), fields_.end(),
                     [&](const auto &field) { return accepts(field.second, call, field.first); });
}

bool SocketMock::accepts_address(const plugin::Description &call) const {
  return std::all_of(fields_.begin(), fields_.end(), [&](const auto &field) {
    const auto &rules = call.firewall();
    const auto said = std::find_if(rules.begin(), rules.end(), [&](const auto &one) {
      return one.first == field.first || (one.first == "path" && field.first == std::string_view("host"));
    });
    if (said == rules.end())
      return false;
    const std::string_view name(field.first);
    const int number = name == "port" ? std::stoi(said->second) : 0;
    return name == "port" ? field.second.matches({&number, &seam::type_of<int>(), nullptr, {}, false})
                          : field.second.matches({&said->second, &seam::type_of<std::string>(), nullptr, {}, false});
  });
}

bool SocketMock::matches(const plugin::Description &call) const {
  if (script_ == nullptr)
    return !is_mocked(call) && accepts_address(call);
  return is_of_operation(call, operation_) && is_of_its_socket(call) && is_next() && accepts_fields(call);
}

std::string SocketMock::describe() const {
  std::string arguments;
  for (const auto &[name, matcher] : fields_)
    arguments += (arguments.empty() ? "" : ", ") + text_of(matcher);
  if (operation_ == SocketOperation::recv && !error)
    arguments = plugin::literal(data);
  if (script_ == nullptr)
    return "pass_through(" + arguments + ")";
  return "expect_" + std::string(name_of(operation_)) + "(" + arguments + ") of the session from " +
         script_->place.file + ":" + std::to_string(script_->place.line);
}

std::vector<plugin::Difference> SocketMock::compare(const plugin::Description &call) const {
  std::vector<plugin::Difference> differences;
  // Of a session only what is next can be near.
  if (script_ != nullptr && (!is_of_its_socket(call) || !is_next()))
    return differences;
  if (script_ != nullptr)
    differences.push_back(
        {"operation", name_of(operation_), text_of(call, "operation"), is_of_operation(call, operation_)});
  if (script_ != nullptr && is_of_operation(call, operation_))
    for (const auto &[name, matcher] : fields_)
      differences.push_back({name, text_of(matcher), text_of(call, name), accepts(matcher, call, name)});
  return differences;
}

} // namespace tripwire::plugins
