// Coroutines: seams before, between and behind the points where they are left
#if __cplusplus >= 202002L
#include "acme/acme.hpp"
#include "form.h"

#include <coroutine>
#include <exception>

namespace {
struct Task {
  struct promise_type {
    int value = acme_inc(0);
    Task get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept {
      acme_step(1);
      return {};
    }
    std::suspend_always final_suspend() noexcept {
      acme_step(2);
      return {};
    }
    std::suspend_always yield_value(int number) {
      value = acme_inc(number);
      return {};
    }
    void return_value(int number) { value = acme::plain(number); }
    void unhandled_exception() { value = acme::quiet(100); }
  };
  std::coroutine_handle<promise_type> handle;
};
struct Wait {
  bool await_ready() const { return acme_step(0) != 0; }
  void await_suspend(std::coroutine_handle<>) const { acme_step(6); }
  int await_resume() const { return acme_inc(7); }
};
Task counting(int start, int more = acme_inc(3)) {
  int number = acme_step(start);
  co_yield acme_add(number, more);
  co_yield acme_inc(co_await Wait{});
  const acme::Gateway gateway(acme_inc(number));
  co_yield gateway.read();
  for (const int each : acme::numbers(4))
    co_yield acme_inc(each);
  co_return acme_inc(number);
}
Task failing() {
  acme::fail(acme_step(1));
  co_return acme_inc(1);
}
int drain(Task task) {
  while (!task.handle.done()) {
    task.handle.resume();
    SHOW(task.handle.promise().value);
  }
  const int last = task.handle.promise().value;
  task.handle.destroy();
  return last;
}
} // namespace

FORM(coroutines) {
  SHOW(drain(counting(acme_step(1))));
  SHOW(drain(failing()));
  const auto lambda = [](int number) -> Task { co_return acme_inc(number); };
  SHOW(drain(lambda(5)));
}
#endif
