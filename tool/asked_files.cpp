// what a parse asks of the file system --(asked_files)--> the answers, and whether they would be the same today
#include "tool/asked_files.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <filesystem>
#include <vector>

namespace tripwire::tool {
namespace {

namespace fs = llvm::sys::fs;
namespace vfs = llvm::vfs;

/// The answers that a path may have, as bits in front of them.
enum Has : unsigned { type = 1, itself = 2, contents = 4, real_path = 8, resolved = 16, listing = 32 };

/// Where \p path leads, and whether there is anything.
std::string resolve(const std::string &path) {
  std::error_code failed;
  const std::filesystem::path result = std::filesystem::weakly_canonical(path, failed);
  return (fs::exists(path) ? "+" : "-") + (failed ? std::string() : result.string());
}

std::string listing_of(vfs::FileSystem &files, llvm::StringRef path) {
  std::vector<std::string> names;
  std::error_code failed;
  for (vfs::directory_iterator at = files.dir_begin(path, failed), end; !failed && at != end; at.increment(failed))
    names.push_back(at->path().str());
  llvm::sort(names);
  Packer packer;
  packer.texts(names);
  return hash_of(packer.bytes());
}

} // namespace

/// A file whose contents are hashed when they are handed out.
class AskedFiles::HeardFile : public vfs::File {
public:
  HeardFile(AskedFiles &asked, std::string path, std::unique_ptr<vfs::File> file)
      : asked_(asked), path_(std::move(path)), file_(std::move(file)) {}

  llvm::ErrorOr<vfs::Status> status() override { return file_->status(); }
  llvm::ErrorOr<std::string> getName() override { return file_->getName(); }
  std::error_code close() override { return file_->close(); }
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> getBuffer(const llvm::Twine &name, int64_t size, bool terminated,
                                                               bool is_volatile) override {
    llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer = file_->getBuffer(name, size, terminated, is_volatile);
    if (buffer)
      asked_.keep(&FileAnswer::contents, path_, hash_of((*buffer)->getBuffer()));
    else
      asked_.consistent_ = false;
    return buffer;
  }

private:
  AskedFiles &asked_;
  std::string path_;
  std::unique_ptr<vfs::File> file_;
};

class AskedFiles::Listener : public vfs::ProxyFileSystem {
public:
  explicit Listener(AskedFiles &asked) : vfs::ProxyFileSystem(vfs::getRealFileSystem()), asked_(asked) {}

  llvm::ErrorOr<vfs::Status> status(const llvm::Twine &path) override {
    llvm::ErrorOr<vfs::Status> result = getUnderlyingFS().status(path);
    take(path.str(), result);
    return result;
  }

  bool exists(const llvm::Twine &path) override {
    const llvm::ErrorOr<vfs::Status> found = status(path);
    return found && found->exists();
  }

  llvm::ErrorOr<std::unique_ptr<vfs::File>> openFileForRead(const llvm::Twine &path) override {
    const std::string name = path.str();
    llvm::ErrorOr<std::unique_ptr<vfs::File>> file = getUnderlyingFS().openFileForRead(name);
    if (!file) {
      // Only what is not there says so again; a file that cannot be read may have any reason.
      take(name, getUnderlyingFS().status(name));
      asked_.consistent_ &= file.getError() == llvm::errc::no_such_file_or_directory;
      return file;
    }
    take(name, (*file)->status());
    if (llvm::ErrorOr<std::string> real = (*file)->getName())
      asked_.keep(&FileAnswer::real_path, name, std::move(*real));
    return std::make_unique<HeardFile>(asked_, name, std::move(*file));
  }

  vfs::directory_iterator dir_begin(const llvm::Twine &folder, std::error_code &failed) override {
    const std::string name = folder.str();
    asked_.keep(&FileAnswer::listing, name, listing_of(getUnderlyingFS(), name));
    return getUnderlyingFS().dir_begin(name, failed);
  }

  std::error_code getRealPath(const llvm::Twine &path, llvm::SmallVectorImpl<char> &output) override {
    asked_.resolved(path.str());
    return getUnderlyingFS().getRealPath(path, output);
  }

private:
  void take(const std::string &path, const llvm::ErrorOr<vfs::Status> &status) {
    asked_.keep(&FileAnswer::type, path, status ? status->getType() : fs::file_type::file_not_found);
    if (status)
      asked_.keep(&FileAnswer::itself, path, status->getUniqueID());
  }

