// an iterator of <filesystem> that opens a folder --(FolderIterator)--> a call for the plugin's handler
#ifndef TRIPWIRE_PLUGINS_FILE_IO_FOLDER_ITERATOR_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_FOLDER_ITERATOR_HPP

#include <filesystem>
#include <string>
#include <system_error>

namespace tripwire::plugins {

/// The argument of the call: what is opened, and what came of it.
struct FolderCall {
  std::filesystem::path path;
  std::string root; ///< the folder to open; that of the test, where it has one
  std::error_code error;
  bool (*open)(FolderCall &call);
  void *iterator;
  std::filesystem::directory_options options;
};

} // namespace tripwire::plugins

#endif
