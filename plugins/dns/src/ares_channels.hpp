// answers to look-ups of c-ares --(AresChannels)--> callbacks, when the program lets its channel work
//
// c-ares calls back while the program processes the channel, which it does when a descriptor of the channel is ready.
// So a channel with answers that wait has one descriptor more, which is always ready to be read.
#ifndef TRIPWIRE_PLUGINS_DNS_ARES_CHANNELS_HPP
#define TRIPWIRE_PLUGINS_DNS_ARES_CHANNELS_HPP

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace tripwire::plugins {

/// c-ares' own numbers.
inline constexpr int ares_success = 0;
inline constexpr int ares_no_memory = 15;
inline constexpr int ares_destruction = 16;
inline constexpr int ares_cancelled = 24;

/// All channels of the process with answers that wait, and what they tell of their descriptors. Thread-safe; callbacks
/// run without a lock.
class AresChannels {
public:
  using Channel = const void *;
  /// Is told a status: `ares_success`, or why there is no answer.
  using Callback = std::function<void(int status)>;
  /// What the program has asked to be told of descriptors.
  struct Listener {
    void (*told)(void *data, int descriptor, int readable, int writable) = nullptr;
    void *data = nullptr;
  };

  static AresChannels &all();

  void listen(Channel channel, Listener listener);
  /// A copy of a channel listens as that does.
  void copy(Channel to, Channel from);
  void add(Channel channel, Callback callback);
  /// The descriptor of a channel with answers that wait; -1 without.
  int descriptor(Channel channel) const;
  /// Calls back all that wait.
  void deliver(Channel channel, int status);
  /// The channel goes: all that wait are called back.
  void destroy(Channel channel);

private:
  struct Waiting {
    Listener listener;
    int descriptor = -1;
    std::vector<Callback> callbacks;
  };

  mutable std::mutex mutex_;
  std::map<Channel, Waiting> channels_;
};

} // namespace tripwire::plugins

#endif
