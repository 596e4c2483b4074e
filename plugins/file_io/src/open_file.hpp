// descriptors --(OpenFiles)--> the files that the program has opened through the plugin
#ifndef TRIPWIRE_PLUGINS_FILE_IO_OPEN_FILE_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_OPEN_FILE_HPP

#include "files.hpp"

#include <tripwire/plugin.hpp>

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace tripwire::plugins {

/// What the descriptor of a stream refuses to do.
enum class Refuses : unsigned char { nothing, reading, writing };

/// One opening of one file. Descriptors that were made of another one (`dup`, `fork`) are the same opening.
class OpenFile {
public:
  OpenFile(std::string named, int opened_with, std::weak_ptr<Files> of)
      : path(std::move(named)), flags(opened_with), files(std::move(of)) {}

  const std::string path;           ///< as the program named it
  const int flags;                  ///< of `open`
  const std::weak_ptr<Files> files; ///< of the test that opened it

  /// How many bytes were moved through it.
  std::size_t moved(bool is_read) const noexcept { return is_read ? read_ : written_; }

  /// Calls of one direction that follow each other are one interaction. Whether there is one to go on with; if so, it
  /// has these bytes, too.
  bool goes_on(bool is_read, std::string_view data);
  /// The next interaction of its direction; it gets its data when it ends.
  void begins(bool is_read, plugin::Recorded recorded, std::string_view data);
  /// Another call stands behind it, or the sandbox is closed.
  void ends();
  void add(bool is_read, std::size_t bytes) noexcept { (is_read ? read_ : written_) += bytes; }

  /// A stream moves bytes past the plugin. All that is guarded by whoever uses the stream.
  bool is_stream = false;
  bool is_hidden = false;             ///< its descriptor is: it is one of <fstream>
  bool has_written = false;           ///< since then
  bool has_told = false;              ///< that its descriptor has refused
  std::string before;                 ///< what the file held, of one that writes
  off_t start = 0;                    ///< where it stood when it was opened
  Refuses refuses = Refuses::nothing; ///< what its descriptor cannot do, since the test wants it to fail

private:
  std::mutex mutex_;
  plugin::Recorded recorded_; ///< of the interaction that goes on, none
  bool is_read_ = false;
  std::string data_;
  pid_t process_ = 0; ///< a forked child has interactions of its own
  std::atomic<std::size_t> read_{0};
  std::atomic<std::size_t> written_{0};
};

/// The opening that a call is about, of those that move data; else null.
const OpenFile *open_file_of(const plugin::Description &call);

/// All openings of the process. A descriptor is known by the file behind it, so that one whose number was given to
/// another file by code that is not rewritten is not taken for it. Thread-safe, never destroyed; keeps errno.
class OpenFiles {
public:
  static OpenFiles &all();

  void opened(int descriptor, std::shared_ptr<OpenFile> file);
  /// Null for what was not opened through the plugin, or by a test that has ended.
  std::shared_ptr<OpenFile> of(int descriptor);
  void closed(int descriptor);
  /// No interaction of that test goes on.
  void end_all_of(const Files &files);
  /// Forgets what tests have left that have ended.
  void sweep();

private:
  using Identity = std::pair<dev_t, ino_t>;
  struct Known {
    Identity identity;
    std::shared_ptr<OpenFile> file;
  };
  static bool identify(int descriptor, Identity &identity);

  std::mutex mutex_;
  std::map<int, Known> descriptors_;
  std::map<Identity, std::shared_ptr<OpenFile>> files_; ///< of the test's files, the last opening
};

} // namespace tripwire::plugins

#endif
