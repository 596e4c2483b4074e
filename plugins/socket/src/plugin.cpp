// the seams of sockets --(handlers)--> operations, answered by the scripts of sessions
#include "plugin.hpp"

#include "handlers.hpp"
#include "hints.hpp"
#include "states.hpp"

namespace tripwire::plugins {

namespace {

class SocketPlugin final : public plugin::Plugin {
public:
  SocketPlugin() : Plugin(tripwire_manifest_socket, "<tripwire/plugins/socket.hpp>") {
    using plugin::Visit;
    handle<int(int, int, int)>("socket", &on_socket_made);
    // C++ and C have different types for addresses.
    observe("connect", [](Visit &visit) { run_with_address(visit, &on_socket_connect); });
    observe("bind", [](Visit &visit) { run_with_address(visit, &on_socket_bind); });
    handle<int(int, int)>("listen", &on_socket_listen);
    observe("accept", [](Visit &visit) { accept(visit, 0); });
    observe("accept4", [](Visit &visit) { accept(visit, socket_argument<int>(visit, 3)); });
    handle<int(int, int)>("shutdown", &on_socket_shutdown);
    observe("send", &on_socket_send);
    observe("sendto", &on_socket_sendto);
    observe("sendmsg", &on_socket_sendmsg);
    observe("recv", &on_socket_recv);
    observe("recvfrom", &on_socket_recvfrom);
    observe("recvmsg", &on_socket_recvmsg);
    observe("read", &on_socket_read);
    observe("readv", &on_socket_readv);
    observe("write", &on_socket_write);
    observe("writev", &on_socket_writev);
    observe("sendmmsg", &on_socket_sendmmsg);
    observe("recvmmsg", &on_socket_recvmmsg);
    observe("sendfile", &on_socket_sendfile);
    observe("sendfile64", &on_socket_sendfile64);
    observe("splice", &on_socket_splice);
    for (const char *seam : {"fdopen", "dprintf", "vdprintf"})
      observe(seam, &on_socket_stream);
    // Mocked descriptors may be closed behind their test.
    handle<int(int)>("close", &on_socket_close, plugin::Watch::always);
    // Copies of descriptors that a test has made live as long as they do.
    observe("dup", &on_socket_dup, plugin::Watch::always);
    observe("dup2", &on_socket_dup2, plugin::Watch::always);
    observe("dup3", &on_socket_dup2, plugin::Watch::always);
    observe("fcntl", &on_socket_fcntl, plugin::Watch::always);
    observe("fcntl64", &on_socket_fcntl, plugin::Watch::always);
    observe("getsockopt", &on_socket_getsockopt);
    observe("setsockopt", &on_socket_setsockopt);
    observe("getsockname", &on_socket_getsockname);
    observe("getpeername", &on_socket_getpeername);
    observe("ioctl", &on_socket_ioctl);
    observe("sockatmark", &on_socket_sockatmark);
    observe("poll", &on_socket_poll);
    observe("ppoll", &on_socket_ppoll);
    observe("select", &on_socket_select);
    observe("pselect", &on_socket_pselect);
    observe("epoll_create", &on_socket_epoll_create);
    observe("epoll_create1", &on_socket_epoll_create);
    observe("epoll_ctl", &on_socket_epoll_ctl);
    observe("epoll_wait", &on_socket_epoll_wait);
    observe("epoll_pwait", &on_socket_epoll_pwait);
    observe("epoll_pwait2", &on_socket_epoll_pwait2);
  }

  void test_begins() noexcept override { SocketTable::all().sweep(); }
  void deactivate() override { find_trespasses(); }
  std::string mock_line(const plugin::Description &call) const override { return socket_mock_statement(call); }
  std::string assert_line(const plugin::Description &interaction) const override {
    return socket_assert_statement(interaction);
  }

private:
  static void answer(plugin::Visit &visit, int result) {
    if (!visit.passed_on())
      visit.answer<int>(result);
  }
  static void run_with_address(plugin::Visit &visit, int (*run)(plugin::Visit &, int, const sockaddr *, socklen_t)) {
    answer(visit, run(visit, socket_argument<int>(visit, 0), socket_argument<const sockaddr *>(visit, 1),
                      socket_argument<socklen_t>(visit, 2)));
  }
  static void accept(plugin::Visit &visit, int flags) {
    answer(visit, on_socket_accept(visit, socket_argument<int>(visit, 0), socket_argument<sockaddr *>(visit, 1),
                                   socket_argument<socklen_t *>(visit, 2), flags));
  }
};

} // namespace

plugin::Plugin &socket_plugin() {
  static SocketPlugin plugin;
  return plugin;
}

namespace {

// Linking this file is registering it, before main.
[[maybe_unused]] const plugin::Plugin &registered = socket_plugin();

} // namespace

} // namespace tripwire::plugins

// What the CMake target asks the linker for, so that the plugin is there also when no test names it.
extern "C" void tripwire_plugin_socket() {}
