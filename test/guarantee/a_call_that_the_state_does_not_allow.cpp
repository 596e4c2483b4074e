// A call that the state of its handle does not allow is refused, with the states that do. 56
#include "link_seams.hpp"

#include <tripwire/tripwire.hpp>

__attribute__((noinline)) static void talk() {
  const int link = tripwire_may_throw_link_open("host");
  tripwire_may_throw_link_close(link);
  tripwire_may_throw_link_send(link, "too late");
}

int main() {
  tripwire::Session session("links");
  tripwire::new_session("link").expect<&link_open>("host").returns(3).expect<&link_close>(3);
  try {
    const tripwire::Sandbox sandbox;
    talk();
  } catch (const tripwire::InvalidStateError &) { // reported at the end all the same
  }
  tripwire::assert_call<&link_open>("host");
  tripwire::assert_call<&link_close>(3);
  return session.finish();
}
