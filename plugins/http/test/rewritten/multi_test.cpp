// What a test can say and assert of transfers that run at once, in one multi handle.
#include "client.hpp"

#include "local_server.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/http.hpp>
#include <tripwire/tripwire.hpp>

#include <chrono>
#include <thread>

namespace {

using client::Several;
using std::chrono::hours;
using std::chrono::minutes;
using tripwire::anything;
using tripwire::plugins::test::LocalServer;

const std::string first = "https://api.example.test/first";
const std::string second = "https://api.example.test/second";
const std::string third = "https://api.example.test/third";

void assert_get(const std::string &url, const std::string &body) {
  tripwire::http.assert_request("GET", url).headers(anything).body("").assert_response(200, anything, body);
}

/// Which transfers ended, in that order, with their bodies.
std::string told(const Several &several) {
  std::string text;
  for (const Several::Done &done : several.done)
    text +=
        std::to_string(done.which) + ":" + (done.code == CURLE_OK ? done.body : curl_easy_strerror(done.code)) + " ";
  return text;
}

// 7, 10
TEST(HttpMulti, RequestsAreRecordedInTheOrderOfTheirBeginning) {
  tripwire::http.mock_response("GET", second).body("b");
  tripwire::http.mock_response("GET", first).body("a");
  {
    const tripwire::Sandbox sandbox;
    Several several({first, second});
    several.finish();
    EXPECT_EQ(told(several), "0:a 1:b ");
  }
  assert_get(first, "a");
  assert_get(second, "b");
}

TEST(HttpMulti, DelaysOrderTheEndsOfTransfersAndCostNoTime) {
  tripwire::http.mock_response("GET", first).delay(hours(2)).body("slow");
  tripwire::http.mock_response("GET", second).delay(hours(1)).body("faster");
  tripwire::http.mock_response("GET", third).body("at once");
  const auto start = std::chrono::steady_clock::now();
  {
    const tripwire::Sandbox sandbox;
    Several several({first, second, third});
    several.finish();
    EXPECT_EQ(told(several), "2:at once 1:faster 0:slow ");
    double seconds = 0;
    curl_easy_getinfo(several.handle(1), CURLINFO_TOTAL_TIME, &seconds);
    EXPECT_GE(seconds, 3600);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, minutes(1));
  assert_get(first, "slow");
  assert_get(second, "faster");
  assert_get(third, "at once");
}

TEST(HttpMulti, AClientThatWaitsLessThanTheDelayLosesPatience) {
  tripwire::http.mock_response("GET", first).delay(std::chrono::seconds(3)).body("too late");
  tripwire::http.mock_response("GET", second).delay(std::chrono::seconds(1)).body("in time");
  {
    const tripwire::Sandbox sandbox;
    Several several({first, second});
    for (int round = 0; round < 3; ++round) // two waits of a second, and a look
      several.step(1000);
    EXPECT_EQ(told(several), "1:in time ");
    several.give_up(0);
    EXPECT_EQ(several.step(), 0);
    EXPECT_EQ(told(several), "1:in time ") << "a handle that left has no message";
  }
  tripwire::http.assert_request("GET", first)
      .headers({{"Host", "api.example.test"}, {"Accept", "*/*"}})
      .body("")
      .assert_cancelled();
  assert_get(second, "in time");
}

TEST(HttpMulti, BusyPollingComesToAnEndWithoutWaiting) {
  tripwire::http.mock_response("GET", first).delay(hours(1)).body("a");
  {
    const tripwire::Sandbox sandbox;
    Several several({first});
    int rounds = 0;
    while (several.step(0) > 0)
      ++rounds;
    EXPECT_LT(rounds, 10);
    EXPECT_EQ(told(several), "0:a ");
  }
  assert_get(first, "a");
}

TEST(HttpMulti, ADelayThatIsLongerThanTheTimeOutEndsTheTransfer) {
  tripwire::http.mock_response("GET", first).delay(hours(1));
  {
    const tripwire::Sandbox sandbox;
    Several several({first});
    curl_easy_setopt(several.handle(0), CURLOPT_TIMEOUT_MS, 500L);
    several.finish();
    ASSERT_EQ(several.done.size(), 1U);
    EXPECT_EQ(several.done.front().code, CURLE_OPERATION_TIMEDOUT);
    EXPECT_EQ(several.done.front().error, "Operation timed out after 500 milliseconds with 0 bytes received");
    double seconds = 0;
    curl_easy_getinfo(several.handle(0), CURLINFO_TOTAL_TIME, &seconds);
    EXPECT_LT(seconds, 60);
  }
  tripwire::http.assert_request("GET", first).headers(anything).body("").assert_raised(CURLE_OPERATION_TIMEDOUT);
}

TEST(HttpMulti, MockedErrorsAreMessages) {
  tripwire::http.mock_error("GET", first, CURLE_COULDNT_RESOLVE_HOST);
  tripwire::http.mock_error("GET", second, CURLE_RECV_ERROR).delay(minutes(1)).message("reset");
  {
    const tripwire::Sandbox sandbox;
    Several several({first, second});
    several.finish();
    ASSERT_EQ(several.done.size(), 2U);
    EXPECT_EQ(several.done[0].code, CURLE_COULDNT_RESOLVE_HOST);
    EXPECT_EQ(several.done[0].error, "Could not resolve host: api.example.test");
    EXPECT_EQ(several.done[1].code, CURLE_RECV_ERROR);
    EXPECT_EQ(several.done[1].error, "reset");
  }
  tripwire::http.assert_request("GET", first).headers(anything).body("").assert_raised(CURLE_COULDNT_RESOLVE_HOST);
  tripwire::http.assert_request("GET", second).headers(anything).body("").assert_raised(CURLE_RECV_ERROR);
}

// 25
TEST(HttpMulti, MockedAndRealTransfersShareAMultiHandle) {
  LocalServer server;
  server.serve("/real", {200, {}, "really", true});
  const std::string real = server.base() + "/real";
  tripwire::http.mock_response("GET", first).delay(hours(1)).body("mocked");
  tripwire::http.pass_through("GET", real);
  tripwire::http.mock_response("GET", second).body("mocked too");
  {
    const tripwire::Sandbox sandbox;
    Several several({first, real, second});
    several.finish();
    ASSERT_EQ(several.done.size(), 3U);
    for (const Several::Done &done : several.done)
      EXPECT_EQ(done.body, done.which == 0 ? "mocked" : done.which == 1 ? "really" : "mocked too");
  }
  EXPECT_EQ(server.take_requests().size(), 1U);
  assert_get(first, "mocked");
  assert_get(real, "really");
  assert_get(second, "mocked too");
}

TEST(HttpMulti, ARealTransferThatIsGivenUpIsRecorded) {
  LocalServer server;
  const std::string real = server.base() + "/real";
  tripwire::http.pass_through("GET", real);
  {
    const tripwire::Sandbox sandbox;
    Several several({real});
    int running = 0;
    curl_multi_perform(several.multi(), &running);
    EXPECT_EQ(running, 1);
    several.give_up(0);
  }
  tripwire::http.assert_request("GET", real).headers(anything).body("").assert_cancelled();
}

TEST(HttpMulti, ATransferThatGoesOnIsAssertedAsSent) {
  tripwire::http.mock_response("GET", first).delay(hours(1)).body("late");
  std::unique_ptr<Several> several;
  {
    const tripwire::Sandbox sandbox;
    several = std::make_unique<Several>(std::vector<std::string>{first});
    several->step(1);
  }
  tripwire::http.assert_request("GET", first).headers(anything).body("").assert_sent();
  several->finish(); // behind the sandbox: it was answered when it began
  EXPECT_EQ(told(*several), "0:late ");
}

// What an event loop is told by CURLMOPT_TIMERFUNCTION.
struct Timer {
  std::vector<long> told;
  long armed = -1;
};

int on_timer(CURLM *, long milliseconds, void *timer) {
  static_cast<Timer *>(timer)->told.push_back(milliseconds);
  static_cast<Timer *>(timer)->armed = milliseconds;
  return 0;
}

TEST(HttpMulti, AnEventLoopIsCalledBackByTheTimer) {
  tripwire::http.mock_response("GET", first).delay(hours(1)).body("a");
  tripwire::http.mock_response("GET", second).delay(hours(2)).body("b");
  Timer timer;
  {
    const tripwire::Sandbox sandbox;
    Several several({});
    curl_multi_setopt(several.multi(), CURLMOPT_TIMERFUNCTION, &on_timer);
    curl_multi_setopt(several.multi(), CURLMOPT_TIMERDATA, &timer);
    CURL *handles[] = {curl_easy_init(), curl_easy_init()};
    std::string order;
    for (CURL *handle : handles) {
      curl_easy_setopt(handle, CURLOPT_URL, handle == handles[0] ? first.c_str() : second.c_str());
      curl_easy_setopt(
          handle, CURLOPT_WRITEFUNCTION, +[](char *bytes, std::size_t size, std::size_t count, void *to) {
            static_cast<std::string *>(to)->append(bytes, size * count);
            return size * count;
          });
      curl_easy_setopt(handle, CURLOPT_WRITEDATA, &order);
      EXPECT_EQ(curl_multi_add_handle(several.multi(), handle), CURLM_OK);
    }
    int running = 2;
    int rounds = 0;
    while (timer.armed >= 0 && ++rounds < 10) {
      timer.armed = -1;
      EXPECT_EQ(curl_multi_socket_action(several.multi(), CURL_SOCKET_TIMEOUT, 0, &running), CURLM_OK);
      long milliseconds = -7;
      EXPECT_EQ(curl_multi_timeout(several.multi(), &milliseconds), CURLM_OK);
      EXPECT_EQ(milliseconds, running > 0 ? 0 : -1);
    }
    EXPECT_EQ(running, 0);
    EXPECT_EQ(rounds, 3) << "both begin, one ends, the other ends";
    EXPECT_EQ(order, "ab");
    for (CURL *handle : handles) {
      EXPECT_EQ(curl_multi_remove_handle(several.multi(), handle), CURLM_OK);
      curl_easy_cleanup(handle);
    }
  }
  EXPECT_EQ(timer.told.back(), -1);
  assert_get(first, "a");
  assert_get(second, "b");
}

TEST(HttpMulti, HandlesGoInAnyOrder) {
  tripwire::http.mock_response("GET", first).times(3);
  {
    const tripwire::Sandbox sandbox;
    for (const bool easy_first : {true, false}) {
      CURLM *multi = curl_multi_init();
      CURL *easy = curl_easy_init();
      curl_easy_setopt(easy, CURLOPT_URL, first.c_str());
      curl_multi_add_handle(multi, easy);
      int running = -1;
      curl_multi_perform(multi, &running);
      EXPECT_EQ(running, 1);
      if (easy_first) {
        curl_easy_cleanup(easy);
        curl_multi_perform(multi, &running);
        EXPECT_EQ(running, 0);
        EXPECT_EQ(curl_multi_cleanup(multi), CURLM_OK);
      } else {
        EXPECT_EQ(curl_multi_cleanup(multi), CURLM_OK);
        EXPECT_EQ(curl_easy_perform(easy), CURLE_OK) << "it is in no multi handle any more";
        curl_easy_cleanup(easy);
      }
    }
  }
  for (const bool is_last : {false, false, true}) {
    auto request = tripwire::http.assert_request("GET", first).headers(anything).body("");
    if (is_last)
      request.assert_response(200, anything, "");
    else
      request.assert_cancelled();
  }
}

TEST(HttpMulti, AHandleThatIsCopiedWhileItIsRecordedIsTheClientsOwn) {
  LocalServer server;
  server.serve("/real", {200, {}, "really", true});
  const std::string real = server.base() + "/real";
  tripwire::http.pass_through("GET", real).times(2);
  std::string copied;
  {
    const tripwire::Sandbox sandbox;
    CURL *copy = nullptr;
    {
      Several several({real});
      int running = 0;
      curl_multi_perform(several.multi(), &running);
      copy = curl_easy_duphandle(several.handle(0));
      several.finish();
      EXPECT_EQ(told(several), "0:really ");
    }
    curl_easy_setopt(copy, CURLOPT_WRITEDATA, &copied);
    EXPECT_EQ(curl_easy_perform(copy), CURLE_OK);
    curl_easy_cleanup(copy);
  }
  EXPECT_EQ(copied, "really");
  assert_get(real, "really");
  assert_get(real, "really");
}

// 34
TEST(HttpMulti, EachThreadHasItsOwnMultiHandle) {
  tripwire::http.mock_response("GET", first).body("a").always();
  constexpr int threads = 4;
  std::vector<std::string> seen(threads);
  {
    const tripwire::Sandbox sandbox;
    std::vector<std::thread> workers;
    for (std::string &each : seen)
      workers.emplace_back([&each] {
        Several several({first, first});
        several.finish();
        each = told(several);
      });
    for (std::thread &worker : workers)
      worker.join();
  }
  for (const std::string &each : seen)
    EXPECT_EQ(each, "0:a 1:a ");
  for (int request = 0; request < 2 * threads; ++request)
    assert_get(first, "a");
}

TEST(HttpMulti, WakingUpAPollIsLibcurlsOwnAffair) {
  const tripwire::Sandbox sandbox;
  CURLM *multi = curl_multi_init();
  EXPECT_EQ(curl_multi_wakeup(multi), CURLM_OK);
  EXPECT_EQ(curl_multi_poll(multi, nullptr, 0, 60000, nullptr), CURLM_OK);
  EXPECT_EQ(curl_multi_cleanup(multi), CURLM_OK);
}

TEST(HttpMulti, CCodeIsAnsweredToo) {
  tripwire::http.mock_response("GET", first);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(c_fetch_by_multi(first.c_str()), CURLE_OK);
  }
  assert_get(first, "");
}

} // namespace
