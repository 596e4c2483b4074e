// descriptors --(SocketTable)--> what is known of the sockets behind them
//
// A mocked descriptor is one end of a pair of sockets of the kernel, under the number that socket(2) gave; the plugin
// holds the other end. What is ready in the script is ready in the kernel: a byte waits there while the next step is to
// be read. So real poll, select and epoll see it, also where nothing is rewritten. Data goes past the kernel.
#ifndef TRIPWIRE_PLUGINS_SOCKET_TABLE_HPP
#define TRIPWIRE_PLUGINS_SOCKET_TABLE_HPP

#include "address.hpp"
#include "mock.hpp"
#include "states.hpp"

#include <sys/epoll.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace tripwire::plugins {

/// A descriptor of epoll waits for a socket, under that number of it.
struct SocketWatch {
  int set;
  int number;
  epoll_event event;
};

/// What has changed for who waits for changes alone (EPOLLET), though it was so before.
enum class SocketChange : unsigned char {
  none,
  readable, ///< more has arrived behind what was read
  writable, ///< there is room again, after a send that was told there was none
};

/// One socket, under one number or, as dup makes them, several. Its members are guarded by `mutex`; nothing else of the
/// plugin is locked under it but scripts.
struct SocketEntry {
  /// No two sockets of the process share one; numbers come again.
  const std::uintptr_t id = next_id();
  int descriptor = -1;    ///< by which messages know it
  int type = SOCK_STREAM; ///< without SOCK_NONBLOCK and SOCK_CLOEXEC

  /// Held for one operation of a script: which step is next, and what is left of it, is true until it ends. Taken
  /// before everything else; never held while a thread waits.
  std::recursive_mutex turn;
  mutable std::mutex mutex;
  std::condition_variable changed;                           ///< the script has gone on, or the socket is closed
  std::vector<int> numbers;                                  ///< `descriptor` and the copies that dup has made
  std::atomic<SocketState> state{SocketState::disconnected}; ///< readable without the mutex
  std::atomic<bool> is_mocked{false};                        ///< never becomes false again; readable without the mutex
  std::atomic<bool> is_let_through{false};                   ///< something real was done with it, if it failed
  std::optional<SocketAddress> address; ///< by which rules speak of it: the peer's, of a server its own
  std::optional<SocketAddress> peer;
  std::optional<SocketAddress> local;
  std::vector<SocketWatch> watches;

  // Of a mocked one:
  int far_end = -1; ///< the plugin's end
  int kept = -1;    ///< the socket that the program made: its options are real
  bool is_ready = false;
  int error_later = 0;     ///< what SO_ERROR says next
  bool has_failed = false; ///< the connection that was in progress
  // Of the stream's directions, what the kernel would remember:
  bool has_ended = false;    ///< its end was read
  bool is_recv_shut = false; ///< by shutdown
  bool is_send_shut = false;
  std::weak_ptr<SocketBook> book;
  std::weak_ptr<SocketScript> script;

  /// What its numbers mean to the kernel. Code that is not rewritten may have closed one, and another have got it.
  std::uint64_t identity = 0;

  bool is_datagram() const noexcept { return type == SOCK_DGRAM || type == SOCK_RAW; }
  /// What is sent at once arrives at once; what does not fit is lost.
  bool keeps_messages() const noexcept { return type != SOCK_STREAM; }
  /// What it goes through.
  const plugin::Machine &machine() const;
  /// The operation has been done. What the machine does not know leaves the state of a real socket as it is. Wants the
  /// mutex held.
  void advance(const char *operation);
  /// Whether nobody has connected it or bound it: the kernel knows also of code that is not rewritten. errno stays.
  bool is_fresh() const;
  /// What the core knows it by. Says also whether it is mocked, for those who know no more of it.
  std::uintptr_t handle() const noexcept { return id * 2 + (is_mocked ? 1 : 0); }
  bool is_last_number() const;
  /// One of its numbers that still is it; -1 when other code has closed them all. Wants the mutex held.
  int live_number() const;
  /// Whether that number still is this socket. errno stays.
  bool is_there(int number) const;
  void identify();
  /// Puts a pair of sockets in the place of the real one. Watches, O_NONBLOCK and FD_CLOEXEC stay. \return an errno, or
  /// 0.
  int become_mocked();
  /// Makes ready in the kernel what is ready in the script.
  void refresh(SocketChange change = SocketChange::none);
  /// Whether anything may be read now; or, of what the script says, some time.
  bool is_readable() const;
  bool may_become_readable() const;
  /// Whether a recv for which the script has nothing is at the end of the stream.
  bool is_at_end() const noexcept { return has_ended || is_recv_shut; }
  /// Whether the script goes on with a recv, if only one that fails.
  bool has_recv_next() const;
  /// What code that is not rewritten has done to a mocked socket, past the script; each thing is told once. Empty for
  /// nothing.
  std::string take_trespass();
  /// The program has closed its last number, this one: nothing is left but the number.
  void retire(int number);
  ~SocketEntry();

private:
  static std::uintptr_t next_id() noexcept;
};

/// What `SocketEntry::handle` says.
constexpr bool is_handle_of_mocked_socket(std::uintptr_t handle) noexcept { return handle % 2 != 0; }
constexpr std::uintptr_t id_of_socket_handle(std::uintptr_t handle) noexcept { return handle / 2; }

/// All sockets of the process that rewritten code has made in tests. Thread-safe, never destroyed.
class SocketTable {
public:
  using Handle = std::shared_ptr<SocketEntry>;
  static SocketTable &all();

  /// Quick: most descriptors are none of them. One that was closed elsewhere is forgotten.
  Handle find(int descriptor);
  /// One that was made elsewhere becomes known; null for what is no socket.
  Handle find_or_adopt(int descriptor);
  Handle add(int descriptor, int type);
  /// The socket has one number more, under which another one may have been. It is among the entry's own already.
  void add_number(const Handle &entry, int number);
  void forget(int descriptor);
  /// The number of a mocked socket that has others is closed: it stays taken, as the last one would. \return false when
  /// it is the last one.
  bool close_copy(const Handle &entry, int number);
  /// All sockets, each once.
  std::vector<Handle> sockets() const;
  /// Makes ready what scripts have become since.
  void refresh_all();
  /// Gives numbers back that were closed in tests which have ended, and lets go of what only such tests could use.
  void sweep();

private:
  static constexpr int quick = 1 << 16;
  void mark(int descriptor, bool is_known);

  mutable std::mutex mutex_;
  std::map<int, Handle> entries_;
  std::atomic<bool> known_[quick] = {};
};

} // namespace tripwire::plugins

#endif
