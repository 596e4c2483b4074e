// The next step of the script must be the call that was made: both are shown, and the line to paste. 57
#include "link_seams.hpp"

#include <tripwire/tripwire.hpp>

__attribute__((noinline)) static void talk() {
  const int link = tripwire_may_throw_link_open("host");
  tripwire_may_throw_link_send(link, "goodbye");
}

int main() {
  tripwire::Session session("links");
  auto script = tripwire::new_session("link");
  script.expect<&link_open>("host").returns(3);
  script.expect<&link_send>(3, "hello").returns(5).optional();
  try {
    const tripwire::Sandbox sandbox;
    talk();
  } catch (const tripwire::UnmockedInteractionError &) { // reported at the end all the same
  }
  tripwire::assert_call<&link_open>("host");
  return session.finish();
}
