// the words of a test --(FileMock)--> which calls it answers
#ifndef TRIPWIRE_PLUGINS_FILE_IO_MOCK_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_MOCK_HPP

#include "files.hpp"

#include <tripwire/plugins/file_io.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripwire::plugins {

/// How much room the test says there is.
struct Space {
  static constexpr unsigned block = 4096;
  std::uint64_t capacity;
  std::uint64_t available;
};

/// One registered answer. Also holds the words by which a test goes on telling it.
class FileMock final : public plugin::Mock {
public:
  enum class Kind : unsigned char {
    file,   ///< what the test says of a file
    folder, ///< of a folder and its entries
    made,   ///< what the program has made
    step,   ///< one call that the test waits for
    error,  ///< ... and that fails
    real,
  };
  FileMock(Kind kind, std::string operation, std::optional<FileName> path, std::shared_ptr<Files> files);

  bool matches(const plugin::Description &call) const override;
  std::string key() const override { return key_; }
  std::string describe() const override;
  std::vector<plugin::Difference> compare(const plugin::Description &call) const override;
  bool passes_through() const noexcept override { return kind_ == Kind::real; }

  /// Whether it speaks of that call, whatever others say of it.
  bool answers(const plugin::Description &call) const;
  const std::string &operation() const noexcept { return operation_; }
  /// The one that the test names; empty where it names several.
  const std::string &path() const noexcept { return path_->text(); }
  /// How many bytes the call may move until it is to fail.
  std::size_t room_for(const plugin::Description &call) const;
  Files &files() const noexcept { return *files_; }
  const std::shared_ptr<Files> &shared_files() const noexcept { return files_; }

  std::vector<std::string> entries;       ///< of a folder, names
  int error = 0;                          ///< by which the call fails
  std::optional<std::size_t> after;       ///< so many bytes it fails
  std::optional<std::size_t> at_most;     ///< so many bytes are moved
  std::optional<Space> space;             ///< of the file system that the file is in
  std::atomic<bool> is_superseded{false}; ///< the test has said anew what is there

  FileState state{*this};
  FileStep step{*this};
  FileError failure{*this};
  FilePassThrough pass_through{*this};

private:
  bool is_about(const plugin::Description &call) const;
  bool has_come_so_far(const plugin::Description &call) const;

  Kind kind_;
  std::string operation_;
  std::optional<FileName> path_;
  std::shared_ptr<Files> files_;
  std::string key_;
};

/// What may be done to files.
struct Operation {
  const char *name;
  enum class Kind : unsigned char {
    state, ///< looks at a file, or changes what it holds or says of itself: it needs a file that is stated
    name,  ///< makes names, or takes them away: the test waits for each
  } kind;
  bool has_two_names = false;
};
const std::vector<Operation> &file_operations();
/// Null when there is none of that name.
const Operation *file_operation(std::string_view name);

} // namespace tripwire::plugins

#endif
