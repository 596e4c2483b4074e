// poll, select, epoll --> the kernel's own, once it knows what is ready in the scripts
#include "handlers.hpp"

#include <poll.h>
#include <sys/select.h>

#include <algorithm>

namespace tripwire::plugins {

namespace {

/// How long a wait that nothing seems to end is given, for what other threads may do.
constexpr int patience = 1000;

/// What sockets that are waited for are, all in all.
struct Waited {
  bool all_mocked = true;
  bool may_end = false; ///< a script says that something arrives, if not now

  void add(int descriptor) {
    const SocketHandle entry = SocketTable::all().find(descriptor);
    if (entry == nullptr || !entry->is_mocked) {
      all_mocked = false;
      return;
    }
    const std::lock_guard<std::mutex> lock(entry->mutex);
    may_end = may_end || entry->may_become_readable();
  }
};

/// \p wait waits for so many milliseconds, -1 for ever, and says how many are ready.
template <class Wait> int wait_for(plugin::Visit &visit, const Waited &waited, int timeout, Wait wait) {
  const int ready = wait(0);
  if (ready != 0 || timeout == 0)
    return ready;
  if (!waited.all_mocked)
    return wait(timeout);
  if (timeout > 0)
    return waited.may_end ? wait(timeout) : 0; // nothing can happen meanwhile
  const int later = wait(patience);
  if (later == 0)
    refuse_to_wait(visit);
  return later;
}

} // namespace

void on_socket_poll(plugin::Visit &visit) {
  const int error = errno;
  SocketTable::all().refresh_all();
  errno = error;
  auto *const all = socket_argument<pollfd *>(visit, 0);
  const auto count = socket_argument<nfds_t>(visit, 1);
  Waited waited;
  bool has_mocked = false;
  for (nfds_t index = 0; index < count; ++index)
    if (all[index].fd >= 0) {
      waited.add(all[index].fd);
      has_mocked = has_mocked || SocketTable::all().is_mocked(all[index].fd);
    }
  if (!has_mocked) {
    visit.pass_on();
    return;
  }
  visit.answer<int>(
      wait_for(visit, waited, socket_argument<int>(visit, 2), [&](int timeout) { return poll(all, count, timeout); }));
}

void on_socket_select(plugin::Visit &visit) {
  const int error = errno;
  SocketTable::all().refresh_all();
  errno = error;
  const auto count = socket_argument<int>(visit, 0);
  fd_set *const given[] = {socket_argument<fd_set *>(visit, 1), socket_argument<fd_set *>(visit, 2),
                           socket_argument<fd_set *>(visit, 3)};
  auto *const span = socket_argument<timeval *>(visit, 4);
  Waited waited;
  bool has_mocked = false;
  for (int descriptor = 0; descriptor < count; ++descriptor)
    for (const fd_set *set : given)
      if (set != nullptr && FD_ISSET(descriptor, set)) {
        waited.add(descriptor);
        has_mocked = has_mocked || SocketTable::all().is_mocked(descriptor);
      }
  if (!has_mocked) {
    visit.pass_on();
    return;
  }
  fd_set asked[3] = {};
  for (int index = 0; index < 3; ++index)
    if (given[index] != nullptr)
      asked[index] = *given[index];
  const int timeout = span == nullptr ? -1 : static_cast<int>(span->tv_sec * 1000 + (span->tv_usec + 999) / 1000);
  visit.answer<int>(wait_for(visit, waited, timeout, [&](int milliseconds) {
    for (int index = 0; index < 3; ++index)
      if (given[index] != nullptr)
        *given[index] = asked[index];
    timeval wait{milliseconds / 1000, milliseconds % 1000 * 1000};
    return select(count, given[0], given[1], given[2], milliseconds < 0 ? nullptr : &wait);
  }));
}

void on_socket_epoll_ctl(plugin::Visit &visit) {
  visit.make_real();
  const auto waiting = socket_argument<int>(visit, 0);
  const auto what = socket_argument<int>(visit, 1);
  const auto *event = socket_argument<const epoll_event *>(visit, 3);
  const SocketHandle entry = SocketTable::all().find(socket_argument<int>(visit, 2));
  if (entry == nullptr || visit.result<int>() != 0)
    return;
  const std::lock_guard<std::mutex> lock(entry->mutex);
  auto &watches = entry->watches;
  watches.erase(std::remove_if(watches.begin(), watches.end(), [&](const auto &one) { return one.first == waiting; }),
                watches.end());
  if (what != EPOLL_CTL_DEL)
    watches.emplace_back(waiting, *event);
}

void on_socket_epoll_wait(plugin::Visit &visit) {
  const int error = errno;
  SocketTable::all().refresh_all();
  errno = error;
  visit.pass_on();
}

} // namespace tripwire::plugins
