// Runs tests whose sessions lack something, and prints into four files the lines that the violations tell to paste:
//   print_sessions OPENING MISSING_STEP LAST_STEP LEFT_OUT UNOPENED
#include "sessions.hpp"

#include <fstream>
#include <iostream>

namespace {

template <class Prepare> std::string message(Prepare prepare) {
  tripwire::Verifier verifier;
  prepare();
  try {
    {
      const tripwire::Sandbox sandbox;
      talk();
    }
    tripwire::in_any_order([] {
      tripwire::assert_call<&link_open>("host");
      tripwire::assert_call<&link_login>(tripwire::anything, "me");
      tripwire::assert_call<&link_close>(tripwire::greater_than(-1));
    });
    verifier.verify_all();
  } catch (const tripwire::Violation &violation) {
    const std::string text = violation.what();
    verifier.take_violations();
    return text;
  }
  return {};
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 6) {
    return 2;
  }
  const std::string opening = message([] {});
  std::ofstream(argv[1]) << opening.substr(opening.rfind('\n') + 1) << '\n';
  std::ofstream(argv[2]) << pasted_line(
                                message([] {
                                  tripwire::new_session("link").expect<&link_open>().returns(0).expect<&link_close>(0);
                                }),
                                "paste this in front of that step:")
                         << '\n';
  std::ofstream(argv[3])
      << pasted_line(
             message([] {
               tripwire::new_session("link").expect<&link_open>().returns(0).expect<&link_login>(0, "me").returns(0);
             }),
             "paste this at the end of that session:")
      << '\n';
  const auto whole = [] {
    return tripwire::new_session("link")
        .expect<&link_open>()
        .returns(0)
        .expect<&link_login>(0, "me")
        .returns(0)
        .expect<&link_close>(0);
  };
  std::ofstream(argv[4]) << pasted_line(message([&] { whole().expect<&link_send>().returns(1); }),
                                        "paste this behind its answer:")
                         << '\n';
  std::ofstream(argv[5]) << pasted_line(message([&] {
                                          whole();
                                          tripwire::new_session("port").expect<&port_connect>(80).returns(0);
                                        }),
                                        "to let it stay unopened, begin it so:")
                         << '\n';
}
