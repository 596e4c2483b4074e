// work that is handed over, and whoever does it --> the work runs in the context of who handed it over
#include "tripwire/seam/hand_over.hpp"

#include "inherit.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace tripwire::seam {

namespace {

struct Pending {
  void (*callback)();
  Origin origin;
};

/// The callbacks of one data pointer, oldest first.
struct Remembered {
  std::deque<Pending> waiting;
  void (*last)() = nullptr;
};

/// Never destroyed: threads may still work when the program ends.
struct Jobs {
  std::mutex mutex;
  Job *first = nullptr;
  std::map<std::pair<const void *, void (*)()>, Remembered> by_data;
};

Jobs &jobs() {
  static auto *const all = new Jobs;
  return *all;
}

/// Whether this thread's own innermost sandbox is what was captured: then there is nothing to change.
bool is_own(const runtime::Context &of, const runtime::Inheritance &inheritance) noexcept {
  return of.sandbox != nullptr && !inheritance.levels.empty() && inheritance.levels.front().sandbox == of.sandbox &&
         inheritance.levels.front().id == of.sandbox->id.load(std::memory_order_relaxed);
}

} // namespace

Origin::Origin()
    : inheritance_(runtime::capture(runtime::context())), thread_(runtime::thread_number(runtime::context())) {}

Origin::Origin(const Origin &other) noexcept
    : inheritance_(runtime::hold(other.inheritance_)), thread_(other.thread_) {}

Origin::~Origin() { runtime::release(inheritance_); }

Working::Working(const Origin &origin) noexcept {
  runtime::Context &of = runtime::context();
  if (origin.inheritance_ == nullptr || is_own(of, *origin.inheritance_)) {
    return;
  }
  mine_ = runtime::hold(origin.inheritance_);
  sandbox_ = of.sandbox;
  inherited_ = of.inherited;
  verifier_ = of.verifier;
  working_ = of.working;
  forget_ = !of.working && of.sandbox == nullptr && origin.thread_ != runtime::thread_number(of);
  of.sandbox = nullptr;
  of.inherited = mine_;
  of.verifier = nullptr;
  of.working = true;
}

Working::~Working() {
  if (mine_ == nullptr) {
    return;
  }
  runtime::Context &of = runtime::context();
  of.sandbox = sandbox_;
  of.inherited = forget_ ? nullptr : inherited_;
  of.verifier = verifier_;
  of.working = working_;
  runtime::release(mine_);
}

Job *make_job(void (*callback)(), void *data) {
  auto *job = new Job{callback, data, Origin(), nullptr, nullptr};
  const std::lock_guard<std::mutex> lock(jobs().mutex);
  job->next = jobs().first;
  if (job->next != nullptr) {
    job->next->before = job;
  }
  jobs().first = job;
  return job;
}

Job take_job(Job *job) noexcept {
  const std::unique_ptr<Job> taken(job);
  const std::lock_guard<std::mutex> lock(jobs().mutex);
  (taken->before != nullptr ? taken->before->next : jobs().first) = taken->next;
  if (taken->next != nullptr) {
    taken->next->before = taken->before;
  }
  return *taken;
}

void remember_job(const void *data, void (*as)(), void (*callback)()) {
  const std::lock_guard<std::mutex> lock(jobs().mutex);
  Remembered &remembered = jobs().by_data[{data, as}];
  remembered.waiting.push_back({callback, Origin()});
  remembered.last = callback;
}

Recalled recall_job(const void *data, void (*as)()) noexcept {
  const std::lock_guard<std::mutex> lock(jobs().mutex);
  Remembered &remembered = jobs().by_data.find({data, as})->second;
  if (remembered.waiting.empty()) {
    return {remembered.last, Origin(), false};
  }
  const Pending pending = remembered.waiting.front();
  remembered.waiting.pop_front();
  return {pending.callback, pending.origin, true};
}

} // namespace tripwire::seam
