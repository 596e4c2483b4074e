// a stream of <fstream> that opens or closes --(FileStream)--> a call for the plugin's handlers
#ifndef TRIPWIRE_PLUGINS_FILE_IO_FILE_STREAM_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_FILE_STREAM_HPP

#include "open_file.hpp"

#include <tripwire/plugins/file_io_types.hpp>

#include <fstream>
#include <memory>

namespace tripwire::plugins {

/// What is known of an open stream: it hides its descriptor, so there is another one of its file.
struct StreamFile {
  StreamFile(std::shared_ptr<OpenFile> known, int opened) : file(std::move(known)), descriptor(opened) {}
  StreamFile(const StreamFile &) = delete;
  StreamFile &operator=(const StreamFile &) = delete;
  ~StreamFile();

  const std::shared_ptr<OpenFile> file;
  const int descriptor;
};

/// The argument of the calls: of opening behind the path, of closing alone.
struct StreamCall {
  std::filebuf *buffer = nullptr;
  std::ios_base::openmode mode{};
  bool has_failed = false;
  std::shared_ptr<StreamFile> file; ///< of opening what is known from then on, of closing what was
};

} // namespace tripwire::plugins

#endif
