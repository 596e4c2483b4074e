// post_send --(the plugin)--> parcels, taken or refused
#include "parcels.hpp"

#include <memory>
#include <utility>

namespace {

using tripwire::Place;
using tripwire::plugin::Description;

enum class Way { taken, refused, real };

class Answer final : public tripwire::plugin::Mock {
public:
  Answer(std::string address, Way way) : address_(std::move(address)), way_(way) {}
  bool matches(const Description &call) const override { return *call.get<std::string>("address") == address_; }
  std::string describe() const override { return "parcel to " + address_; }
  bool passes_through() const noexcept override { return way_ == Way::real; }
  Way way() const { return way_; }

private:
  std::string address_;
  Way way_;
};

std::string quoted(const Description &call) {
  std::string text;
  tripwire::seam::Out out(text, tripwire::seam::Style::paste);
  out.put_quoted(*call.get<std::string>("address"));
  return text;
}

class Parcels final : public tripwire::plugin::Plugin {
public:
  Parcels() : Plugin("parcels", "<parcels.hpp>") {
    handle<int(const char *, const char *)>(
        "post_send", [](tripwire::plugin::Visit &visit, const char *address, const char *) -> int {
          Description description;
          description.request("parcel to " + std::string(address))
              .field("address", std::string(address))
              .secret("content");
          const auto decision = visit.present(std::move(description));
          if (decision.real()) {
            visit.make_real();
            return visit.result<int>();
          }
          if (decision.as<Answer>()->way() == Way::taken)
            return 1;
          decision.recorded.raised(tripwire::AnyValue(refused));
          return 0;
        });
  }
  std::string mock_line(const Description &call) const override { return "mock_parcel(" + quoted(call) + ");"; }
  std::string assert_line(const Description &call) const override {
    return (call.find("raised") == nullptr ? "assert_parcel(to(" : "assert_parcel_refused(to(") + quoted(call) + "));";
  }
};

} // namespace

tripwire::plugin::Plugin &parcels_plugin() {
  static Parcels plugin;
  return plugin;
}

namespace {
[[maybe_unused]] const tripwire::plugin::Plugin &registered = parcels_plugin();

tripwire::plugin::Mock &added(std::string address, Way way, Place place) {
  return tripwire::plugin::add(parcels_plugin(), std::make_unique<Answer>(std::move(address), way), place);
}
} // namespace

tripwire::plugin::Mock &mock_parcel(std::string address, bool is_taken, Place place) {
  return added(std::move(address), is_taken ? Way::taken : Way::refused, place);
}

void pass_parcel(std::string address, Place place) { added(std::move(address), Way::real, place); }

void assert_parcel(const tripwire::Matcher &address, Place place) {
  tripwire::plugin::Assertion(parcels_plugin(), "assert_parcel(...)", place).field("address", address).check();
}

void assert_parcel_refused(const tripwire::Matcher &address, Place place) {
  tripwire::plugin::Assertion(parcels_plugin(), "assert_parcel_refused(...)", place)
      .field("address", address)
      .field("raised", to(refused))
      .check();
}
