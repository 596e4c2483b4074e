#include "files.hpp"

#include "mock.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <limits>
#include <system_error>

namespace tripwire::plugins {

const ScratchFolder &Files::scratch() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!scratch_)
    scratch_.emplace();
  return *scratch_;
}

std::string Files::real(const std::string &name) {
  std::string path = scratch().path() + name;
  std::error_code ignored; // where a file stands in the way, the call itself says so
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
  return path;
}

std::string Files::root() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return scratch_ ? scratch_->path() : std::string();
}

std::optional<std::string> Files::name_of(const std::string &real) const {
  const std::string above = root();
  const bool is_below = !above.empty() && real.compare(0, above.size(), above) == 0 &&
                        (real.size() == above.size() || real[above.size()] == '/');
  if (!is_below)
    return std::nullopt;
  return real.size() == above.size() ? "/" : real.substr(above.size());
}

bool Files::holds(int descriptor) const {
  const int error = errno;
  std::array<char, 4096> target{};
  const ssize_t size =
      ::readlink(("/proc/self/fd/" + std::to_string(descriptor)).c_str(), target.data(), target.size());
  errno = error;
  return size > 0 && name_of(std::string(target.data(), static_cast<std::size_t>(size)));
}

bool Files::are_of_parent() const noexcept { return ::getpid() != process_; }

void Files::put_file(const std::string &name, std::string_view content) {
  std::ofstream file(real(name), std::ios::binary | std::ios::trunc);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  if (!file)
    throw std::system_error(errno, std::generic_category(), "the file cannot be stated: " + name);
}

void Files::put_folder(const std::string &name) { std::filesystem::create_directories(real(name)); }

std::string Files::real_target(const std::string &target) {
  return !target.empty() && target.front() == '/' ? scratch().path() + target : target;
}

std::string Files::said_target(const std::string &real) const { return name_of(real).value_or(real); }

void Files::put_link(const std::string &name, const std::string &target) {
  if (::symlink(real_target(target).c_str(), real(name).c_str()) != 0)
    throw std::system_error(errno, std::generic_category(), "the link cannot be stated: " + name);
}

int Files::enter(const std::string &real) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const int before = home_ < 0 ? ::open(".", O_PATH | O_DIRECTORY | O_CLOEXEC) : home_;
  const int result = ::chdir(real.c_str());
  if (result == 0)
    home_ = before;
  else if (before != home_ && before >= 0)
    ::close(before); // which keeps errno when it goes well
  return result;
}

void Files::come_back() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (home_ < 0)
    return;
  // Where its own folder is gone, the process is nowhere.
  [[maybe_unused]] const int result = ::fchdir(home_);
  ::close(home_);
  home_ = -1;
}

void Files::made(const std::string &name) {
  const std::lock_guard<std::mutex> lock(mutex_);
  made_.insert(name);
}

bool Files::is_made(const std::string &name) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  // It may stand below a folder that the program has made.
  for (std::size_t end = name.size(); end != 0 && end != std::string::npos; end = name.rfind('/', end - 1))
    if (made_.count(name.substr(0, end)) != 0)
      return true;
  return false;
}

void Files::stated(const std::string &name, FileMock &mock) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (FileMock *&known = stated_[name]; known != nullptr)
    known->is_superseded = true;
  stated_[name] = &mock;
}

bool Files::is_stated(const std::string &name) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return stated_.count(name) != 0;
}

void Files::was_of_use(const std::string &name) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = stated_.find(name);
  if (found != stated_.end())
    found->second->set_required(false);
}

void Files::add_step(const FileMock &mock) {
  const std::lock_guard<std::mutex> lock(mutex_);
  steps_.push_back(&mock);
}

const FileMock *Files::step_for(const plugin::Description &call) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = std::find_if(steps_.begin(), steps_.end(),
                                  [&](const FileMock *one) { return !one->exhausted() && one->answers(call); });
  return found == steps_.end() ? nullptr : *found;
}

std::size_t Files::room_for(const plugin::Description &call) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::size_t room = std::numeric_limits<std::size_t>::max();
  for (const FileMock *one : steps_)
    if (!one->exhausted())
      room = std::min(room, one->room_for(call));
  return room;
}

} // namespace tripwire::plugins
