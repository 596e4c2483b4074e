// The promises of the plugin.
#include "parcels/src/parcels.hpp"
#include "post.h"

#include <tripwire/plugin_conformance.hpp>

namespace {

using tripwire::parcels;

tripwire::conformance::Use parcel_to(const std::string &address) {
  tripwire::conformance::Use use;
  use.name = address;
  use.secret = "a ring of gold";
  use.call = [=] { post_send(address.c_str(), "a ring of gold"); };
  use.mock = [=] { parcels.mock_parcel(address); };
  use.mock_optional = [=] { parcels.mock_parcel(address).optional(); };
  use.assert_mocked = [=] { parcels.assert_parcel(address); };
  use.wrong = {{"address", [=] { parcels.assert_parcel(address + "x"); }}};
  use.mock_failure = [=] { parcels.mock_parcel(address).refused(); };
  use.assert_failure = [=] { parcels.assert_refused(address); };
  use.pass_through = [=] { parcels.pass_through(address); };
  use.assert_real = use.assert_mocked;
  return use;
}

} // namespace

int main(int count, char **arguments) {
  tripwire::conformance::Subject subject(tripwire::plugins::parcels_plugin());
  subject.real_calls = [] { return static_cast<std::uint64_t>(post_taken()); };
  for (const std::string &address : tripwire::conformance::awkward_texts())
    if (address.find('\0') == std::string::npos) // where an address would end
      subject.uses.push_back(parcel_to(address));
  return tripwire::conformance::run(subject, count, arguments);
}
