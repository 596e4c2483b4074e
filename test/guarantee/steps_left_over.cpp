// Steps that nobody made and sessions that nobody opened are unused mocks. 58
#include "link_seams.hpp"

#include <tripwire/tripwire.hpp>

__attribute__((noinline)) static void talk() { tripwire_may_throw_link_close(tripwire_may_throw_link_open("host")); }

int main() {
  tripwire::Session session("links");
  auto script = tripwire::new_session("link");
  script.expect<&link_open>("host").returns(3);
  script.expect<&link_send>(3, tripwire::anything).returns(5).optional();
  script.expect<&link_close>(3);
  script.expect<&link_send>(3, "never").returns(5);
  tripwire::new_session("port").expect<&port_connect>(80).returns(0);
  {
    const tripwire::Sandbox sandbox;
    talk();
  }
  tripwire::assert_call<&link_open>("host");
  tripwire::assert_call<&link_close>(3);
  return session.finish();
}
