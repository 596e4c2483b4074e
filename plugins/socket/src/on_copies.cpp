// dup, dup2, dup3, fcntl --> more numbers of one socket
//
// The kernel copies the descriptor; the socket and its session are the same under each number, and end with the last.
#include "epoll_sets.hpp"
#include "handlers.hpp"

#include <tripwire/plugin_names.hpp>

#include <fcntl.h>

namespace tripwire::plugins {

namespace {

void fail(plugin::Visit &visit, int error) {
  errno = error;
  visit.answer<int>(failed);
}

/// A number that the program has closed is open to the kernel alone.
bool is_closed(const SocketHandle &entry) {
  return entry != nullptr && entry->is_mocked && entry->state == SocketState::closed;
}

void copy(plugin::Visit &visit, const SocketHandle &entry) {
  if (entry == nullptr) {
    visit.make_real();
    return;
  }
  {
    const std::lock_guard<std::mutex> lock(entry->mutex); // no number may be left behind when the socket is mocked
    visit.make_real();
    if (visit.result<int>() < 0)
      return;
    entry->numbers.push_back(visit.result<int>());
  }
  const int error = errno;
  SocketTable::all().add_number(entry, visit.result<int>());
  errno = error;
}

/// What stands under the number is closed by the copy that takes its place.
void end(plugin::Visit &visit, const SocketHandle &entry, int number) {
  const bool is_last = entry->is_last_number();
  if (is_last && !is_closed(entry)) {
    const plugin::Decision decision = present_close_on_socket(visit, *entry);
    if (decision.mock != nullptr && !decision.real() && decision.as<SocketMock>()->error)
      decision.recorded.raised(AnyValue(plugin::name_of_errno(*decision.as<SocketMock>()->error))); // nobody is told
  }
  if (is_last && !entry->is_mocked)
    visit.closed(entry->handle());
  if (is_last) {
    const std::lock_guard<std::mutex> lock(entry->mutex);
    entry->advance("close");
    entry->changed.notify_all();
  }
  SocketTable::all().forget(number);
}

} // namespace

void on_socket_dup(plugin::Visit &visit) {
  const SocketHandle entry = SocketTable::all().find(socket_argument<int>(visit, 0));
  if (entry == nullptr)
    visit.pass_on();
  else if (is_closed(entry))
    fail(visit, EBADF);
  else
    copy(visit, entry);
}

void on_socket_dup2(plugin::Visit &visit) {
  const auto from = socket_argument<int>(visit, 0);
  const auto number = socket_argument<int>(visit, 1);
  const SocketHandle entry = SocketTable::all().find(from);
  const SocketHandle before = from == number ? nullptr : SocketTable::all().find(number);
  if (is_closed(entry)) {
    fail(visit, EBADF);
    return;
  }
  const int error = errno;
  if (from == number || fcntl(from, F_GETFD) < 0) {
    errno = error;
    visit.pass_on(); // it makes nothing, and closes nothing
    return;
  }
  EpollSets::all().closed(number);
  if (before != nullptr)
    end(visit, before, number);
  copy(visit, entry);
}

void on_socket_fcntl(plugin::Visit &visit) {
  const SocketHandle entry = SocketTable::all().find(socket_argument<int>(visit, 0));
  const auto what = socket_argument<int>(visit, 1);
  if (entry == nullptr)
    visit.pass_on();
  else if (is_closed(entry))
    fail(visit, EBADF);
  else if (what == F_DUPFD || what == F_DUPFD_CLOEXEC)
    copy(visit, entry);
  else
    visit.pass_on();
}

} // namespace tripwire::plugins
