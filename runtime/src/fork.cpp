// a fork --> a child that goes on with the runtime in one piece, and reports to its parent
//
// The child has one thread, the one that forked, and a copy of all locks as they were. So the locks are taken before
// the fork, as far as nobody keeps them for long, and let go on both sides. vfork, and what libc does by itself to
// start programs, runs no such handlers and needs none: the child shares its parent's memory until it is another
// program.
#include "fork.hpp"

#include "context.hpp"
#include "inherit.hpp"
#include "registry.hpp"
#include "relay.hpp"
#include "report/report.hpp"
#include "scripted.hpp"

#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <mutex>
#include <new>
#include <vector>

namespace tripwire::runtime {

namespace {

std::atomic<SharedLog *> shared{nullptr};

/// A lock of either kind, and whether this fork has it.
class Held {
public:
  explicit Held(std::mutex &mutex) noexcept : mutex_(&mutex) {}
  explicit Held(Lock &lock) noexcept : lock_(&lock) {}

  /// Gives up when somebody keeps it: who forks while it holds one of these itself must not wait for ever.
  void take() noexcept {
    for (int tries = 0; tries < most_tries && !taken_; ++tries) {
      taken_ = mutex_ != nullptr ? mutex_->try_lock() : lock_->try_lock();
      if (!taken_) {
        sched_yield();
      }
    }
  }
  void let_go() noexcept {
    if (taken_) {
      mutex_ != nullptr ? mutex_->unlock() : lock_->unlock();
    }
    taken_ = false;
  }
  /// In the child: nobody else is there to let it go.
  void let_go_alone() noexcept {
    if (taken_) {
      let_go();
    } else if (mutex_ != nullptr) {
      ::new (static_cast<void *>(mutex_)) std::mutex;
    } else {
      ::new (static_cast<void *>(lock_)) Lock;
    }
  }

private:
  static constexpr int most_tries = 20000;
  std::mutex *mutex_ = nullptr;
  Lock *lock_ = nullptr;
  bool taken_ = false;
};

/// The locks of the fork that is being made. Forks of one process come one after the other.
struct Forking {
  std::mutex one_at_a_time;
  std::vector<Held> held;
};

Forking &forking() {
  static auto *const all = new Forking;
  return *all;
}

void add_locks_of(VerifierState *verifier, std::vector<VerifierState *> &seen, std::vector<Held> &held) {
  if (verifier == nullptr || std::find(seen.begin(), seen.end(), verifier) != seen.end()) {
    return;
  }
  seen.push_back(verifier);
  // Books are made under this one, so their list stands still once it is taken.
  held.emplace_back(verifier->books_mutex);
  held.back().take();
  // Whoever has this one may wait for a book.
  if (Sessions *sessions = verifier->sessions.load(std::memory_order_acquire)) {
    held.emplace_back(sessions->mutex);
    held.back().take();
  }
  for (const auto &book : verifier->owned_books) {
    held.emplace_back(book->mutex);
    held.back().take();
  }
  for (std::mutex *mutex : {&verifier->plugins_mutex, &verifier->assertions_mutex, &verifier->notes_mutex}) {
    held.emplace_back(*mutex);
    held.back().take();
  }
}

void prepare() {
  forking().one_at_a_time.lock();
  if (shared.load(std::memory_order_relaxed) == nullptr) {
    shared.store(SharedLog::make(), std::memory_order_release);
  }
  has_forked_children.store(true, std::memory_order_relaxed);
  std::vector<Held> &held = forking().held;
  try {
    const Context &of = context();
    Process &process = Process::instance();
    std::vector<VerifierState *> seen;
    add_locks_of(&process.current(of), seen, held);
    add_locks_of(process.test(), seen, held);
    if (of.sandbox != nullptr) {
      add_locks_of(of.sandbox->verifier.load(std::memory_order_acquire), seen, held);
    }
    if (of.inherited != nullptr) {
      for (const Inheritance::Level &level : of.inherited->levels) {
        add_locks_of(level.verifier, seen, held);
      }
    }
    for (std::mutex *mutex : {&report::mutex(), &process.mutex(), &Registry::instance().mutex()}) {
      held.emplace_back(*mutex);
      held.back().take();
    }
  } catch (const std::bad_alloc &) {
    // Fewer locks: the fork itself is not ours to refuse.
  }
}

void in_parent() {
  std::vector<Held> &held = forking().held;
  std::for_each(held.rbegin(), held.rend(), [](Held &one) { one.let_go(); });
  held.clear();
  forking().one_at_a_time.unlock();
}

void in_child() {
  std::vector<Held> &held = forking().held;
  std::for_each(held.rbegin(), held.rend(), [](Held &one) { one.let_go_alone(); });
  held.clear();
  Process::instance().forked(context());
  is_forked_child.store(true, std::memory_order_relaxed);
  is_followed.store(true, std::memory_order_relaxed);
  report::forked();
  forking().one_at_a_time.unlock();
}

} // namespace

SharedLog *log_of_forks() noexcept { return shared.load(std::memory_order_acquire); }

void lose_record() noexcept {
  if (SharedLog *log = log_of_forks()) {
    log->lose();
  } else {
    std::fputs("tripwire: a finding of this child process could not be told to its parent\n", stderr);
  }
}

void follow_forks() {
  static const int error = pthread_atfork(&prepare, &in_parent, &in_child);
  (void)error;
}

} // namespace tripwire::runtime
