// Threads, work that is handed over, and coroutines (semantics 31, 32, 34 to 37)
#include "acme_seams.hpp"
#include "real_calls.hpp"
#include "violations.hpp"

#include <tripwire/seam/hand_over.hpp>

#include <gtest/gtest.h>

#include <pthread.h>
#include <threads.h>

#include <condition_variable>
#include <coroutine>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace {

namespace tw = tripwire::seam;

int call(int number = 1) { return tripwire_may_throw_acme_plain(number, nullptr, 2); }

/// Another thread with a verifier, an open sandbox and a mock of its own: nothing can fall back to the only sandbox.
class Neighbour {
public:
  Neighbour() : thread_([this] { run(); }) { open_.get_future().wait(); }
  ~Neighbour() {
    done_.set_value();
    thread_.join();
  }

private:
  void run() {
    tripwire::Verifier mine;
    tripwire::mock<&acme_plain>().returns(99).always().optional();
    tripwire::Sandbox sandbox;
    open_.set_value();
    done_.get_future().wait();
  }
  std::promise<void> open_;
  std::promise<void> done_;
  std::thread thread_;
};

class Threads : public ::testing::Test {
protected:
  Threads() {
    real_calls = 0;
    tripwire::mock<&acme_plain>().returns(7).always().optional();
  }
  ~Threads() override { tripwire::take_violations(); }
  tripwire::Verifier verifier;
  Neighbour neighbour;
};

int call_from_pthread() {
  int seen = 0;
  pthread_t thread;
  const auto run = [](void *place) -> void * {
    *static_cast<int *>(place) = call();
    return place;
  };
  EXPECT_EQ(pthread_create(&thread, nullptr, run, &seen), 0);
  void *result = nullptr;
  EXPECT_EQ(pthread_join(thread, &result), 0);
  EXPECT_EQ(result, &seen);
  return seen;
}

// 35
TEST_F(Threads, OfStdThreadSeeTheSandboxTheyWereStartedIn) {
  tripwire::Sandbox sandbox;
  std::thread([] { EXPECT_EQ(call(), 7); }).join();
}

// 35
TEST_F(Threads, OfStdJthreadSeeTheSandboxTheyWereStartedIn) {
  tripwire::Sandbox sandbox;
  std::jthread([] { EXPECT_EQ(call(), 7); }).join();
}

// 35, 36
TEST_F(Threads, OfStdAsyncSeeTheSandboxTheyWereStartedIn) {
  tripwire::Sandbox sandbox;
  EXPECT_EQ(std::async(std::launch::async, [] { return call(); }).get(), 7);
  EXPECT_EQ(std::async(std::launch::deferred, [] { return call(); }).get(), 7);
}

// 35
TEST_F(Threads, OfPthreadCreateSeeTheSandboxTheyWereStartedIn) {
  tripwire::Sandbox sandbox;
  EXPECT_EQ(call_from_pthread(), 7);
}

#if !defined(__SANITIZE_THREAD__)
int call_from_thrd() {
  thrd_t thread;
  EXPECT_EQ(thrd_create(
                &thread, [](void *) { return call(); }, nullptr),
            thrd_success);
  int result = 0;
  EXPECT_EQ(thrd_join(thread, &result), thrd_success);
  return result;
}

// 35; ThreadSanitizer knows no thrd_join
TEST_F(Threads, OfThrdCreateSeeTheSandboxTheyWereStartedIn) {
  tripwire::Sandbox sandbox;
  EXPECT_EQ(call_from_thrd(), 7);
}

TEST_F(Threads, OfThrdCreateReturnTheirResultWithoutAnySandboxToo) {
  const auto level = tripwire::guard(tripwire::Guard::off);
  thrd_t thread;
  ASSERT_EQ(thrd_create(
                &thread, [](void *) { return -3; }, nullptr),
            thrd_success);
  int result = 0;
  ASSERT_EQ(thrd_join(thread, &result), thrd_success);
  EXPECT_EQ(result, -3);
}
#endif

// 35
TEST_F(Threads, OfThreadsSeeTheSandboxToo) {
  tripwire::Sandbox sandbox;
  std::thread([] { std::thread([] { EXPECT_EQ(call(), 7); }).join(); }).join();
}

