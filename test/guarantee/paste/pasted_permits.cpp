// Each of the three forms that a guarded call tells to paste lets exactly that call through: as code, as a mock, and as
// YAML, for which the program runs itself with each configuration.
#include "calls.hpp"

#include <cstdlib>
#include <iostream>
#include <string>

namespace {

bool passes(Call call) {
  try {
    call();
    return true;
  } catch (const tripwire::GuardedCallError &) {
    tripwire::take_violations();
    return false;
  }
}

int failed(std::size_t index, const std::string &what) {
  std::cout << "call " << index << ": " << what << '\n';
  return 1;
}

/// With a configuration that holds the rule for one call: that call passes, and no other.
int check_yaml(std::size_t allowed) {
  const auto all = calls();
  tripwire::Session session("yaml");
  for (std::size_t index = 0; index < all.size(); ++index) {
    if (passes(all[index]) != (index == allowed)) {
      return failed(index, "wrong with the YAML of call " + std::to_string(allowed));
    }
  }
  return session.finish();
}

} // namespace

int main(int count, char **arguments) {
  if (count == 3) {
    return check_yaml(std::stoul(arguments[2]));
  }
  const std::vector<void (*)(Call)> permits = {
#include "permits.inc"
  };
  const std::vector<Call> mocks = {
#include "guarded_mocks.inc"
  };
  const auto all = calls();
  for (std::size_t index = 0; index < all.size(); ++index) {
    for (std::size_t other = 0; other < all.size(); ++other) {
      tripwire::Verifier verifier;
      verifier.body_begins();
      bool passed = true;
      try {
        permits[index](all[other]);
      } catch (const tripwire::Violation &) {
        passed = false;
        verifier.take_violations();
      }
      if (passed != (index == other)) {
        return failed(other, "wrong with the code of call " + std::to_string(index));
      }
    }
    tripwire::Verifier verifier;
    verifier.body_begins();
    mocks[index]();
    {
      const tripwire::Sandbox sandbox;
      all[index]();
    }
    verifier.take_violations();
    const std::string folder = arguments[1];
    setenv("TRIPWIRE_CONFIG", (folder + "/" + std::to_string(index) + ".yaml").c_str(), 1);
    const std::string command = std::string(arguments[0]) + " " + folder + " " + std::to_string(index);
    if (std::system(command.c_str()) != 0) {
      return failed(index, "its YAML does not let it through");
    }
  }
}
