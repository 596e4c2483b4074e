#include "table.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace tripwire::plugins {

namespace {

/// Puts \p descriptor, which is given away, under the number \p number.
bool replace(int descriptor, int number) {
  const int flags = fcntl(number, F_GETFD);
  const bool is_done = dup3(descriptor, number, flags >= 0 && (flags & FD_CLOEXEC) != 0 ? O_CLOEXEC : 0) >= 0;
  close(descriptor);
  return is_done;
}

/// 0 for what is not open.
std::uint64_t identity_of(int descriptor) {
  const int error = errno;
  struct stat of {};
  const bool is_open = fstat(descriptor, &of) == 0;
  errno = error;
  return is_open ? of.st_ino : 0;
}

bool may_read(const SocketMock &step) {
  return step.operation() == SocketOperation::recv && step.error != EAGAIN && step.error != EINTR;
}

} // namespace

const char *name_of(SocketState state) noexcept {
  switch (state) {
  case SocketState::disconnected:
    return "disconnected";
  case SocketState::connected:
    return "connected";
  case SocketState::bound:
    return "bound";
  case SocketState::listening:
    return "listening";
  case SocketState::closed:
    return "closed";
  }
  return "";
}

bool SocketEntry::is_there() const {
  const std::lock_guard<std::mutex> lock(mutex);
  return identity_of(descriptor) == identity;
}

void SocketEntry::identify() { identity = identity_of(descriptor); }

int SocketEntry::become_mocked() {
  if (is_mocked)
    return 0;
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return errno;
  const int status = fcntl(descriptor, F_GETFL);
  kept = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  // While the number still means the real socket, which goes on living.
  for (const auto &[waiting, event] : watches)
    epoll_ctl(waiting, EPOLL_CTL_DEL, descriptor, nullptr);
  if (kept < 0 || !replace(ends[0], descriptor)) {
    const int error = errno;
    close(ends[1]);
    return error;
  }
  fcntl(descriptor, F_SETFL, status & O_NONBLOCK);
  far_end = ends[1];
  for (auto &[waiting, event] : watches)
    epoll_ctl(waiting, EPOLL_CTL_ADD, descriptor, &event);
  identify();
  is_mocked = true;
  return 0;
}

bool SocketEntry::is_readable() const {
  if (state == SocketState::listening) {
    const std::shared_ptr<SocketBook> of = book.lock();
    return of != nullptr && of->has_client();
  }
  const std::shared_ptr<SocketScript> of = script.lock();
  if (of == nullptr)
    return false;
  const std::vector<SocketMock *> next = next_steps(*of);
  return std::any_of(next.begin(), next.end(), [](const SocketMock *step) { return may_read(*step); });
}

bool SocketEntry::may_become_readable() const {
  if (state == SocketState::listening)
    return is_readable();
  const std::shared_ptr<SocketScript> of = script.lock();
  if (of == nullptr)
    return false;
  const std::vector<SocketMock *> to_come = steps_to_come(*of);
  return std::any_of(to_come.begin(), to_come.end(), [](const SocketMock *step) { return may_read(*step); });
}

void SocketEntry::refresh() {
  if (!is_mocked || far_end < 0)
    return;
  const bool should_be_ready = is_readable();
  if (should_be_ready == is_ready)
    return;
  char byte = 0;
  is_ready = should_be_ready ? ::send(far_end, &byte, 1, MSG_DONTWAIT | MSG_NOSIGNAL) == 1
                             : ::recv(descriptor, &byte, 1, MSG_DONTWAIT) != 1;
}

void SocketEntry::retire() {
  const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nothing >= 0)
    replace(nothing, descriptor); // also out of every epoll
  identify();
  for (int *end : {&far_end, &kept})
    if (*end >= 0)
      close(std::exchange(*end, -1));
  watches.clear();
  state = SocketState::closed;
}

SocketEntry::~SocketEntry() {
  for (const int end : {far_end, kept})
    if (end >= 0)
      close(end);
}

SocketTable &SocketTable::all() {
  static auto *const table = new SocketTable; // descriptors live as long as the process
  return *table;
}

void SocketTable::mark(int descriptor, bool is_known) {
  if (descriptor >= 0 && descriptor < quick)
    known_[descriptor].store(is_known, std::memory_order_release);
}

std::shared_ptr<SocketEntry> SocketTable::find(int descriptor) {
  if (descriptor < 0 || (descriptor < quick && !known_[descriptor].load(std::memory_order_acquire)))
    return nullptr;
  std::shared_ptr<SocketEntry> entry;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto known = entries_.find(descriptor);
    entry = known == entries_.end() ? nullptr : known->second;
  }
  if (entry == nullptr || entry->is_there())
    return entry;
  forget(descriptor);
  return nullptr;
}

std::shared_ptr<SocketEntry> SocketTable::add(int descriptor, int type) {
  auto made = std::make_shared<SocketEntry>();
  made->descriptor = descriptor;
  made->type = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  made->identify();
  const std::lock_guard<std::mutex> lock(mutex_);
  entries_[descriptor] = made;
  mark(descriptor, true);
  return made;
}

std::shared_ptr<SocketEntry> SocketTable::find_or_adopt(int descriptor) {
  if (std::shared_ptr<SocketEntry> known = find(descriptor))
    return known;
  int type = 0;
  socklen_t size = sizeof type;
  const int kept = errno;
  const bool is_socket = getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
  errno = kept;
  return is_socket ? add(descriptor, type) : nullptr;
}

void SocketTable::forget(int descriptor) {
  std::shared_ptr<SocketEntry> last; // so that what it holds is closed without the lock
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = entries_.find(descriptor);
  if (known == entries_.end())
    return;
  last = std::move(known->second);
  entries_.erase(known);
  mark(descriptor, false);
}

bool SocketTable::is_mocked(int descriptor) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = entries_.find(descriptor);
  return known != entries_.end() && known->second->is_mocked;
}

void SocketTable::refresh_all() {
  std::vector<std::shared_ptr<SocketEntry>> all;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const auto &[descriptor, entry] : entries_)
      all.push_back(entry);
  }
  for (const std::shared_ptr<SocketEntry> &entry : all) {
    const std::lock_guard<std::mutex> lock(entry->mutex);
    entry->refresh();
  }
}

void SocketTable::sweep() {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (auto it = entries_.begin(); it != entries_.end();) {
    SocketEntry &entry = *it->second;
    bool is_over = false;
    {
      const std::lock_guard<std::mutex> lock_entry(entry.mutex);
      const bool is_left = entry.is_mocked && entry.book.expired();
      is_over = is_left && entry.state == SocketState::closed;
      if (is_over && identity_of(it->first) == entry.identity)
        close(it->first);
      for (int *end : {&entry.far_end, &entry.kept})
        if (is_left && *end >= 0)
          close(std::exchange(*end, -1));
    }
    if (is_over)
      mark(it->first, false);
    it = is_over ? entries_.erase(it) : std::next(it);
  }
}

} // namespace tripwire::plugins