  AskedFiles &asked_;
};

AskedFiles::AskedFiles() : heard_(llvm::makeIntrusiveRefCnt<Listener>(*this)) {}
AskedFiles::~AskedFiles() = default;

template <typename Value>
void AskedFiles::keep(std::optional<Value> FileAnswer::*member, llvm::StringRef path, Value value) {
  std::optional<Value> &known = answers_[path.str()].*member;
  if (!known)
    known = std::move(value);
  else if (*known != value)
    consistent_ = false;
}

void AskedFiles::resolved(const std::string &path) { keep(&FileAnswer::resolved, path, resolve(path)); }

void AskedFiles::pack(Packer &packer) const {
  packer.number(answers_.size());
  std::map<fs::UniqueID, std::size_t> numbers;
  llvm::StringRef previous;
  for (const auto &[path, answer] : answers_) {
    // Most paths begin like the one before.
    const auto differs = std::mismatch(previous.begin(), previous.end(), path.begin(), path.end());
    const auto shared = static_cast<std::size_t>(differs.first - previous.begin());
    packer.number(shared);
    packer.text(llvm::StringRef(path).drop_front(shared));
    previous = path;
    packer.number((answer.type ? Has::type : 0U) | (answer.itself ? Has::itself : 0U) |
                  (answer.contents ? Has::contents : 0U) | (answer.real_path ? Has::real_path : 0U) |
                  (answer.resolved ? Has::resolved : 0U) | (answer.listing ? Has::listing : 0U));
    if (answer.type)
      packer.number(static_cast<unsigned>(*answer.type));
    if (answer.itself)
      packer.number(numbers.try_emplace(*answer.itself, numbers.size()).first->second);
    if (answer.contents)
      packer.text(*answer.contents);
    if (answer.real_path)
      packer.text(*answer.real_path == path ? llvm::StringRef() : llvm::StringRef(*answer.real_path));
    if (answer.resolved)
      packer.text(*answer.resolved);
    if (answer.listing)
      packer.text(*answer.listing);
  }
}

namespace {

/// Asks again and compares.
class SecondLook {
public:
  bool agrees(const std::string &path, unsigned has, Unpacker &unpacker) {
    bool agrees = true;
    fs::file_status status;
    // What is opened is looked at once it is open, as the parse did.
    const bool opened = (has & (Has::contents | Has::real_path)) != 0;
    llvm::SmallString<256> real;
    llvm::Expected<fs::file_t> file = opened ? fs::openNativeFileForRead(path, fs::OF_None, &real) : fs::kInvalidFile;
    const bool is_open = opened && static_cast<bool>(file);
    if (!file)
      llvm::consumeError(file.takeError());
    if (opened != is_open || (is_open ? fs::status(*file, status) : fs::status(path, status)))
      status = fs::file_status(fs::file_type::file_not_found);
    if ((has & Has::type) != 0)
      agrees &= unpacker.number() == static_cast<unsigned>(status.type());
    if ((has & Has::itself) != 0)
      agrees &= is_the_same(unpacker.number(), status.getUniqueID());
    if ((has & Has::contents) != 0)
      agrees &= is_open && has_contents(unpacker.text(), *file, path, status.getSize());
    if ((has & Has::real_path) != 0) {
      const llvm::StringRef expected = unpacker.text();
      agrees &= (expected.empty() ? llvm::StringRef(path) : expected) ==
                (real.empty() ? llvm::StringRef(path) : llvm::StringRef(real));
    }
    if (is_open)
      fs::closeFile(*file);
    if ((has & Has::resolved) != 0)
      agrees &= unpacker.text() == resolve(path);
    if ((has & Has::listing) != 0)
      agrees &= unpacker.text() == listing_of(*vfs::getRealFileSystem(), path);
    return agrees;
  }

private:
  std::vector<fs::UniqueID> things_;
  std::map<fs::UniqueID, std::size_t> numbers_;

  bool is_the_same(std::uint64_t number, fs::UniqueID thing) {
    const auto [known, is_new] = numbers_.try_emplace(thing, things_.size());
    if (is_new)
      things_.push_back(thing);
    return known->second == number;
  }

  static bool has_contents(llvm::StringRef hash, fs::file_t file, const std::string &path, std::uint64_t size) {
    const llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
        llvm::MemoryBuffer::getOpenFile(file, path, size, /*RequiresNullTerminator=*/false);
    return buffer && hash_of((*buffer)->getBuffer()) == hash;
  }
};

} // namespace

bool are_answered_alike(Unpacker &unpacker) {
  SecondLook look;
  std::string path;
  for (std::size_t left = unpacker.count(); left != 0; --left) {
    const std::uint64_t shared = unpacker.number();
    const llvm::StringRef rest = unpacker.text();
    if (unpacker.ran_out() || shared > path.size())
      return false;
    path.resize(static_cast<std::size_t>(shared));
    path += rest;
    const auto has = static_cast<unsigned>(unpacker.number());
    if (!look.agrees(path, has, unpacker) || unpacker.ran_out())
      return false;
  }
  return true;
}

} // namespace tripwire::tool
