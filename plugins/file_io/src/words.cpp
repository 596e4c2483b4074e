// what a test writes behind tripwire::file_io --> mocks of the current test, and fields of an assertion
#include "mock.hpp"
#include "names.hpp"
#include "open_file.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugin_names.hpp>
#include <tripwire/violation.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

namespace tripwire::plugins {

namespace {

[[noreturn]] void refuse(const std::string &what, const Place &place) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "file_io";
  facts.site.file = place.file;
  facts.site.line = place.line;
  facts.text = "ConfigurationError: " + what + "\n  at " + place.file + ":" + std::to_string(place.line);
  raise(std::move(facts));
}

std::shared_ptr<Files> files_of_test() { return plugin::state_of_test<Files>(file_io_plugin()); }

FileMock &added(FileMock::Kind kind, std::string_view operation, std::optional<FileName> path, Place place) {
  return plugin::add(file_io_plugin(),
                     std::make_unique<FileMock>(kind, std::string(operation), std::move(path), files_of_test()), place);
}

/// Behind whatever the program may make a file by: what it has made, it may use.
FileMock &added_with_made(FileMock::Kind kind, std::string_view operation, std::optional<FileName> path, Place place) {
  FileMock &mock = added(kind, operation, std::move(path), place);
  if (mock.files().is_first_to_make())
    added(FileMock::Kind::made, "", std::nullopt, place);
  return mock;
}

void check_path(std::string_view path, const Place &place) {
  if (path.empty() || path.find('\0') != std::string_view::npos)
    refuse("no file is named " + plugin::literal(path), place);
}

/// Puts there what the test states. What stands in its way, such as a file where a folder has to be, the test has
/// stated as well.
template <class Put> void put(std::string_view path, const Place &place, Put make) {
  try {
    make(*files_of_test());
  } catch (const std::system_error &error) {
    refuse("the test cannot have " + plugin::literal(path) + ": " + error.code().message(), place);
  }
}

void check_operation(std::string_view operation, const Place &place) {
  if (file_operation(operation) != nullptr)
    return;
  std::string names;
  for (const Operation &one : file_operations())
    names += (names.empty() ? "" : ", ") + std::string(one.name);
  refuse("files know no operation " + plugin::literal(operation) + "; they know " + names, place);
}

void check_moves_bytes(const std::string &operation, const char *word, const Place &place) {
  if (operation != "read" && operation != "write")
    refuse(std::string(word) + " is for read and write; " + operation + " moves no bytes", place);
}

plugin::Assertion about(const char *operation, const Place &place) {
  OpenFiles::all().end_all_of(*files_of_test());
  plugin::Assertion assertion(file_io_plugin(), "tripwire::file_io.assert_" + std::string(operation) + "(...)", place);
  assertion.field("operation", matcher_of(operation));
  return assertion;
}

plugin::Assertion about(const char *operation, const FileName &path, const Place &place) {
  plugin::Assertion assertion = about(operation, place);
  assertion.field("path", path.matcher());
  return assertion;
}

} // namespace

FileFlags::FileFlags(int flags) : matcher_(matcher_of(text_of_flags(flags))) {}

FileFlags::FileFlags(const char *mode) {
  const std::optional<int> flags = flags_of_stream(mode);
  // What is no mode is what no call was opened with.
  matcher_ = matcher_of(flags ? text_of_flags(*flags) : std::string(mode == nullptr ? "" : mode));
}

FileMode::FileMode(unsigned bits) : matcher_(matcher_of(text_of_mode(bits))) {}
FileMode::FileMode(const char *change) : matcher_(matcher_of(std::string(change == nullptr ? "" : change))) {}

FileTime::FileTime(std::int64_t seconds) : matcher_(matcher_of(std::to_string(seconds))) {}
FileTime::FileTime(const char *text) : matcher_(matcher_of(std::string(text == nullptr ? "" : text))) {}

FileProtection::FileProtection(int bits) : matcher_(matcher_of(text_of_protection(bits))) {}

FileState::FileState(FileMock &mock) : MockWords(mock), mock_(&mock) {}
FileStep::FileStep(FileMock &mock) : MockWords(mock), mock_(&mock) {}
FileError::FileError(FileMock &mock) : MockWords(mock), mock_(&mock) {}
FilePassThrough::FilePassThrough(FileMock &mock) : MockWords(mock) {}

FileState &FileState::attribute(std::string_view name, std::string_view value) {
  const std::string real = mock_->files().real(plugin::file_name(mock_->path()));
  const auto file = file_node_at(real.c_str(), AT_SYMLINK_NOFOLLOW);
  if (!file || mock_->files().attributes().set(*file, name, value.data(), value.size(), 0) != 0)
    refuse(plugin::literal(mock_->path()) + " cannot have the attribute " + plugin::literal(std::string(name)) + ": " +
               std::generic_category().message(errno),
           mock_->place());
  return *this;
}

FileStep &FileStep::at_most(std::size_t bytes) {
  check_moves_bytes(mock_->operation(), ".at_most", mock_->place());
  if (bytes == 0)
    refuse("a call that moves nothing is at the end of its file, or fails: use mock_error", mock_->place());
  mock_->at_most = bytes;
  return *this;
}

