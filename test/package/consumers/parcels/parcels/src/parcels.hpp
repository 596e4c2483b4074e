// what the sources of the plugin share
#ifndef TRIPWIRE_PLUGINS_PARCELS_SRC_PARCELS_HPP
#define TRIPWIRE_PLUGINS_PARCELS_SRC_PARCELS_HPP

#include <tripwire/plugins/parcels.hpp>

#include <utility>

namespace tripwire::plugins {

/// How a parcel that was not taken is recorded.
inline const std::string refused = "refused";

/// An answer, and the words by which a test goes on telling it.
class ParcelMock final : public plugin::FieldMock {
public:
  ParcelMock(bool is_real, Matcher address) : FieldMock(is_real ? "pass_through" : "mock_parcel"), is_real_(is_real) {
    expect("address", std::move(address));
  }
  bool passes_through() const noexcept override { return is_real_; }

  bool is_taken = true;
  ParcelAnswer answer{*this};

private:
  bool is_real_;
};

/// The plugin's one object.
plugin::Plugin &parcels_plugin();

} // namespace tripwire::plugins

#endif
