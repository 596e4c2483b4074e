// one message of the program, by whichever function --(transfer)--> a step of the script, or the real call
#ifndef TRIPWIRE_PLUGINS_SOCKET_TRANSFER_HPP
#define TRIPWIRE_PLUGINS_SOCKET_TRANSFER_HPP

#include "handlers.hpp"

#include <sys/uio.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tripwire::plugins {

/// Memory of the program, in as many pieces as it likes.
class SocketPieces {
public:
  SocketPieces(void *begin, std::size_t size) : one_{begin, size}, all_(&one_), count_(1) {}
  SocketPieces(const iovec *all, std::size_t count) : one_{}, all_(all), count_(count) {}
  SocketPieces(const SocketPieces &) = delete;
  SocketPieces &operator=(const SocketPieces &) = delete;

  std::size_t size() const;
  /// What stands in the first \p size bytes.
  std::string read(std::size_t size) const;
  void write(std::string_view data) const;

private:
  iovec one_;
  const iovec *all_;
  std::size_t count_;
};

/// One call, or one message of a call that has several.
struct SocketTransfer {
  int descriptor;
  const SocketPieces &pieces;
  int flags = 0;
  // Of a send:
  std::optional<SocketAddress> to{};
  // Of a recv: where the program wants to know it.
  sockaddr *from = nullptr;
  socklen_t *from_size = nullptr;
  // Of sendmsg and recvmsg:
  msghdr *message = nullptr;
};

/// Sends or receives for real. \return what the call returned.
using RealTransfer = std::function<ssize_t()>;

/// What the call returns; none where the socket is none of the plugin's.
std::optional<ssize_t> send_on_socket(plugin::Visit &visit, const SocketTransfer &transfer, const RealTransfer &real);
std::optional<ssize_t> recv_on_socket(plugin::Visit &visit, const SocketTransfer &transfer, const RealTransfer &real);

/// How long the program lets a recv or an accept on a mocked socket wait (SO_RCVTIMEO); none is for ever.
std::optional<std::chrono::nanoseconds> limit_of_recv(const SocketEntry &entry);

/// Whether a call on the descriptor waits, as it is set, for what is not there yet.
bool waits_on_socket(int descriptor, int flags);

} // namespace tripwire::plugins

#endif
