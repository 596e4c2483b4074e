// the steps that the seams of sockets share, and their handlers
#ifndef TRIPWIRE_PLUGINS_SOCKET_HANDLERS_HPP
#define TRIPWIRE_PLUGINS_SOCKET_HANDLERS_HPP

#include "table.hpp"

#include <tripwire/plugin.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace tripwire::plugins {

using SocketHandle = std::shared_ptr<SocketEntry>;

/// What an operation is for the core. \p address is whom rules speak of.
plugin::Description describe_on_socket(const SocketEntry &entry, SocketOperation operation,
                                       const std::optional<SocketAddress> &address);
/// Names the address in the fields.
void describe_socket_address(plugin::Description &call, const SocketAddress &address);

/// Puts the operation before the core. errno stays. Throws an `InvalidStateError` where the state of a session does not
/// allow it, and an error when nothing stands behind a mocked socket that should be real.
plugin::Decision present_on_socket(plugin::Visit &visit, SocketEntry &entry, plugin::Description call,
                                   SocketOperation operation);

/// Throws where the state does not allow the operation, as above: also of a socket that no session has, in a sandbox,
/// when neither the program nor the kernel knows of a connection.
void check_socket_state(plugin::Visit &visit, SocketEntry &entry, const char *operation);

/// The session of the step is played on this socket from now on; the operation has opened it.
void open_session(SocketEntry &entry, const SocketMock &step, SocketOperation operation);

/// `SocketEntry::refresh`. errno stays.
void refresh_socket(SocketEntry &entry, SocketChange change = SocketChange::none);

/// Reports what code that is not rewritten has done on mocked sockets of this test.
void find_trespasses() noexcept;

/// How long a thread waits for what others have to do first, before it is said that they will not: the script has it,
/// or the test may still say it.
inline constexpr std::chrono::seconds socket_patience{10};
inline constexpr std::chrono::seconds socket_patience_for_words{1};

/// Throws: a wait that nothing would end.
[[noreturn]] void refuse_to_wait(plugin::Visit &visit);
/// Throws: a wait for what another thread has closed.
[[noreturn]] void refuse_closed_meanwhile(plugin::Visit &visit);
/// Throws: a send behind a shutdown that the script wants to go well.
[[noreturn]] void refuse_shut(plugin::Visit &visit, const SocketEntry &entry);
/// Throws: a call that a script cannot answer, for this reason.
[[noreturn]] void refuse_unplayed(plugin::Visit &visit, const SocketEntry &entry, const std::string &why);

/// The last number of a socket is about to be the program's no more, by close or by dup2: a step, where the socket was
/// in use.
plugin::Decision present_close_on_socket(plugin::Visit &visit, SocketEntry &entry);

/// What a call that fails returns.
constexpr int failed = -1;
/// The call fails: -1, and errno.
void fail_on_socket(int error, const plugin::Recorded &recorded);
/// Makes the real call and notes how it failed. \return what it returned.
template <class R> R make_real_on_socket(plugin::Visit &visit, const plugin::Recorded &recorded);

// Each returns what the call returns.
int on_socket_made(plugin::Visit &visit, int domain, int type, int protocol);
int on_socket_connect(plugin::Visit &visit, int descriptor, const sockaddr *address, socklen_t size);
int on_socket_bind(plugin::Visit &visit, int descriptor, const sockaddr *address, socklen_t size);
int on_socket_listen(plugin::Visit &visit, int descriptor, int backlog);
int on_socket_accept(plugin::Visit &visit, int descriptor, sockaddr *address, socklen_t *size, int flags);
int on_socket_shutdown(plugin::Visit &visit, int descriptor, int how);
int on_socket_close(plugin::Visit &visit, int descriptor);

void on_socket_dup(plugin::Visit &visit);
void on_socket_dup2(plugin::Visit &visit);
void on_socket_fcntl(plugin::Visit &visit);

void on_socket_send(plugin::Visit &visit);
void on_socket_sendto(plugin::Visit &visit);
void on_socket_sendmsg(plugin::Visit &visit);
void on_socket_write(plugin::Visit &visit);
void on_socket_writev(plugin::Visit &visit);
void on_socket_recv(plugin::Visit &visit);
void on_socket_recvfrom(plugin::Visit &visit);
void on_socket_recvmsg(plugin::Visit &visit);
void on_socket_read(plugin::Visit &visit);
void on_socket_readv(plugin::Visit &visit);
void on_socket_sendmmsg(plugin::Visit &visit);
void on_socket_recvmmsg(plugin::Visit &visit);
void on_socket_sendfile(plugin::Visit &visit);
void on_socket_sendfile64(plugin::Visit &visit);
void on_socket_splice(plugin::Visit &visit);
void on_socket_stream(plugin::Visit &visit);

void on_socket_getsockopt(plugin::Visit &visit);
void on_socket_setsockopt(plugin::Visit &visit);
void on_socket_getsockname(plugin::Visit &visit);
void on_socket_getpeername(plugin::Visit &visit);
void on_socket_ioctl(plugin::Visit &visit);
void on_socket_sockatmark(plugin::Visit &visit);
void on_socket_poll(plugin::Visit &visit);
void on_socket_ppoll(plugin::Visit &visit);
void on_socket_select(plugin::Visit &visit);
void on_socket_pselect(plugin::Visit &visit);
void on_socket_epoll_create(plugin::Visit &visit);
void on_socket_epoll_ctl(plugin::Visit &visit);
void on_socket_epoll_wait(plugin::Visit &visit);
void on_socket_epoll_pwait(plugin::Visit &visit);
void on_socket_epoll_pwait2(plugin::Visit &visit);

/// Argument \p index, whatever the declaration calls its type.
template <class T> T socket_argument(const plugin::Visit &visit, std::size_t index);

} // namespace tripwire::plugins

#include "names.hpp"

#include <cerrno>
#include <cstring>

namespace tripwire::plugins {

template <class T> T socket_argument(const plugin::Visit &visit, std::size_t index) {
  T value{};
  std::memcpy(&value, visit.argument(index).address, sizeof value);
  return value;
}

template <class R> R make_real_on_socket(plugin::Visit &visit, const plugin::Recorded &recorded) {
  visit.make_real();
  const R result = visit.result<R>();
  if (result < 0) {
    const int error = errno;
    fail_on_socket(error, recorded);
  }
  return result;
}

} // namespace tripwire::plugins

#endif
