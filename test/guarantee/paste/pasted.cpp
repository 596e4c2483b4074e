// Makes each call with its pasted mock and its pasted assertion: nothing is left to complain about.
#include "run_one_by_one.hpp"

#include <iostream>

int main() {
  const std::vector<Call> assertions = {
#include "assertions.inc"
  };
  const auto all = calls();
  const auto pasted = mocks();
  for (std::size_t index = 0; index < all.size(); ++index) {
    tripwire::Verifier verifier;
    pasted[index]();
    {
      const tripwire::Sandbox sandbox;
      all[index]();
    }
    try {
      assertions[index]();
      verifier.verify_all();
    } catch (const tripwire::Violation &violation) {
      std::cout << "call " << index << ": " << violation.what() << '\n';
      return 1;
    }
  }
}
