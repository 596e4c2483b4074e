// The promises of the plugin.
#include "parcels.hpp"
#include "post.h"

#include <tripwire/plugin_conformance.hpp>

namespace {

tripwire::conformance::Use parcel_to(const std::string &address) {
  tripwire::conformance::Use use;
  use.name = address;
  use.secret = "a ring of gold";
  use.call = [=] { post_send(address.c_str(), "a ring of gold"); };
  use.mock = [=] { mock_parcel(address); };
  use.mock_optional = [=] { mock_parcel(address).set_required(false); };
  use.assert_mocked = [=] { assert_parcel(to(address)); };
  use.wrong = {{"address", [=] { assert_parcel(to(address + "x")); }}};
  use.mock_failure = [=] { mock_parcel(address, false); };
  use.assert_failure = [=] { assert_parcel_refused(to(address)); };
  use.pass_through = [=] { pass_parcel(address); };
  use.assert_real = use.assert_mocked;
  return use;
}

} // namespace

int main(int count, char **arguments) {
  tripwire::conformance::Subject subject(parcels_plugin());
  subject.real_calls = [] { return static_cast<std::uint64_t>(post_taken()); };
  for (const char *address : {"plain", "with \"quotes\"\n"})
    subject.uses.push_back(parcel_to(address));
  return tripwire::conformance::run(subject, count, arguments);
}
