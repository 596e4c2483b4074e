// std::ifstream, std::ofstream, std::fstream --(type seams)--> streams that open and close before the eyes of a test
//
// Included in front of production code, so it includes nothing of tripwire's, and is C++14.
#ifndef TRIPWIRE_PLUGINS_FILE_IO_STREAMS_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_STREAMS_HPP

#include <fstream>
#include <memory>
#include <string>
#if __cplusplus >= 201703L
#include <filesystem>
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

} // namespace plugins

/// The names by which the seams know them. Tests say `tripwire::file_io` of the words.
struct file_io {
  using ifstream = plugins::FileStream<std::ifstream>;
  using ofstream = plugins::FileStream<std::ofstream>;
  using fstream = plugins::FileStream<std::fstream>;
};

} // namespace tripwire

#endif