// 35
TEST_F(Threads, KeepWhatWasOpenWhenTheyWereStarted) {
  std::promise<void> opened;
  std::promise<std::uint64_t> belongs;
  tripwire::Sandbox outer;
  std::thread child([&] {
    opened.get_future().wait();
    try {
      acme::tripwire_may_throw_quiet(1);
    } catch (const tripwire::UnmockedInteractionError &violation) {
      belongs.set_value(violation.facts().sandbox);
    }
  });
  {
    tripwire::Sandbox inner;
    opened.set_value();
    EXPECT_EQ(belongs.get_future().get(), outer.id());
  }
  child.join();
}

// 35
TEST_F(Threads, OpenSandboxesThatDoNotLeakBack) {
  tripwire::Sandbox outer;
  std::promise<void> opened;
  std::promise<void> done;
  std::thread child([&] {
    tripwire::Sandbox inner;
    EXPECT_EQ(call(), 7);
    opened.set_value();
    done.get_future().wait();
  });
  opened.get_future().wait();
  EXPECT_EQ(call(), 7);
  done.set_value();
  child.join();
  EXPECT_EQ(call(), 7);
}

// 35, 31
TEST_F(Threads, ThatCloseTheirOwnSandboxAreInTheInheritedOneAgain) {
  tripwire::Sandbox outer;
  std::thread([] {
    { tripwire::Sandbox inner; }
    EXPECT_EQ(call(), 7);
  }).join();
}

// 35
TEST_F(Threads, RegisterMocksWithTheVerifierOfWhoStartedThem) {
  tripwire::Sandbox sandbox;
  std::thread([] { tripwire::mock<&acme::quiet>().returns(5).optional(); }).join();
  EXPECT_EQ(acme::tripwire_may_throw_quiet(1), 5);
}

// 35: destructors of thread-local objects run in the thread too
TEST_F(Threads, SeeTheSandboxUntilTheirLastDestructor) {
  static int seen;
  struct Last {
    ~Last() { seen = call(); }
  };
  tripwire::Sandbox sandbox;
  std::thread([] {
    thread_local Last last;
    (void)&last;
  }).join();
  EXPECT_EQ(seen, 7);
}

TEST_F(Threads, MayEndByPthreadExit) {
  tripwire::Sandbox sandbox;
  pthread_t thread;
  int seen = 0;
  const auto run = [](void *place) -> void * {
    *static_cast<int *>(place) = call();
    pthread_exit(place);
  };
  ASSERT_EQ(pthread_create(&thread, nullptr, run, &seen), 0);
  void *result = nullptr;
  ASSERT_EQ(pthread_join(thread, &result), 0);
  EXPECT_EQ(result, &seen);
  EXPECT_EQ(seen, 7);
}

// 32
TEST_F(Threads, ThatOutliveTheirSandboxAreRefusedAlsoWhileALaterOneIsOpen) {
  std::promise<void> closed;
  std::string text;
  std::uint64_t id = 0;
  std::thread late;
  {
    tripwire::Sandbox sandbox;
    id = sandbox.id();
    late = std::thread([&] {
      closed.get_future().wait();
      text = text_of<tripwire::PostSandboxInteractionError>([] { call(); });
    });
  }
  tripwire::Sandbox later;
  closed.set_value();
  late.join();
  EXPECT_TRUE(contains(text, "by a thread that outlived sandbox " + std::to_string(id) + "\n  at ")) << text;
  EXPECT_TRUE(contains(text, "thread_test.cpp:")) << text;
}

// 32
TEST_F(Threads, ThatOutliveTheInnerSandboxBelongToTheOuterOne) {
  std::promise<void> closed;
  tripwire::Sandbox outer;
  std::thread late;
  {
    tripwire::Sandbox inner;
    late = std::thread([&] {
      closed.get_future().wait();
      EXPECT_EQ(call(), 7);
    });
  }
  closed.set_value();
  late.join();
}

