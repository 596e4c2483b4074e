// Definitions of the state machines of link.h as the tool generates them, written by hand to test the runtime alone.
//
//   states:
//     - machine: link
//       initial: disconnected
//       transitions:
//         - {call: link_open, handle: return, from: disconnected, to: connected}
//         - {call: link_find, handle: link, from: disconnected, to: connected}
//         - {call: link_login, handle: link, from: connected, to: ready, on_failure: refused}
//         - {call: link_send, handle: link, from: [connected, ready]}
//         - {call: link_close, handle: link, from: [connected, ready, refused], to: closed}
//     - machine: port
//       initial: idle
//       transitions:
//         - {call: port_connect, handle: port, from: idle, to: busy}
//         - {call: port_close, handle: port, from: [idle, busy], to: gone}
//     - machine: stream
//       initial: unopened
//       transitions:
//         - {call: stream_open, handle: return, from: unopened, to: opened}
//         - {call: stream_read, handle: stream, from: opened}
//         - {call: stream_close, handle: stream, from: opened, to: closed}
#include "link_seams.hpp"

#include <tripwire/seam/definition.hpp>

struct link_stream {
  int unread;
};

extern "C" {

int link_open(const char *) { return 100; }
int link_find(const char *, int *link) {
  *link = 101;
  return 0;
}
int link_login(int, const char *) { return 0; }
long link_send(int, const char *) { return 7; }
void link_close(int) {}
int port_connect(int) { return 0; }
void port_close(int) {}
link_stream *stream_open(const char *) {
  static link_stream stream{3};
  return &stream;
}
int stream_read(link_stream *stream) { return stream->unread; }
int stream_close(link_stream **stream) {
  *stream = nullptr;
  return 0;
}
}

