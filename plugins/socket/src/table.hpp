// descriptors --(SocketTable)--> what is known of the sockets behind them
//
// A mocked descriptor is one end of a pair of sockets of the kernel, under the number that socket(2) gave; the plugin
// holds the other end. What is ready in the script is ready in the kernel: a byte waits there while the next step is to
// be read. So real poll, select and epoll see it, also where nothing is rewritten. Data goes past the kernel.
#ifndef TRIPWIRE_PLUGINS_SOCKET_TABLE_HPP
#define TRIPWIRE_PLUGINS_SOCKET_TABLE_HPP

#include "address.hpp"
#include "mock.hpp"

#include <sys/epoll.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace tripwire::plugins {

enum class SocketState : unsigned char {
  disconnected, ///< made by socket(2), or a connection that failed
  connected,
  bound,
  listening,
  closed, ///< of a mocked one, whose number stays taken until its test ends
};
/// `connected`
const char *name_of(SocketState state) noexcept;

/// One socket. Its members are guarded by `mutex`; nothing else of the plugin is locked under it but scripts.
struct SocketEntry {
  int descriptor = -1;
  int type = SOCK_STREAM; ///< without SOCK_NONBLOCK and SOCK_CLOEXEC

  mutable std::mutex mutex;
  std::atomic<SocketState> state{SocketState::disconnected}; ///< readable without the mutex
  std::atomic<bool> is_mocked{false};                        ///< never becomes false again; readable without the mutex
  std::optional<SocketAddress> address; ///< by which rules speak of it: the peer's, of a server its own
  std::optional<SocketAddress> peer;
  std::optional<SocketAddress> local;
  std::vector<std::pair<int, epoll_event>> watches; ///< epoll descriptors that wait for it

  // Of a mocked one:
  int far_end = -1; ///< the plugin's end
  int kept = -1;    ///< the socket that the program made: its options are real
  bool is_ready = false;
  int error_later = 0;
  std::weak_ptr<SocketBook> book;
  std::weak_ptr<SocketScript> script;

  /// What the number means to the kernel. Code that is not rewritten may have closed it, and another have got it.
  std::uint64_t identity = 0;

  bool is_datagram() const noexcept { return type == SOCK_DGRAM; }
  /// Whether the number still is this socket. errno stays.
  bool is_there() const;
  void identify();
  /// Puts a pair of sockets in the place of the real one. Watches, O_NONBLOCK and FD_CLOEXEC stay. \return an errno, or
  /// 0.
  int become_mocked();
  /// Makes ready in the kernel what is ready in the script.
  void refresh();
  /// Whether anything may be read now; or, of what the script says, some time.
  bool is_readable() const;
  bool may_become_readable() const;
  /// The program has closed it: nothing is left but the number.
  void retire();
  ~SocketEntry();
};

/// All sockets of the process that rewritten code has made in tests. Thread-safe, never destroyed.
class SocketTable {
public:
  static SocketTable &all();

  /// Quick: most descriptors are none of them. One that was closed elsewhere is forgotten.
  std::shared_ptr<SocketEntry> find(int descriptor);
  /// One that was made elsewhere becomes known; null for what is no socket.
  std::shared_ptr<SocketEntry> find_or_adopt(int descriptor);
  std::shared_ptr<SocketEntry> add(int descriptor, int type);
  void forget(int descriptor);
  bool is_mocked(int descriptor) const;
  /// Makes ready what scripts have become since.
  void refresh_all();
  /// Gives numbers back that were closed in tests which have ended, and lets go of what only such tests could use.
  void sweep();

private:
  static constexpr int quick = 1 << 16;
  void mark(int descriptor, bool is_known);

  mutable std::mutex mutex_;
  std::map<int, std::shared_ptr<SocketEntry>> entries_;
  std::atomic<bool> known_[quick] = {};
};

} // namespace tripwire::plugins

#endif