FileStep &FileStep::says(std::uint64_t available, std::uint64_t capacity) {
  mock_->space = Space{capacity, available};
  return *this;
}

FileError &FileError::after(std::size_t bytes) {
  check_moves_bytes(mock_->operation(), ".after", mock_->place());
  mock_->after = bytes;
  return *this;
}

FileState &FileIo::mock_file(std::string_view path, std::string_view content, Place place) const {
  FileState &state = mock_file(path, place);
  put(path, place, [&](Files &files) { files.put_file(plugin::file_name(path), content); });
  return state;
}

FileState &FileIo::mock_file(std::string_view path, Place place) const {
  check_path(path, place);
  FileMock &mock = added_with_made(FileMock::Kind::file, "", FileName(path), place);
  mock.files().stated(plugin::file_name(path), mock);
  ::unlink(mock.files().real(plugin::file_name(path)).c_str());
  return mock.state;
}

FileState &FileIo::mock_directory(std::string_view path, std::initializer_list<std::string_view> entries,
                                  Place place) const {
  check_path(path, place);
  for (const std::string_view entry : entries)
    if (entry.empty() || entry.front() == '/' || entry.find('\0') != std::string_view::npos)
      refuse("no entry of a folder is named " + plugin::literal(entry), place);
  FileMock &mock = added_with_made(FileMock::Kind::folder, "", FileName(path), place);
  put(path, place, [&](Files &files) {
    const std::string folder = plugin::file_name(without_end(path));
    files.put_folder(folder);
    files.stated(folder, mock);
    for (const std::string_view entry : entries) {
      const std::string name = plugin::file_name(folder + "/" + without_end(entry));
      mock.entries.push_back(name);
      if (entry.back() == '/')
        files.put_folder(name);
      else if (!files.is_stated(name))
        files.put_file(name, "");
    }
  });
  return mock.state;
}

FileState &FileIo::mock_symlink(std::string_view path, std::string_view target, Place place) const {
  check_path(target, place);
  FileState &state = mock_file(path, place);
  put(path, place, [&](Files &files) { files.put_link(plugin::file_name(path), std::string(target)); });
  return state;
}

FileStep &FileIo::mock_space(const FileName &path, std::uint64_t available, std::uint64_t capacity, Place place) const {
  FileStep &step = mock_operation("space", path, place);
  step.says(available, std::max(available, capacity));
  return step;
}

FileStep &FileIo::mock_operation(std::string_view operation, const FileName &path, Place place) const {
  check_operation(operation, place);
  FileMock &mock = added_with_made(FileMock::Kind::step, operation, path, place);
  mock.files().add_step(mock);
  return mock.step;
}

FileError &FileIo::mock_error(std::string_view operation, const FileName &path, int error, Place place) const {
  check_operation(operation, place);
  if (error <= 0)
    refuse("a call fails with an errno, such as ENOSPC, not with " + std::to_string(error), place);
  FileMock &mock = added(FileMock::Kind::error, operation, path, place);
  mock.error = error;
  mock.files().add_step(mock);
  return mock.failure;
}

FilePassThrough &FileIo::pass_through(std::string_view glob, Place place) const {
  check_path(glob, place);
  return added(FileMock::Kind::real, "", FileName(plugin::is_file_like(glob, file_io_plugin(), place)), place)
      .pass_through;
}

std::string FileIo::written(std::string_view path, Place place) const {
  check_path(path, place);
  std::ifstream file(files_of_test()->real(plugin::file_name(path)), std::ios::binary);
  if (!file)
    refuse("the test has no file " + plugin::literal(path), place);
  return {std::istreambuf_iterator<char>(file), {}};
}

void FileIo::assert_open(const FileName &path, const FileFlags &flags, Place place) const {
  about("open", path, place).field("flags", flags.matcher()).check();
}

void FileIo::assert_open(const FileName &path, const FileFlags &flags, const FileMode &mode, Place place) const {
  about("open", path, place).field("flags", flags.matcher()).field("mode", mode.matcher()).check();
}

void FileIo::assert_read(const FileName &path, const FileText &data, Place place) const {
  about("read", path, place).field("data", data.matcher()).check();
}

void FileIo::assert_write(const FileName &path, const FileText &data, Place place) const {
  about("write", path, place).field("data", data.matcher()).check();
}

void FileIo::assert_close(const FileName &path, Place place) const { about("close", path, place).check(); }
void FileIo::assert_sync(const FileName &path, Place place) const { about("sync", path, place).check(); }

void FileIo::assert_truncate(const FileName &path, std::uint64_t size, Place place) const {
  about("truncate", path, place).field("size", matcher_of(std::to_string(size))).check();
}

void FileIo::assert_stat(const FileName &path, Place place) const { about("stat", path, place).check(); }

void FileIo::assert_access(const FileName &path, int mode, Place place) const {
  about("access", path, place).field("mode", matcher_of(text_of_access(mode))).check();
}

void FileIo::assert_unlink(const FileName &path, Place place) const { about("unlink", path, place).check(); }

