// all that belongs to one test: making it, finding things in it, taking it down
#include "verifier_state.hpp"

#include "registry.hpp"
#include "relay.hpp"
#include "scripted.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace tripwire::runtime {

namespace {

/// Closed verifiers whose content a call may still use.
struct Graveyard {
  std::mutex mutex;
  VerifierState *waiting = nullptr;
  VerifierState *empty = nullptr; ///< kept, so that nothing is taken for lost
};

Graveyard &graveyard() {
  // Needs no memory, and is never destroyed.
  alignas(Graveyard) static unsigned char storage[sizeof(Graveyard)];
  static auto *const yard = ::new (storage) Graveyard;
  return *yard;
}

constexpr std::uint32_t room_for_late_slots = 64;

} // namespace

VerifierState::VerifierState(std::string_view its_name)
    : name(its_name), made_in_child(is_forked_child.load(std::memory_order_relaxed)),
      timeline(std::make_unique<Timeline>()) {
  follow_forks();
  book_capacity = Registry::instance().count() + room_for_late_slots;
  books = std::make_unique<std::atomic<MockedSlot *>[]>(book_capacity);
  latched.reserve(16);
  spare = std::make_shared<Latched>();
  spare->facts.text.reserve(room_for_spare_text);
  unknown_outcome.raised_text = "an exception that could not be recorded: out of memory";
  unknown_outcome.raised_what = unknown_outcome.raised_text;
}

VerifierState::~VerifierState() = default;

MockedSlot *VerifierState::find_late_book(const seam::Slot &slot) noexcept {
  const std::lock_guard<std::mutex> lock(books_mutex);
  const auto found =
      std::find_if(late_books.begin(), late_books.end(), [&](MockedSlot *one) { return &one->slot == &slot; });
  return found == late_books.end() ? nullptr : *found;
}

MockedSlot &VerifierState::make_book(seam::Slot &slot) {
  const std::lock_guard<std::mutex> lock(books_mutex);
  for (const auto &one : owned_books) {
    if (&one->slot == &slot) {
      return *one;
    }
  }
  owned_books.push_back(std::make_unique<MockedSlot>(slot, *this));
  MockedSlot &made = *owned_books.back();
  if (slot.index < book_capacity) {
    books[slot.index].store(&made, std::memory_order_release);
  } else {
    late_books.push_back(&made);
  }
  return made;
}

PluginMocks &VerifierState::mocks_of(plugin::Plugin &plugin) {
  for (const auto &one : plugins) {
    if (one->plugin == &plugin) {
      return *one;
    }
  }
  plugins.push_back(std::make_unique<PluginMocks>());
  plugins.back()->plugin = &plugin;
  return *plugins.back();
}

void VerifierState::close() {
  {
    const std::lock_guard<std::mutex> lock(books_mutex);
    for (const auto &one : owned_books) {
      if (one->is_mocked) {
        Registry::instance().unmocked(one->slot);
      }
      if (one->is_scripted) {
        Registry::instance().unmocked(one->slot);
      }
    }
  }
  closed.store(true, std::memory_order_release);
  Graveyard &yard = graveyard();
  const std::lock_guard<std::mutex> lock(yard.mutex);
  next_closed = std::exchange(yard.waiting, nullptr);
  for (VerifierState *one = this; one != nullptr;) {
    VerifierState *next = one->next_closed;
    const bool is_free = one->visitors.load(std::memory_order_acquire) == 0;
    if (is_free) {
      one->free_content();
    }
    VerifierState *&list = is_free ? yard.empty : yard.waiting;
    one->next_closed = std::exchange(list, one);
    one = next;
  }
}

void VerifierState::free_content() {
  // Most records are bits: nothing in them needs to be looked at again.
  const bool has_objects = std::any_of(owned_books.begin(), owned_books.end(), [](const auto &book) {
    return std::any_of(book->shapes.begin(), book->shapes.end(),
                       [](const Shape &shape) { return needs_destroying(shape); });
  });
  for (std::uint64_t sequence = 0; has_objects && sequence < timeline->size(); ++sequence) {
    Interaction *entry = timeline->at(sequence);
    if (entry != nullptr && entry->block != nullptr && entry->shape != nullptr) {
      destroy_block(*entry->shape, entry->block, entry->is(has_result));
    }
  }
  timeline.reset();
  plugins.clear();
  plugin_entries.clear();
  outcomes.clear();
  latched.clear();
  spare.reset();
  warned.clear();
  scopes.clear();
  opened.clear();
  for (std::uint32_t index = 0; index < book_capacity; ++index) {
    books[index].store(nullptr, std::memory_order_relaxed);
  }
  sessions.store(nullptr, std::memory_order_relaxed);
  owned_sessions.reset(); // its steps are queues of the books
  late_books.clear();
  owned_books.clear();
}

} // namespace tripwire::runtime
