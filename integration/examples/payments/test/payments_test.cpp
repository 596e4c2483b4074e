#include "payments.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/http.hpp>
#include <tripwire/tripwire.hpp>

namespace {

const std::string charges = "https://api.stripe.com/v1/charges";

payments::Account account() {
  payments::Account account;
  account.secret_key = "sk_test_123";
  account.pause = std::chrono::milliseconds(0);
  return account;
}

TEST(Payments, ChargesTheCard) {
  tripwire::http.mock_response("POST", charges).status(200).json(R"({"id":"ch_123"})");

  std::string id;
  {
    tripwire::Sandbox sandbox;
    id = payments::charge(account(), "tok_visa", 5000);
  }

  tripwire::http.assert_request("POST", charges)
      .headers(tripwire::anything)
      .body(R"({"amount":5000,"source":"tok_visa"})")
      .assert_response(200, tripwire::anything, R"({"id":"ch_123"})");
  EXPECT_EQ(id, "ch_123");
}

TEST(Payments, TellsWhyTheCardWasDeclined) {
  tripwire::http.mock_response("POST", charges)
      .status(402)
      .json(R"({"error":{"message":"Your card has insufficient funds.","code":"card_declined"}})");

  {
    tripwire::Sandbox sandbox;
    try {
      payments::charge(account(), "tok_poor", 5000);
      ADD_FAILURE() << "the card was charged";
    } catch (const payments::CardDeclined &declined) {
      EXPECT_STREQ(declined.what(), "Your card has insufficient funds.");
      EXPECT_EQ(declined.code, "card_declined");
    }
  }

  tripwire::http.assert_request("POST", charges)
      .headers(tripwire::anything)
      .body(R"({"amount":5000,"source":"tok_poor"})")
      .assert_response(402, tripwire::anything, tripwire::anything);
}

TEST(Payments, DoesNotTryAgainAfterATimeOut) {
  tripwire::http.mock_error("POST", charges, CURLE_OPERATION_TIMEDOUT);

  {
    tripwire::Sandbox sandbox;
    EXPECT_THROW(payments::charge(account(), "tok_visa", 5000), payments::Uncertain);
  }

  tripwire::http.assert_request("POST", charges)
      .headers(tripwire::anything)
      .body(R"({"amount":5000,"source":"tok_visa"})")
      .assert_raised(CURLE_OPERATION_TIMEDOUT);
}

TEST(Payments, TriesAgainWhileTheServiceFails) {
  tripwire::http.mock_response("POST", charges).status(503).body("try later");
  tripwire::http.mock_response("POST", charges).status(200).json(R"({"id":"ch_2"})");

  std::string id;
  {
    tripwire::Sandbox sandbox;
    id = payments::charge(account(), "tok_visa", 700);
  }

  for (const int status : {503, 200}) {
    tripwire::http.assert_request("POST", charges)
        .headers(tripwire::anything)
        .body(R"({"amount":700,"source":"tok_visa"})")
        .assert_response(status, tripwire::anything, tripwire::anything);
  }
  EXPECT_EQ(id, "ch_2");
}

TEST(Payments, GivesUpWhenTheServiceKeepsFailing) {
  for (int attempt = 0; attempt < account().attempts; ++attempt) {
    tripwire::http.mock_response("POST", charges).status(500).body("");
  }

  {
    tripwire::Sandbox sandbox;
    EXPECT_THROW(payments::charge(account(), "tok_visa", 700), payments::Unavailable);
  }

  for (int attempt = 0; attempt < account().attempts; ++attempt) {
    tripwire::http.assert_request("POST", charges)
        .headers(tripwire::anything)
        .body(R"({"amount":700,"source":"tok_visa"})")
        .assert_response(500, tripwire::anything, "");
  }
}

} // namespace