void FileIo::assert_rename(const FileName &src, const FileName &dst, Place place) const {
  about("rename", place).field("src", src.matcher()).field("dst", dst.matcher()).check();
}

void FileIo::assert_rename(const FileName &src, const FileName &dst, const FileText &flags, Place place) const {
  about("rename", place)
      .field("src", src.matcher())
      .field("dst", dst.matcher())
      .field("flags", flags.matcher())
      .check();
}

void FileIo::assert_link(const FileName &src, const FileName &dst, Place place) const {
  about("link", place).field("src", src.matcher()).field("dst", dst.matcher()).check();
}

void FileIo::assert_copy(const FileName &src, const FileName &dst, Place place) const {
  about("copy", place).field("src", src.matcher()).field("dst", dst.matcher()).check();
}

void FileIo::assert_mkdir(const FileName &path, const FileMode &mode, Place place) const {
  about("mkdir", path, place).field("mode", mode.matcher()).check();
}

void FileIo::assert_symlink(const FileName &path, const FileText &target, Place place) const {
  about("symlink", path, place).field("data", target.matcher()).check();
}

void FileIo::assert_readlink(const FileName &path, const FileText &target, Place place) const {
  about("readlink", path, place).field("data", target.matcher()).check();
}

void FileIo::assert_realpath(const FileName &path, Place place) const { about("realpath", path, place).check(); }
void FileIo::assert_chdir(const FileName &path, Place place) const { about("chdir", path, place).check(); }
void FileIo::assert_space(const FileName &path, Place place) const { about("space", path, place).check(); }

void FileIo::assert_chmod(const FileName &path, const FileMode &mode, Place place) const {
  about("chmod", path, place).field("mode", mode.matcher()).check();
}

void FileIo::assert_getxattr(const FileName &path, const FileText &name, Place place) const {
  about("getxattr", path, place).field("name", name.matcher()).check();
}

void FileIo::assert_getxattr(const FileName &path, const FileText &name, const FileText &value, Place place) const {
  about("getxattr", path, place).field("name", name.matcher()).field("data", value.matcher()).check();
}

void FileIo::assert_setxattr(const FileName &path, const FileText &name, const FileText &value, Place place) const {
  about("setxattr", path, place).field("name", name.matcher()).field("data", value.matcher()).check();
}

void FileIo::assert_setxattr(const FileName &path, const FileText &name, const FileText &value, const FileText &flags,
                             Place place) const {
  about("setxattr", path, place)
      .field("name", name.matcher())
      .field("data", value.matcher())
      .field("flags", flags.matcher())
      .check();
}

void FileIo::assert_listxattr(const FileName &path, Place place) const { about("listxattr", path, place).check(); }

void FileIo::assert_removexattr(const FileName &path, const FileText &name, Place place) const {
  about("removexattr", path, place).field("name", name.matcher()).check();
}

void FileIo::assert_chown(const FileName &path, std::int64_t owner, std::int64_t group, Place place) const {
  about("chown", path, place)
      .field("owner", matcher_of(std::to_string(owner)))
      .field("group", matcher_of(std::to_string(group)))
      .check();
}

void FileIo::assert_utime(const FileName &path, const FileTime &modified, Place place) const {
  about("utime", path, place).field("modified", modified.matcher()).check();
}

void FileIo::assert_utime(const FileName &path, const FileTime &modified, const FileTime &accessed, Place place) const {
  about("utime", path, place).field("modified", modified.matcher()).field("accessed", accessed.matcher()).check();
}

void FileIo::assert_allocate(const FileName &path, std::uint64_t size, Place place) const {
  about("allocate", path, place).field("size", matcher_of(std::to_string(size))).check();
}

void FileIo::assert_allocate(const FileName &path, std::uint64_t size, const FileText &flags, Place place) const {
  about("allocate", path, place)
      .field("size", matcher_of(std::to_string(size)))
      .field("flags", flags.matcher())
      .check();
}

void FileIo::assert_map(const FileName &path, std::uint64_t size, const FileProtection &protection, Place place) const {
  about("map", path, place).field("size", matcher_of(std::to_string(size))).field("mode", protection.matcher()).check();
}

void FileIo::assert_mknod(const FileName &path, const FileMode &mode, Place place) const {
  about("mknod", path, place).field("mode", mode.matcher()).check();
}

void FileIo::assert_rmdir(const FileName &path, Place place) const { about("rmdir", path, place).check(); }
void FileIo::assert_list(const FileName &path, Place place) const { about("list", path, place).check(); }

void FileIo::assert_failed(std::string_view operation, const FileName &path, int error, Place place) const {
  check_operation(operation, place);
  OpenFiles::all().end_all_of(*files_of_test());
  plugin::Assertion(file_io_plugin(), "tripwire::file_io.assert_failed(...)", place)
      .field("operation", matcher_of(operation))
      .field(file_operation(operation)->has_two_names ? "src" : "path", path.matcher())
      .field("raised", matcher_of(plugin::name_of_errno(error)))
      .check();
}

} // namespace tripwire::plugins
