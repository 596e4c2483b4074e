// pthread_create, thrd_create --(defined here)--> a thread that inherits the context of the one that starts it
//
// Not seams: calls of these functions are neither mocked nor recorded by being here. The program's definition goes
// before libc's, for the whole process: std::thread, std::jthread and std::async start their threads inside
// libstdc++.so, where no rewriting reaches. docs/decisions/0043-threads-inherit.md says what else was tried.
#include "inherit.hpp"

#include <dlfcn.h>
#include <pthread.h>
#include <threads.h>
#include <time.h>

#include <cerrno>
#include <cstdint>
#include <new>

#if defined(__GLIBC__)
#define TRIPWIRE_DECLARED_NOEXCEPT __THROWNL
#else
#define TRIPWIRE_DECLARED_NOEXCEPT
#endif

using PthreadRoutine = void *(*)(void *);

// In a program that is linked statically there is no next definition to ask for, but another name of libc's own. A
// sanitizer that is linked statically has its own name too.
extern "C" {
__attribute__((weak)) int __pthread_create(pthread_t *, const pthread_attr_t *, PthreadRoutine, void *);
__attribute__((weak)) int __interceptor_pthread_create(pthread_t *, const pthread_attr_t *, PthreadRoutine, void *);
}

namespace tripwire::runtime {

namespace {

// Its part of a static libc needs __pthread_create, so that this is there.
[[gnu::used]] decltype(&timer_create) const brings_pthread_create = &timer_create;

using PthreadCreate = int (*)(pthread_t *, const pthread_attr_t *, PthreadRoutine, void *);
using ThrdCreate = int (*)(thrd_t *, thrd_start_t, void *);

template <class Function> Function next_definition(const char *name) noexcept {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

PthreadCreate find_pthread_create() noexcept {
  if (__interceptor_pthread_create != nullptr) {
    return &__interceptor_pthread_create;
  }
  return __pthread_create != nullptr ? &__pthread_create : next_definition<PthreadCreate>("pthread_create");
}

PthreadCreate real_pthread_create() noexcept {
  static std::atomic<PthreadCreate> known{nullptr};
  PthreadCreate real = known.load(std::memory_order_relaxed);
  if (real == nullptr) {
    real = find_pthread_create();
    known.store(real, std::memory_order_relaxed);
  }
  return real;
}

/// What a new thread is given instead of its argument.
template <class Routine> struct Start {
  Routine routine;
  void *argument;
  Inheritance *inheritance;
};

/// Takes what was given apart, on the new thread. Not noexcept: pthread_exit unwinds through here.
template <class Routine> auto run(void *given) {
  const Start<Routine> start = *static_cast<Start<Routine> *>(given);
  delete static_cast<Start<Routine> *>(given);
  inherit_for_life(start.inheritance);
  return start.routine(start.argument);
}

void *run_as_pthread(void *given) {
  return reinterpret_cast<void *>(static_cast<std::intptr_t>(run<thrd_start_t>(given)));
}

/// Absent when there is nothing to inherit, or no memory (then \p failed).
template <class Routine> Start<Routine> *start_of(Routine routine, void *argument, bool &failed) noexcept {
  failed = false;
  try {
    Inheritance *inheritance = capture(context());
    if (inheritance == nullptr) {
      return nullptr;
    }
    auto *start = new (std::nothrow) Start<Routine>{routine, argument, inheritance};
    failed = start == nullptr;
    if (failed) {
      release(inheritance);
    }
    return start;
  } catch (const std::bad_alloc &) {
    failed = true;
    return nullptr;
  }
}

template <class Routine> void give_up(Start<Routine> *start) noexcept {
  release(start->inheritance);
  delete start;
}

int create_pthread(pthread_t *thread, const pthread_attr_t *attributes, PthreadRoutine routine,
                   void *argument) noexcept {
  bool failed = false;
  auto *start = start_of(routine, argument, failed);
  if (failed) {
    return EAGAIN;
  }
  if (start == nullptr) {
    return real_pthread_create()(thread, attributes, routine, argument);
  }
  const int error = real_pthread_create()(thread, attributes, &run<PthreadRoutine>, start);
  if (error != 0) {
    give_up(start);
  }
  return error;
}

int create_thrd(thrd_t *thread, thrd_start_t routine, void *argument) noexcept {
  static const auto next = next_definition<ThrdCreate>("thrd_create");
  bool failed = false;
  auto *start = start_of(routine, argument, failed);
  if (failed) {
    return thrd_nomem;
  }
  if (next != nullptr && start == nullptr) {
    return next(thread, routine, argument);
  }
  if (start == nullptr) {
    start = new (std::nothrow) Start<thrd_start_t>{routine, argument, nullptr};
    if (start == nullptr) {
      return thrd_nomem;
    }
  }
  int status = thrd_success;
  if (next != nullptr) {
    status = next(thread, &run<thrd_start_t>, start);
  } else {
    // glibc's thrd_join reads the result of either kind in the same way.
    const int error = real_pthread_create()(thread, nullptr, &run_as_pthread, start);
    status = error == 0 ? thrd_success : (error == ENOMEM ? thrd_nomem : thrd_error);
  }
  if (status != thrd_success) {
    give_up(start);
  }
  return status;
}

} // namespace

bool starts_threads() noexcept { return true; }

} // namespace tripwire::runtime

extern "C" {

__attribute__((visibility("default"))) int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                                                          PthreadRoutine routine,
                                                          void *argument) TRIPWIRE_DECLARED_NOEXCEPT {
  return tripwire::runtime::create_pthread(thread, attributes, routine, argument);
}

__attribute__((visibility("default"))) int thrd_create(thrd_t *thread, thrd_start_t routine, void *argument) {
  return tripwire::runtime::create_thrd(thread, routine, argument);
}
}
