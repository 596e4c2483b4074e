// mock_file(...), and what the program makes --(Files)--> the files of one test
#ifndef TRIPWIRE_PLUGINS_FILE_IO_FILES_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_FILES_HPP

#include "attributes.hpp"
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
  Files() = default;
  Files(const Files &) = delete;
  Files &operator=(const Files &) = delete;
  ~Files() { come_back(); }

  /// The real file that stands for \p name. The folders above it are made.
  std::string real(const std::string &name);
  /// What the program calls a real file of this folder; nothing for one that is elsewhere. Of \p real, which may have
  /// links in it, the folder's own part is left out, and no more.
  std::optional<std::string> name_of(const std::string &real) const;
  /// Whether what is open there is, or was, one of these files. Keeps errno.
  bool holds(int descriptor) const;
  /// A forked child works on the files of its parent's test.
  bool are_of_parent() const noexcept;

  void put_file(const std::string &name, std::string_view content);
  void put_folder(const std::string &name);
  /// A symbolic link that holds \p target.
  void put_link(const std::string &name, const std::string &target);
  /// What a link to \p target has to hold, so that one to an absolute name stays among these files; and back.
  std::string real_target(const std::string &target);
  std::string said_target(const std::string &real) const;

  /// Those of all of these files.
  FileAttributes &attributes() noexcept { return attributes_; }

  /// The process works in that folder, until it comes back.
  int enter(const std::string &real);
  void come_back();

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
  /// The folder, if there is one yet; else empty.
  std::string root() const;

  std::optional<ScratchFolder> scratch_; ///< made when the first file is
  const pid_t process_ = ::getpid();
  mutable std::mutex mutex_;
  std::set<std::string> made_;
  std::atomic<bool> has_maker_{false};
  std::map<std::string, FileMock *> stated_;
  std::vector<const FileMock *> steps_;
  FileAttributes attributes_;
  int home_ = -1; ///< the folder that the process worked in before; -1 when it still does
};

} // namespace tripwire::plugins

#endif
