// the steps that the seams of files share
#ifndef TRIPWIRE_PLUGINS_FILE_IO_CALLS_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_CALLS_HPP

#include "mock.hpp"
#include "names.hpp"
#include "open_file.hpp"

#include <tripwire/plugin.hpp>

#include <fcntl.h>

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

/// Which seams one file serves, and by what.
using Seams = std::vector<std::pair<const char *, void (*)(plugin::Visit &)>>;

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
/// What the program knows an open folder or file by; nothing when it has no name.
std::optional<std::string> name_of_open(int descriptor);

/// The folder that the process works in, where it is one of the test's.
std::optional<std::string> name_of_current_folder();

/// Which arguments of a call name a file: a path, and where there is one, the descriptor of the folder it is below.
template <std::size_t path_index> struct Path {
  static std::optional<std::string> of(const plugin::Visit &visit) {
    return name_at(AT_FDCWD, argument<const char *>(visit, path_index));
  }
};
template <std::size_t folder_index, std::size_t path_index> struct PathAt {
  static std::optional<std::string> of(const plugin::Visit &visit) {
    return name_at(argument<int>(visit, folder_index), argument<const char *>(visit, path_index));
  }
};

/// The real file that stands for what the program calls \p path.
std::string real_file(Files &files, const std::string &path);

/// The opening behind a descriptor, where the test has a say in what becomes of it; null where the call is to be passed
/// on.
std::shared_ptr<OpenFile> watched_file(plugin::Visit &visit, int descriptor);

/// What an interaction says besides its operation and path.
struct Fact {
  const char *name;
  std::string text;
  plugin::Need need = plugin::Need::required;
};
using Facts = std::vector<Fact>;

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

/// From now on what the file holds, and where the stream stands, say what the stream over it has moved.
void watch_content(OpenFile &file, int descriptor);
/// Whether the program cannot see the descriptor of a stream.
enum class Hidden : unsigned char { no, yes };
/// Has the descriptor of a stream refuse what the test says will fail; or take it again. Keeps errno.
void arm(OpenFile &file, int descriptor, Hidden hidden);
/// The interaction that a stream leaves whose descriptor refused. \return the error that the test wants.
int present_refused(plugin::Visit &visit, OpenFile &file);
/// The interactions of what the stream has written since. \p error is that of its last flush; 0 for none. \return the
/// error by which the stream fails; 0 for none.
int present_written(plugin::Visit &visit, OpenFile &file, int descriptor, int error);

/// How a stream stands that is to be closed.
struct Standing {
  off_t position = -1;     ///< -1 where that is not known
  bool has_failed = false; ///< so that it says so
  int error = 0;           ///< of its last flush; 0 for none
};
/// The interactions that closing a stream leaves: what was moved, and that it is closed. \return the error by which
/// closing fails; 0 for none.
int present_closing(plugin::Visit &visit, OpenFile &file, int descriptor, const Standing &stands);

/// What there has to be for a call. Where the test waits for the call and has not said what is there, there is that.
enum class Thing : unsigned char { whatever, file, folder };
/// The real file that stands for what the program calls \p path, which the call needs.
std::string real_for(Files &files, const std::string &path, Thing thing);

/// A call about one file: \p make gets the test's files and the real file that stands for \p path.
template <class R, class Make>
Made<R> about_file(plugin::Visit &visit, const char *operation, const std::string &path, Reach reach, R failure,
                   const Facts &facts, Thing thing, Make make) {
  return perform(visit, describe(operation, path, reach), failure, facts,
                 [&](FileMock &mock) { return make(mock.files(), real_for(mock.files(), path, thing)); });
}

/// A call about an open file that moves nothing through it; \p make gets its descriptor. \return nothing where the call
/// is passed on, or has failed already.
template <class R, class Make>
std::optional<Made<R>> about_open_file(plugin::Visit &visit, std::size_t index, const char *operation, Reach reach,
                                       R failure, const Facts &facts, Make make) {
  const int descriptor = argument<int>(visit, index);
  const std::shared_ptr<OpenFile> file = watched_file(visit, descriptor);
  if (file == nullptr) {
    visit.pass_on();
    return std::nullopt;
  }
  file->ends();
  // What a stream has flushed was written in front of this call.
  if (const int error = present_written(visit, *file, descriptor, 0); error != 0) {
    visit.answer<R>(failure);
    errno = error;
    return std::nullopt;
  }
  return perform(visit, describe(operation, *file, reach), failure, facts,
                 [&](FileMock &) { return make(descriptor); });
}

/// Files that were made get a name: what the program makes, it may use.
int made_if_well(Files &files, const std::string &path, int result);

// The seams, by what they are about.
const Seams &open_seams();
const Seams &transfer_seams();
const Seams &open_file_seams();
const Seams &name_seams();
const Seams &link_seams();
const Seams &attribute_seams();
const Seams &extended_attribute_seams();
const Seams &folder_seams();
const Seams &search_seams();
const Seams &traversal_seams();
const Seams &temporary_seams();
const Seams &stream_seams();
const Seams &file_stream_seams();
const Seams &filesystem_seams();
const Seams &filesystem_name_seams();

} // namespace tripwire::plugins::calls

#endif
