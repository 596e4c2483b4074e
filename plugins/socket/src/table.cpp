#include "table.hpp"

#include <tripwire/plugin_mock.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>

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

const plugin::Machine &SocketEntry::machine() const {
  return is_datagram() ? datagram_socket_machine() : socket_machine();
}

void SocketEntry::advance(const char *operation) {
  if (const std::optional<SocketState> after = state_after(machine(), state, operation))
    state = *after;
}

bool SocketEntry::is_fresh() const {
  if (is_mocked || is_let_through || state != SocketState::disconnected)
    return false;
  const int error = errno;
  sockaddr_storage name{};
  auto *const place = reinterpret_cast<sockaddr *>(&name);
  socklen_t size = sizeof name;
  bool is_known = getpeername(descriptor, place, &size) == 0;
  size = sizeof name;
  if (!is_known && getsockname(descriptor, place, &size) == 0)
    if (const std::optional<SocketAddress> own = socket_address_of(place, size))
      is_known = own->has_port() ? own->port != 0 : !own->host.empty();
  errno = error;
  return !is_known;
}

std::uintptr_t SocketEntry::next_id() noexcept {
  static std::atomic<std::uintptr_t> last{0};
  return ++last;
}

bool SocketEntry::is_last_number() const {
  const std::lock_guard<std::mutex> lock(mutex);
  return numbers.size() < 2;
}

int SocketEntry::live_number() const {
  const auto is_it = [this](int number) { return identity_of(number) == identity; };
  const auto live = std::find_if(numbers.begin(), numbers.end(), is_it);
  return live == numbers.end() ? -1 : *live;
}

bool SocketEntry::is_there(int number) const {
  const std::lock_guard<std::mutex> lock(mutex);
  return identity_of(number) == identity;
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
  for (const SocketWatch &watch : watches)
    epoll_ctl(watch.set, EPOLL_CTL_DEL, watch.number, nullptr);
  const auto is_replaced = [&](int number) { return replace(fcntl(ends[0], F_DUPFD_CLOEXEC, 0), number); };
  const bool is_done = kept >= 0 && std::all_of(numbers.begin(), numbers.end(), is_replaced);
  const int error = errno;
  close(ends[0]);
  if (!is_done) {
    close(ends[1]);
    return error;
  }
  fcntl(descriptor, F_SETFL, status & O_NONBLOCK);
  far_end = ends[1];
  for (SocketWatch &watch : watches)
    epoll_ctl(watch.set, EPOLL_CTL_ADD, watch.number, &watch.event);
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
  if (of == nullptr || is_at_end())
    return of != nullptr;
  const std::vector<SocketMock *> next = next_steps(*of);
  return std::any_of(next.begin(), next.end(), [](const SocketMock *step) { return may_read(*step); });
}

bool SocketEntry::may_become_readable() const {
  if (state == SocketState::listening)
    return is_readable();
  const std::shared_ptr<SocketScript> of = script.lock();
  if (of == nullptr || is_at_end())
    return of != nullptr;
  const std::vector<SocketMock *> to_come = steps_to_come(*of);
  return std::any_of(to_come.begin(), to_come.end(), [](const SocketMock *step) { return may_read(*step); });
}

bool SocketEntry::has_recv_next() const {
  const std::shared_ptr<SocketScript> of = script.lock();
  if (of == nullptr)
    return false;
  const std::vector<SocketMock *> next = next_steps(*of);
  return std::any_of(next.begin(), next.end(),
                     [](const SocketMock *step) { return step->operation() == SocketOperation::recv; });
}

void SocketEntry::refresh(SocketChange change) {
  if (!is_mocked || far_end < 0)
    return;
  changed.notify_all();
  const bool should_be_ready = is_readable();
  if (should_be_ready == is_ready && change == SocketChange::none)
    return;
  const int near_end = live_number();
  char byte = 0;
  if (is_ready && (!should_be_ready || change == SocketChange::readable))
    is_ready = near_end >= 0 && ::recv(near_end, &byte, 1, MSG_DONTWAIT) != 1;
  if (!is_ready && should_be_ready)
    is_ready = ::send(far_end, &byte, 1, MSG_DONTWAIT | MSG_NOSIGNAL) == 1;
  // The kernel tells of room when what was sent is read.
  if (change == SocketChange::writable && near_end >= 0 && ::send(near_end, &byte, 1, MSG_DONTWAIT | MSG_NOSIGNAL) == 1)
    ::recv(far_end, &byte, 1, MSG_DONTWAIT);
}

