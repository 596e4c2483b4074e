// poll, select, epoll and their kin --> the kernel's own, once it knows what is ready in the scripts
#include "epoll_sets.hpp"
#include "handlers.hpp"

#include <poll.h>
#include <sys/select.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <csignal>

namespace tripwire::plugins {

namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
/// None is for ever.
using Limit = std::optional<nanoseconds>;

/// What descriptors that are waited for are, all in all.
struct Waited {
  std::vector<SocketHandle> mocked;
  bool all_mocked = true;
  bool may_end = false; ///< a script says that something arrives, if not now

  void add(int descriptor) {
    SocketHandle entry = SocketTable::all().find(descriptor);
    if (entry == nullptr || !entry->is_mocked) {
      all_mocked = false;
      return;
    }
    {
      const std::lock_guard<std::mutex> lock(entry->mutex);
      may_end = may_end || entry->may_become_readable();
    }
    mocked.push_back(std::move(entry));
  }
  /// How many are numbers that the program has closed.
  int closed() const {
    return static_cast<int>(std::count_if(
        mocked.begin(), mocked.end(), [](const SocketHandle &entry) { return entry->state == SocketState::closed; }));
  }
};

bool is_closed(int descriptor) {
  const SocketHandle entry = SocketTable::all().find(descriptor);
  return entry != nullptr && entry->is_mocked && entry->state == SocketState::closed;
}

/// What is ready in the scripts is ready in the kernel. errno stays.
void refresh_all_sockets() {
  const int error = errno;
  SocketTable::all().refresh_all();
  errno = error;
}

Limit limit_of(const timespec *span) {
  if (span == nullptr)
    return std::nullopt;
  return std::chrono::seconds(span->tv_sec) + nanoseconds(span->tv_nsec);
}

Limit limit_of_milliseconds(int timeout) { return timeout < 0 ? std::nullopt : Limit(milliseconds(timeout)); }

/// As poll and epoll_wait want it, rounded up; -1 for ever.
int milliseconds_of(Limit limit) {
  if (!limit)
    return -1;
  const auto count = std::chrono::ceil<milliseconds>(*limit).count();
  return static_cast<int>(std::min<decltype(count)>(count, INT_MAX));
}

timespec timespec_of(nanoseconds span) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(span);
  return {static_cast<time_t>(seconds.count()), static_cast<long>((span - seconds).count())};
}

/// \p wait waits for so long and says how many are ready, or fails.
template <class Wait> int wait_for(plugin::Visit &visit, const Waited &waited, Limit limit, Wait wait) {
  const int ready = wait(nanoseconds(0));
  if (ready != 0 || limit == nanoseconds(0))
    return ready;
  if (waited.all_mocked && limit && !waited.may_end)
    return 0; // nothing can happen meanwhile
  const bool is_for_ever = waited.all_mocked && !limit;
  const int closed = waited.closed();
  const Limit patience = waited.may_end ? socket_patience : socket_patience_for_words;
  const int later = wait(is_for_ever ? patience : limit);
  if (waited.closed() > closed)
    refuse_closed_meanwhile(visit);
  if (is_for_ever && later == 0)
    refuse_to_wait(visit);
  return later;
}

void answer_poll(plugin::Visit &visit, Limit limit, const sigset_t *mask) {
  refresh_all_sockets();
  auto *const all = socket_argument<pollfd *>(visit, 0);
  const auto count = socket_argument<nfds_t>(visit, 1);
  Waited waited;
  for (nfds_t index = 0; index < count; ++index)
    if (all[index].fd >= 0)
      waited.add(all[index].fd);
  if (waited.mocked.empty()) {
    visit.pass_on();
    return;
  }
  // A number that was closed is open to the kernel, and not to the program.
  std::vector<pollfd> asked(all, all + count);
  int closed = 0;
  for (pollfd &one : asked)
    if (is_closed(one.fd)) {
      one.fd = -1;
      ++closed;
    }
  const auto wait = [&](Limit span) {
    const timespec time = timespec_of(span.value_or(nanoseconds(0)));
    return ppoll(asked.data(), count, span ? &time : nullptr, mask);
  };
  const int ready = wait_for(visit, waited, closed > 0 ? nanoseconds(0) : limit, wait);
  if (ready >= 0)
    for (nfds_t index = 0; index < count; ++index) {
      const bool is_invalid = asked[index].fd < 0 && all[index].fd >= 0;
      all[index].revents = static_cast<short>(is_invalid ? POLLNVAL : asked[index].revents);
    }
  visit.answer<int>(ready < 0 ? ready : ready + closed);
}

/// The sets of select, which the kernel writes over.
class Selected {
public:
  Selected(const plugin::Visit &visit)
      : count_(socket_argument<int>(visit, 0)), given_{socket_argument<fd_set *>(visit, 1),
                                                       socket_argument<fd_set *>(visit, 2),
                                                       socket_argument<fd_set *>(visit, 3)} {
    for (int index = 0; index < 3; ++index)
      if (given_[index] != nullptr)
        asked_[index] = *given_[index];
  }