namespace {
namespace tw = ::tripwire::seam;

constexpr tw::Failure none{};
constexpr tw::Failure minus_one{"returns -1, errno EPERM", [](void *result) noexcept {
                                  errno = EPERM;
                                  ::new (result) int(-1);
                                }};
constexpr tw::Failure minus_one_long{"returns -1", [](void *result) noexcept { ::new (result) long(-1); }};

constexpr tw::Parameter link_open_parameters[] = {tw::parameter("host")};
constexpr tw::Transition link_open_transitions[] = {
    tw::transition("link", "disconnected").to("connected").opens().at(tw::HandleIn::result, 0, tw::type_of<int>()),
};
tw::Slot link_open_slot(tw::SlotFacts{"link_open", "link_open", "", "tripwire.yaml:41", tw::key<&::link_open>(),
                                      tw::key<&::tripwire_seam_link_open>(), tw::signature<decltype(::link_open)>(),
                                      link_open_parameters, tw::result(), minus_one, false, link_open_transitions});
const tw::Registration link_open_registration(link_open_slot);

constexpr tw::Parameter link_find_parameters[] = {tw::parameter("host"), tw::parameter("link")};
constexpr tw::Transition link_find_transitions[] = {
    tw::transition("link", "disconnected").to("connected").opens().at(tw::HandleIn::pointee, 1, tw::type_of<int>()),
};
tw::Slot link_find_slot(tw::SlotFacts{"link_find", "link_find", "", "tripwire.yaml:42", tw::key<&::link_find>(),
                                      tw::key<&::tripwire_may_throw_link_find>(),
                                      tw::signature<decltype(::link_find)>(), link_find_parameters, tw::result(),
                                      minus_one, false, link_find_transitions});
const tw::Registration link_find_registration(link_find_slot);

constexpr tw::Parameter link_login_parameters[] = {tw::parameter("link"), tw::parameter("user")};
constexpr tw::Transition link_login_transitions[] = {
    tw::transition("link", "connected")
        .to("ready")
        .on_failure("refused")
        .at(tw::HandleIn::argument, 0, tw::type_of<int>()),
};
tw::Slot link_login_slot(tw::SlotFacts{"link_login", "link_login", "", "tripwire.yaml:43", tw::key<&::link_login>(),
                                       tw::key<&::tripwire_may_throw_link_login>(),
                                       tw::signature<decltype(::link_login)>(), link_login_parameters, tw::result(),
                                       minus_one, false, link_login_transitions});
const tw::Registration link_login_registration(link_login_slot);

constexpr tw::Parameter link_send_parameters[] = {tw::parameter("link"), tw::parameter("text")};
constexpr tw::Transition link_send_transitions[] = {
    tw::transition("link", "connected").at(tw::HandleIn::argument, 0, tw::type_of<int>()),
    tw::transition("link", "ready").at(tw::HandleIn::argument, 0, tw::type_of<int>()),
};
tw::Slot link_send_slot(tw::SlotFacts{"link_send", "link_send", "", "tripwire.yaml:44", tw::key<&::link_send>(),
                                      tw::key<&::tripwire_seam_link_send>(), tw::signature<decltype(::link_send)>(),
                                      link_send_parameters, tw::result(), minus_one_long, false,
                                      link_send_transitions});
const tw::Registration link_send_registration(link_send_slot);

constexpr tw::Parameter link_close_parameters[] = {tw::parameter("link")};
constexpr tw::Transition link_close_transitions[] = {
    tw::transition("link", "connected").to("closed").closes().at(tw::HandleIn::argument, 0, tw::type_of<int>()),
    tw::transition("link", "ready").to("closed").closes().at(tw::HandleIn::argument, 0, tw::type_of<int>()),
    tw::transition("link", "refused").to("closed").closes().at(tw::HandleIn::argument, 0, tw::type_of<int>()),
};
tw::Slot link_close_slot(tw::SlotFacts{"link_close", "link_close", "", "tripwire.yaml:45", tw::key<&::link_close>(),
                                       tw::key<&::tripwire_may_throw_link_close>(),
                                       tw::signature<decltype(::link_close)>(), link_close_parameters, tw::result(),
                                       none, false, link_close_transitions});
const tw::Registration link_close_registration(link_close_slot);

constexpr tw::Parameter port_connect_parameters[] = {tw::parameter("port")};
constexpr tw::Transition port_connect_transitions[] = {
    tw::transition("port", "idle").to("busy").opens().at(tw::HandleIn::argument, 0, tw::type_of<int>()),
};
tw::Slot port_connect_slot(tw::SlotFacts{"port_connect", "port_connect", "", "tripwire.yaml:46",
                                         tw::key<&::port_connect>(), tw::key<&::tripwire_may_throw_port_connect>(),
                                         tw::signature<decltype(::port_connect)>(), port_connect_parameters,
                                         tw::result(), minus_one, false, port_connect_transitions});
const tw::Registration port_connect_registration(port_connect_slot);

constexpr tw::Parameter port_close_parameters[] = {tw::parameter("port")};
constexpr tw::Transition port_close_transitions[] = {
    tw::transition("port", "idle").to("gone").closes().at(tw::HandleIn::argument, 0, tw::type_of<int>()),
    tw::transition("port", "busy").to("gone").closes().at(tw::HandleIn::argument, 0, tw::type_of<int>()),
};
tw::Slot port_close_slot(tw::SlotFacts{"port_close", "port_close", "", "tripwire.yaml:47", tw::key<&::port_close>(),
                                       tw::key<&::tripwire_may_throw_port_close>(),
                                       tw::signature<decltype(::port_close)>(), port_close_parameters, tw::result(),
                                       none, false, port_close_transitions});
const tw::Registration port_close_registration(port_close_slot);

constexpr tw::Parameter stream_open_parameters[] = {tw::parameter("name")};
constexpr tw::Transition stream_open_transitions[] = {
    tw::transition("stream", "unopened").to("opened").opens().at(tw::HandleIn::result, 0, tw::type_of<link_stream *>()),
};
tw::Slot stream_open_slot(tw::SlotFacts{"stream_open", "stream_open", "", "tripwire.yaml:48", tw::key<&::stream_open>(),
                                        tw::key<&::tripwire_may_throw_stream_open>(),
                                        tw::signature<decltype(::stream_open)>(), stream_open_parameters, tw::result(),
                                        none, false, stream_open_transitions});
const tw::Registration stream_open_registration(stream_open_slot);

constexpr tw::Parameter stream_read_parameters[] = {tw::parameter("stream")};
constexpr tw::Transition stream_read_transitions[] = {
    tw::transition("stream", "opened").at(tw::HandleIn::argument, 0, tw::type_of<link_stream *>()),
};
tw::Slot stream_read_slot(tw::SlotFacts{"stream_read", "stream_read", "", "tripwire.yaml:49", tw::key<&::stream_read>(),
                                        tw::key<&::tripwire_may_throw_stream_read>(),
                                        tw::signature<decltype(::stream_read)>(), stream_read_parameters, tw::result(),
                                        none, false, stream_read_transitions});
const tw::Registration stream_read_registration(stream_read_slot);

constexpr tw::Parameter stream_close_parameters[] = {tw::parameter("stream")};
constexpr tw::Transition stream_close_transitions[] = {
    tw::transition("stream", "opened").to("closed").closes().at(tw::HandleIn::pointee, 0, tw::type_of<link_stream *>()),
};
tw::Slot stream_close_slot(tw::SlotFacts{"stream_close", "stream_close", "", "tripwire.yaml:50",
                                         tw::key<&::stream_close>(), tw::key<&::tripwire_may_throw_stream_close>(),
                                         tw::signature<decltype(::stream_close)>(), stream_close_parameters,
                                         tw::result(), minus_one, false, stream_close_transitions});
const tw::Registration stream_close_registration(stream_close_slot);

} // namespace

