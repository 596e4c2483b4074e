// A plugin that is a manifest alone; and one that no test names, but that is on.
#include "post.h"

#include <tripwire/tripwire.hpp>

#include <cstdio>
#include <cstring>

namespace {

int buy_one() {
  const int counter = post_open();
  const int left = post_buy_stamp(counter, 100);
  post_leave(counter);
  return left;
}

bool refuses_parcels() {
  try {
    post_send("nobody", "nothing");
  } catch (const tripwire::UnmockedInteractionError &refusal) {
    return std::strstr(refusal.what(), "tripwire::parcels.mock_parcel(\"nobody\");") != nullptr;
  }
  return false;
}

} // namespace

int main() {
  tripwire::Session session("stamps");
  tripwire::new_session("counter")
      .expect<&post_open>()
      .returns(7)
      .expect<&post_buy_stamp>(7, 100)
      .returns(15)
      .expect<&post_leave>(7);
  int left = 0;
  bool is_refused = false;
  {
    tripwire::Sandbox sandbox;
    left = buy_one();
    is_refused = refuses_parcels();
  }
  tripwire::assert_call<&post_open>();
  tripwire::assert_call<&post_buy_stamp>(7, 100);
  tripwire::assert_call<&post_leave>(7);
  tripwire::take_violations(); // the parcel's
  std::printf("%d left, the parcel was %s\n", left, is_refused ? "refused" : "sent");
  return left == 15 && is_refused ? session.finish() : 1;
}
