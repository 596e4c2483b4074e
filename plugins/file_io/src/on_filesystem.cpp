// functions of <filesystem> --(handlers)--> the same, done to the test's files
//
// Each has a form that throws and one that sets an error_code; several are about a file_status, too, and those are
// nobody's business.
#include "calls.hpp"
#include "folder_iterator.hpp"

#include <tripwire/plugin_mock.hpp>
#include <tripwire/seam/type.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <system_error>

namespace tripwire::plugins::calls {

namespace {

namespace fs = std::filesystem;

template <class T> T *referred(const plugin::Visit &visit, std::size_t index) {
  if (index >= visit.count() || !same_type(*visit.argument(index).type, seam::type_of<T &>()))
    return nullptr;
  return static_cast<T *>(const_cast<void *>(visit.argument(index).address));
}

std::optional<std::string> path_argument(const plugin::Visit &visit, std::size_t index) {
  const auto *path = referred<const fs::path>(visit, index);
  return path == nullptr || path->empty() ? std::nullopt : std::optional(path->string());
}

/// Where the call wants its error; null when it throws.
std::error_code *code_of(const plugin::Visit &visit) { return referred<std::error_code>(visit, visit.count() - 1); }

/// Where a call is from and to; the second is empty when it is about one file.
struct Names {
  std::string first;
  std::string second;
};

[[noreturn]] void throw_error(plugin::Visit &visit, const Names &names, const std::error_code &error) {
  const std::string what(visit.call().slot.facts.name);
  if (names.second.empty())
    throw fs::filesystem_error(what, names.first, error);
  throw fs::filesystem_error(what, names.first, names.second, error);
}

void make_real(plugin::Visit &visit, const plugin::Recorded &recorded, const Facts &facts) {
  try {
    visit.make_real();
  } catch (const fs::filesystem_error &error) {
    record(recorded, facts, error.code().value());
    throw;
  }
  const std::error_code *code = code_of(visit);
  record(recorded, facts, code == nullptr ? 0 : code->value());
}

/// As `perform`, for functions that say their errors otherwise. \p make gets the files and where errors go.
template <class R, class Make>
void perform_fs(plugin::Visit &visit, plugin::Description call, const Names &names, const Facts &facts, R failure,
                Make make) {
  const plugin::Decision decision = visit.present(std::move(call));
  if (decision.real())
    return make_real(visit, decision.recorded, facts);
  const auto &mock = *decision.as<FileMock>();
  std::error_code error(mock.error, std::generic_category());
  R result = failure;
  if (!error)
    result = make(mock.files(), error);
  record(decision.recorded, facts, error.value());
  std::error_code *const code = code_of(visit);
  if (error && code == nullptr)
    throw_error(visit, names, error);
  if (code != nullptr)
    *code = error;
  if (visit.call().place != nullptr) // void has none
    visit.answer<R>(std::move(result));
  visit.call().answered = true;
}

/// A function that looks at one file.
template <class R, R (*look)(const fs::path &, std::error_code &), class Failure>
void watch_look(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  if (!path)
    return visit.pass_on();
  perform_fs<R>(visit, describe("stat", *path, Reach::read), {*path, {}}, {}, Failure::value(),
                [&](Files &files, std::error_code &error) { return look(real_file(files, *path), error); });
}

struct No {
  static bool value() noexcept { return false; }
};
struct NoSize {
  static std::uintmax_t value() noexcept { return static_cast<std::uintmax_t>(-1); }
};
struct NoStatus {
  static fs::file_status value() noexcept { return fs::file_status(fs::file_type::none); }
};

fs::file_status status_at(const fs::path &path, std::error_code &error) {
  const fs::file_status found = fs::status(path, error);
  if (fs::status_known(found)) // a file that is not there is an answer
    error.clear();
  return found;
}

fs::file_status symlink_status_at(const fs::path &path, std::error_code &error) {
  const fs::file_status found = fs::symlink_status(path, error);
  if (fs::status_known(found))
    error.clear();
  return found;
}

template <fs::file_type type> bool is_of_type(const fs::path &path, std::error_code &error) {
  return status_at(path, error).type() == type;
}
bool exists_at(const fs::path &path, std::error_code &error) { return fs::exists(status_at(path, error)); }
bool is_other_at(const fs::path &path, std::error_code &error) { return fs::is_other(status_at(path, error)); }
bool is_symlink_at(const fs::path &path, std::error_code &error) {
  return fs::is_symlink(symlink_status_at(path, error));
}
bool is_empty_at(const fs::path &path, std::error_code &error) { return fs::is_empty(path, error); }
std::uintmax_t file_size_at(const fs::path &path, std::error_code &error) { return fs::file_size(path, error); }

template <bool (*look)(const fs::path &, std::error_code &)> void watch_question(plugin::Visit &visit) {
  watch_look<bool, look, No>(visit);
}

template <bool (*make)(const fs::path &, std::error_code &)> void watch_making(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  if (!path)
    return visit.pass_on();
  perform_fs<bool>(visit, describe("mkdir", *path, Reach::write), {*path, {}}, {{"mode", "0777"}}, false,
                   [&](Files &files, std::error_code &error) {
                     const bool is_made = make(real_file(files, *path), error);
                     if (is_made)
                       files.made(plugin::file_name(*path));
                     return is_made;
                   });
}

bool create_directory_at(const fs::path &path, std::error_code &error) { return fs::create_directory(path, error); }
bool create_directories_at(const fs::path &path, std::error_code &error) { return fs::create_directories(path, error); }

void watch_removing(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  if (!path)
    return visit.pass_on();
  perform_fs<bool>(visit, describe("unlink", *path, Reach::write), {*path, {}}, {}, false,
                   [&](Files &files, std::error_code &error) {
                     return fs::remove(real_for_taking(files, *path, Thing::file), error);
                   });
}

void watch_removing_all(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  if (!path)
    return visit.pass_on();
  perform_fs<std::uintmax_t>(visit, describe("rmdir", *path, Reach::write), {*path, {}}, {}, NoSize::value(),
                             [&](Files &files, std::error_code &error) {
                               return fs::remove_all(real_for_taking(files, *path, Thing::folder), error);
                             });
}

/// `rename` and `copy_file`: \p make gets both names of real files.
template <class Make> void watch_two(plugin::Visit &visit, const char *operation, Make make) {
  const auto from = path_argument(visit, 0);
  const auto to = path_argument(visit, 1);
  if (!from || !to)
    return visit.pass_on();
  perform_fs<bool>(visit, describe(operation, *from, *to), {*from, *to}, {}, false,
                   [&](Files &files, std::error_code &error) {
                     const std::string real = real_for_taking(files, *from, Thing::file);
                     const bool is_made = make(real, real_file(files, *to), error);
                     if (!error)
                       files.made(plugin::file_name(*to));
                     return is_made;
                   });
}

void watch_fs_rename(plugin::Visit &visit) {
  watch_two(visit, "rename", [](const fs::path &from, const fs::path &to, std::error_code &error) {
    fs::rename(from, to, error);
    return !error;
  });
}

void watch_copying(plugin::Visit &visit) {
  const bool has_options = visit.count() > 2 && referred<std::error_code>(visit, 2) == nullptr;
  const auto options = has_options ? argument<fs::copy_options>(visit, 2) : fs::copy_options::none;
  watch_two(visit, "copy", [&](const fs::path &from, const fs::path &to, std::error_code &error) {
    return fs::copy_file(from, to, options, error);
  });
}

void watch_resizing(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  if (!path)
    return visit.pass_on();
  const auto size = argument<std::uintmax_t>(visit, 1);
  perform_fs<bool>(visit, describe("truncate", *path, Reach::write), {*path, {}}, {{"size", std::to_string(size)}},
                   false, [&](Files &files, std::error_code &error) {
                     fs::resize_file(real_for_taking(files, *path, Thing::file), size, error);
                     return !error;
                   });
}

/// What a `FolderIterator` calls.
void watch_iterator(plugin::Visit &visit) {
  FolderCall &call = *argument<FolderCall *>(visit, 0);
  const std::string path = call.path.string();
  if (path.empty())
    return visit.pass_on();
  const plugin::Decision decision = visit.present(describe("list", path, Reach::read));
  const int told = decision.real() ? 0 : decision.as<FileMock>()->error;
  if (!decision.real())
    call.root = real_file(decision.as<FileMock>()->files(), path);
  if (told != 0)
    call.error.assign(told, std::generic_category());
  else
    visit.make_real();
  if (told != 0)
    visit.answer<bool>(false);
  record(decision.recorded, {}, call.error.value());
}

} // namespace

const std::vector<std::pair<const char *, void (*)(plugin::Visit &)>> &filesystem_seams() {
  using Type = fs::file_type;
  static const std::vector<std::pair<const char *, void (*)(plugin::Visit &)>> all = {
      {"std::filesystem::exists", &watch_question<&exists_at>},
      {"std::filesystem::is_block_file", &watch_question<&is_of_type<Type::block>>},
      {"std::filesystem::is_character_file", &watch_question<&is_of_type<Type::character>>},
      {"std::filesystem::is_directory", &watch_question<&is_of_type<Type::directory>>},
      {"std::filesystem::is_empty", &watch_question<&is_empty_at>},
      {"std::filesystem::is_fifo", &watch_question<&is_of_type<Type::fifo>>},
      {"std::filesystem::is_other", &watch_question<&is_other_at>},
      {"std::filesystem::is_regular_file", &watch_question<&is_of_type<Type::regular>>},
      {"std::filesystem::is_socket", &watch_question<&is_of_type<Type::socket>>},
      {"std::filesystem::is_symlink", &watch_question<&is_symlink_at>},
      {"std::filesystem::file_size", &watch_look<std::uintmax_t, &file_size_at, NoSize>},
      {"std::filesystem::status", &watch_look<fs::file_status, &status_at, NoStatus>},
      {"std::filesystem::symlink_status", &watch_look<fs::file_status, &symlink_status_at, NoStatus>},
      {"std::filesystem::create_directory", &watch_making<&create_directory_at>},
      {"std::filesystem::create_directories", &watch_making<&create_directories_at>},
      {"std::filesystem::remove", &watch_removing},
      {"std::filesystem::remove_all", &watch_removing_all},
      {"std::filesystem::rename", &watch_fs_rename},
      {"std::filesystem::copy_file", &watch_copying},
      {"std::filesystem::resize_file", &watch_resizing},
      {"std::filesystem::directory_iterator", &watch_iterator},
      {"std::filesystem::recursive_directory_iterator", &watch_iterator},
  };
  return all;
}

} // namespace tripwire::plugins::calls