  Waited waited() const {
    Waited all;
    for (int descriptor = 0; descriptor < count_; ++descriptor)
      for (const fd_set *set : given_)
        if (set != nullptr && FD_ISSET(descriptor, set))
          all.add(descriptor);
    return all;
  }
  int wait(Limit limit, const sigset_t *mask) {
    for (int index = 0; index < 3; ++index)
      if (given_[index] != nullptr)
        *given_[index] = asked_[index];
    const timespec time = timespec_of(limit.value_or(nanoseconds(0)));
    return pselect(count_, given_[0], given_[1], given_[2], limit ? &time : nullptr, mask);
  }

private:
  int count_;
  fd_set *given_[3];
  fd_set asked_[3] = {};
};

void answer_select(plugin::Visit &visit, Limit limit, const sigset_t *mask) {
  refresh_all_sockets();
  Selected selected(visit);
  const Waited waited = selected.waited();
  if (waited.mocked.empty()) {
    visit.pass_on();
  } else if (waited.closed() > 0) {
    errno = EBADF; // to the kernel the number is open
    visit.answer<int>(-1);
  } else {
    visit.answer<int>(wait_for(visit, waited, limit, [&](Limit span) { return selected.wait(span, mask); }));
  }
}

void answer_epoll(plugin::Visit &visit, Limit limit, const sigset_t *mask) {
  refresh_all_sockets();
  const auto set = socket_argument<int>(visit, 0);
  Waited waited;
  for (const int descriptor : EpollSets::all().members(set))
    waited.add(descriptor);
  if (waited.mocked.empty() || !waited.all_mocked) {
    visit.pass_on();
    return;
  }
  auto *const events = socket_argument<epoll_event *>(visit, 1);
  const auto room = socket_argument<int>(visit, 2);
  visit.answer<int>(wait_for(visit, waited, limit,
                             [&](Limit span) { return epoll_pwait(set, events, room, milliseconds_of(span), mask); }));
}

} // namespace

void on_socket_poll(plugin::Visit &visit) {
  answer_poll(visit, limit_of_milliseconds(socket_argument<int>(visit, 2)), nullptr);
}

void on_socket_ppoll(plugin::Visit &visit) {
  answer_poll(visit, limit_of(socket_argument<const timespec *>(visit, 2)),
              socket_argument<const sigset_t *>(visit, 3));
}

void on_socket_select(plugin::Visit &visit) {
  auto *const span = socket_argument<timeval *>(visit, 4);
  const auto begin = std::chrono::steady_clock::now();
  const Limit limit = span == nullptr
                          ? std::nullopt
                          : Limit(std::chrono::seconds(span->tv_sec) + std::chrono::microseconds(span->tv_usec));
  answer_select(visit, limit, nullptr);
  if (!limit || visit.passed_on())
    return;
  // Linux says how much of the time is left.
  const nanoseconds left =
      visit.result<int>() == 0 ? nanoseconds(0) : *limit - (std::chrono::steady_clock::now() - begin);
  const timespec rest = timespec_of(std::max(left, nanoseconds(0)));
  *span = {rest.tv_sec, rest.tv_nsec / 1000};
}

void on_socket_pselect(plugin::Visit &visit) {
  answer_select(visit, limit_of(socket_argument<const timespec *>(visit, 4)),
                socket_argument<const sigset_t *>(visit, 5));
}

void on_socket_epoll_create(plugin::Visit &visit) {
  visit.make_real();
  EpollSets::all().closed(visit.result<int>()); // what another one was under that number
}

void on_socket_epoll_ctl(plugin::Visit &visit) {
  const auto set = socket_argument<int>(visit, 0);
  const auto what = socket_argument<int>(visit, 1);
  const auto descriptor = socket_argument<int>(visit, 2);
  const auto *event = socket_argument<const epoll_event *>(visit, 3);
  if (is_closed(descriptor)) {
    errno = EBADF; // to the kernel the number is open
    visit.answer<int>(-1);
    return;
  }
  visit.make_real();
  if (visit.result<int>() != 0)
    return;
  if (what == EPOLL_CTL_DEL)
    EpollSets::all().remove(set, descriptor);
  else
    EpollSets::all().add(set, descriptor);
  const SocketHandle entry = SocketTable::all().find(descriptor);
  if (entry == nullptr)
    return;
  const std::lock_guard<std::mutex> lock(entry->mutex);
  auto &watches = entry->watches;
  watches.erase(std::remove_if(watches.begin(), watches.end(),
                               [&](const SocketWatch &one) { return one.set == set && one.number == descriptor; }),
                watches.end());
  if (what != EPOLL_CTL_DEL)
    watches.push_back({set, descriptor, *event});
}

void on_socket_epoll_wait(plugin::Visit &visit) {
  answer_epoll(visit, limit_of_milliseconds(socket_argument<int>(visit, 3)), nullptr);
}

void on_socket_epoll_pwait(plugin::Visit &visit) {
  answer_epoll(visit, limit_of_milliseconds(socket_argument<int>(visit, 3)),
               socket_argument<const sigset_t *>(visit, 4));
}

void on_socket_epoll_pwait2(plugin::Visit &visit) {
  answer_epoll(visit, limit_of(socket_argument<const timespec *>(visit, 3)),
               socket_argument<const sigset_t *>(visit, 4));
}

} // namespace tripwire::plugins
