// One call of each kind of seam, so that every kind of hint is pasted.
#ifndef CALLS_HPP
#define CALLS_HPP

#include "acme_seams.hpp"

#include <tripwire/tripwire.hpp>

#include <limits>
#include <vector>

using Call = void (*)();

inline std::vector<Call> calls() {
  return {
      [] { tripwire_may_throw_acme_charge("acct \"1\"\n", 5000, nullptr); },
      [] {
        acme_receipt receipt{"ch_1", 5};
        tripwire_may_throw_acme_charge("acct_2", -1, &receipt);
      },
      [] { tripwire_may_throw_acme_send("a\0b", 3, ACME_FAST | ACME_SAFE); },
      [] { tripwire_may_throw_acme_send("text", 4, 0); },
      [] {
        char buffer[4] = {};
        tripwire_may_throw_acme_receive(buffer, sizeof buffer);
      },
      [] { tripwire_may_throw_acme_log_int("%d", 5); },
      [] { tripwire_may_throw_acme_log_text_double("%s %f", "x", 1.5); },
      [] { tripwire_may_throw_acme_log_text_double("no number", "x", std::numeric_limits<double>::quiet_NaN()); },
      [] { tripwire_may_throw_acme_log_text_double("the least", "x", -std::numeric_limits<double>::infinity()); },
      [] { tripwire_may_throw_acme_charge("what?\?/", std::numeric_limits<long>::min(), nullptr); },
      [] { tripwire_may_throw_acme_close(3); },
      [] { tripwire_may_throw_acme_login("me", "hunter2"); },
      [] { tripwire_may_throw_acme_plain(1, "x", 2); },
      [] { acme::tripwire_may_throw_send(std::string_view("hello")); },
      [] { acme::tripwire_may_throw_send(5); },
      [] { acme::tripwire_may_throw_greet("you"); },
      [] { acme::tripwire_may_throw_give(std::make_unique<int>(3)); },
      [] { acme::tripwire_may_throw_counter(); },
      [] { acme::tripwire_may_throw_swap_in({}); },
      [] { acme::tripwire_may_throw_quiet(5); },
      [] { acme::tripwire_may_throw_level_of(acme::Level::high); },
      [] { acme::tripwire_may_throw_pin(5); },
      [] { acme::Client(1).tripwire_may_throw_charge(5); },
      [] { acme::Client(1).tripwire_may_throw_charge("five"); },
      [] { acme::Client::tripwire_may_throw_count(5); },
  };
}

#endif
