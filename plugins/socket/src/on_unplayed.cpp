// calls that would move data past a script --> refused on mocked sockets
#include "handlers.hpp"

namespace tripwire::plugins {

namespace {

void refuse_on_mocked(plugin::Visit &visit, int descriptor, const char *why) {
  const SocketHandle entry = SocketTable::all().find(descriptor);
  if (entry != nullptr && entry->is_mocked)
    refuse_unplayed(visit, *entry, why);
}

} // namespace

void on_socket_splice(plugin::Visit &visit) {
  for (const std::size_t index : {std::size_t{0}, std::size_t{2}})
    refuse_on_mocked(visit, socket_argument<int>(visit, index), "it moves data inside of the kernel");
  visit.pass_on();
}

void on_socket_stream(plugin::Visit &visit) {
  refuse_on_mocked(visit, socket_argument<int>(visit, 0), "it sends and receives inside of libc");
  visit.pass_on();
}

} // namespace tripwire::plugins
