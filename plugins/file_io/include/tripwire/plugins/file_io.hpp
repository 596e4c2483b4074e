// tripwire::file_io: which files a test has, and what the program did with them
//
//   tripwire::file_io.mock_file("/etc/garden.conf", "beds=4\n");
//   tripwire::file_io.mock_file("/var/garden/plan");
//   {
//     tripwire::Sandbox sandbox;
//     write_plan();
//   }
//   tripwire::file_io.assert_open("/etc/garden.conf", O_RDONLY);
//   tripwire::file_io.assert_read("/etc/garden.conf", "beds=4\n");
//   tripwire::file_io.assert_close("/etc/garden.conf");
//   tripwire::file_io.assert_open("/var/garden/plan", O_WRONLY | O_CREAT | O_TRUNC, 0644);
//   tripwire::file_io.assert_write("/var/garden/plan", "4 beds\n");
//   tripwire::file_io.assert_close("/var/garden/plan");
#ifndef TRIPWIRE_PLUGINS_FILE_IO_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/place.hpp>
#include <tripwire/plugin.hpp>
#include <tripwire/plugin_mock.hpp>

#include <fcntl.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

namespace tripwire::plugins {

class FileMock;

/// The name of a folder without what asks for one at its end, `/` and `/.`
std::string without_end(std::string_view name);

/// Which file: its name, in any spelling, or a matcher of names. A `/` behind the name of a folder is left out.
class FileName {
public:
  template <class T> FileName(const T &said) { // NOLINT: stands for what is said
    if constexpr (std::is_convertible_v<const T &, std::string_view>) {
      text_ = without_end(said);
      matcher_ = plugin::is_file(text_);
    } else {
      matcher_ = matcher_for<std::string>(said);
    }
  }
  const Matcher &matcher() const noexcept { return matcher_; }
  /// As it was said; empty of a matcher.
  const std::string &text() const noexcept { return text_; }

private:
  Matcher matcher_;
  std::string text_;
};

/// Text, or a matcher of it.
class FileText {
public:
  template <class T> FileText(const T &said) : matcher_(matcher(said)) {} // NOLINT: stands for what is said
  const Matcher &matcher() const noexcept { return matcher_; }

private:
  template <class T> static Matcher matcher(const T &said) {
    if constexpr (std::is_convertible_v<const T &, Matcher>)
      return said;
    else
      return matcher_for<std::string>(said);
  }
  Matcher matcher_;
};

/// How a file was opened: `O_WRONLY | O_CREAT`, the mode of `fopen` (`"w"`), or a matcher of the text that messages
/// show.
class FileFlags {
public:
  FileFlags(int flags);        // NOLINT: stands for what is said
  FileFlags(const char *mode); // NOLINT: stands for what is said
  template <class T, class = std::enable_if_t<std::is_convertible_v<const T &, Matcher>>>
  FileFlags(const T &said) : matcher_(said) {} // NOLINT: stands for what is said
  const Matcher &matcher() const noexcept { return matcher_; }

private:
  Matcher matcher_;
};

/// The bits of a file's mode: `0644`; those that `std::filesystem::permissions` adds or takes away, `"+0100"`,
/// `"-022"`; or a matcher of that text.
class FileMode {
public:
  FileMode(unsigned bits);                                      // NOLINT: stands for what is said
  FileMode(int bits) : FileMode(static_cast<unsigned>(bits)) {} // NOLINT: stands for what is said
  FileMode(const char *change);                                 // NOLINT: stands for what is said
  template <class T, class = std::enable_if_t<std::is_convertible_v<const T &, Matcher>>>
  FileMode(const T &said) : matcher_(said) {} // NOLINT: stands for what is said
  const Matcher &matcher() const noexcept { return matcher_; }

private:
  Matcher matcher_;
};

/// When a file was read or written: seconds since 1970, as a number or with a fraction, `"1700000000.25"`; `"now"`, or
/// `"kept"` for a time that stays; or a matcher of that text.
class FileTime {
public:
  FileTime(std::int64_t seconds);                            // NOLINT: stands for what is said
  FileTime(int seconds) : FileTime(std::int64_t{seconds}) {} // NOLINT: stands for what is said
  FileTime(const char *text);                                // NOLINT: stands for what is said
  template <class T, class = std::enable_if_t<std::is_convertible_v<const T &, Matcher>>>
  FileTime(const T &said) : matcher_(said) {} // NOLINT: stands for what is said
  const Matcher &matcher() const noexcept { return matcher_; }

private:
  Matcher matcher_;
};

/// What a mapping may do: `PROT_READ | PROT_WRITE`, or a matcher of that text.
class FileProtection {
public:
  FileProtection(int bits); // NOLINT: stands for what is said
  template <class T, class = std::enable_if_t<std::is_convertible_v<const T &, Matcher>>>
  FileProtection(const T &said) : matcher_(said) {} // NOLINT: stands for what is said
  const Matcher &matcher() const noexcept { return matcher_; }

private:
  Matcher matcher_;
};

/// A file or a folder that the test states. Every call about it is answered by what is in it then, without end.
class FileState : public plugin::MockWords<FileState> {
public:
  explicit FileState(FileMock &mock);
  /// It has that extended attribute, such as `user.author`. A file that is not there has none: that is a
  /// `ConfigurationError`, as is a name of no attribute.
  FileState &attribute(std::string_view name, std::string_view value);

private:
  FileMock *mock_;
};

/// A call that the test waits for; one unless told.
class FileStep : public plugin::MockWords<FileStep> {
public:
  explicit FileStep(FileMock &mock);
  /// A `read` or `write` moves no more than that many bytes, at least one.
  FileStep &at_most(std::size_t bytes);

private:
  friend class FileIo;
  FileStep &says(std::uint64_t available, std::uint64_t capacity);

