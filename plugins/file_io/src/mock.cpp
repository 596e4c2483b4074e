#include "mock.hpp"

#include "names.hpp"
#include "open_file.hpp"

#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugin_names.hpp>

#include <algorithm>
#include <limits>

namespace tripwire::plugins {

namespace {

std::string text_of(const Matcher &matcher) {
  std::string text;
  seam::Out out(text);
  matcher.describe(out);
  return text;
}

const std::string &field(const plugin::Description &call, std::string_view name) {
  static const std::string none;
  const auto *text = call.get<std::string>(name);
  return text == nullptr ? none : *text;
}

bool is_file(const Matcher &matcher, const plugin::Description &call, std::string_view name) {
  const plugin::Field *path = call.find(name);
  return path != nullptr && matcher.matches(path->value.view());
}

/// The file that a call is about; of a call with two, the first.
std::string_view name_of_path(const plugin::Description &call) { return call.find("path") != nullptr ? "path" : "src"; }

bool is_of_state(const std::string &name) {
  const Operation *operation = file_operation(name);
  return operation != nullptr && operation->kind == Operation::Kind::state;
}

} // namespace

const std::vector<Operation> &file_operations() {
  constexpr auto state = Operation::Kind::state;
  constexpr auto name = Operation::Kind::name;
  static const std::vector<Operation> all = {
      {"open", state},      {"read", state},     {"write", state},     {"close", state},       {"sync", state},
      {"truncate", state},  {"allocate", state}, {"map", state},       {"stat", state},        {"access", state},
      {"chmod", state},     {"chown", state},    {"utime", state},     {"space", state},       {"readlink", state},
      {"getxattr", state},  {"setxattr", state}, {"listxattr", state}, {"removexattr", state}, {"realpath", state},
      {"list", state},      {"chdir", state},    {"unlink", name},     {"rename", name, true}, {"copy", name, true},
      {"link", name, true}, {"symlink", name},   {"mknod", name},      {"mkdir", name},        {"rmdir", name},
  };
  return all;
}

const Operation *file_operation(std::string_view name) {
  const auto &all = file_operations();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Operation &one) { return name == one.name; });
  return found == all.end() ? nullptr : &*found;
}

FileMock::FileMock(Kind kind, std::string operation, std::optional<FileName> path, std::shared_ptr<Files> files)
    : kind_(kind), operation_(std::move(operation)), path_(std::move(path)), files_(std::move(files)) {
  if (kind != Kind::step && kind != Kind::error)
    set_always();
  if (kind == Kind::made)
    set_required(false);
  if ((kind == Kind::file || kind == Kind::step || kind == Kind::error) && !path_->text().empty())
    key_ = plugin::file_name(path_->text());
}

bool FileMock::is_about(const plugin::Description &call) const {
  const std::string_view name = name_of_path(call);
  switch (kind_) {
  case Kind::file:
  case Kind::step:
  case Kind::error:
    return is_file(path_->matcher(), call, name);
  case Kind::folder: {
    const std::string path = plugin::file_name(field(call, name));
    const bool is_entry = std::find(entries.begin(), entries.end(), path) != entries.end();
    return is_file(path_->matcher(), call, name) || (is_entry && !files_->is_stated(path));
  }
  case Kind::made:
    return files_->is_made(plugin::file_name(field(call, name)));
  case Kind::real:
    return is_file(path_->matcher(), call, name) &&
           (call.find("dst") == nullptr || is_file(path_->matcher(), call, "dst"));
  }
  return false;
}

/// Whether the bytes that go well are behind the call.
bool FileMock::has_come_so_far(const plugin::Description &call) const {
  if (!after)
    return true;
  const OpenFile *file = open_file_of(call);
  return file != nullptr && file->moved(operation_ == "read") >= *after;
}

bool FileMock::answers(const plugin::Description &call) const {
  const std::string &operation = field(call, "operation");
  switch (kind_) {
  case Kind::file:
  case Kind::folder:
  case Kind::made:
    return !is_superseded && is_of_state(operation) && is_about(call);
  case Kind::step:
    return operation == operation_ && is_about(call);
  case Kind::error:
    return operation == operation_ && is_about(call) && has_come_so_far(call);
  case Kind::real:
    return is_about(call);
  }
  return false;
}

std::size_t FileMock::room_for(const plugin::Description &call) const {
  const OpenFile *file = open_file_of(call);
  const bool speaks = after && file != nullptr && field(call, "operation") == operation_ && is_about(call);
  const std::size_t moved = speaks ? file->moved(operation_ == "read") : 0;
  return speaks && moved < *after ? *after - moved : std::numeric_limits<std::size_t>::max();
}

bool FileMock::matches(const plugin::Description &call) const {
  if (!answers(call))
    return false;
  const bool is_single = kind_ == Kind::step || kind_ == Kind::error;
  return is_single || files_->step_for(call) == nullptr;
}

std::string FileMock::describe() const {
  const std::string path = path_ ? text_of(path_->matcher()) : std::string();
  const std::string operation = plugin::literal(operation_) + ", " + path;
  switch (kind_) {
  case Kind::file:
    return "mock_file(" + path + ")";
  case Kind::folder:
    return "mock_directory(" + path + ")";
  case Kind::made:
    return "what the program has made itself";
  case Kind::step:
    return "mock_operation(" + operation + ")" + (at_most ? ".at_most(" + std::to_string(*at_most) + ")" : "");
  case Kind::error:
    return "mock_error(" + operation + ", " + plugin::name_of_errno(error) + ")" +
           (after ? ".after(" + std::to_string(*after) + ")" : "");
  case Kind::real:
    return "pass_through(" + path + ")";
  }
  return {};
}

std::vector<plugin::Difference> FileMock::compare(const plugin::Description &call) const {
  std::vector<plugin::Difference> differences;
  if (kind_ == Kind::made)
    return differences;
  const std::string &operation = field(call, "operation");
  if (!operation_.empty())
    differences.push_back(
        {"operation", plugin::literal(operation_), plugin::literal(operation), operation == operation_});
  else if (kind_ != Kind::real)
    differences.push_back(
        {"operation", "one that leaves its name", plugin::literal(operation), is_of_state(operation)});
  const std::string name(name_of_path(call));
  differences.push_back({name, text_of(path_->matcher()), plugin::literal(field(call, name)), is_about(call)});
  return differences;
}

} // namespace tripwire::plugins
