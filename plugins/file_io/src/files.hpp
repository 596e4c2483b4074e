// mock_file(...), and what the program makes --(Files)--> the files of one test
#ifndef TRIPWIRE_PLUGINS_FILE_IO_FILES_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_FILES_HPP

#include "scratch.hpp"

#include <tripwire/plugin.hpp>

#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tripwire::plugins {

class FileMock;

/// Names are absolute, in their one spelling (`plugin::file_name`). Thread-safe.
class Files {
public:
  /// The real file that stands for \p name. The folders above it are made.
  std::string real(const std::string &name);
  /// Whether what is open there is, or was, one of these files. Keeps errno.
  bool holds(int descriptor) const;
  /// A forked child works on the files of its parent's test.
  bool are_of_parent() const noexcept;

  void put_file(const std::string &name, std::string_view content);
  void put_folder(const std::string &name);

  /// The program has made it, by itself or by giving it that name.
  void made(const std::string &name);
  bool is_made(const std::string &name) const;
  /// True once: somebody has to see to what the program makes.
  bool is_first_to_make() noexcept { return !has_maker_.exchange(true); }

  /// The test says what is there. What \p mock takes the place of holds no more.
  void stated(const std::string &name, FileMock &mock);
  bool is_stated(const std::string &name) const;
  /// A step that the test waits for has found what it states of that file: the statement was of use.
  void was_of_use(const std::string &name);

  /// A mock that speaks of single calls: it goes before those that state files.
  void add_step(const FileMock &mock);
  /// The first of them that answers the call and is not used up; null when there is none.
  const FileMock *step_for(const plugin::Description &call) const;
  /// How many bytes a call may move until one of them is to fail.
  std::size_t room_for(const plugin::Description &call) const;

private:
  const ScratchFolder &scratch();

  std::optional<ScratchFolder> scratch_; ///< made when the first file is
  const pid_t process_ = ::getpid();
  mutable std::mutex mutex_;
  std::set<std::string> made_;
  std::atomic<bool> has_maker_{false};
  std::map<std::string, FileMock *> stated_;
  std::vector<const FileMock *> steps_;
};

} // namespace tripwire::plugins

#endif
