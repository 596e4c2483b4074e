// epoll_ctl --(EpollSets)--> which descriptors a set of epoll waits for
//
// The kernel does not say. What code that is not rewritten has put into a set is not known.
#ifndef TRIPWIRE_PLUGINS_SOCKET_EPOLL_SETS_HPP
#define TRIPWIRE_PLUGINS_SOCKET_EPOLL_SETS_HPP

#include <atomic>
#include <map>
#include <mutex>
#include <set>

namespace tripwire::plugins {

/// All sets of the process. Thread-safe, never destroyed.
class EpollSets {
public:
  static EpollSets &all();

  void add(int set, int descriptor);
  void remove(int set, int descriptor);
  /// Empty for one that is not known.
  std::set<int> members(int set) const;
  /// The number is another's from now on: it may have been a set, or in sets.
  void closed(int number);

private:
  mutable std::mutex mutex_;
  std::atomic<bool> is_empty_{true}; // so that closing a file costs nothing where there are none
  std::map<int, std::set<int>> sets_;
};

} // namespace tripwire::plugins

#endif
