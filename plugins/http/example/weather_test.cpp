#include "weather.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/http.hpp>
#include <tripwire/tripwire.hpp>

#include <chrono>

TEST(Weather, TellsTheTemperature) {
  tripwire::http.mock_response("GET", "https://api.weather.test/now")
      .params({{"city", "Oslo"}})
      .json(R"({"celsius":-3})");

  std::string told;
  {
    tripwire::Sandbox sandbox;
    told = weather::now("Oslo");
  }

  tripwire::http.assert_request("GET", "https://api.weather.test/now?city=Oslo")
      .headers({{"Host", "api.weather.test"}, {"Accept", "application/json"}})
      .body("")
      .assert_response(200, {{"content-type", "application/json"}}, R"({"celsius":-3})");
  EXPECT_EQ(told, "-3 degrees in Oslo");
}

TEST(Weather, SaysWhyThereIsNone) {
  tripwire::http.mock_response("GET", "https://api.weather.test/now").status(503);

  {
    tripwire::Sandbox sandbox;
    EXPECT_THROW(weather::now("Oslo"), weather::Unknown);
  }

  tripwire::http.assert_request("GET", "https://api.weather.test/now?city=Oslo")
      .headers(tripwire::anything)
      .body("")
      .assert_response(503, tripwire::anything, tripwire::anything);
}

TEST(Weather, ACityThatAnswersTooLateIsLeftOut) {
  const auto answers = [](const char *city) -> auto & {
    return tripwire::http.mock_response("GET", "https://api.weather.test/now").params({{"city", city}});
  };
  answers("Oslo").json(R"({"celsius":-3})");
  answers("Cairo").json(R"({"celsius":31})").delay(std::chrono::minutes(1));

  std::vector<std::string> told;
  {
    tripwire::Sandbox sandbox;
    told = weather::now_in({"Oslo", "Cairo"});
  }

  tripwire::http.assert_request("GET", "https://api.weather.test/now?city=Oslo")
      .headers(tripwire::anything)
      .body("")
      .assert_response(200, tripwire::anything, R"({"celsius":-3})");
  tripwire::http.assert_request("GET", "https://api.weather.test/now?city=Cairo")
      .headers(tripwire::anything)
      .body("")
      .assert_cancelled();
  EXPECT_EQ(told, std::vector<std::string>{"-3 degrees in Oslo"});
}
