// registrations --> the list of slots of this program, and which of them are watched
#include "registry.hpp"

#include <new>

namespace tripwire::runtime {

namespace {

constexpr std::string_view no_throw = " noexcept";

void skip_no_throw(std::string_view &text) noexcept {
  while (text.substr(0, no_throw.size()) == no_throw) {
    text.remove_prefix(no_throw.size());
  }
}

} // namespace

bool same_key(std::string_view one, std::string_view other) noexcept {
  for (;;) {
    skip_no_throw(one);
    skip_no_throw(other);
    if (one.empty() || other.empty()) {
      return one.empty() && other.empty();
    }
    if (one.front() != other.front()) {
      return false;
    }
    one.remove_prefix(1);
    other.remove_prefix(1);
  }
}

Registry &Registry::instance() noexcept {
  // Never destroyed: seams are called from destructors of static objects too.
  alignas(Registry) static unsigned char storage[sizeof(Registry)];
  static Registry *const registry = ::new (storage) Registry;
  return *registry;
}

void Registry::add(seam::Slot &slot) noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  slot.next = first_;
  slot.index = next_index_++;
  first_ = &slot;
  for (const Handled &handled : handled_) {
    bind(slot, handled);
  }
  refresh(slot);
}

void Registry::remove(seam::Slot &slot) noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (seam::Slot **at = &first_; *at != nullptr; at = &(*at)->next) {
    if (*at == &slot) {
      *at = slot.next;
      return;
    }
  }
}

seam::Slot *Registry::find_key(std::string_view key) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (seam::Slot *slot = first_; slot != nullptr; slot = slot->next) {
    if (slot->facts.key == key || slot->facts.wrapper_key == key) {
      return slot;
    }
  }
  for (seam::Slot *slot = first_; slot != nullptr; slot = slot->next) {
    if (same_key(slot->facts.key, key) || same_key(slot->facts.wrapper_key, key)) {
      return slot;
    }
  }
  return nullptr;
}

std::vector<seam::Slot *> Registry::find_name(std::string_view name) const {
  if (name.substr(0, 2) == "::") {
    name.remove_prefix(2);
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<seam::Slot *> found;
  for (seam::Slot *slot = first_; slot != nullptr; slot = slot->next) {
    if (slot->facts.name == name) {
      found.push_back(slot);
    }
  }
  return found;
}

std::vector<seam::Slot *> Registry::all() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<seam::Slot *> found;
  for (seam::Slot *slot = first_; slot != nullptr; slot = slot->next) {
    found.push_back(slot);
  }
  return found;
}

std::uint32_t Registry::count() const noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  return next_index_;
}

namespace {

/// `acme::twice<int>` of `acme::twice`.
bool is_specialisation_of(std::string_view slot, std::string_view name) noexcept {
  return slot.size() > name.size() && slot.substr(0, name.size()) == name && slot[name.size()] == '<';
}

Handling *first_handling(const seam::Slot &slot) noexcept {
  return static_cast<Handling *>(const_cast<void *>(slot.handler.load(std::memory_order_acquire)));
}

} // namespace

void Registry::bind(seam::Slot &slot, const Handled &handled) noexcept {
  if (slot.facts.name != handled.name && slot.facts.symbol != handled.name &&
      !is_specialisation_of(slot.facts.name, handled.name)) {
    return;
  }
  slot.always_watched = slot.always_watched || handled.always;
  Handling *last = nullptr;
  for (Handling *one = first_handling(slot); one != nullptr; one = one->next.load(std::memory_order_acquire)) {
    if (one->owner == handled.owner) {
      one->handler.store(handled.handler, std::memory_order_release);
      return;
    }
    last = one;
  }
  auto *const made = new Handling{handled.owner, handled.handler};
  if (last == nullptr) {
    slot.handler.store(made, std::memory_order_release);
  } else {
    last->next.store(made, std::memory_order_release);
  }
}

void Registry::handle(std::string_view name, const void *owner, const void *handler, bool always) noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  handled_.push_back({name, owner, handler, always});
  for (seam::Slot *slot = first_; slot != nullptr; slot = slot->next) {
    bind(*slot, handled_.back());
    refresh(*slot);
  }
}

void Registry::refresh(seam::Slot &slot) noexcept {
  const bool early = starting_.load(std::memory_order_relaxed) && !slot.called_early.load(std::memory_order_relaxed);
  slot.watched.store(early || slot.always_watched || watching_all_ > 0 || slot.mocked > 0, std::memory_order_relaxed);
}

void Registry::watch_all() noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (++watching_all_ == 1) {
    for (seam::Slot *slot = first_; slot != nullptr; slot = slot->next) {
      refresh(*slot);
    }
  }
}

void Registry::unwatch_all() noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (--watching_all_ == 0) {
    for (seam::Slot *slot = first_; slot != nullptr; slot = slot->next) {
      refresh(*slot);
    }
  }
}

void Registry::mocked(seam::Slot &slot) noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  ++slot.mocked;
  refresh(slot);
}

void Registry::unmocked(seam::Slot &slot) noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  --slot.mocked;
  refresh(slot);
}

std::vector<seam::Slot *> Registry::end_of_start() noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<seam::Slot *> early;
  if (!starting_.exchange(false)) {
    return early;
  }
  for (seam::Slot *slot = first_; slot != nullptr; slot = slot->next) {
    if (slot->called_early.load(std::memory_order_relaxed)) {
      early.push_back(slot);
    }
    refresh(*slot);
  }
  return early;
}

std::atomic<bool> Registry::starting_{true};

void Registry::called_while_starting(seam::Slot &slot) noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  slot.called_early.store(true, std::memory_order_relaxed);
  refresh(slot);
}

void Registry::set_program(std::string_view name, std::string_view configuration) noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  program_ = name;
  configuration_ = configuration;
}

} // namespace tripwire::runtime

namespace tripwire::seam {

Registration::Registration(Slot &slot) noexcept : slot_(slot) { runtime::Registry::instance().add(slot); }

Registration::~Registration() { runtime::Registry::instance().remove(slot_); }

Program::Program(std::string_view name, std::string_view configuration) noexcept {
  runtime::Registry::instance().set_program(name, configuration);
}

} // namespace tripwire::seam
