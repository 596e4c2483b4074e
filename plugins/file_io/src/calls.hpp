// the steps that the seams of files share
#ifndef TRIPWIRE_PLUGINS_FILE_IO_CALLS_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_CALLS_HPP

#include "mock.hpp"
#include "names.hpp"
#include "open_file.hpp"

#include <tripwire/plugin.hpp>

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tripwire::plugins::calls {

/// Argument \p index, of which the manifest says that it is a \p T.
template <class T> T argument(const plugin::Visit &visit, std::size_t index) {
  T value{};
  std::memcpy(&value, visit.argument(index).address, sizeof value);
  return value;
}

/// What a rule speaks of when it names the mode of a call.
enum class Reach : unsigned char { read, write };

/// The operation on one file.
plugin::Description describe(const std::string &operation, const std::string &path, Reach reach);
/// The operation that takes one name to another.
plugin::Description describe(const std::string &operation, const std::string &src, const std::string &dst);
/// The operation on an open file.
plugin::Description describe(const std::string &operation, const OpenFile &file, Reach reach);

/// The name that a call means, by a folder's descriptor or `AT_FDCWD`. Nothing when there is none, as for `""`: the
/// real call says what is wrong with it.
std::optional<std::string> name_at(int folder, const char *path);

/// The real file that stands for what the program calls \p path.
std::string real_file(Files &files, const std::string &path);

/// The opening behind a descriptor, where the test has a say in what becomes of it; null where the call is to be passed
/// on.
std::shared_ptr<OpenFile> watched_file(plugin::Visit &visit, int descriptor);

/// What an interaction says besides its operation and path: names and texts.
using Facts = std::vector<std::pair<const char *, std::string>>;

/// What is known only behind the call. Of one that has failed an assertion need not name the facts.
void record(const plugin::Recorded &recorded, const Facts &facts, int error);

template <class R> struct Made {
  plugin::Decision decision;
  R result{};
  int error = 0; ///< 0 when the call went well
};

/// Puts a call before the core, and makes it: for real; failing, as the test says; or by \p make, which gets the mock
/// and sets errno where it gives \p failure. The result is the call's, as is errno.
template <class R, class Make>
Made<R> perform(plugin::Visit &visit, plugin::Description call, R failure, const Facts &facts, Make make) {
  const int entry = errno;
  Made<R> made;
  made.decision = visit.present(std::move(call));
  errno = entry;
  if (made.decision.real()) {
    visit.make_real();
    made.result = visit.result<R>();
  } else {
    auto &mock = *made.decision.template as<FileMock>();
    made.result = failure;
    if (mock.error != 0)
      errno = mock.error;
    else
      made.result = make(mock);
    visit.answer<R>(made.result);
  }
  made.error = made.result == failure ? errno : 0;
  record(made.decision.recorded, facts, made.error);
  errno = made.error == 0 ? entry : made.error;
  return made;
}

/// From now on the plugin knows what is open there. Nothing happens where a rule let the call through: then the
/// descriptor is the program's own.
std::shared_ptr<OpenFile> keep(const plugin::Decision &decision, int descriptor, const std::string &path, int flags);

/// What the file holds now; empty when it is none that can be read. Keeps errno.
std::string content_of(int descriptor);

/// From now on what the file holds says what the stream over it has written.
void watch_content(OpenFile &file, int descriptor);
/// The interactions that closing a stream leaves: what was written, and that it is closed. \p error is that of its last
/// flush, 0 for none. \return the error by which closing fails; 0 for none.
int present_closing(plugin::Visit &visit, OpenFile &file, int descriptor, int error);

/// The real file of a call that takes a name away, or changes what is there. Where the test waits for the call and has
/// not said what is there, there is what the call needs.
enum class Thing : unsigned char { file, folder };
std::string real_for_taking(Files &files, const std::string &path, Thing thing);

// The seams, by what they are about.
void watch_opening(plugin::Visit &visit, int folder, const char *path, int flags, std::size_t mode_index);
void watch_closing(plugin::Visit &visit);
void watch_read(plugin::Visit &visit);
void watch_write(plugin::Visit &visit);
void watch_readv(plugin::Visit &visit);
void watch_writev(plugin::Visit &visit);
void watch_pread(plugin::Visit &visit);
void watch_pwrite(plugin::Visit &visit);
void watch_sync(plugin::Visit &visit);
void watch_ftruncate(plugin::Visit &visit);

void watch_truncate(plugin::Visit &visit);
void watch_looking(plugin::Visit &visit, int folder, const char *path, struct stat *into, int flags);
void watch_access(plugin::Visit &visit, int folder, const char *path, int mode, int flags);
void watch_unlinking(plugin::Visit &visit, int folder, const char *path, bool is_folder);
void watch_remove(plugin::Visit &visit);
void watch_renaming(plugin::Visit &visit, int src_folder, const char *src, int dst_folder, const char *dst);
void watch_making_folder(plugin::Visit &visit, int folder, const char *path, mode_t mode);
void watch_opendir(plugin::Visit &visit);

void watch_fopen(plugin::Visit &visit);
void watch_freopen(plugin::Visit &visit);
void watch_fdopen(plugin::Visit &visit);
void watch_fclose(plugin::Visit &visit);
/// The functions of <filesystem>.
const std::vector<std::pair<const char *, void (*)(plugin::Visit &)>> &filesystem_seams();
/// What a `FileStream` calls: opening with a path, closing without.
void watch_file_stream(plugin::Visit &visit);

} // namespace tripwire::plugins::calls

#endif
