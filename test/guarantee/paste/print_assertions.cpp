// Makes each call with its pasted mock, asserts nothing, and prints the assertion that the violation tells to paste.
#include "run_one_by_one.hpp"

#include <iostream>
#include <sstream>

int main() {
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
      verifier.verify_all();
      return 1;
    } catch (const tripwire::UnassertedInteractionsError &violation) {
      const std::string text = violation.what();
      std::cout << "[] {" << text.substr(text.rfind('\n') + 1) << "},\n";
    }
  }
}
