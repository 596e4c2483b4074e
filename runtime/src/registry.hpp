// registrations --> the list of slots of this program, and which of them are watched
#ifndef TRIPWIRE_SRC_REGISTRY_HPP
#define TRIPWIRE_SRC_REGISTRY_HPP

#include "tripwire/seam/slot.hpp"

#include <mutex>
#include <string_view>
#include <vector>

namespace tripwire::runtime {

/// What one plugin does for a slot. Where several plugins handle it, they stand in the order of their registration.
/// Never destroyed.
struct Handling {
  const void *owner;
  std::atomic<const void *> handler;
  std::atomic<Handling *> next{nullptr};
};

/// The list of slots and everything that decides whether they are watched. One per process, never destroyed.
class Registry {
public:
  static Registry &instance() noexcept;

  void add(seam::Slot &slot) noexcept;
  void remove(seam::Slot &slot) noexcept;

  /// The slot that a test names by `key<&seam>()`; null when no object of this program refers to the seam.
  seam::Slot *find_key(std::string_view key) const;
  /// All slots of that qualified name; overloads share one.
  std::vector<seam::Slot *> find_name(std::string_view name) const;
  std::vector<seam::Slot *> all() const;
  /// Indices of slots are below this.
  std::uint32_t count() const noexcept;

  /// What the plugin \p owner does for the slots of that name or symbol, also those registered later. Of one plugin the
  /// latest holds. \p handler lives for ever.
  void handle(std::string_view name, const void *owner, const void *handler, bool always) noexcept;

  /// All slots are watched while more `watch_all` than `unwatch_all` were called.
  void watch_all() noexcept;
  void unwatch_all() noexcept;
  /// One slot is watched while more mocks of it were announced than withdrawn.
  void mocked(seam::Slot &slot) noexcept;
  void unmocked(seam::Slot &slot) noexcept;

  /// From now on calls are no longer taken for ones before `main`. Returns the slots that were called until then, once.
  std::vector<seam::Slot *> end_of_start() noexcept;
  static bool starting() noexcept { return starting_.load(std::memory_order_relaxed); }
  /// A call while starting: remembered, and the slot is left alone from then on.
  void called_while_starting(seam::Slot &slot) noexcept;

  /// For a fork, which takes it first.
  std::mutex &mutex() noexcept { return mutex_; }

  void set_program(std::string_view name, std::string_view configuration) noexcept;
  std::string_view program() const noexcept { return program_; }
  std::string_view configuration() const noexcept { return configuration_; }

private:
  struct Handled {
    std::string_view name;
    const void *owner;
    const void *handler;
    bool always;
  };
  void refresh(seam::Slot &slot) noexcept;
  static void bind(seam::Slot &slot, const Handled &handled) noexcept;

  mutable std::mutex mutex_;
  seam::Slot *first_ = nullptr;
  std::uint32_t next_index_ = 0;
  std::vector<Handled> handled_;
  int watching_all_ = 0;
  static std::atomic<bool> starting_;
  std::string_view program_;
  std::string_view configuration_;
};

/// The text of a key without the parts that a conversion of the pointer may change: `noexcept`.
bool same_key(std::string_view one, std::string_view other) noexcept;

} // namespace tripwire::runtime

#endif
