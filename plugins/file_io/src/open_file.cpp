#include "open_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

namespace tripwire::plugins {

namespace {

struct KeepErrno {
  int error = errno;
  ~KeepErrno() { errno = error; }
};

} // namespace

bool OpenFile::goes_on(bool is_read, std::string_view data) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!recorded_ || is_read_ != is_read || process_ != ::getpid())
    return false;
  data_ += data;
  return true;
}

void OpenFile::begins(bool is_read, plugin::Recorded recorded, std::string_view data) {
  const std::lock_guard<std::mutex> lock(mutex_);
  recorded_ = recorded;
  is_read_ = is_read;
  data_ = data;
  process_ = ::getpid();
}

void OpenFile::ends() {
  const KeepErrno keep;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (recorded_ && process_ == ::getpid())
    recorded_.field("data", std::move(data_));
  recorded_ = {};
  data_.clear();
}

const OpenFile *open_file_of(const plugin::Description &call) {
  return call.handle() == nullptr ? nullptr : reinterpret_cast<const OpenFile *>(*call.handle());
}

OpenFiles &OpenFiles::all() {
  static auto *const files = new OpenFiles; // descriptors live as long as the process
  return *files;
}

bool OpenFiles::identify(int descriptor, Identity &identity) {
  const KeepErrno keep;
  struct stat now {};
  if (::fstat(descriptor, &now) != 0)
    return false;
  identity = {now.st_dev, now.st_ino};
  return true;
}

void OpenFiles::opened(int descriptor, std::shared_ptr<OpenFile> file) {
  Identity identity;
  if (!identify(descriptor, identity))
    return;
  const std::lock_guard<std::mutex> lock(mutex_);
  const std::shared_ptr<Files> files = file->files.lock();
  if (files != nullptr && files->holds(descriptor))
    files_[identity] = file;
  descriptors_[descriptor] = {identity, std::move(file)};
}

std::shared_ptr<OpenFile> OpenFiles::of(int descriptor) {
  std::shared_ptr<OpenFile> gone; // so that it is destroyed without the lock
  Identity identity;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (descriptors_.empty() && files_.empty())
      return nullptr;
  }
  if (!identify(descriptor, identity))
    return nullptr;
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = descriptors_.find(descriptor);
  if (known != descriptors_.end()) {
    if (known->second.identity == identity)
      return known->second.file->files.expired() ? nullptr : known->second.file;
    gone = std::move(known->second.file);
    descriptors_.erase(known);
  }
  const auto same = files_.find(identity);
  const std::shared_ptr<Files> files = same == files_.end() ? nullptr : same->second->files.lock();
  return files != nullptr && files->holds(descriptor) ? same->second : nullptr;
}

void OpenFiles::closed(int descriptor) {
  std::shared_ptr<OpenFile> gone;
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = descriptors_.find(descriptor);
  if (known == descriptors_.end())
    return;
  gone = std::move(known->second.file);
  descriptors_.erase(known);
}

void OpenFiles::end_all_of(const Files &files) {
  std::vector<std::shared_ptr<OpenFile>> all;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const auto &[descriptor, known] : descriptors_)
      all.push_back(known.file);
    for (const auto &[identity, file] : files_)
      all.push_back(file);
  }
  for (const auto &one : all)
    if (one->files.lock().get() == &files)
      one->ends();
}

void OpenFiles::sweep() {
  std::vector<std::shared_ptr<OpenFile>> gone;
  const std::lock_guard<std::mutex> lock(mutex_);
  for (auto it = descriptors_.begin(); it != descriptors_.end();)
    if (it->second.file->files.expired()) {
      gone.push_back(std::move(it->second.file));
      it = descriptors_.erase(it);
    } else {
      ++it;
    }
  for (auto it = files_.begin(); it != files_.end();)
    if (it->second->files.expired()) {
      gone.push_back(std::move(it->second));
      it = files_.erase(it);
    } else {
      ++it;
    }
}

} // namespace tripwire::plugins
