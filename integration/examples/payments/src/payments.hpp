// a card's token and an amount --(charge)--> the id of the charge, or the reason why there is none
#pragma once

#include <chrono>
#include <stdexcept>
#include <string>

namespace payments {

struct Account {
  std::string url = "https://api.stripe.com/v1/charges";
  std::string secret_key;
  std::chrono::milliseconds timeout{10000}; ///< of each attempt
  int attempts = 3;                         ///< how often a request is sent while the server fails
  std::chrono::milliseconds pause{200};     ///< before the second attempt; doubled before each further one
};

/// The card was refused; what() is the issuer's reason, \c code the one for programs.
struct CardDeclined : std::runtime_error {
  CardDeclined(const std::string &reason, std::string code);
  std::string code;
};

/// The service cannot be reached or fails; the card was not charged.
struct Unavailable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The service did not answer in time: the card may have been charged. Not tried again.
struct Uncertain : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The service refused the request itself, or answered what we do not understand.
struct Rejected : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Charges \p cents to the card behind \p token and gives the id of the charge. Throws one of the above.
std::string charge(const Account &account, const std::string &token, long cents);

} // namespace payments