// 37
TEST_F(Threads, ThatNothingReachesAreRefusedWhileSeveralSandboxesAreOpenAndTheMessageSaysWhy) {
  std::promise<void> opened;
  std::string text;
  std::thread stranger([&] {
    opened.get_future().wait();
    text = text_of<tripwire::SandboxNotActiveError>([] { call(); });
  });
  tripwire::Sandbox sandbox;
  opened.set_value();
  stranger.join();
  EXPECT_TRUE(contains(text, "by a thread that has no sandbox, while several other threads have one")) << text;
}

/// A pool of one worker, which takes what it is given as it is.
class Pool {
public:
  Pool() : worker_([this] { work(); }) {}
  ~Pool() {
    submit(nullptr);
    worker_.join();
  }
  void submit(std::function<void()> job) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      jobs_.push_back(std::move(job));
    }
    ready_.notify_one();
  }

private:
  void work() {
    for (;;) {
      std::unique_lock<std::mutex> lock(mutex_);
      ready_.wait(lock, [this] { return !jobs_.empty(); });
      const std::function<void()> job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      if (job == nullptr) {
        return;
      }
      job();
    }
  }
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> jobs_;
  std::thread worker_;
};

/// What a generated wrapper of Pool::submit calls.
void submit(Pool &pool, std::function<void()> job) { pool.submit(tw::hand_over<std::function<void()>>(job)); }

void run_in(Pool &pool, std::function<void()> job) {
  std::promise<void> done;
  submit(pool, [&] {
    job();
    done.set_value();
  });
  done.get_future().wait();
}

class HandedOver : public ::testing::Test {
protected:
  HandedOver() { tripwire::mock<&acme_plain>().returns(7).always().optional(); }
  ~HandedOver() override { tripwire::take_violations(); }
  Pool pool; ///< its worker has no context
  tripwire::Verifier verifier;
  Neighbour neighbour;
};

// 36
TEST_F(HandedOver, WorkRunsInTheContextOfWhoHandedItOver) {
  tripwire::Sandbox sandbox;
  run_in(pool, [] { EXPECT_EQ(call(), 7); });
}

// 36
TEST_F(HandedOver, WorkOfTwoThreadsRunsInTheContextOfEach) {
  tripwire::Sandbox sandbox;
  std::thread other([this] {
    tripwire::Verifier mine;
    tripwire::mock<&acme_plain>().returns(8).always().optional();
    tripwire::Sandbox its_own;
    for (int i = 0; i < 50; ++i) {
      run_in(pool, [] { EXPECT_EQ(call(), 8); });
    }
  });
  for (int i = 0; i < 50; ++i) {
    run_in(pool, [] { EXPECT_EQ(call(), 7); });
  }
  other.join();
}

// 36
TEST_F(HandedOver, BetweenJobsTheWorkerHasNoContextNotEvenTheOneItWasStartedIn) {
  tripwire::Sandbox sandbox;
  Pool inside;
  run_in(inside, [] { EXPECT_EQ(call(), 7); });
  std::string text;
  std::promise<void> done;
  inside.submit([&] {
    text = text_of<tripwire::SandboxNotActiveError>([] { call(); });
    done.set_value();
  });
  done.get_future().wait();
  EXPECT_TRUE(contains(text, "while several other threads have one")) << text;
}

// 36
TEST_F(HandedOver, WorkThatRunsInPlaceLeavesItsThreadAsItWas) {
  tripwire::Sandbox sandbox;
  std::thread([] {
    std::function<void()> job = [] { EXPECT_EQ(call(), 7); };
    tw::hand_over<std::function<void()>>(job)();
    EXPECT_EQ(call(), 7);
  }).join();
  std::function<void()> job = [] { EXPECT_EQ(call(), 7); };
  tw::hand_over<std::function<void()>>(job)();
  EXPECT_EQ(call(), 7);
}

// 36
TEST_F(HandedOver, WorkThatIsHandedOnKeepsItsContext) {
  tripwire::Sandbox sandbox;
  Pool second;
  run_in(pool, [&] { run_in(second, [] { EXPECT_EQ(call(), 7); }); });
}

