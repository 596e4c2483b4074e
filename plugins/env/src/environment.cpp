#include "environment.hpp"

#include "mock.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_map>

namespace tripwire::plugins {

namespace {

struct Texts {
  std::mutex mutex;
  std::unordered_map<std::string, std::string> all; ///< elements stay where they are
};

} // namespace

char *kept_text(std::string_view text) {
  static auto *const texts = new Texts;
  const std::lock_guard<std::mutex> lock(texts->mutex);
  return texts->all.try_emplace(std::string(text), text).first->second.data();
}

bool Environment::has_changed(const std::string &name) const {
  return changes_.count(name) != 0 || (is_cleared_ && stated_since_.count(name) == 0);
}

bool Environment::is_changed(const std::string &name) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return has_changed(name);
}

char *Environment::changed(const std::string &name) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = changes_.find(name);
  if (found == changes_.end() || !found->second.is_put)
    return found == changes_.end() ? nullptr : found->second.value;
  char *const sign = std::strchr(found->second.value, '=');
  return sign == nullptr ? nullptr : sign + 1;
}

bool Environment::is_set(const std::string &name) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (has_changed(name)) {
    const auto found = changes_.find(name);
    return found != changes_.end() && found->second.value != nullptr;
  }
  const auto [first, last] = statements_.equal_range(name);
  return std::any_of(first, last, [](const auto &one) { return one.second->states_text(); });
}

void Environment::set(const std::string &name, std::string_view value) {
  const std::lock_guard<std::mutex> lock(mutex_);
  changes_[name] = {kept_text(value), false};
}

void Environment::put(const std::string &name, char *text) {
  const std::lock_guard<std::mutex> lock(mutex_);
  changes_[name] = {text, true};
}

void Environment::unset(const std::string &name) {
  const std::lock_guard<std::mutex> lock(mutex_);
  changes_[name] = {};
}

void Environment::clear() {
  const std::lock_guard<std::mutex> lock(mutex_);
  changes_.clear();
  stated_since_.clear();
  is_cleared_ = true;
}

void Environment::stated(const std::string &name, EnvMock &mock) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto [first, last] = statements_.equal_range(name);
  std::for_each(first, last, [](const auto &one) { one.second->superseded(); });
  statements_.emplace(name, &mock);
  changes_.erase(name);
  stated_since_.insert(name);
}

} // namespace tripwire::plugins
