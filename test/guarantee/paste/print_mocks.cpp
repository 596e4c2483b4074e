// Makes each call where nothing covers it, and prints the mock that the violation tells to paste.
#include "calls.hpp"

#include <iostream>
#include <sstream>

int main() {
  for (const Call call : calls()) {
    tripwire::Verifier verifier;
    const tripwire::Sandbox sandbox;
    try {
      call();
      return 1;
    } catch (const tripwire::UnmockedInteractionError &violation) {
      std::istringstream lines(violation.what());
      std::string line;
      while (std::getline(lines, line) && line.compare(0, 14, "    tripwire::") != 0) {
      }
      std::cout << "[] {" << line << "},\n";
      verifier.take_violations();
    }
  }
}