// 36
TEST_F(HandedOver, WorkWhoseSandboxHasClosedIsLate) {
  std::function<void()> job;
  std::string text;
  {
    tripwire::Sandbox sandbox;
    std::function<void()> plain = [&] { text = text_of<tripwire::PostSandboxInteractionError>([] { call(); }); };
    job = tw::hand_over<std::function<void()>>(plain);
  }
  std::thread(job).join();
  EXPECT_TRUE(contains(text, "PostSandboxInteractionError")) << text;
}

// 36
TEST_F(HandedOver, AnEmptyCallableStaysEmpty) {
  std::function<void()> none;
  EXPECT_FALSE(static_cast<bool>(tw::hand_over<std::function<void()>>(none)));
}

// 36
TEST_F(HandedOver, WorkThatThrowsLeavesTheContextToo) {
  tripwire::Sandbox sandbox;
  run_in(pool, [] {
    std::function<void()> job = [] { throw 1; };
    EXPECT_THROW(tw::hand_over<std::function<void()>>(job)(), int);
    EXPECT_EQ(call(), 7);
  });
}

struct Request {
  int seen = 0;
};

// 36
TEST_F(HandedOver, ACallbackWithAnUntypedPointerRunsInTheContextOfWhoHandedItOver) {
  using Callback = void (*)(int, void *);
  Request request;
  Callback callback = [](int number, void *data) { static_cast<Request *>(data)->seen = call(number); };
  void *data = &request;
  tripwire::Sandbox sandbox;
  Callback handed = tw::hand_over_callback<false>(callback, data);
  std::promise<void> done;
  pool.submit([&] {
    handed(3, data);
    done.set_value();
  });
  done.get_future().wait();
  EXPECT_EQ(request.seen, 7);
}

// 36
TEST_F(HandedOver, ACallbackWithItsOwnTypeOfDataKeepsTheDataAndMayRunAgainWithoutContext) {
  using Callback = int (*)(Request *, int);
  Request request;
  Callback callback = [](Request *data, int status) {
    data->seen = call();
    return status;
  };
  Request *data = &request;
  Callback handed = nullptr;
  {
    tripwire::Sandbox sandbox;
    handed = tw::hand_over_callback<false>(callback, data);
    EXPECT_EQ(data, &request);
    std::promise<int> done;
    pool.submit([&] { done.set_value(handed(data, 4)); });
    EXPECT_EQ(done.get_future().get(), 4);
    EXPECT_EQ(request.seen, 7);
    EXPECT_EQ(handed(data, 5), 5);
  }
}

/// A coroutine that nobody waits for.
struct Detached {
  struct promise_type {
    Detached get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
};

/// `co_await` goes on in a new thread.
struct OnNewThread {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> coroutine) const {
    std::thread *const place = thread; // the new thread may end the coroutine, and this with it
    *place = std::thread([coroutine] { coroutine.resume(); });
  }
  void await_resume() const noexcept {}
  std::thread *thread;
};

/// `co_await` goes on in the pool, whose function takes handles and is named in `propagates:`.
struct OnPool {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> coroutine) const {
    const auto handed = tw::hand_over<std::coroutine_handle<>>(coroutine);
    pool->submit([handed] { handed.resume(); });
  }
  void await_resume() const noexcept {}
  Pool *pool;
};

Detached call_on_new_thread(std::thread &thread, std::promise<int> &answer) {
  co_await OnNewThread{&thread};
  answer.set_value(call());
}

Detached call_on_pool(Pool &pool, std::promise<int> &answer) {
  co_await OnPool{&pool};
  co_await OnPool{&pool};
  answer.set_value(call());
}

// 35: a coroutine that resumes on another thread
TEST_F(HandedOver, ACoroutineThatResumesOnANewThreadIsInTheSandboxOfWhoStartedThat) {
  tripwire::Sandbox sandbox;
  std::promise<int> answer;
  std::thread thread;
  call_on_new_thread(thread, answer);
  EXPECT_EQ(answer.get_future().get(), 7);
  thread.join();
}

// 36: a coroutine that resumes on another thread
TEST_F(HandedOver, ACoroutineWhoseHandleIsHandedOverGoesOnInTheContextItWasSuspendedIn) {
  tripwire::Sandbox sandbox;
  std::promise<int> answer;
  call_on_pool(pool, answer);
  EXPECT_EQ(answer.get_future().get(), 7);
}

} // namespace