extern "C" {

__attribute__((noinline)) int tripwire_seam_link_open(const char *a0) {
  return tw::invoke<tw::Refusal::answers, int, const char *>(
      link_open_slot, __builtin_return_address(0), [](const char *p0) -> int { return ::link_open(p0); }, a0);
}

__attribute__((noinline)) int tripwire_may_throw_link_open(const char *a0) {
  return tw::invoke<tw::Refusal::throws, int, const char *>(
      link_open_slot, __builtin_return_address(0), [](const char *p0) -> int { return ::link_open(p0); }, a0);
}

__attribute__((noinline)) int tripwire_may_throw_link_find(const char *a0, int *a1) {
  return tw::invoke<tw::Refusal::throws, int, const char *, int *>(
      link_find_slot, __builtin_return_address(0), [](const char *p0, int *p1) -> int { return ::link_find(p0, p1); },
      a0, a1);
}

__attribute__((noinline)) int tripwire_may_throw_link_login(int a0, const char *a1) {
  return tw::invoke<tw::Refusal::throws, int, int, const char *>(
      link_login_slot, __builtin_return_address(0), [](int p0, const char *p1) -> int { return ::link_login(p0, p1); },
      a0, a1);
}

__attribute__((noinline)) long tripwire_seam_link_send(int a0, const char *a1) {
  return tw::invoke<tw::Refusal::answers, long, int, const char *>(
      link_send_slot, __builtin_return_address(0), [](int p0, const char *p1) -> long { return ::link_send(p0, p1); },
      a0, a1);
}

__attribute__((noinline)) long tripwire_may_throw_link_send(int a0, const char *a1) {
  return tw::invoke<tw::Refusal::throws, long, int, const char *>(
      link_send_slot, __builtin_return_address(0), [](int p0, const char *p1) -> long { return ::link_send(p0, p1); },
      a0, a1);
}

__attribute__((noinline)) void tripwire_may_throw_link_close(int a0) {
  return tw::invoke<tw::Refusal::throws, void, int>(
      link_close_slot, __builtin_return_address(0), [](int p0) -> void { return ::link_close(p0); }, a0);
}

__attribute__((noinline)) int tripwire_may_throw_port_connect(int a0) {
  return tw::invoke<tw::Refusal::throws, int, int>(
      port_connect_slot, __builtin_return_address(0), [](int p0) -> int { return ::port_connect(p0); }, a0);
}

__attribute__((noinline)) void tripwire_may_throw_port_close(int a0) {
  return tw::invoke<tw::Refusal::throws, void, int>(
      port_close_slot, __builtin_return_address(0), [](int p0) -> void { return ::port_close(p0); }, a0);
}

__attribute__((noinline)) link_stream *tripwire_may_throw_stream_open(const char *a0) {
  return tw::invoke<tw::Refusal::throws, link_stream *, const char *>(
      stream_open_slot, __builtin_return_address(0), [](const char *p0) -> link_stream * { return ::stream_open(p0); },
      a0);
}

__attribute__((noinline)) int tripwire_may_throw_stream_read(link_stream *a0) {
  return tw::invoke<tw::Refusal::throws, int, link_stream *>(
      stream_read_slot, __builtin_return_address(0), [](link_stream *p0) -> int { return ::stream_read(p0); }, a0);
}

__attribute__((noinline)) int tripwire_may_throw_stream_close(link_stream **a0) {
  return tw::invoke<tw::Refusal::throws, int, link_stream **>(
      stream_close_slot, __builtin_return_address(0), [](link_stream **p0) -> int { return ::stream_close(p0); }, a0);
}
}
