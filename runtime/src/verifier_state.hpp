// all that belongs to one test
#ifndef TRIPWIRE_SRC_VERIFIER_STATE_HPP
#define TRIPWIRE_SRC_VERIFIER_STATE_HPP

#include "firewall/rule_stack.hpp"
#include "latched.hpp"
#include "queue.hpp"
#include "timeline.hpp"

#include "tripwire/adapter.hpp"
#include "tripwire/plugin.hpp"

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace tripwire::runtime {

/// Where a test is.
enum class Phase : unsigned char {
  outside, ///< no adapter and no session says
  fixture, ///< set-up or tear-down
  body,
};

/// A relaxation of the order of assertions; empty names relax it for all.
struct OrderScope {
  std::vector<std::string> sources;
};

/// The mocks that tests registered with one plugin, and what it keeps itself.
struct PluginMocks {
  plugin::Plugin *plugin = nullptr;
  std::vector<std::unique_ptr<plugin::Mock>> all; ///< in the order of registration
  std::unordered_map<std::string, std::vector<plugin::Mock *>> keyed;
  std::vector<plugin::Mock *> unkeyed;
  std::shared_ptr<void> state;
};

/// What a plugin's call has opened, and was let through.
struct Opened {
  const plugin::Plugin *plugin;
  std::uintptr_t handle;
};

struct Sessions;

/// All that belongs to one test. The object itself is never freed, since a thread may still hold it; its content is,
/// once the last visitor has left.
struct VerifierState {
  static constexpr std::size_t room_for_spare_text = 512;

  explicit VerifierState(std::string_view its_name);
  VerifierState(const VerifierState &) = delete;
  VerifierState &operator=(const VerifierState &) = delete;
  ~VerifierState();

  std::string name;
  const bool made_in_child;        ///< no other process has it, so none can be told of it
  std::atomic<int> visitors{0};    ///< calls that are being served
  std::atomic<bool> closed{false}; ///< no call may enter any more
  std::atomic<Phase> phase{Phase::outside};
  std::atomic<std::uint64_t> sandboxes{0}; ///< opened so far
  std::atomic<std::uint32_t> home{0};      ///< the number of the thread that runs the test

  // Of a test that is written in C; constant once it has begun.
  bool in_c = false;
  adapter::Leave leave = nullptr; ///< null: it cannot be left
  pid_t process = 0;              ///< in which it can

  ScopeStack scopes; ///< levels and rules of the test
  RuleLevel of_file; ///< the project's rules for tests of its file; constant once the test has begun
  std::atomic<bool> has_unenforced{false}; ///< an interaction was recorded that need not be asserted

  std::unique_ptr<Timeline> timeline;

  std::unique_ptr<std::atomic<MockedSlot *>[]> books; ///< by the slot's index
  std::uint32_t book_capacity = 0;
  std::mutex books_mutex; ///< guards the two below
  std::vector<std::unique_ptr<MockedSlot>> owned_books;
  std::vector<MockedSlot *> late_books; ///< of slots registered after this verifier was made

  std::atomic<Sessions *> sessions{nullptr}; ///< null until the test makes one
  std::unique_ptr<Sessions> owned_sessions;  ///< guarded as the books are

  std::mutex plugins_mutex; ///< guards the mocks of plugins
  std::vector<std::unique_ptr<PluginMocks>> plugins;
  std::uint64_t plugin_order = 0;
  std::vector<std::unique_ptr<PluginEntry>> plugin_entries;

  std::mutex assertions_mutex; ///< guards what is asserted, and the two below
  std::uint64_t first_unasserted = 0;
  std::vector<OrderScope> any_order;

  std::mutex notes_mutex;                        ///< guards the rest
  std::vector<std::shared_ptr<Latched>> latched; ///< always with room for the spare one
  std::shared_ptr<Latched> spare;                ///< for a violation that finds no memory for its record
  bool spare_is_used = false;
  std::vector<Opened> opened;
  std::unordered_set<const void *> warned;
  std::vector<std::unique_ptr<Outcome>> outcomes;
  Outcome unknown_outcome; ///< of all calls whose exception could not be recorded; constant
  VerifierState *next_closed = nullptr;

  /// What this verifier keeps about a slot; made on first use.
  MockedSlot &book(seam::Slot &slot) {
    MockedSlot *found = find_book(slot);
    return found != nullptr ? *found : make_book(slot);
  }
  /// The same; null when there is nothing yet.
  MockedSlot *find_book(const seam::Slot &slot) noexcept {
    return slot.index < book_capacity ? books[slot.index].load(std::memory_order_acquire) : find_late_book(slot);
  }
  MockedSlot &make_book(seam::Slot &slot);
  MockedSlot *find_late_book(const seam::Slot &slot) noexcept;
  PluginMocks &mocks_of(plugin::Plugin &plugin);

  /// Withdraws the mocks and frees the content as soon as no call is served any more.
  void close();
  void free_content();
};

/// A call that is being served: keeps the content of a verifier alive.
class Visitor {
public:
  explicit Visitor(VerifierState &verifier) noexcept : verifier_(verifier) {
    verifier_.visitors.fetch_add(1, std::memory_order_acq_rel);
    entered_ = !verifier_.closed.load(std::memory_order_acquire);
  }
  Visitor(const Visitor &) = delete;
  Visitor &operator=(const Visitor &) = delete;
  ~Visitor() { verifier_.visitors.fetch_sub(1, std::memory_order_acq_rel); }

  /// False when the test is over.
  explicit operator bool() const noexcept { return entered_; }

private:
  VerifierState &verifier_;
  bool entered_;
};

} // namespace tripwire::runtime

#endif
