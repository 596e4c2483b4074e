// what a parse asks of the file system --(asked_files)--> the answers, and whether they would be the same today
#pragma once

#include "tool/packed.hpp"

#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <map>
#include <optional>
#include <string>

namespace tripwire::tool {

/// What there is under one path, as far as somebody asked.
struct FileAnswer {
  std::optional<llvm::sys::fs::file_type> type;  ///< links followed; \c file_not_found for nothing
  std::optional<llvm::sys::fs::UniqueID> itself; ///< tells whether two paths lead to the same thing
  std::optional<std::string> contents;           ///< their hash
  std::optional<std::string> real_path;          ///< as the system names what was opened
  std::optional<std::string> resolved;           ///< links and `..` resolved as far as the path exists
  std::optional<std::string> listing;            ///< the names in a folder, as a hash
};

/// Listens to a file system. What a deterministic program does with the files it sees depends on these answers only:
/// files that it did not find are among them. The relative paths are relative to the working directory.
class AskedFiles {
public:
  AskedFiles();
  ~AskedFiles();

  /// The real file system, heard. This object must outlive it.
  [[nodiscard]] llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> file_system() const { return heard_; }

  /// Somebody resolved the links of \p path without asking \c file_system.
  void resolved(const std::string &path);

  /// Whether each question that was asked twice was answered alike, so that the answers say what was seen.
  [[nodiscard]] bool is_consistent() const { return consistent_; }
  void pack(Packer &packer) const;

private:
  class Listener;
  class HeardFile;
  template <typename Value> void keep(std::optional<Value> FileAnswer::*member, llvm::StringRef path, Value value);

  std::map<std::string, FileAnswer> answers_; ///< by path as it was asked for
  bool consistent_ = true;
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> heard_;
};

/// Takes what \c AskedFiles packed and asks again. False when an answer differs, or the bytes are none of these.
bool are_answered_alike(Unpacker &unpacker);

} // namespace tripwire::tool