  FileMock *mock_;
};

/// A call that fails; one unless told. Nothing has happened then.
class FileError : public plugin::MockWords<FileError> {
public:
  explicit FileError(FileMock &mock);
  /// It is the `read` or `write` behind that many bytes of one opening that fails; one that reaches further moves what
  /// is left of them.
  FileError &after(std::size_t bytes);

private:
  FileMock *mock_;
};

/// Calls that are really made, recorded, and must be asserted.
class FilePassThrough : public plugin::MockWords<FilePassThrough> {
public:
  explicit FilePassThrough(FileMock &mock);
};

/// The plugin's words. Has no state: everything belongs to the current test.
///
/// Operations are named by text, as in `mock_error("write", path, ENOSPC)`: those behind `assert_`.
class FileIo {
public:
  /// The file is there, and holds \p content.
  FileState &mock_file(std::string_view path, std::string_view content, Place place = Place::here()) const;
  /// The file is not there; the program may look for it, and make it.
  FileState &mock_file(std::string_view path, Place place = Place::here()) const;
  /// The folder is there. Of its \p entries, those that end in `/` are folders; the others are empty files, unless the
  /// test says what they hold.
  FileState &mock_directory(std::string_view path, std::initializer_list<std::string_view> entries = {},
                            Place place = Place::here()) const;
  /// A symbolic link to \p target is there, which need not be there itself. An absolute target is one of the test's
  /// files.
  FileState &mock_symlink(std::string_view path, std::string_view target, Place place = Place::here()) const;
  /// The file system that the file is in has so many bytes left, in blocks of 4096; as `mock_operation("space", path)`.
  FileStep &mock_space(const FileName &path, std::uint64_t available, std::uint64_t capacity = 0,
                       Place place = Place::here()) const;
  /// The test waits for the operation, which does to its files what it does to real ones.
  FileStep &mock_operation(std::string_view operation, const FileName &path, Place place = Place::here()) const;
  /// The operation fails with that errno (`EACCES`).
  FileError &mock_error(std::string_view operation, const FileName &path, int error, Place place = Place::here()) const;
  /// Everything about these files is real. \p glob is as in firewall rules: `/tmp/garden/**`.
  FilePassThrough &pass_through(std::string_view glob, Place place = Place::here()) const;

  /// What the file holds now: of the test's files, also after it was renamed to that name. A file that is not there is
  /// a `ConfigurationError`.
  std::string written(std::string_view path, Place place = Place::here()) const;

