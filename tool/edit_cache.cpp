// key --(edit_cache)--> bytes that were kept for it, in a folder that may vanish, fill up or be written by others
#include "tool/edit_cache.hpp"

#include "tool/packed.hpp"
#include "tool/process.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <chrono>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tripwire::tool {
namespace {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

/// The cache is in this many folders, each of which is kept within its share: then no process has to know them all.
constexpr std::uint64_t parts = 16;

constexpr llvm::StringLiteral first_word = "tripwire edits 1 ";

/// In front of an entry: what it is, for which key, and a hash of the rest. A file that was cut, changed or renamed
/// says something else.
std::string heading(llvm::StringRef key, llvm::StringRef bytes) {
  return (first_word + key + " " + hash_of(bytes) + "\n").str();
}

struct Entry {
  std::string file;
  std::uint64_t size = 0;
  llvm::sys::TimePoint<> used;
};

/// What an interrupted or killed process left behind half made.
bool is_left_over(const Entry &entry) {
  return !llvm::StringRef(entry.file).ends_with(".edits") &&
         std::chrono::system_clock::now() - entry.used > std::chrono::hours(1);
}

std::vector<Entry> entries_in(const std::string &folder) {
  std::vector<Entry> entries;
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    fs::file_status status;
    if (!fs::status(at->path(), status) && status.type() == fs::file_type::regular_file)
      entries.push_back({at->path(), status.getSize(), status.getLastModificationTime()});
  }
  return entries;
}

} // namespace

std::string EditCache::part_of(llvm::StringRef key) const {
  llvm::SmallString<256> folder(folder_);
  path::append(folder, "edits", key.take_front(1));
  return folder.str().str();
}

std::optional<std::string> EditCache::find(llvm::StringRef key) const {
  if (!is_on())
    return std::nullopt;
  const std::string file = (part_of(key) + "/" + key + ".edits").str();
  if (!is_plain_output(file))
    return std::nullopt;
  llvm::Expected<std::string> text = read_whole(file);
  if (!text) {
    llvm::consumeError(text.takeError());
    return std::nullopt;
  }
  const std::size_t line_end = text->find('\n');
  if (line_end == std::string::npos)
    return std::nullopt;
  const llvm::StringRef bytes = llvm::StringRef(*text).drop_front(line_end + 1);
  if (llvm::StringRef(*text).take_front(line_end + 1) != heading(key, bytes))
    return std::nullopt;
  static_cast<void>(utimensat(AT_FDCWD, file.c_str(), nullptr, 0)); // it is still wanted
  return bytes.str();
}

void EditCache::keep(llvm::StringRef key, llvm::StringRef bytes) const {
  if (!is_on() || bytes.size() > limit_ / parts)
    return;
  const std::string part = part_of(key);
  if (fs::create_directories(part))
    return;
  // Each process writes a file of its own; the rename makes it the entry, whole.
  const ScratchFile scratch((part + "/" + key + "." + llvm::Twine(getpid())).str(), Keep::never);
  if (llvm::Error error = write_whole(scratch.path(), heading(key, bytes) + bytes.str())) {
    llvm::consumeError(std::move(error));
    return;
  }
  static_cast<void>(fs::rename(scratch.path(), part + "/" + key + ".edits"));
  prune(part);
}

void EditCache::prune(const std::string &part) const {
  std::vector<Entry> entries = entries_in(part);
  std::uint64_t size = 0;
  for (const Entry &entry : entries) {
    if (is_left_over(entry))
      static_cast<void>(fs::remove(entry.file));
    else
      size += entry.size;
  }
  const std::uint64_t share = limit_ / parts;
  if (size <= share)
    return;
  llvm::sort(entries, [](const Entry &a, const Entry &b) { return a.used < b.used; });
  for (const Entry &entry : entries) {
    if (size <= share / 5 * 4) // room for a while
      return;
    if (!fs::remove(entry.file))
      size -= std::min(size, entry.size);
  }
}

} // namespace tripwire::tool