std::string SocketEntry::take_trespass() {
  if (!is_mocked || far_end < 0)
    return {};
  const int error = errno;
  std::string what;
  char data[64];
  const ssize_t size = ::recv(far_end, data, sizeof data, MSG_DONTWAIT);
  if (size > 0)
    what = "written " + plugin::literal(std::string(data, static_cast<std::size_t>(size)));
  while (size > 0 && ::recv(far_end, data, sizeof data, MSG_DONTWAIT) > 0)
    continue;
  const int near_end = is_ready ? live_number() : -1;
  if (what.empty() && near_end >= 0 && ::recv(near_end, data, 1, MSG_DONTWAIT | MSG_PEEK) != 1) {
    what = "read";
    is_ready = false;
  }
  errno = error;
  return what;
}

void SocketEntry::retire(int number) {
  const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nothing >= 0)
    replace(nothing, number); // also out of every epoll
  descriptor = number;
  numbers = {number};
  identify();
  for (int *end : {&far_end, &kept})
    if (*end >= 0)
      close(std::exchange(*end, -1));
  watches.clear();
  advance("close");
  changed.notify_all();
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

SocketTable::Handle SocketTable::find(int descriptor) {
  if (descriptor < 0 || (descriptor < quick && !known_[descriptor].load(std::memory_order_acquire)))
    return nullptr;
  Handle entry;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto known = entries_.find(descriptor);
    entry = known == entries_.end() ? nullptr : known->second;
  }
  if (entry == nullptr || entry->is_there(descriptor))
    return entry;
  forget(descriptor);
  return nullptr;
}

SocketTable::Handle SocketTable::add(int descriptor, int type) {
  auto made = std::make_shared<SocketEntry>();
  made->descriptor = descriptor;
  made->numbers = {descriptor};
  made->type = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  made->identify();
  add_number(made, descriptor);
  return made;
}

void SocketTable::add_number(const Handle &entry, int number) {
  forget(number);
  const std::lock_guard<std::mutex> lock(mutex_);
  entries_[number] = entry;
  mark(number, true);
}

SocketTable::Handle SocketTable::find_or_adopt(int descriptor) {
  if (Handle known = find(descriptor))
    return known;
  int type = 0;
  socklen_t size = sizeof type;
  const int kept = errno;
  const bool is_socket = getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
  errno = kept;
  return is_socket ? add(descriptor, type) : nullptr;
}

void SocketTable::forget(int descriptor) {
  Handle last; // so that what it holds is closed without the lock
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = entries_.find(descriptor);
  if (known == entries_.end())
    return;
  last = std::move(known->second);
  entries_.erase(known);
  mark(descriptor, false);
  const std::lock_guard<std::mutex> lock_entry(last->mutex); // let go of first
  auto &numbers = last->numbers;
  numbers.erase(std::remove(numbers.begin(), numbers.end(), descriptor), numbers.end());
  if (last->descriptor == descriptor && !numbers.empty())
    last->descriptor = numbers.front();
}

bool SocketTable::close_copy(const Handle &entry, int number) {
  if (entry->is_last_number())
    return false;
  forget(number);
  const auto closed = std::make_shared<SocketEntry>();
  closed->is_mocked = true;
  closed->type = entry->type;
  closed->book = entry->book;
  closed->script = entry->script;
  closed->retire(number);
  add_number(closed, number);
  return true;
}

std::vector<SocketTable::Handle> SocketTable::sockets() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::set<Handle> each;
  for (const auto &[descriptor, entry] : entries_)
    each.insert(entry);
  return {each.begin(), each.end()};
}

void SocketTable::refresh_all() {
  for (const Handle &entry : sockets()) {
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