  /// The file was opened, by whatever function. \p mode has to be said where the call could make the file, but for
  /// `fopen`, which knows none.
  void assert_open(const FileName &path, const FileFlags &flags, Place place = Place::here()) const;
  void assert_open(const FileName &path, const FileFlags &flags, const FileMode &mode,
                   Place place = Place::here()) const;
  /// What calls of the `read` family got, one behind the other, with nothing else on that opening in between.
  void assert_read(const FileName &path, const FileText &data, Place place = Place::here()) const;
  /// What calls of the `write` family wrote, one behind the other; of a stream, what it has made of the file: all of
  /// it, or what was appended.
  void assert_write(const FileName &path, const FileText &data, Place place = Place::here()) const;
  void assert_close(const FileName &path, Place place = Place::here()) const;
  void assert_sync(const FileName &path, Place place = Place::here()) const;
  void assert_truncate(const FileName &path, std::uint64_t size, Place place = Place::here()) const;
  void assert_stat(const FileName &path, Place place = Place::here()) const;
  /// \p mode is `F_OK`, or of `R_OK`, `W_OK` and `X_OK`.
  void assert_access(const FileName &path, int mode, Place place = Place::here()) const;
  /// By `unlink` or `remove`.
  void assert_unlink(const FileName &path, Place place = Place::here()) const;
  /// \p flags, where `renameat2` has some, as text: `"RENAME_NOREPLACE"`.
  void assert_rename(const FileName &src, const FileName &dst, Place place = Place::here()) const;
  void assert_rename(const FileName &src, const FileName &dst, const FileText &flags,
                     Place place = Place::here()) const;
  /// By `std::filesystem::copy`, `copy_file` or `copy_symlink`.
  void assert_copy(const FileName &src, const FileName &dst, Place place = Place::here()) const;
  /// \p dst became another name of \p src.
  void assert_link(const FileName &src, const FileName &dst, Place place = Place::here()) const;
  /// A symbolic link that holds \p target, as the program said it.
  void assert_symlink(const FileName &path, const FileText &target, Place place = Place::here()) const;
  /// What the program read of a symbolic link.
  void assert_readlink(const FileName &path, const FileText &target, Place place = Place::here()) const;
  /// By `realpath`, or `canonical`, `relative` and their kind.
  void assert_realpath(const FileName &path, Place place = Place::here()) const;
  void assert_chmod(const FileName &path, const FileMode &mode, Place place = Place::here()) const;
  /// By their numbers; -1 for one that stays.
  void assert_chown(const FileName &path, std::int64_t owner, std::int64_t group, Place place = Place::here()) const;
  /// An extended attribute was read, with that value; or, without one, its size was asked for.
  void assert_getxattr(const FileName &path, const FileText &name, Place place = Place::here()) const;
  void assert_getxattr(const FileName &path, const FileText &name, const FileText &value,
                       Place place = Place::here()) const;
  /// \p flags, where there are some, as text: `"XATTR_CREATE"`.
  void assert_setxattr(const FileName &path, const FileText &name, const FileText &value,
                       Place place = Place::here()) const;
  void assert_setxattr(const FileName &path, const FileText &name, const FileText &value, const FileText &flags,
                       Place place = Place::here()) const;
  void assert_listxattr(const FileName &path, Place place = Place::here()) const;
  void assert_removexattr(const FileName &path, const FileText &name, Place place = Place::here()) const;
  void assert_utime(const FileName &path, const FileTime &modified, Place place = Place::here()) const;
  void assert_utime(const FileName &path, const FileTime &modified, const FileTime &accessed,
                    Place place = Place::here()) const;
  /// Room was made sure of, up to \p size. \p flags, where `fallocate` has some, as text: `"FALLOC_FL_KEEP_SIZE"`.
  void assert_allocate(const FileName &path, std::uint64_t size, Place place = Place::here()) const;
  void assert_allocate(const FileName &path, std::uint64_t size, const FileText &flags,
                       Place place = Place::here()) const;
  /// An open file was mapped.
  void assert_map(const FileName &path, std::uint64_t size, const FileProtection &protection,
                  Place place = Place::here()) const;
  /// The program asked how much room there is.
  void assert_space(const FileName &path, Place place = Place::here()) const;
  /// The process went to work in that folder.
  void assert_chdir(const FileName &path, Place place = Place::here()) const;
  /// A pipe or device got a name. \p mode says which: `S_IFIFO | 0600`.
  void assert_mknod(const FileName &path, const FileMode &mode, Place place = Place::here()) const;
  void assert_mkdir(const FileName &path, const FileMode &mode, Place place = Place::here()) const;
  void assert_rmdir(const FileName &path, Place place = Place::here()) const;
  /// A folder was opened to be read, by `opendir`, `scandir`, `nftw` or an iterator.
  void assert_list(const FileName &path, Place place = Place::here()) const;
  /// The operation was tried, and failed with that errno. Of a `rename`, `copy` or `link`, \p path is the first name.
  void assert_failed(std::string_view operation, const FileName &path, int error, Place place = Place::here()) const;
};

} // namespace tripwire::plugins

namespace tripwire {

inline constexpr plugins::FileIo file_io{};

} // namespace tripwire

#endif
