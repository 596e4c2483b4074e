// types of <fstream> and <filesystem> --(type seams)--> types that open and close before the eyes of a test
//
// Included in front of production code, so it includes nothing of tripwire's, and is C++14.
#ifndef TRIPWIRE_PLUGINS_FILE_IO_TYPES_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_TYPES_HPP

// Warnings of the project's are about the project.
#pragma GCC system_header

#include <fstream>
#include <memory>
#include <string>
#if __cplusplus >= 201703L
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>
#endif

namespace tripwire {
namespace plugins {

/// How a stream opens unless it is told.
template <class Stream> struct FirstMode;
template <> struct FirstMode<std::ifstream> { static constexpr std::ios_base::openmode value = std::ios_base::in; };
template <> struct FirstMode<std::ofstream> { static constexpr std::ios_base::openmode value = std::ios_base::out; };
template <> struct FirstMode<std::fstream> {
  static constexpr std::ios_base::openmode value = std::ios_base::in | std::ios_base::out;
};

/// Takes the place of \p Stream, and passes wherever a library takes one. What a test refuses, opening throws; closing
/// fails then. A library that closes it leaves the closing to be told by the destructor.
template <class Stream> class FileStream : public Stream {
public:
  using Mode = std::ios_base::openmode;

  FileStream();
  explicit FileStream(const char *path, Mode mode = FirstMode<Stream>::value);
  explicit FileStream(const std::string &path, Mode mode = FirstMode<Stream>::value);
  FileStream(FileStream &&other);
  FileStream &operator=(FileStream &&other);
  ~FileStream() override;

  void open(const char *path, Mode mode = FirstMode<Stream>::value);
  void open(const std::string &path, Mode mode = FirstMode<Stream>::value);
#if __cplusplus >= 201703L
  explicit FileStream(const std::filesystem::path &path, Mode mode = FirstMode<Stream>::value);
  void open(const std::filesystem::path &path, Mode mode = FirstMode<Stream>::value);
#endif
  void close();
  void swap(FileStream &other);

private:
  void open_from(const void *site, const char *path, Mode mode);
  void close_from(const void *site);

  std::shared_ptr<void> file_; ///< what the plugin knows of it; null of what it does not own
};

template <class Stream> void swap(FileStream<Stream> &one, FileStream<Stream> &other) { one.swap(other); }

extern template class FileStream<std::ifstream>;
extern template class FileStream<std::ofstream>;
extern template class FileStream<std::fstream>;

#if __cplusplus >= 201703L

/// What a folder holds. What it is asked about itself belongs to the listing, and leaves no interaction: that is
/// answered in the plugin's library, where no seam is reached.
class FolderEntry {
public:
  FolderEntry() = default;
  FolderEntry(std::filesystem::path path, std::filesystem::directory_entry real)
      : path_(std::move(path)), real_(std::move(real)) {}

  const std::filesystem::path &path() const noexcept { return path_; }
  operator const std::filesystem::path &() const noexcept { return path_; }

  bool exists() const;
  bool exists(std::error_code &code) const;
  bool is_block_file() const;
  bool is_block_file(std::error_code &code) const;
  bool is_character_file() const;
  bool is_character_file(std::error_code &code) const;
  bool is_directory() const;
  bool is_directory(std::error_code &code) const;
  bool is_fifo() const;
  bool is_fifo(std::error_code &code) const;
  bool is_other() const;
  bool is_other(std::error_code &code) const;
  bool is_regular_file() const;
  bool is_regular_file(std::error_code &code) const;
  bool is_socket() const;
  bool is_socket(std::error_code &code) const;
  bool is_symlink() const;
  bool is_symlink(std::error_code &code) const;
  std::uintmax_t file_size() const;
  std::uintmax_t file_size(std::error_code &code) const;
  std::uintmax_t hard_link_count() const;
  std::uintmax_t hard_link_count(std::error_code &code) const;
  std::filesystem::file_time_type last_write_time() const;
  std::filesystem::file_time_type last_write_time(std::error_code &code) const;
  std::filesystem::file_status status() const;
  std::filesystem::file_status status(std::error_code &code) const;
  std::filesystem::file_status symlink_status() const;
  std::filesystem::file_status symlink_status(std::error_code &code) const;
  void refresh();
  void refresh(std::error_code &code);

  friend bool operator==(const FolderEntry &one, const FolderEntry &other) { return one.path_ == other.path_; }
  friend bool operator!=(const FolderEntry &one, const FolderEntry &other) { return one.path_ != other.path_; }
  friend bool operator<(const FolderEntry &one, const FolderEntry &other) { return one.path_ < other.path_; }

private:
  std::filesystem::path path_;
  std::filesystem::directory_entry real_;
};

/// Takes the place of `directory_iterator` and `recursive_directory_iterator`. Copies go on together, as theirs do.
template <class Iterator> class FolderIterator {
public:
  using iterator_category = std::input_iterator_tag;
  using value_type = FolderEntry;
  using difference_type = std::ptrdiff_t;
  using pointer = const FolderEntry *;
  using reference = const FolderEntry &;
  using Options = std::filesystem::directory_options;

  FolderIterator() noexcept = default;
  explicit FolderIterator(const std::filesystem::path &path, Options options = Options::none);
  FolderIterator(const std::filesystem::path &path, std::error_code &code);
  FolderIterator(const std::filesystem::path &path, Options options, std::error_code &code);

  reference operator*() const noexcept { return state_->entry; }
  pointer operator->() const noexcept { return &state_->entry; }
  FolderIterator &operator++() { return ++state_->real, look(), *this; }
  FolderIterator &increment(std::error_code &code) { return state_->real.increment(code), look(), *this; }
  FolderEntry operator++(int) {
    FolderEntry before = state_->entry;
    ++*this;
    return before;
  }
  friend bool operator==(const FolderIterator &one, const FolderIterator &other) noexcept {
    return one.state_ == other.state_;
  }
  friend bool operator!=(const FolderIterator &one, const FolderIterator &other) noexcept { return !(one == other); }
  friend FolderIterator begin(FolderIterator first) noexcept { return first; }
  friend FolderIterator end(const FolderIterator &) noexcept { return FolderIterator(); }

  // Of a recursive one.
  Options options() const { return state_->real.options(); }
  int depth() const { return state_->real.depth(); }
  bool recursion_pending() const { return state_->real.recursion_pending(); }
  void disable_recursion_pending() { state_->real.disable_recursion_pending(); }
  template <class... Code> void pop(Code &...code) {
    state_->real.pop(code...);
    look();
  }

private:
  struct State {
    Iterator real;
    std::filesystem::path path; ///< as the program named it
    std::string root;           ///< where it really is
    FolderEntry entry;
  };
  void open_from(const void *site, const std::filesystem::path &path, Options options, std::error_code *code);
  void look();

  std::shared_ptr<State> state_; ///< null behind the last entry
};

#endif

} // namespace plugins

/// The names by which the seams know them. Tests say `tripwire::file_io` of the words.
struct file_io {
  using ifstream = plugins::FileStream<std::ifstream>;
  using ofstream = plugins::FileStream<std::ofstream>;
  using fstream = plugins::FileStream<std::fstream>;
#if __cplusplus >= 201703L
  using directory_entry = plugins::FolderEntry;
  using directory_iterator = plugins::FolderIterator<std::filesystem::directory_iterator>;
  using recursive_directory_iterator = plugins::FolderIterator<std::filesystem::recursive_directory_iterator>;
#endif
};

} // namespace tripwire

#endif
