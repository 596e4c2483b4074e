#include "ares_channels.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <utility>

namespace tripwire::plugins {

AresChannels &AresChannels::all() {
  static auto *const channels = new AresChannels; // channels live as long as the process
  return *channels;
}

void AresChannels::listen(Channel channel, Listener listener) {
  const std::lock_guard<std::mutex> lock(mutex_);
  channels_[channel].listener = listener;
}

void AresChannels::copy(Channel to, Channel from) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = channels_.find(from);
  if (known != channels_.end())
    channels_[to].listener = known->second.listener;
}

void AresChannels::add(Channel channel, Callback callback) {
  Listener listener;
  int descriptor = -1;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    Waiting &waiting = channels_[channel];
    waiting.callbacks.push_back(std::move(callback));
    if (waiting.descriptor >= 0)
      return;
    waiting.descriptor = eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK);
    listener = waiting.listener;
    descriptor = waiting.descriptor;
  }
  if (listener.told != nullptr)
    listener.told(listener.data, descriptor, 1, 0);
}

int AresChannels::descriptor(Channel channel) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = channels_.find(channel);
  return known == channels_.end() ? -1 : known->second.descriptor;
}

void AresChannels::deliver(Channel channel, int status) {
  std::vector<Callback> callbacks;
  Listener listener;
  int descriptor = -1;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto known = channels_.find(channel);
    if (known == channels_.end() || known->second.descriptor < 0)
      return;
    callbacks.swap(known->second.callbacks);
    listener = known->second.listener;
    descriptor = std::exchange(known->second.descriptor, -1);
  }
  if (listener.told != nullptr)
    listener.told(listener.data, descriptor, 0, 0);
  close(descriptor);
  for (const Callback &callback : callbacks)
    callback(status); // which may ask for more
}

void AresChannels::destroy(Channel channel) {
  deliver(channel, ares_destruction);
  const std::lock_guard<std::mutex> lock(mutex_);
  channels_.erase(channel);
}

} // namespace tripwire::plugins
