// Two requests, asserted in another order than they were made in.
#include "payments.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/http.hpp>
#include <tripwire/tripwire.hpp>

TEST(Payments, ChargesTwoCards) {
  const std::string charges = "https://api.stripe.com/v1/charges";
  tripwire::http.mock_response("POST", charges).status(200).json(R"({"id":"ch_1"})");
  tripwire::http.mock_response("POST", charges).status(200).json(R"({"id":"ch_2"})");

  {
    tripwire::Sandbox sandbox;
    payments::charge({}, "tok_first", 100);
    payments::charge({}, "tok_second", 200);
  }

  for (const char *body : {R"({"amount":200,"source":"tok_second"})", R"({"amount":100,"source":"tok_first"})"}) {
    tripwire::http.assert_request("POST", charges)
        .headers(tripwire::anything)
        .body(body)
        .assert_response(200, tripwire::anything, tripwire::anything);
  }
}
