// charge TOKEN CENTS: the production program
#include "payments.hpp"

#include <cstdlib>
#include <iostream>

int main(int argc, char **argv) {
  const char *key = std::getenv("PAYMENTS_KEY");
  if (argc != 3 || key == nullptr) {
    std::cerr << "usage: PAYMENTS_KEY=... charge TOKEN CENTS\n";
    return 2;
  }
  payments::Account account;
  account.secret_key = key;
  try {
    std::cout << payments::charge(account, argv[1], std::strtol(argv[2], nullptr, 10)) << '\n';
    return 0;
  } catch (const std::exception &error) {
    std::cerr << "charge: " << error.what() << '\n';
    return 1;
  }
}
