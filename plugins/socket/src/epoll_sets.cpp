#include "epoll_sets.hpp"

namespace tripwire::plugins {

EpollSets &EpollSets::all() {
  static auto *const sets = new EpollSets; // descriptors live as long as the process
  return *sets;
}

void EpollSets::add(int set, int descriptor) {
  const std::lock_guard<std::mutex> lock(mutex_);
  sets_[set].insert(descriptor);
  is_empty_ = false;
}

void EpollSets::remove(int set, int descriptor) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = sets_.find(set);
  if (known != sets_.end())
    known->second.erase(descriptor);
}

std::set<int> EpollSets::members(int set) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = sets_.find(set);
  return known == sets_.end() ? std::set<int>() : known->second;
}

void EpollSets::closed(int number) {
  if (is_empty_)
    return;
  const std::lock_guard<std::mutex> lock(mutex_);
  sets_.erase(number);
  for (auto &[set, members] : sets_)
    members.erase(number);
  is_empty_ = sets_.empty();
}

} // namespace tripwire::plugins
