// tripwire_sandbox() { ... } and what else holds for a while in a test in C --> the scopes of the runtime
//
// A block may be left by a jump, past which nothing closes it: its frame is then above the one that asks next.
#include "c/in_c.hpp"

#include "context.hpp"
#include "report/report.hpp"

#include "tripwire/adapter.hpp"
#include "tripwire/assertion.hpp"
#include "tripwire/firewall.hpp"
#include "tripwire/guard.hpp"
#include "tripwire/sandbox.hpp"
#include "tripwire/tripwire.h"

#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

using namespace tripwire;
using namespace tripwire::runtime;

namespace {

/// One scope that a test has open. One of the two is set.
struct Block {
  unsigned long long id = 0;
  std::uintptr_t frame = 0; ///< of the function that holds the block; 0 when it is closed by hand
  std::unique_ptr<Sandbox> sandbox;
  std::unique_ptr<AnyOrder> order;
};

/// What this thread's test has open.
struct Blocks {
  std::vector<Block> open; ///< the innermost last
  std::vector<std::unique_ptr<RuleScope>> rules;
  std::vector<std::unique_ptr<GuardLevel>> levels;
  unsigned long long last_id = 0;
};

/// Without a destructor: a test may be ended by an exit handler, behind those of thread-local objects.
thread_local Blocks *of_thread = nullptr;

/// Closes what a thread has left open when it ends.
struct EndOfThread {
  EndOfThread() = default;
  EndOfThread(const EndOfThread &) = delete;
  EndOfThread &operator=(const EndOfThread &) = delete;
  ~EndOfThread() {
    while (!of_thread->open.empty()) {
      of_thread->open.pop_back();
    }
    delete of_thread;
    of_thread = nullptr;
  }
};

Blocks &blocks() {
  if (of_thread == nullptr) {
    of_thread = new Blocks;
    thread_local const EndOfThread end;
    (void)end;
  }
  return *of_thread;
}

void close_from(std::size_t first) noexcept {
  while (blocks().open.size() > first) {
    blocks().open.pop_back();
  }
}

template <class Open> tripwire_scope enter(const void *frame, Open open) {
  c::close_left_blocks(frame);
  tripwire_scope scope{0, true};
  c::finish(c::run({}, [&] {
    Block block;
    open(block);
    block.id = ++blocks().last_id;
    block.frame = reinterpret_cast<std::uintptr_t>(frame);
    blocks().open.push_back(std::move(block));
    scope.id = blocks().last_id;
  }));
  return scope;
}

Guard level_of(tripwire_level level) noexcept {
  switch (level) {
  case TRIPWIRE_GUARD_ERROR:
    return Guard::error;
  case TRIPWIRE_GUARD_WARN:
    return Guard::warn;
  case TRIPWIRE_GUARD_OFF:
    return Guard::off;
  }
  return Guard::error;
}

RuleScope::Effect effect_of(tripwire_rule rule) noexcept {
  switch (rule) {
  case TRIPWIRE_ALLOW:
    return RuleScope::Effect::allow;
  case TRIPWIRE_DENY:
    return RuleScope::Effect::deny;
  case TRIPWIRE_RESTRICT:
    return RuleScope::Effect::restrict;
  }
  return RuleScope::Effect::allow;
}

int print_findings() {
  int status = 0;
  for (const adapter::Report &report : adapter::end_test(adapter::Outcome::passed)) {
    std::fprintf(stderr, "%s\n", report.text.c_str());
    status = 1;
  }
  return status;
}

bool is_begun = false; ///< by tripwire_begin, and not ended

/// A program that ends inside of its test.
void end_at_exit() {
  if (is_begun && print_findings() != 0) {
    std::fflush(nullptr);
    report::finish();
    std::_Exit(1);
  }
}

} // namespace

namespace tripwire::runtime {

void close_blocks() noexcept {
  close_from(0);
  blocks().rules.clear();
  blocks().levels.clear();
  Context &of = context();
  of.answering = nullptr; // a function of the test may have been left by a jump, too
  of.handling = 0;
}

void c::close_left_blocks(const void *frame) noexcept {
  std::vector<Block> &open = blocks().open;
  const auto here = reinterpret_cast<std::uintptr_t>(frame);
  for (std::size_t index = 0; index < open.size(); ++index) {
    if (open[index].frame != 0 && open[index].frame < here) {
      close_from(index);
      return;
    }
  }
}

} // namespace tripwire::runtime

extern "C" {

void tripwire_begin_at(const char *name, const char *file) {
  static const bool watched = std::atexit(&end_at_exit) == 0;
  (void)watched;
  adapter::begin_test(name, file);
  adapter::test_is_in_c(nullptr);
  adapter::body_begins();
  is_begun = true;
}

int tripwire_end(void) {
  is_begun = false;
  adapter::body_ends();
  return print_findings();
}

tripwire_scope tripwire_enter_sandbox(const void *frame) {
  return enter(frame, [](Block &block) { block.sandbox = std::make_unique<Sandbox>(); });
}

tripwire_scope tripwire_enter_any_order(const void *frame) {
  return enter(frame, [](Block &block) { block.order = std::make_unique<AnyOrder>(); });
}

void tripwire_leave_scope(tripwire_scope *scope) {
  const std::vector<Block> &open = blocks().open;
  for (std::size_t index = 0; index < open.size() && scope->id != 0; ++index) {
    if (open[index].id == scope->id) {
      close_from(index);
      return;
    }
  }
}

void tripwire_open_sandbox(void) { tripwire_enter_sandbox(nullptr); }

void tripwire_close_sandbox(void) {
  const std::vector<Block> &open = blocks().open;
  for (std::size_t index = open.size(); index > 0; --index) {
    if (open[index - 1].frame == 0) {
      close_from(index - 1);
      return;
    }
  }
}

void tripwire_rules_at(tripwire_rule effect, const char *file, int line, ...) {
  va_list list;
  va_start(list, line);
  Latched *const violation = c::run({file, line}, [&] {
    std::vector<Rule> rules;
    while (const char *rule = va_arg(list, const char *)) {
      rules.emplace_back(rule, Place{file, line});
    }
    blocks().rules.push_back(std::make_unique<RuleScope>(effect_of(effect), rules));
  });
  va_end(list);
  c::finish(violation);
}

void tripwire_guard_at(const char *plugin, tripwire_level level, const char *file, int line) {
  c::finish(c::run({file, line}, [&] {
    blocks().levels.push_back(std::make_unique<GuardLevel>(plugin == nullptr ? "" : plugin, level_of(level)));
  }));
}

} // extern "C"
