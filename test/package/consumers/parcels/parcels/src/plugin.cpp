// post_send --(the plugin)--> a parcel before the core; what the core decides --(the plugin)--> taken or not
#include "parcels.hpp"

#include <post.h>

// What the build makes of seams.yaml.
extern const tripwire::plugin::Manifest tripwire_manifest_parcels;

namespace tripwire::plugins {

namespace {

int on_post_send(plugin::Visit &visit, const char *address, const char *) {
  plugin::Description parcel;
  parcel.request("parcel to " + std::string(address)).field("address", std::string(address)).secret("content");
  const plugin::Decision decision = visit.present(std::move(parcel));
  if (decision.real()) {
    visit.make_real();
    return visit.result<int>();
  }
  if (decision.as<ParcelMock>()->is_taken)
    return 1;
  decision.recorded.raised(AnyValue(refused));
  return 0;
}

class ParcelsPlugin final : public plugin::Plugin {
public:
  ParcelsPlugin() : Plugin(tripwire_manifest_parcels, "<tripwire/plugins/parcels.hpp>") {
    handle<int(const char *, const char *)>("post_send", &on_post_send);
  }
  std::string mock_line(const plugin::Description &call) const override {
    return "tripwire::parcels.mock_parcel(" + address_of(call) + ");";
  }
  std::string assert_line(const plugin::Description &parcel) const override {
    const char *word = parcel.find("raised") == nullptr ? "assert_parcel" : "assert_refused";
    return "tripwire::parcels." + std::string(word) + "(" + address_of(parcel) + ");";
  }

private:
  static std::string address_of(const plugin::Description &call) {
    return plugin::literal(*call.get<std::string>("address"));
  }
};

} // namespace

plugin::Plugin &parcels_plugin() {
  static ParcelsPlugin plugin;
  return plugin;
}

namespace {

// Linking this file is registering it, before main.
[[maybe_unused]] const plugin::Plugin &registered = parcels_plugin();

} // namespace

} // namespace tripwire::plugins

// What the CMake target asks the linker for, so that the plugin is there also when no test names it.
extern "C" void tripwire_plugin_parcels() {}
