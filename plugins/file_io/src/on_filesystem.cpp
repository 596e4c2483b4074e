// functions of <filesystem> that look at a file, or list a folder --(handlers)--> the same, asked of the test's files
#include "filesystem.hpp"
#include "folder_iterator.hpp"
#include "names.hpp"

#include <chrono>
#include <ctime>

namespace tripwire::plugins::calls {

namespace {

namespace fs = std::filesystem;

/// A function that looks at one file.
template <class R, R (*look)(const fs::path &, std::error_code &), class Failure>
void watch_look(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  if (!path)
    return visit.pass_on();
  about_path<R>(visit, "stat", *path, Reach::read, Failure::value(), {}, Thing::whatever,
                [](FileMock &, const std::string &real, std::error_code &error) { return look(real, error); });
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
struct NoTime {
  static fs::file_time_type value() noexcept { return fs::file_time_type::min(); }
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
std::uintmax_t link_count_at(const fs::path &path, std::error_code &error) { return fs::hard_link_count(path, error); }
fs::file_time_type write_time_at(const fs::path &path, std::error_code &error) {
  return fs::last_write_time(path, error);
}

template <bool (*look)(const fs::path &, std::error_code &)> void watch_question(plugin::Visit &visit) {
  watch_look<bool, look, No>(visit);
}

/// Seconds since 1970, of a clock that says nothing of that in C++17.
timespec time_of(fs::file_time_type time) {
  using std::chrono::duration_cast;
  using Files = fs::file_time_type::clock;
  using Now = std::chrono::system_clock;
  const auto epoch = duration_cast<std::chrono::nanoseconds>(Now::now().time_since_epoch()) -
                     duration_cast<std::chrono::nanoseconds>(Files::now().time_since_epoch());
  const auto since = duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()) +
                     std::chrono::round<std::chrono::seconds>(epoch);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
  return {static_cast<time_t>(seconds.count()), static_cast<long>((since - seconds).count())};
}

/// Reads the time, or sets it.
void watch_last_write_time(plugin::Visit &visit) {
  const bool sets = visit.count() > 1 && referred<std::error_code>(visit, 1) == nullptr;
  const auto path = path_argument(visit, 0);
  if (!sets || !path)
    return watch_look<fs::file_time_type, &write_time_at, NoTime>(visit);
  const auto time = argument<fs::file_time_type>(visit, 1);
  about_path<bool>(visit, "utime", *path, Reach::write, false,
                   {{"accessed", "kept", plugin::Need::optional}, {"modified", text_of_time(time_of(time))}},
                   Thing::file, [time](FileMock &, const std::string &real, std::error_code &error) {
                     fs::last_write_time(real, time, error);
                     return true;
                   });
}

void watch_permissions(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  if (!path)
    return visit.pass_on();
  const auto mode = argument<fs::perms>(visit, 1);
  const bool has_options = visit.count() > 2 && referred<std::error_code>(visit, 2) == nullptr;
  const auto options = has_options ? argument<fs::perm_options>(visit, 2) : fs::perm_options::replace;
  const char *const sign = (options & fs::perm_options::add) != fs::perm_options{}      ? "+"
                           : (options & fs::perm_options::remove) != fs::perm_options{} ? "-"
                                                                                        : "";
  about_path<bool>(visit, "chmod", *path, Reach::write, false,
                   {{"mode", sign + text_of_mode(static_cast<unsigned>(mode))}}, Thing::file,
                   [&](FileMock &, const std::string &real, std::error_code &error) {
                     fs::permissions(real, mode, options, error);
                     return true;
                   });
}

void watch_space(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  if (!path)
    return visit.pass_on();
  const fs::space_info none = {NoSize::value(), NoSize::value(), NoSize::value()};
  about_path<fs::space_info>(visit, "space", *path, Reach::read, none, {}, Thing::folder,
                             [](FileMock &mock, const std::string &real, std::error_code &error) {
                               fs::space_info space = fs::space(real, error);
                               if (mock.space && !error)
                                 space = {mock.space->capacity, mock.space->available, mock.space->available};
                               return space;
                             });
}

/// Two files that are looked at, each by itself.
void watch_equivalent(plugin::Visit &visit) {
  const auto one = path_argument(visit, 0);
  const auto other = path_argument(visit, 1);
  if (!one || !other)
    return visit.pass_on();
  std::error_code error;
  plugin::Recorded recorded[2];
  std::string real[2];
  for (const bool is_other : {false, true}) {
    const std::string &path = is_other ? *other : *one;
    const plugin::Decision decision = visit.present(describe("stat", path, Reach::read));
    const auto *mock = decision.real() ? nullptr : decision.as<FileMock>();
    recorded[is_other] = decision.recorded;
    real[is_other] = mock == nullptr ? path : real_file(mock->files(), path);
    if (mock != nullptr && mock->error != 0)
      error.assign(mock->error, std::generic_category());
  }
  const bool are_equal = !error && fs::equivalent(real[0], real[1], error);
  for (const plugin::Recorded &half : recorded)
    record(half, {}, error.value());
  tell(visit, {*one, *other}, error);
  visit.answer<bool>(are_equal);
}

/// What a `FolderIterator` calls.
void watch_iterator(plugin::Visit &visit) {
  FolderCall &call = *argument<FolderCall *>(visit, 0);
  const auto path = name_at(AT_FDCWD, call.path.c_str());
  if (!path)
    return visit.pass_on();
  const plugin::Decision decision = visit.present(describe("list", *path, Reach::read));
  const int told = decision.real() ? 0 : decision.as<FileMock>()->error;
  if (!decision.real())
    call.root = real_file(decision.as<FileMock>()->files(), *path);
  if (told != 0)
    call.error.assign(told, std::generic_category());
  else
    visit.make_real();
  if (told != 0)
    visit.answer<bool>(false);
  record(decision.recorded, {}, call.error.value());
}

} // namespace

const Seams &filesystem_seams() {
  using Type = fs::file_type;
  static const Seams all = {
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
      {"std::filesystem::equivalent", &watch_equivalent},
      {"std::filesystem::file_size", &watch_look<std::uintmax_t, &file_size_at, NoSize>},
      {"std::filesystem::hard_link_count", &watch_look<std::uintmax_t, &link_count_at, NoSize>},
      {"std::filesystem::last_write_time", &watch_last_write_time},
      {"std::filesystem::permissions", &watch_permissions},
      {"std::filesystem::space", &watch_space},
      {"std::filesystem::status", &watch_look<fs::file_status, &status_at, NoStatus>},
      {"std::filesystem::symlink_status", &watch_look<fs::file_status, &symlink_status_at, NoStatus>},
      {"std::filesystem::directory_iterator", &watch_iterator},
      {"std::filesystem::recursive_directory_iterator", &watch_iterator},
  };
  return all;
}

} // namespace tripwire::plugins::calls
